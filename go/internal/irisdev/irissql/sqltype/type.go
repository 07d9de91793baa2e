// Package sqltype knows the SQL types of IRIS: how DDL spells them, which class holds them and how they are told to a
// client (IRIS docs, "Data Types" and "Configuration Parameter File Reference", default system data types).
package sqltype

// Kind is the family of a type: what decides how its logical value looks and how it compares.
type Kind uint8

// The kinds. The zero Kind is a type that nothing has decided yet, such as that of a parameter without context.
const (
	Unknown       Kind = iota
	Bit                // %Library.Boolean: 0 or 1
	TinyInt            // %Library.TinyInt
	SmallInt           // %Library.SmallInt
	Integer            // %Library.Integer
	BigInt             // %Library.BigInt
	Numeric            // %Library.Numeric and %Library.Currency
	Double             // %Library.Double
	VarChar            // %Library.String
	VarBinary          // %Library.Binary
	LongVarChar        // %Stream.GlobalCharacter
	LongVarBinary      // %Stream.GlobalBinary
	Date               // %Library.Date: days since 1840-12-31
	Time               // %Library.Time: seconds since midnight
	PosixTime          // %Library.PosixTime: encoded microseconds since 1970
	TimeStamp          // %Library.TimeStamp and %Library.DateTime: text YYYY-MM-DD HH:MM:SS[.f]
	GUID               // %Library.UniqueIdentifier: text
	Vector             // %Library.Vector
	List               // $LIST
)

// Unlimited is the length of a string type without a limit.
const Unlimited = 0

// Type is a type with its parameters. It is a comparable value.
type Type struct {
	Kind Kind
	// Precision and Scale are decimal digits of a Numeric; Precision is the fraction digits of a Time, and the MINVAL of a
	// Date in days (0: 1840-12-31).
	Precision, Scale int
	// Length is MAXLEN of strings and binaries in characters or bytes, and LEN of a vector; 0: no limit.
	Length int
	// Element is the DATATYPE of a vector.
	Element Element
	// Class is the class name where it is not the kind's usual one: %Library.Currency, %Library.Counter …
	Class string
}

// Element is the element type of a vector.
type Element uint8

// The element types (IRIS docs, "TO_VECTOR").
const (
	NoElement Element = iota
	ElementDouble
	ElementDecimal
	ElementFloat
	ElementInteger
	ElementTimestamp
	ElementString
)

var elementNames = [...]string{"", "DOUBLE", "DECIMAL", "FLOAT", "INTEGER", "TIMESTAMP", "STRING"}

// String gives the element type's canonical word.
func (e Element) String() string { return elementNames[e] }

var elementWords = map[string]Element{
	"DOUBLE": ElementDouble, "DECIMAL": ElementDecimal, "FLOAT": ElementFloat, "INTEGER": ElementInteger,
	"INT": ElementInteger, "TIMESTAMP": ElementTimestamp, "STRING": ElementString, "VARCHAR": ElementString,
}

// ElementByWord looks an upper-cased element type word up.
func ElementByWord(word string) (Element, bool) {
	e, ok := elementWords[word]
	return e, ok
}

type kindInfo struct {
	odbc                    int
	name, class             string
	precision, displayScale int
}

// ODBC numbers and precisions as the server reports them in column information.
var kinds = [...]kindInfo{
	Unknown:       {12, "VARCHAR", "%Library.String", 0, 0},
	Bit:           {-7, "BIT", "%Library.Boolean", 1, 0},
	TinyInt:       {-6, "TINYINT", "%Library.TinyInt", 3, 0},
	SmallInt:      {5, "SMALLINT", "%Library.SmallInt", 5, 0},
	Integer:       {4, "INTEGER", "%Library.Integer", 10, 0},
	BigInt:        {-5, "BIGINT", "%Library.BigInt", 19, 0},
	Numeric:       {2, "NUMERIC", "%Library.Numeric", 0, 0},
	Double:        {8, "DOUBLE", "%Library.Double", 20, 0},
	VarChar:       {12, "VARCHAR", "%Library.String", 0, 0},
	VarBinary:     {-3, "VARBINARY", "%Library.Binary", 0, 0},
	LongVarChar:   {-1, "LONGVARCHAR", "%Stream.GlobalCharacter", 2147483647, 0},
	LongVarBinary: {-4, "LONGVARBINARY", "%Stream.GlobalBinary", 2147483647, 0},
	Date:          {9, "DATE", "%Library.Date", 10, 0},
	Time:          {10, "TIME", "%Library.Time", 8, 0},
	PosixTime:     {11, "TIMESTAMP", "%Library.PosixTime", 26, 6},
	TimeStamp:     {11, "TIMESTAMP", "%Library.TimeStamp", 29, 9},
	GUID:          {-11, "UNIQUEIDENTIFIER", "%Library.UniqueIdentifier", 36, 0},
	Vector:        {12, "VECTOR", "%Library.Vector", 0, 0},
	List:          {12, "VARCHAR", "%Library.List", 0, 0},
}

// ODBC is the number that a client is told: 9, 10 and 11 for date, time and timestamp (clients turn them into 91 … 93).
func (t Type) ODBC() int { return kinds[t.Kind].odbc }

// Name is the type's ODBC name as INFORMATION_SCHEMA shows it, in upper case.
func (t Type) Name() string { return kinds[t.Kind].name }

// ClassName is the data type class that holds the values.
func (t Type) ClassName() string {
	if t.Class != "" {
		return t.Class
	}
	return kinds[t.Kind].class
}

// ReportedPrecision is the precision of column information: digits, characters, or display size.
func (t Type) ReportedPrecision() int {
	switch t.Kind {
	case Numeric:
		if t.Precision == 0 {
			return 15
		}
		return t.Precision
	case VarChar, VarBinary, Unknown, Vector, List:
		if t.Length == Unlimited || t.Kind == Vector {
			return MaxString
		}
		return t.Length
	case Time:
		if t.Precision > 0 {
			return 9 + t.Precision
		}
	}
	return kinds[t.Kind].precision
}

// MaxString is the longest string, in characters (IRIS docs, "Long Strings").
const MaxString = 3641144

// ReportedScale is the scale of column information.
func (t Type) ReportedScale() int {
	switch t.Kind {
	case Numeric:
		return t.Scale
	case Time:
		return t.Precision
	}
	return kinds[t.Kind].displayScale
}

// IsInteger reports a whole-number type.
func (t Type) IsInteger() bool { return t.Kind >= TinyInt && t.Kind <= BigInt }

// IsNumber reports a type whose logical values are numbers to arithmetic and comparison, dates excluded.
func (t Type) IsNumber() bool { return t.Kind >= Bit && t.Kind <= Double }

// IsStream reports the types that most functions and predicates refuse (-37, -313).
func (t Type) IsStream() bool { return t.Kind == LongVarChar || t.Kind == LongVarBinary }

// IsDateTime reports the date and time types.
func (t Type) IsDateTime() bool { return t.Kind >= Date && t.Kind <= TimeStamp }

// IsText reports types whose values are text that a collation orders.
func (t Type) IsText() bool { return t.Kind == VarChar || t.Kind == GUID || t.Kind == Unknown }
