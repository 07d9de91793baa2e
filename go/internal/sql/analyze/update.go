package analyze

import (
	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/schema"
	"iris-pgwire/internal/sql/parse"
)

// update analyzes UPDATE.
func (a *analyzer) update(n *parse.Update) (*Update, error) {
	out := &Update{At: a.pos(n)}
	s, table, ctes, err := a.changed(n.With, n.Table)
	if err != nil {
		return nil, err
	}
	out.Table, out.CTEs = table, ctes
	if out.From, err = a.from(n.From, s); err != nil {
		return nil, err
	}
	if out.Set, err = a.assignments(n.Set, table.Table, s.with("UPDATE", false, false)); err != nil {
		return nil, err
	}
	if out.Where, err = a.condition(n.Where, s.with("WHERE", false, false), "WHERE"); err != nil {
		return nil, err
	}
	out.Returning, out.RetCols, err = a.returning(n.Returning, s.with("RETURNING", false, false))
	return out, err
}

// delete analyzes DELETE.
func (a *analyzer) delete(n *parse.Delete) (*Delete, error) {
	out := &Delete{At: a.pos(n)}
	s, table, ctes, err := a.changed(n.With, n.Table)
	if err != nil {
		return nil, err
	}
	out.Table, out.CTEs = table, ctes
	if out.Using, err = a.from(n.Using, s); err != nil {
		return nil, err
	}
	if out.Where, err = a.condition(n.Where, s.with("WHERE", false, false), "WHERE"); err != nil {
		return nil, err
	}
	out.Returning, out.RetCols, err = a.returning(n.Returning, s.with("RETURNING", false, false))
	return out, err
}

// changed makes the scope of UPDATE or DELETE with its table.
func (a *analyzer) changed(with *parse.With, table *parse.FromTable) (*scope, *Relation, []*CTE, error) {
	s, q := &scope{level: &level{}}, &Query{}
	if with != nil {
		if err := a.with(with, s, q); err != nil {
			return nil, nil, nil, err
		}
	}
	var alias *parse.Name
	if table.Alias != nil {
		if len(table.Alias.Columns) > 0 {
			return nil, nil, nil, a.notBuilt(table.Alias, "a column alias list here")
		}
		alias = &parse.Name{At: table.Alias.At, Text: table.Alias.Name}
	}
	rel, err := a.target(table.Name, alias)
	if err != nil {
		return nil, nil, nil, err
	}
	schemaName := rel.Table.Schema
	if alias != nil {
		schemaName = ""
	}
	s.tables, err = a.relation(rel, nil, schemaName)
	return s, rel, q.CTEs, err
}

// assignments analyzes SET.
func (a *analyzer) assignments(list []parse.SetClause, t *schema.Table, s *scope) ([]Assignment, error) {
	var out []Assignment
	var places []int
	for _, n := range list {
		values := []parse.Expr{n.Value}
		if n.Multi {
			row, ok := n.Value.(*parse.Row)
			if !ok {
				return nil, a.notBuilt(n, "SET (columns) = a query")
			}
			if values = row.Args; len(values) != len(n.Columns) {
				return nil, a.fail(pgerr.SyntaxError, row, "number of columns does not match number of values")
			}
		}
		for i, c := range n.Columns {
			one, err := a.assignment(c, values[i], t, s)
			if err != nil {
				return nil, err
			}
			for _, other := range out {
				if other.Column == one.Column {
					return nil, a.fail(pgerr.SyntaxError, c, "multiple assignments to same column \"%s\"", c.Name).At(0)
				}
			}
			out, places = append(out, one), append(places, a.leftPos(values[i]))
		}
	}
	for i := range out { // after all of them, as parameters are inferred so
		if out[i].Value == nil {
			continue
		}
		var err error
		if out[i].Value, err = a.assign(out[i].Value, &t.Columns[out[i].Column], places[i]); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// assignment analyzes one column = value; the value keeps its own type.
func (a *analyzer) assignment(c parse.TargetColumn, value parse.Expr, t *schema.Table, s *scope) (Assignment, error) {
	i, err := a.targetColumn(c, t, s.tables[0].label)
	if err != nil {
		return Assignment{}, err
	}
	if _, ok := value.(*parse.Default); ok {
		return Assignment{Column: i}, nil
	}
	e, err := a.expr(value, s)
	return Assignment{i, e}, err
}
