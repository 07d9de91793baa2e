package irissql

import (
	"strconv"

	"iris-pgwire/internal/pgtypes"
)

// class groups types by how IRIS holds and compares their values.
type class uint8

const (
	otherClass class = iota // text in IRIS whose order and equality are not PostgreSQL's: json, interval, inet, arrays …
	boolClass
	intClass
	numericClass
	floatClass
	textClass
	bpcharClass
	uuidClass
	byteaClass
	dateClass
	timeClass
	timestampClass
	timestamptzClass
	vectorClass
)

var classes = map[pgtypes.OID]class{
	pgtypes.Bool: boolClass, pgtypes.Int2: intClass, pgtypes.Int4: intClass, pgtypes.Int8: intClass, pgtypes.Oid: intClass,
	pgtypes.Numeric: numericClass, pgtypes.Float4: floatClass, pgtypes.Float8: floatClass,
	pgtypes.Text: textClass, pgtypes.Varchar: textClass, pgtypes.Name: textClass, pgtypes.Unknown: textClass,
	pgtypes.Bpchar: bpcharClass, pgtypes.UUID: uuidClass, pgtypes.Bytea: byteaClass, pgtypes.Date: dateClass,
	pgtypes.Time: timeClass, pgtypes.Timestamp: timestampClass, pgtypes.Timestamptz: timestamptzClass,
	pgtypes.Vector: vectorClass,
}

func classOf(t pgtypes.Type) class { return classes[t.OID] }

// number reports a class whose values IRIS compares as numbers.
func (c class) number() bool {
	return c == boolClass || c == intClass || c == numericClass || c == floatClass
}

// moment reports dates and times.
func (c class) moment() bool { return c >= dateClass && c <= timestamptzClass }

// castNames are the types of CAST by class. Text always has a length: IRIS cuts at 30 without one (IRIS docs, "CAST").
var castNames = map[class]string{
	boolClass: "BIT", floatClass: "DOUBLE", dateClass: "DATE", timeClass: "TIME", timestampClass: "TIMESTAMP",
	timestamptzClass: "TIMESTAMP", uuidClass: "VARCHAR(36)", byteaClass: "VARBINARY(" + longestText + ")",
	textClass: "VARCHAR(" + longestText + ")", bpcharClass: "VARCHAR(" + longestText + ")",
	otherClass: "VARCHAR(" + longestText + ")",
}

// longestText is IRIS's longest string (IRIS docs, "General System Limits").
const longestText = "3641144"

// castName is the IRIS type of CAST for a PostgreSQL type; scale is that of a numeric.
func castName(t pgtypes.Type, scale int) string {
	switch c := classOf(t); c {
	case intClass:
		switch t.OID {
		case pgtypes.Int2:
			return "SMALLINT"
		case pgtypes.Int4:
			return "INTEGER"
		}
		return "BIGINT"
	case numericClass:
		return "NUMERIC(18," + strconv.Itoa(scale) + ")"
	default:
		return castNames[c]
	}
}

// typeName names a type in a refusal.
func typeName(t pgtypes.Type) string { return pgtypes.Format(pgtypes.Of(t.OID)) }
