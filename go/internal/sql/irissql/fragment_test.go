package irissql

import (
	"strings"
	"testing"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgtypes"
)

func constant(v iris.Value, oid pgtypes.OID) Fragment {
	return argument(Arg{Const: v, Type: pgtypes.Of(oid)})
}

func TestFillKeepsArgumentsInTheOrderOfTheText(t *testing.T) {
	a, b := constant(iris.Int(1), pgtypes.Int4), constant(iris.Int(2), pgtypes.Int4)
	f := fill("(@ - (@ * (@ \\ @)))", a, b, a, b)
	if f.sql != `(? - (? * (? \ ?)))` || len(f.args) != 4 || f.args[1].Const.String() != "2" {
		t.Errorf("%s with %d arguments", f.sql, len(f.args))
	}
}

func TestHolesAreFoundInTheFinishedText(t *testing.T) {
	one, two := Arg{Param: 1}, Arg{Param: 2}
	sql, holes := fill("SELECT a LIMIT @ OFFSET @", number(one), number(two)).SQL()
	if sql != "SELECT a LIMIT  OFFSET " || len(holes) != 2 {
		t.Fatalf("%q, %d holes", sql, len(holes))
	}
	if sql[:holes[0].Offset] != "SELECT a LIMIT " || holes[1].Arg.Param != 2 || holes[1].Offset != len(sql) {
		t.Errorf("holes %+v", holes)
	}
}

func TestQuoteDoublesQuotes(t *testing.T) {
	if got := Table("My schema", `a"b`); got != `"My schema"."a""b"` {
		t.Error(got)
	}
}

func TestInlineWritesConstantsAsIRISReadsThem(t *testing.T) {
	for _, c := range []struct {
		v    iris.Value
		oid  pgtypes.OID
		want string
	}{
		{iris.Text("it's"), pgtypes.Text, "'it''s'"},
		{iris.Int(-5), pgtypes.Int4, "-5"},
		{iris.Decimal(150, -2), pgtypes.Numeric, "1.50"},
		{iris.Double(1.5), pgtypes.Float8, "1.5E+00"},
		{iris.Text("2020-01-02"), pgtypes.Date, "{d '2020-01-02'}"},
		{iris.Text("2020-01-02 03:04:05"), pgtypes.Timestamptz, "{ts '2020-01-02 03:04:05'}"},
		{iris.Null(), pgtypes.Text, "NULL"},
	} {
		got, err := fill(`SELECT '?' AS "?", @`, constant(c.v, c.oid)).Inline()
		if want := `SELECT '?' AS "?", ` + c.want; err != nil || got != want {
			t.Errorf("%s: %s, %v", c.want, got, err)
		}
	}
	if _, err := argument(Arg{Param: 1}).Inline(); err == nil {
		t.Error("a parameter was written into a stored query")
	}
}

func TestLikePatternsEscapeWithABackslashOnly(t *testing.T) {
	for _, c := range []struct {
		pattern string
		escape  rune
		want    string
	}{
		{"a%b_c", '\\', "a%b_c"},
		{`a\%b`, '\\', `a\%b`},
		{`a\bc`, '\\', "abc"},
		{`a\\b`, '\\', `a\\b`},
		{"a!%b!!c", '!', `a\%b!c`},
		{`a\b`, 0, `a\\b`},
		{"", '\\', ""},
	} {
		v, err := likePattern(c.escape)(iris.Text(c.pattern))
		if err != nil || v.String() != c.want {
			t.Errorf("%q escape %q: %q, %v", c.pattern, c.escape, v.String(), err)
		}
	}
	if _, err := likePattern('\\')(iris.Text(`a\`)); err == nil || !strings.Contains(err.Error(), "22025") {
		t.Errorf("a pattern that ends with its escape character: %v", err)
	}
}

func TestAliasesAreNeverTheSame(t *testing.T) {
	used, reserved := map[string]bool{}, map[string]bool{"name": true}
	var got []string
	for _, wish := range []string{"a", "A", "?column?", "", "name", "count", "select", "a"} {
		got = append(got, unused(wish, "c", used, reserved))
	}
	if s := strings.Join(got, " "); s != "a A_2 c_1 c_2 name_2 count select a_3" {
		t.Error(s)
	}
}
