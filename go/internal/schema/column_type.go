package schema

import (
	"strings"

	"iris-pgwire/internal/pgtypes"
)

// TextLength is the length of the VARCHAR and VARBINARY columns that hold text, bytea and what has no class of its own:
// IRIS's longest string (IRIS docs, "Data Types").
const TextLength = 3641144

// described is a column as INFORMATION_SCHEMA.COLUMNS tells it.
type described struct {
	name, dataType           string // DATA_TYPE is the ODBC type's name
	length, precision, scale int
	description              string
}

// odbcNumbers are the ODBC type numbers of DATA_TYPE's names (IRIS docs, class reference, ODBCTYPE).
var odbcNumbers = map[string]int{
	"BIT": -7, "TINYINT": -6, "BIGINT": -5, "LONGVARBINARY": -4, "VARBINARY": -3, "BINARY": -2, "LONGVARCHAR": -1, "CHAR": 1,
	"NUMERIC": 2, "DECIMAL": 3, "INTEGER": 4, "SMALLINT": 5, "FLOAT": 6, "REAL": 7, "DOUBLE": 8, "DATE": 91, "TIME": 92,
	"TIMESTAMP": 93, "VARCHAR": 12, "GUID": -11, "UNIQUEIDENTIFIER": -11,
}

// typeOf derives the PostgreSQL type from the marker, else from the class, else from the ODBC type.
func (d described) typeOf(p property) (pgtypes.Type, StoredType) {
	stored := StoredType{ODBC: odbcNumbers[d.dataType], Class: p.class, Length: d.length, Precision: d.precision, Scale: d.scale}
	derived := d.derive(p, &stored)
	t, marked := ReadMarker(d.description)
	if !marked {
		return derived, stored
	}
	if t.OID == pgtypes.Vector && derived.OID != pgtypes.Vector {
		// INFORMATION_SCHEMA tells a VECTOR as VARCHAR, and the dictionary is closed to this user.
		stored.Class, stored.Length, stored.Element = vectorClass, int(max(t.Mod, 0)), ownElement
	}
	return t, stored
}

// ownElement is the element type of the vectors that have a marker: the gateway's own (package plan).
const ownElement = "DOUBLE"

const vectorClass = "%Library.Vector"

// plainTypes are the ODBC types that stand for one PostgreSQL type (design: "How PostgreSQL types are stored").
var plainTypes = map[int]pgtypes.OID{
	-7: pgtypes.Bool, -6: pgtypes.Int2, 5: pgtypes.Int2, 4: pgtypes.Int4, -5: pgtypes.Int8,
	6: pgtypes.Float8, 7: pgtypes.Float8, 8: pgtypes.Float8, 91: pgtypes.Date, 92: pgtypes.Time, 93: pgtypes.Timestamp,
	-2: pgtypes.Bytea, -3: pgtypes.Bytea, -4: pgtypes.Bytea, -1: pgtypes.Text,
}

func (d described) derive(p property, stored *StoredType) pgtypes.Type {
	if p.class == vectorClass || d.dataType == "VECTOR" {
		return d.vector(p, stored)
	}
	switch stored.ODBC {
	case 2, 3:
		if d.precision <= 0 {
			return pgtypes.Of(pgtypes.Numeric)
		}
		return pgtypes.Type{OID: pgtypes.Numeric, Mod: pgtypes.NumericMod(max(d.precision, d.scale, 1), d.scale)}
	case 12, 1, -11:
		n := d.length
		if m := p.number("MAXLEN"); m > 0 {
			n = m
		}
		stored.Length = n
		if n <= 0 || n > pgtypes.MaxCharLength || n >= TextLength || p.unlimited() {
			return pgtypes.Of(pgtypes.Text)
		}
		return pgtypes.Type{OID: pgtypes.Varchar, Mod: pgtypes.VarcharMod(n)}
	}
	if oid, ok := plainTypes[stored.ODBC]; ok {
		return pgtypes.Of(oid)
	}
	return pgtypes.Of(pgtypes.Text)
}

// unlimited reports a string property with an empty MAXLEN, for which INFORMATION_SCHEMA tells a default instead.
func (p property) unlimited() bool {
	v, given := p.parameters["MAXLEN"]
	return given && v == ""
}

// vector reads a vector's element type and length; a class default is FLOAT (IRIS docs, class %Library.Vector).
func (d described) vector(p property, stored *StoredType) pgtypes.Type {
	stored.Class, stored.Length = vectorClass, p.number("LEN")
	stored.Element = strings.ToUpper(p.parameters["DATATYPE"])
	switch stored.Element {
	case "":
		stored.Element = "FLOAT"
	case "INT":
		stored.Element = "INTEGER"
	case "VARCHAR":
		stored.Element = "STRING"
	}
	t := pgtypes.Of(pgtypes.Vector)
	if stored.Length > 0 && stored.Length <= pgtypes.MaxVectorDims {
		t.Mod = int32(stored.Length)
	}
	return t
}
