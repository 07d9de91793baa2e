package parse

import "testing"

// parseOne parses a text of one expression.
func parseOne(t *testing.T, text string) Expr {
	t.Helper()
	e, err := ParseExpr(text)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return e
}

func TestOperatorsBindAsPostgreSQL(t *testing.T) {
	for text, want := range map[string]string{
		"1 + 2 * 3":                      "1 + (2 * 3)",
		"1 - 2 - 3":                      "1 - 2 - 3",
		"1 - (2 - 3)":                    "1 - (2 - 3)",
		"-2 ^ 2":                         "(-2) ^ 2",
		"-a::int":                        "- (a::integer)",
		"-1::int":                        "- (1::integer)",
		"(-1)::int":                      "(-1)::integer",
		"a || b + c":                     "a || (b + c)",
		"not a = b and c or d":           "((NOT (a = b)) AND c) OR d",
		"a < b is null":                  "(a < b) IS NULL",
		"a is null + 1":                  "(a IS NULL) + 1",
		"a like b || c":                  "a LIKE (b || c)",
		"a not like b escape 'x'":        "a NOT LIKE b ESCAPE 'x'",
		"a between 1 and 2 and b":        "(a BETWEEN 1 AND 2) AND b",
		"a = any ('{1}'::int[])":         "a = ANY ('{1}'::integer[])",
		"a at time zone 'utc' + b":       "(a AT TIME ZONE 'utc') + b",
		"a collate \"C\" < b":            "(a COLLATE \"C\") < b",
		"@ a + b":                        "@ (a + b)",
		"@ a || b":                       "(@ a) || b",
		"a operator(pg_catalog.+) b * c": "a OPERATOR(pg_catalog.+) (b * c)",
		"a <=> b < 0.5":                  "(a <=> b) < 0.5",
		"((a))":                          "a",
		"(a, b) = (1, 2)":                "(a, b) = (1, 2)",
		"(select 1) + ((select 2))":      "(SELECT 1) + (SELECT 2)",
		"- - 5":                          "5",
	} {
		if got := Format(parseOne(t, text)); got != want {
			t.Errorf("%s\nprinted %s\nwant    %s", text, got, want)
		}
	}
}

func TestLiteralsHaveTheirValue(t *testing.T) {
	for text, want := range map[string]Literal{
		"2147483647":               {Kind: IntLiteral, Text: "2147483647"},
		"2147483648":               {Kind: FloatLiteral, Text: "2147483648"},
		"-2147483648":              {Kind: FloatLiteral, Text: "-2147483648"},
		"1_000.5e-3":               {Kind: FloatLiteral, Text: "1000.5e-3"},
		"0x1F":                     {Kind: IntLiteral, Text: "31"},
		"0b1_1":                    {Kind: IntLiteral, Text: "3"},
		"0xFFFFFFFFFFFFFFFFFF":     {Kind: FloatLiteral, Text: "4722366482869645213695"},
		".5":                       {Kind: FloatLiteral, Text: ".5"},
		"'it''s'":                  {Kind: StringLiteral, Text: "it's"},
		"E'a\\n\\x41\\u00e4\\101'": {Kind: StringLiteral, Text: "a\nAäA"},
		"E'\\uD83D\\uDE00'":        {Kind: StringLiteral, Text: "😀"},
		"U&'d\\0061t\\+000061'":    {Kind: StringLiteral, Text: "data"},
		"U&'d!0061' uescape '!'":   {Kind: StringLiteral, Text: "da"},
		"$x$a'b$x$":                {Kind: StringLiteral, Text: "a'b"},
		"'a'\n'b'":                 {Kind: StringLiteral, Text: "ab"},
		"B'01'":                    {Kind: BitLiteral, Text: "b01"},
		"x'1F'":                    {Kind: BitLiteral, Text: "x1F"},
		"null":                     {Kind: NullLiteral},
		"TRUE":                     {Kind: BoolLiteral, Text: "true"},
	} {
		l, ok := parseOne(t, text).(*Literal)
		if !ok || l.Kind != want.Kind || l.Text != want.Text {
			t.Errorf("%s: %+v", text, l)
		}
	}
}

func TestNodesHavePostgreSQLsPositions(t *testing.T) {
	for _, c := range []struct {
		text          string
		pos, leftmost int
	}{
		{"a + b", 2, 0},
		{"  ä + b", 5, 2},
		{"abc::int", 3, 0},
		{"cast(a as int)", 0, 0},
		{"f(a)", 0, 0},
		{"a and b", 2, 0},
		{"not a", 0, 0},
		{"a in (1)", 2, 0},
		{"(a + b) * c", 8, 1},
		{"x is null", 2, 0},
		{"date '2024-01-01'", 0, 0},
		{"a collate \"C\"", 2, 0},
	} {
		e := parseOne(t, c.text)
		const before = len("SELECT ")
		if e.Pos()-before != c.pos || Leftmost(e)-before != c.leftmost {
			t.Errorf("%q: position %d, leftmost %d", c.text, e.Pos()-before, Leftmost(e)-before)
		}
	}
	if got := CharPos("aäb", 3); got != 3 {
		t.Errorf("CharPos = %d", got)
	}
}

func TestIdentifiersAreFoldedAndTruncated(t *testing.T) {
	long := "a23456789012345678901234567890123456789012345678901234567890123456789"
	for text, want := range map[string]string{
		"AbC": "abc", "\"AbC\"": "AbC", "ÄB": "Äb", "\"a\"\"b\"": `a"b`, "U&\"d\\0061\"": "da", long: long[:63],
		"\"" + long + "\"": long[:63],
	} {
		r, ok := parseOne(t, text).(*ColumnRef)
		if !ok || r.Parts[0] != want {
			t.Errorf("%s: %+v", text, r)
		}
	}
}

func TestOutsideStatementsAreNamed(t *testing.T) {
	for text, want := range map[string]string{
		"create or replace function f() returns int begin atomic select 1; select case when true then 2 end; end": "CREATE FUNCTION",
		"create trigger a after insert on t execute function f()":                                                 "CREATE TRIGGER",
		"create rule r as on insert to t do (select 1; select 2)":                                                 "CREATE RULE",
		"create publication p": "CREATE PUBLICATION", "do $$begin end$$": "DO", "alter default privileges grant all on tables to a": "ALTER DEFAULT PRIVILEGES",
		"drop function f(int)": "DROP FUNCTION", "refresh materialized view v": "REFRESH MATERIALIZED VIEW", "reindex table t": "REINDEX",
	} {
		list, err := Parse("select 1; " + text + "; select 2")
		if err != nil || len(list) != 3 {
			t.Errorf("%s: %v, %d statements", text, err, len(list))
			continue
		}
		if u, ok := list[1].Node.(*Unsupported); !ok || u.Construct != want || u.Text != text {
			t.Errorf("%s: %+v", text, list[1].Node)
		}
	}
}
