package parse

import (
	"errors"
	"strings"
	"testing"

	"iris-pgwire/internal/pgerr"
)

func TestEmptyTextHasNoStatements(t *testing.T) {
	for _, text := range []string{"", " \n\t", ";", " ; ;; ", "-- ping", "/* a /* nested */ comment */", ";-- x\n;"} {
		list, err := Parse(text)
		if err != nil || len(list) != 0 {
			t.Errorf("Parse(%q) = %v, %v", text, list, err)
		}
	}
}

func TestStatementsHaveTheirExtent(t *testing.T) {
	text := " select 1 ; /* c */ select 'a;b' -- end\n ;; insert into t values ($$;$$)  "
	want := []string{"select 1", "select 'a;b'", "insert into t values ($$;$$)"}
	list, err := Parse(text)
	if err != nil || len(list) != len(want) {
		t.Fatalf("Parse: %v, %v", list, err)
	}
	for i, s := range list {
		if s.Text != want[i] || text[s.Start:s.End] != want[i] {
			t.Errorf("statement %d: %q, extent %q", i, s.Text, text[s.Start:s.End])
		}
	}
}

func TestDeepNestingIsRefused(t *testing.T) {
	const n = 10000
	texts := map[string]string{
		"parentheses": "select " + strings.Repeat("(", n) + "1" + strings.Repeat(")", n),
		"subqueries":  strings.Repeat("select (", n) + "1" + strings.Repeat(")", n),
		"not":         "select " + strings.Repeat("not ", n) + "true",
		"minus":       "select " + strings.Repeat("- ", n) + "1",
		"case":        "select " + strings.Repeat("case when ", n) + "true",
		"calls":       "select " + strings.Repeat("f(", n) + strings.Repeat(")", n),
		"chain":       "select 1" + strings.Repeat("+1", n),
		"joins":       "select * from a" + strings.Repeat(" cross join a", n),
		"unions":      "select 1" + strings.Repeat(" union select 1", n),
		"from":        "select * from " + strings.Repeat("(", n) + "a",
		"arrays":      "select array" + strings.Repeat("[", n),
		"casts":       "select 1" + strings.Repeat("::int", n),
		"explain":     strings.Repeat("explain ", n) + "select 1",
		"ctes":        strings.Repeat("with a as (", n) + "select 1",
	}
	for name, text := range texts {
		_, err := Parse(text)
		var e *pgerr.Error
		if !errors.As(err, &e) {
			t.Errorf("%s: accepted", name)
		} else if e.Code != pgerr.StatementTooComplex && name != "explain" {
			t.Errorf("%s: %s %s", name, e.Code, e.Message)
		}
	}
}

func TestWideTextsAreNotDeep(t *testing.T) {
	const n = 20000
	for name, text := range map[string]string{
		"and":    "select true" + strings.Repeat(" and a = 1", n),
		"in":     "select a in (1" + strings.Repeat(",1+1", n) + ")",
		"values": "insert into t values (1)" + strings.Repeat(",(1+1)", n),
		"from":   "select * from a" + strings.Repeat(", a", n),
	} {
		if _, err := Parse(text); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}
