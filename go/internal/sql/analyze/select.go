package analyze

import (
	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/pgtypes"
	"iris-pgwire/internal/sql/parse"
)

// selectCore analyzes SELECT in PostgreSQL's own order: FROM, select list, WHERE, HAVING, ORDER BY, GROUP BY, DISTINCT.
func (a *analyzer) selectCore(n *parse.Select, c *parse.SelectCore, s *scope, q *Query, o queryOptions) error {
	if c.Into != nil {
		return a.notBuilt(c.Into, "SELECT INTO")
	}
	sel := &Select{At: a.pos(c)}
	q.Body = sel
	s.named = c.Windows
	err := a.checkWindows(c.Windows)
	if err != nil {
		return err
	}
	if sel.From, err = a.from(c.From, s); err != nil {
		return err
	}
	if err = a.targets(c.Targets, s.with("SELECT", true, true), sel, q); err != nil {
		return err
	}
	if sel.Where, err = a.condition(c.Where, s.with("WHERE", false, false), "WHERE"); err != nil {
		return err
	}
	if sel.Having, err = a.condition(c.Having, s.with("HAVING", true, false), "HAVING"); err != nil {
		return err
	}
	if q.OrderBy, err = a.orderBy(n.OrderBy, s.with("ORDER BY", true, true), sel, q); err != nil {
		return err
	}
	if err = a.groupBy(c, s.with("GROUP BY", false, false), sel, q); err != nil {
		return err
	}
	if err = a.distinct(c, s.with("DISTINCT ON", false, false), sel, q); err != nil {
		return err
	}
	if err = a.finishTargets(sel, q, o); err != nil {
		return err
	}
	sel.HasAggs, sel.HasWindows = s.level.hasAggs, s.level.hasWindows
	if len(sel.GroupBy) > 0 || sel.GroupingSets != nil || sel.HasAggs || sel.Having != nil {
		return a.checkGrouping(sel, q)
	}
	return nil
}

// condition analyzes WHERE or HAVING; nil stays nil.
func (a *analyzer) condition(n parse.Expr, s *scope, clause string) (Expr, error) {
	if n == nil {
		return nil, nil
	}
	if c, ok := n.(*parse.CurrentOf); ok {
		return nil, a.notBuilt(c, "WHERE CURRENT OF")
	}
	e, err := a.expr(n, s)
	if err != nil {
		return nil, err
	}
	return a.boolean(e, n, clause)
}

// targets analyzes a select list. Literals and parameters may stay of unknown type: see finishTargets.
func (a *analyzer) targets(list []parse.Target, s *scope, sel *Select, q *Query) error {
	for _, t := range list {
		if ref, ok := t.Expr.(*parse.ColumnRef); ok && ref.Star {
			if err := a.star(ref, s, sel, q); err != nil {
				return err
			}
			continue
		}
		e, err := a.expr(t.Expr, s)
		if err != nil {
			return err
		}
		name := t.Name
		if name == "" {
			name = columnName(t.Expr)
		}
		sel.Targets = append(sel.Targets, Target{e})
		q.Columns = append(q.Columns, outColumn(name, e))
	}
	return nil
}

// finishTargets gives what is still of unknown type the type that INSERT wants, or text; of a side of a set operation
// it waits for the other side. PostgreSQL does so at the end, when all clauses had their say about parameters.
func (a *analyzer) finishTargets(sel *Select, q *Query, o queryOptions) error {
	for i := range sel.Targets {
		if sel.Targets[i].Expr.Type().OID != pgtypes.Unknown || o.side {
			continue
		}
		want := pgtypes.Text
		if i < len(o.targets) {
			want = o.targets[i]
		}
		e, err := a.coerceUnknown(sel.Targets[i].Expr, want)
		if err != nil {
			return err
		}
		sel.Targets[i].Expr, q.Columns[i].Type = e, e.Type()
	}
	return nil
}

// settleTarget gives select item i to a clause that sorts or groups by it, as text if its type is unknown.
func (a *analyzer) settleTarget(i int, sel *Select, q *Query) (Expr, error) {
	e, err := a.known(sel.Targets[i].Expr)
	if err == nil {
		sel.Targets[i].Expr, q.Columns[i].Type = e, e.Type()
	}
	return e, err
}

// outColumn describes an output column; one that is a plain column of a table says so.
func outColumn(name string, e Expr) OutColumn {
	out := OutColumn{Name: name, Type: e.Type()}
	if c, ok := e.(*Column); ok {
		from := c.Rel.Columns[c.Index]
		out.Table, out.Column = from.Table, from.Column
	}
	return out
}

// star expands * and t.*.
func (a *analyzer) star(n *parse.ColumnRef, s *scope, sel *Select, q *Query) error {
	add := func(c *visibleColumn, up int) error {
		e, err := a.reference(c, up, a.pos(n))
		if err != nil {
			return err
		}
		sel.Targets = append(sel.Targets, Target{e})
		q.Columns = append(q.Columns, outColumn(c.name, e))
		return nil
	}
	switch len(n.Parts) {
	case 0:
		if len(s.tables) == 0 {
			return a.fail(pgerr.SyntaxError, n, "SELECT * with no tables specified is not valid")
		}
		for _, t := range s.tables {
			if !t.bare {
				continue
			}
			for i := range t.columns {
				if err := add(&t.columns[i], 0); err != nil {
					return err
				}
			}
		}
		return nil
	case 1, 2:
		schema := ""
		if len(n.Parts) == 2 {
			schema = n.Parts[0]
		}
		t, up, err := a.table(n, s, schema, n.Parts[len(n.Parts)-1])
		if err != nil {
			return err
		}
		for i := range t.columns {
			if err := add(&t.columns[i], up); err != nil {
				return err
			}
		}
		return nil
	}
	return a.notBuilt(n, "the reference "+dotted(n.Parts)+".*")
}

// distinct analyzes DISTINCT and DISTINCT ON.
func (a *analyzer) distinct(c *parse.SelectCore, s *scope, sel *Select, q *Query) error {
	sel.Distinct = c.Distinct && c.DistinctOn == nil
	for i := range sel.Targets {
		if !sel.Distinct {
			break
		}
		e, err := a.settleTarget(i, sel, q)
		if err == nil {
			err = hasEquality(e, e.Pos())
		}
		if err != nil {
			return err
		}
	}
	for _, n := range c.DistinctOn {
		e, err := a.listed(n, s, sel, q, "DISTINCT ON")
		if err == nil {
			err = hasEquality(e, a.leftPos(n))
		}
		if err != nil {
			return err
		}
		sel.DistinctOn = append(sel.DistinctOn, e)
	}
	if c.DistinctOn != nil {
		// The keys of ORDER BY must begin with those of DISTINCT ON.
		for i, k := range q.OrderBy {
			if i < len(sel.DistinctOn) && !among(k.Expr, sel.DistinctOn) {
				return pgerr.New(pgerr.InvalidColumnReference, "SELECT DISTINCT ON expressions must match initial ORDER BY expressions").At(a.leftPos(c.DistinctOn[0]))
			}
		}
	}
	if !sel.Distinct {
		return nil
	}
	for _, k := range q.OrderBy {
		found := false
		for _, t := range sel.Targets {
			found = found || Same(t.Expr, k.Expr)
		}
		if !found {
			return pgerr.New(pgerr.InvalidColumnReference, "for SELECT DISTINCT, ORDER BY expressions must appear in select list").At(k.Expr.Pos())
		}
	}
	return nil
}

func among(e Expr, list []Expr) bool {
	for _, x := range list {
		if Same(x, e) {
			return true
		}
	}
	return false
}
