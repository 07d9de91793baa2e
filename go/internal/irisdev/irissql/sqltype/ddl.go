package sqltype

import "strings"

// Spelling is a type as written in DDL or CAST: its words in upper case joined by one blank, and its arguments.
type Spelling struct {
	Name string
	Args []Arg
}

// Arg is one argument of a type: a number, a word (VECTOR's element type, MAX), a string, or NAME=value of a class type.
type Arg struct {
	Key, Word string
	Number    int
	IsNumber  bool
}

func numeric(p, s int) Type { return Type{Kind: Numeric, Precision: p, Scale: s} }
func varchar(n int) Type    { return Type{Kind: VarChar, Length: n} }
func binary(n int) Type     { return Type{Kind: VarBinary, Length: n} }

type ddlRule struct {
	bare Type // the type without arguments
	args int  // how many arguments it takes
	make func(a []Arg) (Type, bool)
}

func ignoreLength(t Type) ddlRule {
	return ddlRule{bare: t, args: 1, make: func([]Arg) (Type, bool) { return t, true }}
}

func plain(t Type) ddlRule { return ddlRule{bare: t} }

func decimals(bare Type) ddlRule {
	return ddlRule{bare: bare, args: 2, make: func(a []Arg) (Type, bool) {
		if !allNumbers(a) {
			return Type{}, false
		}
		t := numeric(a[0].Number, 0)
		if len(a) == 2 {
			t.Scale = a[1].Number
		}
		return t, t.Precision > 0 && t.Scale <= t.Precision+19
	}}
}

// text is a string type whose bare form holds n characters; (MAX) makes it a stream, (”) unlimited.
func text(n int) ddlRule {
	return ddlRule{bare: varchar(n), args: 2, make: func(a []Arg) (Type, bool) {
		if len(a) == 1 && !a[0].IsNumber {
			switch a[0].Word {
			case "MAX":
				return Type{Kind: LongVarChar}, true
			case "":
				return varchar(Unlimited), true
			}
			return Type{}, false
		}
		return varchar(a[0].Number), allNumbers(a) && a[0].Number > 0
	}}
}

func bytesOf(n int) ddlRule {
	return ddlRule{bare: binary(n), args: 1, make: func(a []Arg) (Type, bool) {
		return binary(a[0].Number), allNumbers(a) && a[0].Number > 0
	}}
}

func allNumbers(a []Arg) bool {
	for _, x := range a {
		if !x.IsNumber || x.Key != "" {
			return false
		}
	}
	return true
}

var vectorRule = ddlRule{bare: Type{Kind: Vector, Element: ElementDouble}, args: 2, make: func(a []Arg) (Type, bool) {
	e, ok := ElementByWord(a[0].Word)
	t := Type{Kind: Vector, Element: e}
	if len(a) == 2 {
		t.Length = a[1].Number
		ok = ok && a[1].IsNumber && t.Length > 0
	}
	return t, ok && !a[0].IsNumber
}}

var timeRule = ddlRule{bare: Type{Kind: Time}, args: 1, make: func(a []Arg) (Type, bool) {
	return Type{Kind: Time, Precision: a[0].Number}, allNumbers(a) && a[0].Number >= 0 && a[0].Number <= 9
}}

// ddlTypes is the default map from DDL spelling to type. A spelling that is missing here is an unknown class.
var ddlTypes = buildDDLTypes()

func buildDDLTypes() map[string]ddlRule {
	m := map[string]ddlRule{}
	add := func(r ddlRule, names ...string) {
		for _, n := range names {
			m[n] = r
		}
	}
	stream, bstream := Type{Kind: LongVarChar}, Type{Kind: LongVarBinary}
	add(ignoreLength(Type{Kind: BigInt}), "BIGINT")
	add(ignoreLength(Type{Kind: Integer}), "INT", "MEDIUMINT")
	add(plain(Type{Kind: Integer}), "INTEGER")
	add(ignoreLength(Type{Kind: SmallInt}), "SMALLINT")
	add(ignoreLength(Type{Kind: TinyInt}), "TINYINT")
	add(plain(Type{Kind: Bit}), "BIT")
	add(decimals(numeric(15, 0)), "NUMERIC", "DECIMAL", "DEC", "NUMBER")
	add(plain(Type{Kind: Numeric, Precision: 19, Scale: 4, Class: "%Library.Currency"}), "MONEY", "SMALLMONEY")
	add(plain(Type{Kind: Double}), "DOUBLE", "DOUBLE PRECISION", "REAL")
	add(ignoreLength(Type{Kind: Double}), "FLOAT")
	add(text(1), "CHAR", "CHARACTER", "NCHAR", "NATIONAL CHAR", "NATIONAL CHARACTER", "VARCHAR", "CHAR VARYING",
		"CHARACTER VARYING", "NVARCHAR", "NATIONAL VARCHAR", "NATIONAL CHAR VARYING", "NATIONAL CHARACTER VARYING", "VARCHAR2")
	add(plain(varchar(128)), "SYSNAME")
	add(plain(stream), "TEXT", "NTEXT", "LONGTEXT", "MEDIUMTEXT", "CLOB", "LONG")
	add(ignoreLength(stream), "LONG VARCHAR", "LONGVARCHAR")
	add(bytesOf(1), "BINARY", "BINARY VARYING", "VARBINARY", "RAW")
	add(plain(bstream), "BLOB", "IMAGE", "LONG BINARY", "LONG RAW")
	add(ignoreLength(bstream), "LONGVARBINARY")
	add(plain(Type{Kind: Date}), "DATE")
	add(timeRule, "TIME")
	add(plain(Type{Kind: PosixTime}), "TIMESTAMP", "POSIXTIME")
	add(plain(Type{Kind: TimeStamp}), "TIMESTAMP2")
	add(plain(Type{Kind: TimeStamp, Class: "%Library.DateTime"}), "DATETIME", "DATETIME2", "SMALLDATETIME")
	add(plain(Type{Kind: GUID, Length: 36}), "UNIQUEIDENTIFIER")
	add(plain(Type{Kind: BigInt, Class: "%Library.Counter"}), "SERIAL")
	add(plain(Type{Kind: BigInt, Class: "%Library.RowVersion"}), "ROWVERSION")
	add(vectorRule, "VECTOR")
	return m
}

// ForColumn gives the type of a column definition; ok is false for a spelling that IRIS does not map.
func ForColumn(s Spelling) (t Type, ok bool) {
	if strings.HasPrefix(s.Name, "%") {
		return classType(s)
	}
	r, ok := ddlTypes[s.Name]
	if !ok || len(s.Args) > r.args {
		return Type{}, false
	}
	if len(s.Args) == 0 {
		return r.bare, true
	}
	return r.make(s.Args)
}
