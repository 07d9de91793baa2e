package sqlfunc

import (
	"strings"
	"testing"

	"iris-pgwire/internal/irisdev/irissql/sqltype"
	"iris-pgwire/internal/irisdev/value"
)

// tally runs an aggregate over arguments of one type.
func tally(t *testing.T, name string, list []any) (value.Value, sqltype.Type) {
	t.Helper()
	first, _ := arg(t, list[0])
	call, err := LookupAggregate(name).Compile(&first)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	acc := call.New()
	for _, x := range list {
		if _, v := arg(t, x); !v.IsNull() {
			if err := acc.Add(v); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
		}
	}
	v, err := acc.Result()
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return v, call.Type
}

func TestAggregates(t *testing.T) {
	for _, x := range []struct {
		name string
		in   []any
		want any
	}{
		{"COUNT", args(1, nil, 3), "2"}, {"COUNT", args(nil), "0"}, {"COUNT", args("", "a"), "2"},
		{"SUM", args(1, 2, 3), "6"}, {"SUM", args(dec("0.1"), dec("0.2")), ".3"}, {"SUM", args("12abc", "x"), "12"}, {"SUM", args(nil), nil},
		{"AVG", args(1, 2), "1.5"}, {"AVG", args(1, 1, 2), "1.333333333333333333"}, {"AVG", args(nil), nil},
		{"MIN", args("b", "", "a"), ""}, {"MAX", args("9", "10", "8"), "10"}, {"MAX", args(9, 10, 8), "10"}, {"MIN", args(day("2024-02-22"), day("1999-01-01")), "57709"},
		{"STDDEV", args(5), "0"}, {"VARIANCE", args(5), "0"}, {"STDDEV_SAMP", args(5), nil}, {"VAR_SAMP", args(5), nil}, {"VAR_POP", args(5), "0"},
		{"VAR_SAMP", args(1, 2, 3, 4), "1.66666666666666667"}, {"VAR_POP", args(2, 4, 4, 4, 5, 5, 7, 9), "4"}, {"STDDEV_POP", args(2, 4, 4, 4, 5, 5, 7, 9), "2"},
		{"LIST", args("a", nil, "b,c", "", "d"), "a,b,c,,d"}, {"LIST", args(nil), nil}, {"XMLAGG", args("a", "b"), "ab"},
		{"JSON_ARRAYAGG", args("a", nil, "", "b"), `["a","\u0000","b"]`}, {"JSON_ARRAYAGG", args(nil), "[]"}, {"JSON_ARRAYAGG", args(1, dec("0.5")), "[1,0.5]"},
		{"APPROX_COUNT_DISTINCT", args("a", "b", "a"), "2"},
	} {
		v, _ := tally(t, x.name, x.in)
		if x.want == nil && !v.IsNull() || x.want != nil && (v.IsNull() || v.Text() != x.want) {
			t.Errorf("%s(%v) = %q, want %v", x.name, x.in, v.Text(), x.want)
		}
	}
}

func TestAggregateTypes(t *testing.T) {
	for _, x := range []struct {
		name string
		in   any
		want sqltype.Kind
	}{
		{"COUNT", "a", sqltype.BigInt}, {"SUM", 1, sqltype.BigInt}, {"SUM", dec("1"), sqltype.Numeric}, {"SUM", 1.5, sqltype.Double},
		{"AVG", 1, sqltype.Numeric}, {"AVG", 1.5, sqltype.Double}, {"MAX", day("2024-02-22"), sqltype.Date}, {"%DLIST", "a", sqltype.List},
		{"STDDEV", 1, sqltype.Numeric}, {"STDDEV", 1.5, sqltype.Double},
	} {
		if _, typ := tally(t, x.name, args(x.in)); typ.Kind != x.want {
			t.Errorf("%s(%v) has kind %v, want %v", x.name, x.in, typ.Kind, x.want)
		}
	}
}

func TestMaxOfSQLUpperColumnIsUpperCase(t *testing.T) {
	a := Arg{Type: anyText, Collation: sqltype.SQLUpper}
	call, err := LookupAggregate("MAX").Compile(&a)
	if err != nil {
		t.Fatal(err)
	}
	acc := call.New()
	for _, v := range []string{"Abc", "abd"} {
		if err := acc.Add(s(v)); err != nil {
			t.Fatal(err)
		}
	}
	if v, _ := acc.Result(); v.Text() != "ABD" {
		t.Errorf("MAX = %q", v.Text())
	}
}

func TestJSONArrayAggIsCutWithoutAnError(t *testing.T) {
	v, _ := tally(t, "JSON_ARRAYAGG", args(strings.Repeat("x", 9000)))
	if value.Length(v.Text()) != 8192 {
		t.Errorf("%d characters", value.Length(v.Text()))
	}
}

func TestDListKeepsValues(t *testing.T) {
	v, _ := tally(t, "%DLIST", args("a,b", "c"))
	text, err := listToString([]value.Value{v, s("; ")})
	if err != nil || text.Text() != "a,b; c" {
		t.Errorf("%q, %v", text.Text(), err)
	}
}

func TestStreamsAreCountedOnly(t *testing.T) {
	a := Arg{Type: sqltype.Type{Kind: sqltype.LongVarChar}}
	for name, f := range aggregates {
		_, err := f.Compile(&a)
		if want := map[bool]int{true: 0, false: -37}[name == "COUNT"]; codeOf(t, err) != want {
			t.Errorf("%s of a stream: %v", name, err)
		}
	}
}

func TestWindowFunctionTypes(t *testing.T) {
	text, number := Arg{Type: anyText}, Arg{Type: integer}
	for _, x := range []struct {
		name string
		args []Arg
		want sqltype.Kind
	}{
		{"ROW_NUMBER", nil, sqltype.BigInt}, {"PERCENT_RANK", nil, sqltype.Double}, {"NTILE", []Arg{number}, sqltype.Integer},
		{"LAG", []Arg{text, number, text}, sqltype.VarChar}, {"FIRST_VALUE", []Arg{number}, sqltype.Integer},
	} {
		f := LookupWindow(x.name)
		if f == nil || len(x.args) < f.Min || len(x.args) > f.Max {
			t.Errorf("%s does not take %d arguments", x.name, len(x.args))
			continue
		}
		if got, err := f.Type(x.args); err != nil || got.Kind != x.want {
			t.Errorf("%s: %v, %v", x.name, got.Kind, err)
		}
	}
	if LookupWindow("SUM") != nil {
		t.Error("SUM is an aggregate")
	}
}
