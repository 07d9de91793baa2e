package pgtypes

import (
	"encoding/binary"
	"errors"
	"math"
	"strconv"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgerr"
)

// intWidth gives the bytes and the name in error messages of an integer type.
func intWidth(oid OID) (width int, name string) {
	switch oid {
	case Int2:
		return 2, "smallint"
	case Int4:
		return 4, "integer"
	case Int8:
		return 8, "bigint"
	}
	return 4, "oid"
}

// fits reports whether n is a value of the type; the oid types are unsigned.
func fits(oid OID, n int64) bool {
	switch oid {
	case Int2:
		return n >= math.MinInt16 && n <= math.MaxInt16
	case Int4:
		return n >= math.MinInt32 && n <= math.MaxInt32
	case Int8:
		return true
	}
	return n >= 0 && n <= math.MaxUint32
}

func parseInt(t Type, text string, _ Style) (iris.Value, error) {
	_, name := intWidth(t.OID)
	s := trimSpace(text)
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		if errors.Is(err, strconv.ErrRange) {
			return iris.Null(), outOfRange(name, text)
		}
		return iris.Null(), badSyntax(name, text)
	}
	if name == "oid" && n < 0 && n >= math.MinInt32 {
		n = int64(uint32(n)) // oidin wraps negative numbers
	}
	if !fits(t.OID, n) {
		return iris.Null(), outOfRange(name, text)
	}
	return iris.Int(n), nil
}

// intOf reads an integer column in any form; a value too large for the PostgreSQL type is an error, never cut.
func intOf(t Type, v iris.Value) (int64, error) {
	n, ok := v.Int64()
	if !ok {
		return 0, badStored(t, v)
	}
	if !fits(t.OID, n) {
		_, name := intWidth(t.OID)
		return 0, pgerr.New(pgerr.NumericValueOutOfRange, "%s out of range", name)
	}
	return n, nil
}

func textInt(dst []byte, t Type, v iris.Value, _ Style) ([]byte, error) {
	n, err := intOf(t, v)
	if err != nil {
		return dst, err
	}
	return strconv.AppendInt(dst, n, 10), nil
}

func recvInt(t Type, b []byte) (iris.Value, error) {
	width, name := intWidth(t.OID)
	if len(b) != width {
		return iris.Null(), badBinary(t)
	}
	switch {
	case width == 2:
		return iris.Int(int64(int16(binary.BigEndian.Uint16(b)))), nil
	case width == 8:
		return iris.Int(int64(binary.BigEndian.Uint64(b))), nil
	case name == "oid":
		return iris.Int(int64(binary.BigEndian.Uint32(b))), nil
	}
	return iris.Int(int64(int32(binary.BigEndian.Uint32(b)))), nil
}

func sendInt(dst []byte, t Type, v iris.Value) ([]byte, error) {
	n, err := intOf(t, v)
	if err != nil {
		return dst, err
	}
	switch width, _ := intWidth(t.OID); width {
	case 2:
		return binary.BigEndian.AppendUint16(dst, uint16(n)), nil
	case 8:
		return binary.BigEndian.AppendUint64(dst, uint64(n)), nil
	}
	return binary.BigEndian.AppendUint32(dst, uint32(n)), nil
}
