package analyze

import (
	"context"
	"strings"
	"testing"

	"iris-pgwire/internal/pgtypes"
	"iris-pgwire/internal/sql/parse"
)

// selectOf analyzes a SELECT and gives its body.
func selectOf(t *testing.T, text string) (*Query, *Select) {
	t.Helper()
	r, err := analyzed(t, text)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	q := r.Statement.(*Query)
	return q, q.Body.(*Select)
}

func TestReferencesCountQueryLevels(t *testing.T) {
	_, outer := selectOf(t, "select (select a.id from book b where b.id = 1) from author a")
	inner := outer.Targets[0].Expr.(*Subquery).Query.Body.(*Select)
	c := inner.Targets[0].Expr.(*Column)
	if c.Up != 1 || c.Rel != outer.From[0] {
		t.Errorf("a.id from inside: %d levels up", c.Up)
	}
	// A query in FROM is a level of its own, and so is the query around it.
	_, outer = selectOf(t, "select (select s.x from (select a.id as x) s) from author a")
	middle := outer.Targets[0].Expr.(*Subquery).Query.Body.(*Select)
	deepest := middle.From[0].(*Relation).Query.Body.(*Select)
	if c := deepest.Targets[0].Expr.(*Column); c.Up != 2 || c.Rel != outer.From[0] {
		t.Errorf("a.id from a query in FROM: %d levels up", c.Up)
	}
	_, outer = selectOf(t, "select l.price from author a, lateral (select price from book where author_id = a.id) l")
	lateral := outer.From[1].(*Relation).Query.Body.(*Select)
	if c := lateral.Where.(*Call).Args[1].(*Column); c.Up != 1 || c.Rel != outer.From[0] {
		t.Errorf("a.id from LATERAL: %d levels up", c.Up)
	}
}

func TestReferencesToWithQueriesAreCounted(t *testing.T) {
	q, _ := selectOf(t, "with w as materialized (select 1 as x) select * from w join w v on w.x = v.x")
	if c := q.CTEs[0]; c.Refs != 2 || !c.Materialized {
		t.Errorf("%d references, materialized %t", c.Refs, c.Materialized)
	}
}

func TestUsingMergesColumns(t *testing.T) {
	for text, want := range map[string]string{
		"select id from author join book using (id)":       "*analyze.Cast", // integer and bigint: the left side as bigint
		"select id from author right join book using (id)": "*analyze.Column",
		"select id from author full join book using (id)":  "*analyze.Variadic",
	} {
		q, sel := selectOf(t, text)
		if got := typeName(sel.Targets[0].Expr); got != want || q.Columns[0].Type.OID != pgtypes.Int8 {
			t.Errorf("%s: %s of type %d", text, got, q.Columns[0].Type.OID)
		}
		if sel.From[0].(*Join).On == nil {
			t.Errorf("%s: no condition", text)
		}
	}
}

func typeName(e Expr) string {
	switch e.(type) {
	case *Cast:
		return "*analyze.Cast"
	case *Column:
		return "*analyze.Column"
	case *Variadic:
		return "*analyze.Variadic"
	}
	return "?"
}

func TestOutputColumnsRememberTheirTable(t *testing.T) {
	q, _ := selectOf(t, "select s.name, upper(s.name), s.n from (select name, id as n from author) s")
	for i, want := range []int{1, -1, 0} {
		c := q.Columns[i]
		if (c.Table == nil) != (want < 0) || want >= 0 && c.Column != want {
			t.Errorf("column %d: table %v, column %d", i, c.Table, c.Column)
		}
	}
}

func TestDeclaredParametersKeepTheirTypes(t *testing.T) {
	for _, c := range []struct {
		text     string
		declared []pgtypes.OID
		want     []pgtypes.OID
		code     string
	}{
		{"select $1", []pgtypes.OID{pgtypes.Int8}, []pgtypes.OID{pgtypes.Int8}, ""},
		{"select id from author where id = $1", []pgtypes.OID{pgtypes.Int8}, []pgtypes.OID{pgtypes.Int8}, ""},
		{"select id from author where id = $1", []pgtypes.OID{0}, []pgtypes.OID{pgtypes.Int4}, ""},
		{"select id from author where id = $1", []pgtypes.OID{pgtypes.Unknown}, []pgtypes.OID{pgtypes.Int4}, ""},
		{"select id from author where id = $1", []pgtypes.OID{pgtypes.Text}, nil, "42883"},
		{"select 1", []pgtypes.OID{pgtypes.Text}, []pgtypes.OID{pgtypes.Text}, ""},
		{"select 1", []pgtypes.OID{0}, nil, "42P18"},
		{"insert into author (name) values ($1)", []pgtypes.OID{pgtypes.Int4}, []pgtypes.OID{pgtypes.Int4}, ""},
		{"insert into author (id) values ($1)", []pgtypes.OID{pgtypes.Text}, nil, "42804"},
	} {
		list, err := parse.Parse(c.text)
		if err != nil {
			t.Fatal(err)
		}
		r, err := Analyze(context.Background(), c.text, list[0], Options{Schema: library(t), Path: []string{"public"}, Public: "SQLUser", Declared: c.declared})
		if code := codeOf(err); code != c.code {
			t.Errorf("%s %v: %v", c.text, c.declared, err)
			continue
		}
		for i := range c.want {
			if r.Params[i].OID != c.want[i] {
				t.Errorf("%s %v: $%d is %s", c.text, c.declared, i+1, TypeName(r.Params[i].OID))
			}
		}
	}
}

func TestRepeatedArgumentsDoNotGrowWithoutBound(t *testing.T) {
	between, simpleCase := "true", "1"
	for range 60 {
		between = "(" + between + ") between false and true"
		simpleCase = "case " + simpleCase + " when 1 then 2 when 2 then 1 end"
	}
	for _, text := range []string{"select " + between, "select " + simpleCase} {
		if _, err := analyzed(t, text); codeOf(err) != "54001" {
			t.Errorf("%.40s…: %v", text, err)
		}
	}
	long := "select case id" + strings.Repeat(" when 1 then 2", 30000)
	if _, err := analyzed(t, long+" end from author"); err != nil {
		t.Errorf("a long CASE: %v", err)
	}
}
