package plan

import (
	"strings"

	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/pgtypes"
	"iris-pgwire/internal/schema"
	"iris-pgwire/internal/sql/analyze"
	"iris-pgwire/internal/sql/irissql"
	"iris-pgwire/internal/sql/parse"
)

// insert compiles INSERT. IRIS takes one row of values a statement: rows of the same form are one batch, and where
// something follows each row (RETURNING, ON CONFLICT) each is a statement of its own, all in one transaction.
func (c *compiler) insert(n *analyze.Insert) error {
	t := n.Table.Table
	if t.View {
		return pgerr.NotBuilt(n.Table.At, "INSERT into a view")
	}
	if n.RetCols != nil {
		if err := c.describeReturning(n.Returning, n.RetCols, n.Table); err != nil {
			return err
		}
	}
	if n.Query != nil {
		return c.insertQuery(n)
	}
	rows := n.Rows
	if len(rows) == 0 {
		rows = [][]analyze.Expr{nil} // DEFAULT VALUES
	}
	if len(rows) > 1 || n.Returning != nil || n.Conflict != nil {
		c.out.Atomic = true
	}
	switch {
	case n.Conflict != nil:
		return c.insertOrConflict(n, rows)
	case n.Returning != nil:
		return c.insertReturning(n, rows)
	}
	return c.insertRows(n, rows)
}

// given is one column of a row with its value.
type given struct {
	column int
	value  analyze.Expr
}

// rowValues are the columns that a row gives values to: DEFAULT leaves a column out, unless the gateway knows the default's
// value better than IRIS.
func (c *compiler) rowValues(n *analyze.Insert, row []analyze.Expr) []given {
	t := n.Table.Table
	var out []given
	listed := map[int]bool{}
	for i, col := range n.Columns {
		if i < len(row) && row[i] != nil {
			if c.overriding() == parse.OverridingUser && t.Columns[col].Identity != "" {
				continue
			}
			listed[col] = true
			out = append(out, given{col, row[i]})
		}
	}
	for i := range t.Columns {
		if listed[i] {
			continue
		}
		if e := momentValue(&t.Columns[i]); e != nil {
			out = append(out, given{i, e})
		}
	}
	return out
}

// overriding is OVERRIDING of the statement, which the typed tree does not have.
func (c *compiler) overriding() parse.Overriding {
	if n, ok := c.in.Statement.Node.(*parse.Insert); ok {
		return n.Overriding
	}
	return parse.OverridingNone
}

// momentValue is the value of a DEFAULT now(), which is the transaction's time in PostgreSQL; IRIS's own default would be
// the statement's.
func momentValue(col *schema.Column) analyze.Expr {
	if !strings.EqualFold(strings.ReplaceAll(col.DefaultText, " ", ""), utcNow) {
		return nil
	}
	switch col.Type.OID {
	case pgtypes.Timestamptz:
		return &analyze.Session{Node: analyze.Node{Typ: pgtypes.Of(pgtypes.Timestamptz)}, Name: analyze.SessionNow}
	case pgtypes.Timestamp:
		return &analyze.Session{Node: analyze.Node{Typ: pgtypes.Of(pgtypes.Timestamp)}, Name: analyze.SessionLocalTimestamp}
	}
	return nil
}

// insertText prints one row.
func (c *compiler) insertText(n *analyze.Insert, row []analyze.Expr) (irissql.Fragment, error) {
	t := n.Table.Table
	values := c.rowValues(n, row)
	if len(values) == 0 {
		return irissql.Text("INSERT INTO " + printed(t) + " DEFAULT VALUES"), nil
	}
	p := irissql.New(c.options())
	names := make([]string, len(values))
	parts := make([]irissql.Fragment, len(values))
	for i, v := range values {
		var err error
		if parts[i], err = c.assign(p, t, v.column, v.value); err != nil {
			return irissql.Fragment{}, err
		}
		names[i] = t.Columns[v.column].Name
	}
	into := irissql.Text("INSERT INTO " + printed(t) + " " + columnList(names))
	f := irissql.Fill("@ VALUES (@)", into, irissql.Join(parts, ", "))
	return f, c.checkArgs(f)
}

// insertRows makes batches of rows whose statements have the same text.
func (c *compiler) insertRows(n *analyze.Insert, rows [][]analyze.Expr) error {
	last := -1
	for _, row := range rows {
		f, err := c.insertText(n, row)
		if err != nil {
			return err
		}
		sql, holes := f.SQL()
		if last >= 0 && c.out.Steps[last].SQL == sql && len(holes) == 0 {
			s := &c.out.Steps[last]
			if s.Kind == ExecStep {
				s.Kind, s.Sets, s.Args = BatchStep, [][]irissql.Arg{s.Args}, nil
			}
			s.Sets = append(s.Sets, f.Args())
			continue
		}
		c.out.Steps = append(c.out.Steps, step(ExecStep, f))
		last = len(c.out.Steps) - 1
	}
	return nil
}
