package plan

import (
	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/sql/analyze"
	"iris-pgwire/internal/sql/irissql"
)

// tagOf is the command tag of an analyzed statement.
func tagOf(st analyze.Statement) string {
	switch st.(type) {
	case *analyze.Insert:
		return "INSERT"
	case *analyze.Update:
		return "UPDATE"
	case *analyze.Delete:
		return "DELETE"
	}
	return "SELECT"
}

// analyzed compiles what package analyze gives names and types to.
func (c *compiler) analyzed() error {
	r, err := analyze.Analyze(c.ctx, c.in.Text, c.in.Statement, analyze.Options{
		Schema: c.in.Schema, Path: c.in.Path, Public: c.in.Public, Declared: c.in.Declared, Style: c.in.Style,
	})
	if err != nil {
		return err
	}
	c.out.Tag, c.out.Params = tagOf(r.Statement), r.Params
	if st, ok := r.Statement.(interface {
		Rewrite(f func(analyze.Expr) analyze.Expr)
	}); ok {
		if err := c.scalars(st); err != nil {
			return err
		}
	}
	switch n := r.Statement.(type) {
	case *analyze.Query:
		return c.query(n)
	case *analyze.Insert:
		return c.insert(n)
	case *analyze.Update:
		return c.update(n)
	case *analyze.Delete:
		return c.delete(n)
	}
	return c.notBuilt(c.in.Statement.Node, tagOf(r.Statement))
}

// options are the printer's.
func (c *compiler) options() irissql.Options {
	return irissql.Options{Major: c.in.Major, Minor: c.in.Minor, Style: c.in.Style}
}

// query compiles a SELECT: one statement in IRIS, finished as its rows stream.
func (c *compiler) query(q *analyze.Query) error {
	if q.Locking != "" {
		return c.lockingQuery(q)
	}
	printed, err := irissql.Query(q, c.options())
	if err != nil {
		return err
	}
	c.out.ReadOnly = true
	c.out.Columns = outputColumns(q.Columns, printed.Columns)
	s := step(QueryStep, printed.Fragment)
	s.Result = true
	c.out.Steps = append(c.out.Steps, s)
	return nil
}

// step makes a step of a fragment.
func step(kind StepKind, f irissql.Fragment) Step {
	sql, holes := f.SQL()
	return Step{Kind: kind, SQL: sql, Holes: holes, Args: f.Args()}
}

// exec adds a step that changes rows, and gives its number.
func (c *compiler) exec(f irissql.Fragment) (int, error) {
	if err := c.checkArgs(f); err != nil {
		return 0, err
	}
	c.out.Steps = append(c.out.Steps, step(ExecStep, f))
	return len(c.out.Steps) - 1, nil
}

func (c *compiler) checkArgs(f irissql.Fragment) error {
	if len(f.Args()) > irissql.MaxArgs {
		return pgerr.NotBuilt(c.at(c.in.Statement.Node), "a statement that needs more than 255 arguments in IRIS")
	}
	return nil
}

// outputColumns joins the analyzer's columns with the way to their values.
func outputColumns(columns []analyze.OutColumn, outputs []irissql.Output) []Column {
	out := make([]Column, len(columns))
	for i, col := range columns {
		out[i] = Column{Name: col.Name, Type: col.Type, Source: outputs[i].Source, Finish: outputs[i].Finish}
		if col.Table != nil {
			out[i].TableOID, out[i].Attnum = col.Table.OID, int16(col.Column+1)
		}
	}
	return out
}
