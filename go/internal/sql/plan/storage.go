package plan

import (
	"fmt"

	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/pgtypes"
	"iris-pgwire/internal/schema"
)

// Limits of how numbers are stored: IRIS's decimals have 18 whole digits (IRIS docs, "Data Types"); wider numeric columns
// get wideScale of them behind the point (design: "How PostgreSQL types are stored").
const (
	maxDigits = 18
	wideScale = 6
)

// firstDate is 0001-01-01 as IRIS counts days; DATE alone begins in 1840 (IRIS docs, class %Library.Date).
const firstDate = -672045

// stored is how a column is kept: IRIS's type, whether COLLATE EXACT follows, and whether a marker is needed because the
// class alone would be read as another PostgreSQL type.
type stored struct {
	sql    string
	exact  bool
	marked bool
}

// plainStorage are the types that one IRIS type stands for.
var plainStorage = map[pgtypes.OID]stored{
	pgtypes.Bool: {sql: "BIT"}, pgtypes.Int2: {sql: "SMALLINT"}, pgtypes.Int4: {sql: "INTEGER"}, pgtypes.Int8: {sql: "BIGINT"},
	pgtypes.Oid:    {sql: "BIGINT", marked: true},
	pgtypes.Float8: {sql: "DOUBLE"}, pgtypes.Float4: {sql: "DOUBLE", marked: true},
	pgtypes.Bytea: {sql: binaryType},
	pgtypes.Date:  {sql: fmt.Sprintf("%%Library.Date(MINVAL=%d)", firstDate)},
	pgtypes.Time:  {sql: "TIME(6)"}, pgtypes.Timestamp: {sql: "TIMESTAMP"}, pgtypes.Timestamptz: {sql: "TIMESTAMP", marked: true},
	pgtypes.Text: {sql: textType, exact: true},
	pgtypes.Name: {sql: "VARCHAR(63)", exact: true, marked: true}, pgtypes.Char: {sql: "VARCHAR(1)", exact: true, marked: true},
	pgtypes.UUID: {sql: "VARCHAR(36)", exact: true, marked: true},
	pgtypes.JSON: longText, pgtypes.JSONB: longText, pgtypes.Interval: longText, pgtypes.Inet: longText, pgtypes.Cidr: longText,
	pgtypes.Macaddr: longText, pgtypes.Bit: longText, pgtypes.Varbit: longText,
}

var (
	textType   = fmt.Sprintf("VARCHAR(%d)", schema.TextLength)
	binaryType = fmt.Sprintf("VARBINARY(%d)", schema.TextLength)
	longText   = stored{sql: textType, exact: true, marked: true}
)

// storageOf tells how a type is stored.
func (c *compiler) storageOf(t pgtypes.Type, at int) (stored, error) {
	switch t.OID {
	case pgtypes.Varchar, pgtypes.Bpchar:
		return c.characters(t), nil
	case pgtypes.Numeric:
		return c.decimals(t, at)
	case pgtypes.Vector: // marked, since only who may read the class dictionary learns of VECTOR
		if t.Mod < 0 {
			return stored{sql: "VECTOR(DOUBLE)", marked: true}, nil
		}
		return stored{sql: fmt.Sprintf("VECTOR(DOUBLE, %d)", t.Mod), marked: true}, nil
	}
	s, ok := plainStorage[t.OID]
	if elem := pgtypes.ElemOf(t.OID); elem != 0 {
		_, ok = plainStorage[elem]
		ok = ok || elem == pgtypes.Varchar || elem == pgtypes.Bpchar || elem == pgtypes.Numeric
		s = longText
	}
	if !ok {
		return s, pgerr.NotBuilt(at, "a column of type "+pgtypes.Format(t))
	}
	if t.Mod >= 0 {
		s.marked = true // timestamp(3), bit(8): the class has no such thing
	}
	return s, nil
}

func (c *compiler) characters(t pgtypes.Type) stored {
	n := t.CharLength()
	s := stored{sql: textType, exact: true, marked: true}
	if n > 0 && n < schema.TextLength {
		s.sql = fmt.Sprintf("VARCHAR(%d)", n)
		s.marked = t.OID == pgtypes.Bpchar
	}
	return s
}

// decimals stores numeric. A scale that IRIS's NUMERIC(p,s) does not have (negative, or above the precision) is kept in a
// column that holds every such value; the marker tells the declared type.
func (c *compiler) decimals(t pgtypes.Type, at int) (stored, error) {
	p, s, given := t.NumericPrecision()
	digits, scale := p, s
	switch {
	case s < 0:
		digits, scale = p-s, 0
	case s > p:
		digits = s
	}
	if given && digits <= maxDigits {
		return stored{sql: fmt.Sprintf("NUMERIC(%d,%d)", digits, scale), marked: digits != p || scale != s}, nil
	}
	if c.in.RefuseWide {
		return stored{}, pgerr.New(pgerr.FeatureNotSupported, "IRIS cannot store type %s", pgtypes.Format(t)).At(at).
			WithDetail("Numbers in IRIS have at most %d digits, and numeric_storage is set to refuse.", maxDigits).
			WithHint("Declare numeric(p,s) with a precision of at most %d.", maxDigits)
	}
	if given {
		c.notice("00000", fmt.Sprintf("%s is stored as NUMERIC(%d,%d)", pgtypes.Format(t), maxDigits, wideScale),
			"A value that does not fit exactly is refused, never rounded.")
	}
	return stored{sql: fmt.Sprintf("NUMERIC(%d,%d)", maxDigits, wideScale), marked: true}, nil
}
