package sqlfunc

import (
	"testing"

	"iris-pgwire/internal/irisdev/irissql/sqltype"
	"iris-pgwire/internal/irisdev/value"
)

func TestConditions(t *testing.T) {
	run(t, Context{}, []example{
		{"NVL", args(nil, "b"), "b"}, {"NVL", args("a", "b"), "a"}, {"ISNULL", args(nil, nil), nil}, {"ISNULL", args("", "b"), ""},
		{"IFNULL", args(nil, "b"), "b"}, {"IFNULL", args("a", "b"), nil}, // the plain two-argument form
		{"IFNULL", args(nil, "b", "c"), "b"}, {"IFNULL", args("a", "b", "c"), "c"},
		{"NULLIF", args("a", "A"), "a"}, {"NULLIF", args("a", "a"), nil}, {"NULLIF", args(5, 5), nil}, {"NULLIF", args(nil, 5), nil},
		{"NULLIF", args(day("2024-02-22"), 5), -378},
		{"DECODE", args(2, 1, "one", 2, "two"), "two"}, {"DECODE", args(3, 1, "one", "other"), "other"}, {"DECODE", args(3, 1, "one"), nil},
		{"DECODE", args(nil, nil, "none", "other"), "none"},
	})
	run(t, Context{Escape: true}, []example{
		{"IFNULL", args("a", "b"), "a"}, {"IFNULL", args(nil, "b"), "b"}, {"IFNULL", args("a", "b", "c"), -381},
	})
}

func TestNullIfComparesInTheCollationOfItsFirstArgument(t *testing.T) {
	upper := Arg{Type: anyText, Collation: sqltype.SQLUpper}
	c, err := nullIf(Context{}, []Arg{upper, {Type: anyText, Literal: true, Constant: s("ABC")}})
	if err != nil {
		t.Fatal(err)
	}
	if v, err := c.Run(fakeEnv{}, []value.Value{s("abc "), s("ABC")}); err != nil || !v.IsNull() {
		t.Errorf("NULLIF of an SQLUPPER column: %q, %v", v.Text(), err)
	}
}

func TestCommonType(t *testing.T) {
	of := func(k sqltype.Kind) Arg { return Arg{Type: sqltype.Type{Kind: k}} }
	nullArg := Arg{Type: anyText, Literal: true}
	for _, x := range []struct {
		args []Arg
		want sqltype.Kind
	}{
		{[]Arg{of(sqltype.TinyInt), of(sqltype.BigInt)}, sqltype.BigInt},
		{[]Arg{of(sqltype.Integer), of(sqltype.Numeric)}, sqltype.Numeric},
		{[]Arg{of(sqltype.Numeric), of(sqltype.Double)}, sqltype.Double},
		{[]Arg{of(sqltype.Double), of(sqltype.VarChar)}, sqltype.VarChar},
		{[]Arg{nullArg, of(sqltype.Date)}, sqltype.Date},
		{[]Arg{of(sqltype.PosixTime), of(sqltype.TimeStamp)}, sqltype.TimeStamp},
		{[]Arg{nullArg, nullArg}, sqltype.VarChar},
	} {
		if got, err := CommonType("CASE", x.args); err != nil || got.Kind != x.want {
			t.Errorf("%v: %v, %v", x.args, got.Kind, err)
		}
	}
	for _, bad := range [][]Arg{{of(sqltype.Date), of(sqltype.Integer)}, {of(sqltype.Vector), of(sqltype.VarChar)}, {of(sqltype.Time), of(sqltype.Date)}} {
		if _, err := CommonType("CASE", bad); codeOf(t, err) != -378 {
			t.Errorf("%v: %v, want -378", bad, err)
		}
	}
}

// cast runs CAST(x AS spelling).
func cast(t *testing.T, x any, spelling string, lengths ...int) (value.Value, int) {
	t.Helper()
	sp := sqltype.Spelling{Name: spelling}
	for _, n := range lengths {
		sp.Args = append(sp.Args, sqltype.Arg{Number: n, IsNumber: true})
	}
	to, ok := sqltype.ForCast(sp)
	if !ok {
		return none, -376
	}
	a, v := arg(t, x)
	got, err := Cast(a, to).Run(fakeEnv{}, []value.Value{v})
	return got, codeOf(t, err)
}

func TestCast(t *testing.T) {
	for _, x := range []struct {
		in      any
		to      string
		lengths []int
		want    string
	}{
		{"True", "CHAR", nil, "T"}, {"abcdefghij", "CHAR", []int{8}, "abcdefgh"},
		{"a text of more than thirty characters", "VARCHAR", nil, "a text of more than thirty cha"},
		{"a text of more than thirty characters", "CHAR VARYING", nil, "a text of more than thirty characters"},
		{dec("0.5"), "VARCHAR", []int{9}, ".5"}, {day("2024-02-22"), "VARCHAR", []int{30}, "2024-02-22"},
		{"abc", "INTEGER", nil, "0"}, {"12abc", "INTEGER", nil, "12"}, {"", "INTEGER", nil, "0"}, {dec("2.5"), "INTEGER", nil, "3"},
		{"98.765432101", "DECIMAL", nil, "98.765432101"}, {"98.76543", "DECIMAL", []int{8, 4}, "98.7654"}, {dec("1.23456"), "MONEY", nil, "1.2346"},
		{"1", "BIT", nil, "1"}, {"2021-02-29", "DATE", nil, "0"}, {day("2024-02-22"), "TIMESTAMP", nil, "2024-02-22 00:00:00"},
		{"1 MAR 2022 1:33pm", "TIMESTAMP", nil, "2022-03-01 13:33:00"}, {"3/1/2022", "TIMESTAMP", nil, "2022-03-01 00:00:00"},
		{"November 26, 1936 14:33:45.78", "TIMESTAMP", nil, "1936-11-26 14:33:45.78"}, {day("2024-02-22"), "INTEGER", nil, "66892"},
		{"nonsense", "TIME", nil, "0"},
	} {
		if v, code := cast(t, x.in, x.to, x.lengths...); code != 0 || v.Text() != x.want {
			t.Errorf("CAST(%v AS %s%v) = %q (SQLCODE %d), want %q", x.in, x.to, x.lengths, v.Text(), code, x.want)
		}
	}
	for _, to := range []string{"FLOAT", "REAL", "UNIQUEIDENTIFIER", "VECTOR", "TEXT", "JSON"} {
		if _, code := cast(t, "1", to); code != -376 {
			t.Errorf("CAST AS %s: SQLCODE %d, want -376", to, code)
		}
	}
}

func TestCollations(t *testing.T) {
	for _, x := range []struct {
		c    sqltype.Collation
		a, b string
		want int
	}{
		{sqltype.SQLUpper, "abc ", "ABC", 0}, {sqltype.SQLString, "abc ", "abc", 0}, {sqltype.SQLString, "abc", "ABC", 1},
		{sqltype.Exact, "9", "10", -1}, {sqltype.Exact, "10", "abc", -1}, {sqltype.Exact, "010", "9", 1}, // 010 is a text
		{sqltype.SQLUpper, "10", "9", -1}, {sqltype.Minus, "1", "2", 1}, {sqltype.NoCollation, "10", "9", 1},
	} {
		got := Comparer(x.c)(s(x.a), s(x.b))
		if got > 0 && x.want <= 0 || got < 0 && x.want >= 0 || got == 0 && x.want != 0 {
			t.Errorf("%v: %q to %q gives %d", x.c, x.a, x.b, got)
		}
	}
	v, err := Collate(sqltype.SQLUpper, Arg{Type: anyText}, 3).Run(fakeEnv{}, []value.Value{s("abcd ")})
	if err != nil || v.Text() != " AB" {
		t.Errorf("%%SQLUPPER('abcd ',3) = %q, %v", v.Text(), err)
	}
}
