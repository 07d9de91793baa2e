package irissql

import (
	"errors"
	"strings"
	"testing"

	"iris-pgwire/internal/irisdev/sqlerr"
)

func parseError(t *testing.T, text string) *sqlerr.Error {
	t.Helper()
	_, err := Parse(text, v2025_1)
	var e *sqlerr.Error
	if !errors.As(err, &e) {
		t.Fatalf("%.80s: error %v", text, err)
	}
	return e
}

func TestNestingEndsInAnErrorNotACrash(t *testing.T) {
	n := 10000
	for name, text := range map[string]string{
		"parentheses": "SELECT " + strings.Repeat("(", n) + "1" + strings.Repeat(")", n),
		"conditions":  "SELECT 1 WHERE " + strings.Repeat("(", n) + "1=1" + strings.Repeat(")", n),
		"signs":       "SELECT " + strings.Repeat("- ", n) + "1",
		"not":         "SELECT 1 WHERE " + strings.Repeat("NOT ", n) + "1=1",
		"subqueries":  strings.Repeat("SELECT * FROM (", n) + "SELECT 1" + strings.Repeat(")", n),
		"functions":   "SELECT " + strings.Repeat("UPPER(", n) + "'a'" + strings.Repeat(")", n),
		"case":        "SELECT " + strings.Repeat("CASE WHEN 1=1 THEN ", n) + "1" + strings.Repeat(" END", n),
		"sums":        "SELECT 1" + strings.Repeat("+1", n),
		"joins":       "SELECT 1 FROM t" + strings.Repeat(" CROSS JOIN t", n),
		"unions":      "SELECT 1" + strings.Repeat(" UNION SELECT 1", n),
		"legs":        strings.Repeat("(", n) + "SELECT 1" + strings.Repeat(")", n),
		"from":        "SELECT 1 FROM " + strings.Repeat("(", n) + "t" + strings.Repeat(")", n),
	} {
		if e := parseError(t, text); e.Code != -400 {
			t.Errorf("%s: %d", name, e.Code)
		}
	}
}

func TestLongTextParses(t *testing.T) {
	in := "SELECT 1 FROM t WHERE a IN (1" + strings.Repeat(",1", 200000) + ") OR b = '" + strings.Repeat("x", 10<<20) + "'"
	p, err := Parse(in, v2025_1)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasSuffix(p.Key, "OR b = ?") {
		t.Errorf("key ends %q", p.Key[len(p.Key)-20:])
	}
}

func TestMessageShowsTheTextUpToTheError(t *testing.T) {
	e := parseError(t, "select top 10 a from t -- note\n where b = 'x' limit")
	const want = "Input (limit) encountered after end of query^ SELECT TOP ? a FROM t WHERE b = ? LIMIT"
	if e.Message != want {
		t.Errorf("%q, want %q", e.Message, want)
	}
	if got := Prefix("SELECT TOP 10 game, b FROM t", 14); got != "^ SELECT TOP ? game ," {
		t.Errorf("Prefix %q", got)
	}
}

func TestKeyReplacesLiterals(t *testing.T) {
	for _, c := range []struct{ text, key string }{
		{"select a from t where b='x' and c = 5", "SELECT a FROM t WHERE b = ? AND c = ?"},
		{"SELECT a FROM t WHERE b = ? AND c = :%qpar(2)", "SELECT a FROM t WHERE b = ? AND c = ?"},
		{"SELECT a FROM t WHERE b = ((5)) AND c = (5)", "SELECT a FROM t WHERE b = ( ( 5 ) ) AND c = ( ? )"},
		{"SELECT TOP 3 CAST(a AS VARCHAR(10)) FROM t ORDER BY 1", "SELECT TOP ? CAST ( a AS VARCHAR ( 10 ) ) FROM t ORDER BY 1"},
		{"SELECT TO_VECTOR('1,2', DOUBLE, 2)", "SELECT TO_VECTOR ( ? , DOUBLE , 2 )"},
		{"INSERT INTO t /* c */ (a) VALUES (1)", "INSERT INTO t ( a ) VALUES ( ? )"},
		{"CREATE TABLE t (a VARCHAR(5) DEFAULT 'x')", "CREATE TABLE t ( a VARCHAR ( 5 ) DEFAULT 'x' )"},
	} {
		p, err := Parse(c.text, v2025_1)
		if err != nil {
			t.Errorf("%s: %v", c.text, err)
		} else if p.Key != c.key {
			t.Errorf("%s: key %q, want %q", c.text, p.Key, c.key)
		}
	}
}

func TestParametersAreCounted(t *testing.T) {
	for text, n := range map[string]int{
		"SELECT 1": 0, "SELECT ?, ?": 2, "SELECT :%qpar(3), :%qpar(1)": 3,
		"SELECT TOP ? a FROM t LIMIT": 1,
	} {
		p, err := Parse(strings.TrimSuffix(text, " LIMIT"), v2025_1)
		if err != nil || p.Params != n {
			t.Errorf("%s: %v, %v", text, p, err)
		}
	}
}

func TestEveryReservedWordIsRefusedAsAlias(t *testing.T) {
	for w, known := range words {
		_, err := Parse("SELECT a AS "+w+" FROM t", v2025_1)
		if known.reserved != (err != nil) {
			t.Errorf("%s as alias: %v", w, err)
		}
	}
}

func TestParseVersion(t *testing.T) {
	if v, err := ParseVersion("2025.1"); err != nil || v != v2025_1 || v.String() != "2025.1" {
		t.Errorf("%v %v", v, err)
	}
	for _, bad := range []string{"", "2025", "x.1", "2025.", "25.1"} {
		if _, err := ParseVersion(bad); err == nil {
			t.Errorf("%q accepted", bad)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, c := range accepted {
		f.Add(c.text)
	}
	for _, c := range append(postgres, malformed...) {
		f.Add(c.text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		p, err := Parse(text, v2026_1)
		var e *sqlerr.Error
		if err != nil {
			if !errors.As(err, &e) || e.Code == 0 {
				t.Fatalf("error %v", err)
			}
			return
		}
		if p.Statement == nil {
			t.Fatal("no statement")
		}
	})
}
