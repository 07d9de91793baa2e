package analyze

import (
	"strings"

	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/pgtypes"
	"iris-pgwire/internal/schema"
	"iris-pgwire/internal/sql/parse"
)

// insert analyzes INSERT.
func (a *analyzer) insert(n *parse.Insert) (*Insert, error) {
	s := &scope{level: &level{}}
	out := &Insert{At: a.pos(n)}
	q := &Query{}
	if n.With != nil {
		if err := a.with(n.With, s, q); err != nil {
			return nil, err
		}
		out.CTEs = q.CTEs
	}
	var err error
	if out.Table, err = a.target(n.Table, n.Alias); err != nil {
		return nil, err
	}
	t := out.Table.Table
	if out.Columns, err = a.targetColumns(n.Columns, t); err != nil {
		return nil, err
	}
	tables, err := a.relation(out.Table, nil, t.Schema)
	if err != nil {
		return nil, err
	}
	if err := a.source(n, s, tables, out); err != nil {
		return nil, err
	}
	at := s.with("RETURNING", false, false)
	at.tables = tables
	if out.Conflict, err = a.conflict(n.Conflict, out, at); err != nil {
		return nil, err
	}
	out.Returning, out.RetCols, err = a.returning(n.Returning, at)
	return out, err
}

// target finds the table that a statement changes.
func (a *analyzer) target(name parse.QualifiedName, alias *parse.Name) (*Relation, error) {
	t, err := a.lookup(name)
	if err != nil {
		return nil, err
	}
	label := name.Name
	if alias != nil {
		label = alias.Text
	}
	return &Relation{Label: label, Table: t, Columns: tableColumns(t), At: a.pos(name)}, nil
}

// targetColumns finds the columns of an INSERT: those named, or all.
func (a *analyzer) targetColumns(list []parse.TargetColumn, t *schema.Table) ([]int, error) {
	if list == nil {
		out := make([]int, len(t.Columns))
		for i := range out {
			out[i] = i
		}
		return out, nil
	}
	var out []int
	for _, c := range list {
		i, err := a.targetColumn(c, t, "")
		if err != nil {
			return nil, err
		}
		for _, other := range out {
			if other == i {
				return nil, a.fail(pgerr.DuplicateColumn, c, "column \"%s\" specified more than once", c.Name)
			}
		}
		out = append(out, i)
	}
	return out, nil
}

func (a *analyzer) targetColumn(c parse.TargetColumn, t *schema.Table, label string) (int, error) {
	for i := range t.Columns {
		if !strings.EqualFold(t.Columns[i].Name, c.Name) {
			continue
		}
		if len(c.Path) > 0 {
			return 0, a.notBuilt(c, "an assignment to a part of a column")
		}
		return i, nil
	}
	err := a.fail(pgerr.UndefinedColumn, c, "column \"%s\" of relation \"%s\" does not exist", c.Name, strings.ToLower(t.Name))
	if len(c.Path) > 0 && c.Name == label {
		return 0, err.WithHint("SET target columns cannot be qualified with the relation name.")
	}
	return 0, err
}

// source analyzes VALUES or the query of an INSERT.
func (a *analyzer) source(n *parse.Insert, s *scope, hidden []*visible, out *Insert) error {
	if n.Source == nil {
		if n.Columns == nil {
			out.Columns = nil
		}
		return nil
	}
	v, plain := n.Source.Body.(*parse.Values)
	if plain && n.Source.With == nil && n.Source.OrderBy == nil && n.Source.Limit == nil && n.Source.Offset == nil {
		at := s.with("VALUES", false, false)
		at.hidden = hidden
		return a.insertRows(n, v, at, out)
	}
	targets := make([]pgtypes.OID, len(out.Columns))
	for i, c := range out.Columns {
		targets[i] = out.Table.Table.Columns[c].Type.OID
	}
	around := &scope{ctes: s.ctes, level: &level{}}
	q, err := a.query(n.Source, around, queryOptions{targets: targets})
	if err != nil {
		return err
	}
	if err := a.checkWidth(n, len(q.Columns), a.itemPos(n.Source, len(out.Columns)), out); err != nil {
		return err
	}
	out.Columns = out.Columns[:min(len(out.Columns), len(q.Columns))]
	for i, c := range out.Columns {
		col := &out.Table.Table.Columns[c]
		if q.Columns[i].Type.OID == col.Type.OID {
			continue
		}
		before := outputExpr(q, i)
		after, err := a.assign(before, col, a.itemPos(n.Source, i))
		if err != nil {
			return err
		}
		if err := a.setOutput(q, i, before, after, pgtypes.Of(col.Type.OID)); err != nil {
			return err
		}
	}
	out.Query = q
	return nil
}

// checkWidth compares the number of values with the number of columns.
func (a *analyzer) checkWidth(n *parse.Insert, values, at int, out *Insert) error {
	switch {
	case values > len(out.Columns):
		return pgerr.New(pgerr.SyntaxError, "INSERT has more expressions than target columns").At(at)
	case values < len(out.Columns) && n.Columns != nil:
		return a.fail(pgerr.SyntaxError, n.Columns[values], "INSERT has more target columns than expressions")
	}
	return nil
}

// insertRows analyzes the rows of VALUES, each value for its column.
func (a *analyzer) insertRows(n *parse.Insert, v *parse.Values, s *scope, out *Insert) error {
	width := len(v.Rows[0])
	for _, row := range v.Rows {
		if len(row) != width {
			return pgerr.New(pgerr.SyntaxError, "VALUES lists must all be the same length").At(a.leftPos(row[0]))
		}
		at := a.leftPos(row[min(len(row)-1, len(out.Columns))])
		if err := a.checkWidth(n, len(row), at, out); err != nil {
			return err
		}
		values := make([]Expr, len(row))
		for i, x := range row {
			if _, ok := x.(*parse.Default); ok {
				continue // nil is DEFAULT
			}
			var err error
			if values[i], err = a.expr(x, s); err != nil {
				return err
			}
		}
		for i, e := range values { // after the whole row, as parameters are inferred so
			if e == nil {
				continue
			}
			var err error
			if values[i], err = a.assign(e, &out.Table.Table.Columns[out.Columns[i]], a.leftPos(row[i])); err != nil {
				return err
			}
		}
		out.Rows = append(out.Rows, values)
	}
	out.Columns = out.Columns[:width]
	return nil
}

// assign converts a value to a column's type; its length is checked when it is stored.
func (a *analyzer) assign(e Expr, col *schema.Column, at int) (Expr, error) {
	out, err := a.coerce(e, col.Type.OID, assignmentCast)
	if err != nil || out != nil {
		return out, err
	}
	return nil, pgerr.New(pgerr.DatatypeMismatch, "column \"%s\" is of type %s but expression is of type %s",
		strings.ToLower(col.Name), TypeName(col.Type.OID), TypeName(e.Type().OID)).
		WithHint("You will need to rewrite or cast the expression.").At(at)
}

// returning analyzes RETURNING.
func (a *analyzer) returning(list []parse.Target, s *scope) ([]Target, []OutColumn, error) {
	if list == nil {
		return nil, nil, nil
	}
	sel, q := &Select{}, &Query{}
	err := a.targets(list, s, sel, q)
	if err == nil {
		err = a.finishTargets(sel, q, queryOptions{})
	}
	return sel.Targets, q.Columns, err
}
