package analyze

import (
	"strings"

	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/schema"
	"iris-pgwire/internal/sql/parse"
)

// groupBy analyzes GROUP BY: a bare name is a column of FROM first, then an output name (PostgreSQL docs, "SELECT",
// GROUP BY Clause).
func (a *analyzer) groupBy(c *parse.SelectCore, s *scope, sel *Select, q *Query) error {
	if c.GroupDistinct {
		return a.notBuilt(c, "GROUP BY DISTINCT")
	}
	for _, n := range c.GroupBy {
		if set, ok := n.(*parse.GroupingSet); ok {
			return a.notBuilt(set, map[parse.GroupingKind]string{
				parse.GroupEmpty: "GROUP BY ()", parse.GroupRollup: "ROLLUP", parse.GroupCube: "CUBE", parse.GroupSets: "GROUPING SETS",
			}[set.Kind])
		}
		e, err := a.groupItem(n, s, sel, q)
		if err == nil {
			err = hasEquality(e, a.leftPos(n))
		}
		if err != nil {
			return err
		}
		for _, t := range sel.Targets {
			if containsAggregate(e) && Same(t.Expr, e) {
				return pgerr.New(pgerr.GroupingError, "aggregate functions are not allowed in GROUP BY").At(aggregateAt(e))
			}
		}
		if !among(e, sel.GroupBy) {
			sel.GroupBy = append(sel.GroupBy, e)
		}
	}
	return nil
}

func (a *analyzer) groupItem(n parse.Expr, s *scope, sel *Select, q *Query) (Expr, error) {
	if ref, ok := n.(*parse.ColumnRef); ok && len(ref.Parts) == 1 && !ref.Star && !s.hasColumn(ref.Parts[0]) {
		if e, err := a.outputNamed(n, sel, q, "GROUP BY"); err != nil || e != nil {
			return e, err
		}
	}
	return a.listed(n, s, sel, q, "GROUP BY")
}

// hasColumn reports a bare column of this level.
func (s *scope) hasColumn(name string) bool {
	for _, t := range s.tables {
		if !t.bare {
			continue
		}
		for i := range t.columns {
			if strings.EqualFold(t.columns[i].name, name) {
				return true
			}
		}
	}
	return false
}

func containsAggregate(e Expr) bool { return aggregateAt(e) > 0 }

// aggregateAt is the position of the first aggregate in an expression, 0 if there is none.
func aggregateAt(e Expr) int {
	if g, ok := e.(*Aggregate); ok {
		return max(g.At, 1)
	}
	at := 0
	children(e, func(c Expr) {
		if at == 0 {
			at = aggregateAt(c)
		}
	})
	return at
}

// checkGrouping refuses columns that are neither grouped nor aggregated (PostgreSQL docs, "SELECT", GROUP BY Clause: also
// what depends on a grouped primary key is fine).
func (a *analyzer) checkGrouping(sel *Select, q *Query) error {
	g := &grouping{keys: sel.GroupBy}
	for _, t := range sel.Targets {
		if err := g.check(t.Expr, 0); err != nil {
			return err
		}
	}
	if sel.Having != nil {
		if err := g.check(sel.Having, 0); err != nil {
			return err
		}
	}
	for _, e := range sel.DistinctOn {
		if err := g.check(e, 0); err != nil {
			return err
		}
	}
	for _, k := range q.OrderBy {
		if err := g.check(k.Expr, 0); err != nil {
			return err
		}
	}
	return nil
}

// grouping is the check of one SELECT.
type grouping struct {
	keys []Expr
	// dependent remembers which relations are fully determined by the keys.
	dependent map[*Relation]bool
}

// check looks at an expression depth levels below the SELECT.
func (g *grouping) check(e Expr, depth int) error {
	if among(e, g.keys) {
		return nil
	}
	var err error
	switch n := e.(type) {
	case *Column:
		if n.Up != depth || g.determined(n.Rel) {
			return nil
		}
		return g.ungrouped(n, depth)
	case *Aggregate:
		if depth == 0 {
			return nil
		}
	case *Subquery:
		queryExprs(n.Query, depth+1, func(x Expr, at int) {
			if err == nil {
				err = g.check(x, at)
			}
		})
	}
	children(e, func(c Expr) {
		if err == nil {
			err = g.check(c, depth)
		}
	})
	return err
}

func (g *grouping) ungrouped(n *Column, depth int) error {
	name := n.Rel.Columns[n.Index].Name
	if n.Rel.Label != "" {
		name = n.Rel.Label + "." + name
	}
	if depth > 0 {
		return pgerr.New(pgerr.GroupingError, "subquery uses ungrouped column \"%s\" from outer query", name).At(n.At)
	}
	return pgerr.New(pgerr.GroupingError, "column \"%s\" must appear in the GROUP BY clause or be used in an aggregate function", name).At(n.At)
}

// determined reports a table whose primary key is among the keys.
func (g *grouping) determined(rel *Relation) bool {
	if rel.Table == nil {
		return false
	}
	if known, ok := g.dependent[rel]; ok {
		return known
	}
	if g.dependent == nil {
		g.dependent = map[*Relation]bool{}
	}
	g.dependent[rel] = false
	for i := range rel.Table.Keys {
		if k := &rel.Table.Keys[i]; k.Kind == schema.PrimaryKey {
			g.dependent[rel] = g.covers(rel, k.Columns)
		}
	}
	return g.dependent[rel]
}

func (g *grouping) covers(rel *Relation, columns []string) bool {
	for _, name := range columns {
		found := false
		for _, e := range g.keys {
			c, ok := e.(*Column)
			found = found || ok && c.Rel == rel && strings.EqualFold(rel.Table.Columns[c.Index].Name, name)
		}
		if !found {
			return false
		}
	}
	return len(columns) > 0
}
