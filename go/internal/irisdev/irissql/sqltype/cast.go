package sqltype

// castTypes are the targets that CAST and CONVERT document. The bare string types have a length there, unlike in a
// column: CHAR 1, VARCHAR 30 (IRIS docs, "CAST"). Keep15 marks a bare DECIMAL, which keeps the value's scale.
var castTypes = map[string]ddlRule{
	"CHAR": text(1), "CHARACTER": text(1), "NCHAR": text(1), "NATIONAL CHAR": text(1), "NATIONAL CHARACTER": text(1),
	"VARCHAR": text(30), "NVARCHAR": text(30), "NATIONAL VARCHAR": text(30),
	"CHAR VARYING": text(Unlimited), "CHARACTER VARYING": text(Unlimited), "NATIONAL CHAR VARYING": text(Unlimited),
	"NATIONAL CHARACTER VARYING": text(Unlimited),
	"INT":                        plain(Type{Kind: Integer}), "INTEGER": plain(Type{Kind: Integer}), "BIGINT": plain(Type{Kind: BigInt}),
	"SMALLINT": plain(Type{Kind: SmallInt}), "TINYINT": plain(Type{Kind: TinyInt}), "BIT": plain(Type{Kind: Bit}),
	"DEC": decimals(bareDecimal), "DECIMAL": decimals(bareDecimal), "NUMERIC": decimals(bareDecimal),
	"MONEY":      plain(Type{Kind: Numeric, Precision: 19, Scale: 4, Class: "%Library.Currency"}),
	"SMALLMONEY": plain(Type{Kind: Numeric, Precision: 19, Scale: 4, Class: "%Library.Currency"}),
	"DOUBLE":     plain(Type{Kind: Double}), "DOUBLE PRECISION": plain(Type{Kind: Double}),
	"DATE": plain(Type{Kind: Date}), "TIME": timeRule, "TIMESTAMP": plain(Type{Kind: TimeStamp}),
	"DATETIME":      plain(Type{Kind: TimeStamp, Class: "%Library.DateTime"}),
	"SMALLDATETIME": plain(Type{Kind: TimeStamp, Class: "%Library.DateTime"}),
	"POSIXTIME":     plain(Type{Kind: PosixTime}), "GUID": plain(Type{Kind: GUID, Length: 36}),
	"BINARY": bytesOf(1), "BINARY VARYING": bytesOf(30), "VARBINARY": bytesOf(30),
}

// bareDecimal is CAST(x AS DECIMAL): up to 15 decimals are kept.
var bareDecimal = Type{Kind: Numeric, Precision: 18, Scale: 15, Class: "%Library.Decimal"}

// ForCast gives the type that CAST(x AS spelling) makes; ok is false where IRIS answers -376.
func ForCast(s Spelling) (Type, bool) {
	r, ok := castTypes[s.Name]
	if !ok || len(s.Args) > r.args {
		return Type{}, false
	}
	if len(s.Args) == 0 {
		return r.bare, true
	}
	t, ok := r.make(s.Args)
	return t, ok && !t.IsStream()
}
