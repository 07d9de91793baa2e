package sessiontest

import (
	"context"
	"strings"
	"sync/atomic"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/pgtypes"
	"iris-pgwire/internal/session"
	"iris-pgwire/internal/sql/eval"
	"iris-pgwire/internal/sql/parse"
	"iris-pgwire/internal/sql/plan"
)

// Compiler knows the statements of the recorded sessions that need no tables.
type Compiler struct {
	// Wide makes SELECT * FROM t return two columns instead of one.
	Wide    atomic.Bool
	version atomic.Uint64
}

// query is a statement that returns one integer column.
func query(column, sql string) *plan.Statement {
	return &plan.Statement{
		Tag: "SELECT", ReadOnly: true, Columns: []plan.Column{{Name: column, Type: pgtypes.Of(pgtypes.Int4)}},
		Steps: []plan.Step{{Kind: plan.QueryStep, SQL: sql, Result: true}},
	}
}

// insert is INSERT, of one row or of several, with at most one parameter, an integer.
func insert(text string) *plan.Statement {
	pl := &plan.Statement{Tag: "INSERT", Steps: []plan.Step{{Kind: plan.ExecStep, SQL: "INSERT" + strings.Repeat(" ROW", 1+strings.Count(text, "),("))}}}
	if strings.Contains(text, "$1") {
		pl.Params = []pgtypes.Type{pgtypes.Of(pgtypes.Int4)}
	}
	return pl
}

// queries are the statements by their text; the second is what IRIS is sent.
var queries = map[string][2]string{
	"select 1":                         {"?column?", "ROWS 1"},
	"select 2":                         {"?column?", "ROWS 2"},
	"select 42":                        {"?column?", "ROWS 42"},
	"select 1 as a":                    {"a", "ROWS 1"},
	"select 1::int4":                   {"int4", "ROWS 1"},
	"select 1/0":                       {"?column?", "FAIL"},
	"select generate_series(1,5) as g": {"g", "ROWS 1 2 3 4 5"},
	"select generate_series(1,3) as g": {"g", "ROWS 1 2 3"},
	"select generate_series(1,2) as g": {"g", "ROWS 1 2"},
	"select wait()":                    {"wait", "WAIT"},
	"select lost()":                    {"lost", "LOST"},
	"select panic()":                   {"panic", "PANIC"},
	"select * from big":                {"n", "MANY"},
	"select * from t":                  {"a", "ROWS 1"},
}

// rowsOf gives the rows of what IRIS is sent.
func rowsOf(sql string) []int64 {
	if sql == "MANY" {
		out := make([]int64, 100000)
		for i := range out {
			out[i] = int64(i)
		}
		return out
	}
	var out []int64
	for _, word := range strings.Fields(strings.TrimPrefix(sql, "ROWS")) {
		n := int64(0)
		for _, digit := range word {
			n = 10*n + int64(digit-'0')
		}
		out = append(out, n)
	}
	return out
}

// Compile implements session.Compiler.
func (c *Compiler) Compile(_ context.Context, in session.Input) (*plan.Statement, error) {
	text := strings.ToLower(in.Statement.Text)
	switch in.Statement.Node.(type) {
	case *parse.Select:
		text = text[strings.Index(text, "select"):] // PREPARE and DECLARE keep their words before it
	case *parse.Insert:
		return insert(text), nil
	case *parse.CreateTable:
		return &plan.Statement{Tag: "CREATE TABLE", DDL: true, Steps: []plan.Step{{Kind: plan.DirectStep, SQL: "CREATE"}}}, nil
	}
	if q, ok := queries[text]; ok {
		pl := query(q[0], q[1])
		if text == "select * from t" && c.Wide.Load() {
			pl.Columns = append(pl.Columns, pl.Columns[0])
		}
		return pl, nil
	}
	if oid, name := parameterType(text, in.Declared); oid != 0 {
		return parameter(name, oid), nil
	}
	return nil, pgerr.New(pgerr.UndefinedTable, "the tests' compiler does not know %q", text)
}

// parameterType is the type of the one parameter of a statement that returns it.
func parameterType(text string, declared []pgtypes.OID) (pgtypes.OID, string) {
	switch {
	case text == "select $1::int", text == "select $1::int4":
		return pgtypes.Int4, "int4"
	case text == "select $1::text":
		return pgtypes.Text, "text"
	case text == "select $1" && len(declared) > 0 && declared[0] != 0:
		return declared[0], "?column?"
	case text == "select $1":
		return pgtypes.Text, "?column?"
	}
	return 0, ""
}

// parameter is a statement that returns its parameter.
func parameter(column string, oid pgtypes.OID) *plan.Statement {
	pl := query(column, "ROWS 1")
	pl.Params = []pgtypes.Type{pgtypes.Of(oid)}
	pl.Columns[0].Type = pl.Params[0]
	pl.Columns[0].Finish = func(_ []iris.Value, env *eval.Env) (iris.Value, error) { return env.Params[0], nil }
	return pl
}

// Version implements session.Compiler.
func (c *Compiler) Version(string) uint64 { return c.version.Load() }

// Invalidate implements session.Compiler.
func (c *Compiler) Invalidate(string) { c.version.Add(1) }

// MapError implements session.Compiler: the only error of the tests' IRIS is a division by zero.
func (c *Compiler) MapError(*iris.Error) *pgerr.Error {
	return pgerr.New(pgerr.DivisionByZero, "division by zero")
}
