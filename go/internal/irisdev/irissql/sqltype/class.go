package sqltype

import "strings"

// classKinds are the data type classes that DDL may name directly: %String(MAXLEN=30), %Library.Date …
// Class names are case-sensitive, the parser keeps their spelling in Spelling.Name.
var classKinds = map[string]Type{
	"String": {Kind: VarChar, Length: 50}, "Integer": {Kind: BigInt}, "BigInt": {Kind: BigInt}, "SmallInt": {Kind: SmallInt},
	"TinyInt": {Kind: TinyInt}, "Boolean": {Kind: Bit}, "Numeric": {Kind: Numeric, Precision: 18, Scale: 2},
	"Decimal": {Kind: Numeric, Precision: 18, Scale: 2}, "Double": {Kind: Double}, "Date": {Kind: Date}, "Time": {Kind: Time},
	"TimeStamp": {Kind: TimeStamp}, "PosixTime": {Kind: PosixTime}, "DateTime": {Kind: TimeStamp, Class: "%Library.DateTime"},
	"Binary": {Kind: VarBinary, Length: 50}, "UniqueIdentifier": {Kind: GUID, Length: 36},
	"Currency": {Kind: Numeric, Precision: 19, Scale: 4, Class: "%Library.Currency"},
	"Counter":  {Kind: BigInt, Class: "%Library.Counter"}, "RowVersion": {Kind: BigInt, Class: "%Library.RowVersion"},
	"Vector": {Kind: Vector, Element: ElementFloat},
}

// classType maps %Class(PARAM=value, …); unknown parameters are refused rather than dropped.
func classType(s Spelling) (Type, bool) {
	name := strings.TrimPrefix(strings.TrimPrefix(s.Name, "%"), "Library.")
	switch s.Name {
	case "%Stream.GlobalCharacter":
		return Type{Kind: LongVarChar}, len(s.Args) == 0
	case "%Stream.GlobalBinary":
		return Type{Kind: LongVarBinary}, len(s.Args) == 0
	}
	t, ok := classKinds[name]
	if !ok {
		return Type{}, false
	}
	for _, a := range s.Args {
		switch {
		case a.Key == "MAXLEN" && (t.Kind == VarChar || t.Kind == VarBinary) && (a.IsNumber || a.Word == ""):
			t.Length = a.Number
		case a.Key == "SCALE" && t.Kind == Numeric && a.IsNumber:
			t.Scale = a.Number
		case a.Key == "PRECISION" && t.Kind == Time && a.IsNumber:
			t.Precision = a.Number
		case a.Key == "LEN" && t.Kind == Vector && a.IsNumber:
			t.Length = a.Number
		case a.Key == "DATATYPE" && t.Kind == Vector:
			if t.Element, ok = ElementByWord(strings.ToUpper(a.Word)); !ok {
				return Type{}, false
			}
		case a.Key == "MINVAL" && t.Kind == Date && a.IsNumber:
			t.Precision = a.Number
		default:
			return Type{}, false
		}
	}
	return t, true
}
