package pgtypes

import (
	"fmt"
	"strconv"
	"strings"

	"iris-pgwire/internal/pgerr"
)

// varhdr is what PostgreSQL adds to the modifiers of variable-length types (VARHDRSZ).
const varhdr = 4

// Limits of type modifiers (PostgreSQL docs, "Character Types", "Arbitrary Precision Numbers"; pgvector's README).
const (
	MaxCharLength   = 10485760
	MaxNumericPrec  = 1000
	MaxVectorDims   = 16000
	maxSecondsScale = 6
)

// VarcharMod is the modifier of varchar(n) and char(n).
func VarcharMod(n int) int32 { return int32(n) + varhdr }

// NumericMod is the modifier of numeric(p,s); s may be negative (PostgreSQL 15).
func NumericMod(p, s int) int32 { return int32(p<<16|s&0x7FF) + varhdr }

// CharLength is n of varchar(n) or char(n), or -1.
func (t Type) CharLength() int {
	if t.Mod < varhdr {
		return -1
	}
	return int(t.Mod) - varhdr
}

// NumericPrecision gives p and s of numeric(p,s); ok is false for numeric without a modifier.
func (t Type) NumericPrecision() (p, s int, ok bool) {
	if t.OID != Numeric || t.Mod < varhdr {
		return 0, 0, false
	}
	m := t.Mod - varhdr
	// The scale is an 11-bit two's complement number.
	return int(m >> 16), int(m&0x7FF^1024) - 1024, true
}

// TypMod makes the modifier from the numbers in brackets behind a type's name, with PostgreSQL's own complaints.
func TypMod(oid OID, args []int) (int32, error) {
	if len(args) == 0 {
		return -1, nil
	}
	switch oid {
	case Varchar, Bpchar:
		return charMod(oid, args)
	case Numeric:
		return numericMod(args)
	case Time, Timetz, Timestamp, Timestamptz, Interval:
		return secondsMod(oid, args)
	case Bit, Varbit:
		if len(args) != 1 || args[0] < 1 {
			return 0, pgerr.New(pgerr.InvalidParameterValue, "length for type %s must be at least 1", byOID[oid].Name)
		}
		return int32(args[0]), nil
	case Vector:
		return vectorMod(args)
	}
	name := "the type"
	if i, ok := byOID[oid]; ok {
		name = i.SQLName
	}
	return 0, pgerr.New(pgerr.SyntaxError, "type modifier is not allowed for type %q", name)
}

func charMod(oid OID, args []int) (int32, error) {
	name := map[OID]string{Varchar: "varchar", Bpchar: "char"}[oid]
	switch {
	case len(args) != 1:
		return 0, pgerr.New(pgerr.InvalidParameterValue, "invalid type modifier")
	case args[0] < 1:
		return 0, pgerr.New(pgerr.InvalidParameterValue, "length for type %s must be at least 1", name)
	case args[0] > MaxCharLength:
		return 0, pgerr.New(pgerr.InvalidParameterValue, "length for type %s cannot exceed %d", name, MaxCharLength)
	}
	return VarcharMod(args[0]), nil
}

func numericMod(args []int) (int32, error) {
	scale := 0
	if len(args) == 2 {
		scale = args[1]
	}
	switch {
	case len(args) > 2:
		return 0, pgerr.New(pgerr.InvalidParameterValue, "invalid NUMERIC type modifier")
	case args[0] < 1 || args[0] > MaxNumericPrec:
		return 0, pgerr.New(pgerr.InvalidParameterValue, "NUMERIC precision %d must be between 1 and %d", args[0], MaxNumericPrec)
	case scale < -MaxNumericPrec || scale > MaxNumericPrec:
		return 0, pgerr.New(pgerr.InvalidParameterValue, "NUMERIC scale %d must be between -%d and %d", scale, MaxNumericPrec, MaxNumericPrec)
	}
	return NumericMod(args[0], scale), nil
}

// secondsMod cuts a precision above 6 down to 6; PostgreSQL adds a WARNING, which a type function can't.
func secondsMod(oid OID, args []int) (int32, error) {
	if len(args) != 1 || args[0] < 0 {
		return 0, pgerr.New(pgerr.InvalidParameterValue, "invalid type modifier")
	}
	p := int32(min(args[0], maxSecondsScale))
	if oid == Interval {
		return 0x7FFF<<16 | p, nil
	}
	return p, nil
}

func vectorMod(args []int) (int32, error) {
	switch {
	case len(args) != 1:
		return 0, pgerr.New(pgerr.InvalidParameterValue, "invalid type modifier")
	case args[0] < 1:
		return 0, pgerr.New(pgerr.InvalidParameterValue, "dimensions for type vector must be at least 1")
	case args[0] > MaxVectorDims:
		return 0, pgerr.New(pgerr.InvalidParameterValue, "dimensions for type vector cannot exceed %d", MaxVectorDims)
	}
	return int32(args[0]), nil
}

// Format is PostgreSQL's format_type: "character varying(20)", "numeric(10,2)", "timestamp(3) without time zone".
// A type that is not known prints as "???", as there.
func Format(t Type) string {
	i, ok := byOID[t.OID]
	if !ok {
		return "???"
	}
	if i.Elem != 0 {
		return Format(Type{OID: i.Elem, Mod: t.Mod}) + "[]"
	}
	if t.OID == Bpchar && t.Mod < 0 {
		return "bpchar"
	}
	if t.Mod < 0 {
		return i.SQLName
	}
	return i.withMod(t)
}

func (i *Info) withMod(t Type) string {
	switch t.OID {
	case Varchar, Bpchar:
		return i.SQLName + "(" + strconv.Itoa(t.CharLength()) + ")"
	case Numeric:
		p, s, _ := t.NumericPrecision()
		return fmt.Sprintf("numeric(%d,%d)", p, s)
	case Bit, Varbit, Vector:
		return i.SQLName + "(" + strconv.Itoa(int(t.Mod)) + ")"
	case Time, Timetz, Timestamp, Timestamptz:
		first, rest, _ := strings.Cut(i.SQLName, " ")
		return fmt.Sprintf("%s(%d) %s", first, t.Mod, rest)
	case Interval:
		if p := t.Mod & 0xFFFF; p <= maxSecondsScale {
			return fmt.Sprintf("interval(%d)", p)
		}
	}
	return i.SQLName
}
