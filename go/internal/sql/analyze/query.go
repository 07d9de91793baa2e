package analyze

import (
	"slices"

	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/pgtypes"
	"iris-pgwire/internal/sql/parse"
)

// queryOptions say where a query stands.
type queryOptions struct {
	// side of a set operation: what is of unknown type stays so, until both sides are known.
	side bool
	// targets are the types that INSERT wants of the output columns; a literal of unknown type is read as its column's.
	targets []pgtypes.OID
}

// query analyzes a SELECT, VALUES or set operation; around is the scope outside it.
func (a *analyzer) query(n *parse.Select, around *scope, o queryOptions) (*Query, error) {
	q := &Query{At: a.pos(n)}
	s := &scope{parent: around, level: &level{}}
	if n.With != nil {
		if err := a.with(n.With, s, q); err != nil {
			return nil, err
		}
	}
	var err error
	switch body := n.Body.(type) {
	case *parse.SelectCore:
		err = a.selectCore(n, body, s, q, o)
	case *parse.Values:
		err = a.values(n, body, s, q, o)
	case *parse.SetOp:
		err = a.setOp(n, body, s, q)
	default:
		err = a.notBuilt(n, "this query")
	}
	if err != nil {
		return nil, err
	}
	if err := a.limits(n, s, q); err != nil {
		return nil, err
	}
	return q, a.locking(n, s, q)
}

// with analyzes the WITH clause.
func (a *analyzer) with(n *parse.With, s *scope, q *Query) error {
	for i := range n.CTEs {
		c := &n.CTEs[i]
		for _, other := range s.ctes {
			if other.Name == c.Name {
				return a.fail(pgerr.DuplicateAlias, c, "WITH query name \"%s\" specified more than once", c.Name)
			}
		}
		if c.Search != nil || c.Cycle != nil {
			return a.notBuilt(c, "SEARCH and CYCLE of WITH")
		}
		sel, ok := c.Query.(*parse.Select)
		if !ok {
			return a.notBuilt(c.Query, "a data-modifying statement in WITH")
		}
		around := s.empty()
		for _, other := range n.CTEs[i:] {
			around.later = append(around.later, other.Name)
		}
		cte := &CTE{Name: c.Name, Materialized: c.Materialized == parse.MaterializeAlways, At: a.pos(c)}
		if n.Recursive {
			around.ctes = append(around.ctes[:len(around.ctes):len(around.ctes)], cte) // without a Query: a reference is refused
		}
		sub, err := a.query(sel, around, queryOptions{})
		if err != nil {
			return err
		}
		if len(c.Columns) > len(sub.Columns) {
			return a.fail(pgerr.InvalidColumnReference, c, "WITH query \"%s\" has %d columns available but %d columns specified", c.Name, len(sub.Columns), len(c.Columns))
		}
		for i, name := range c.Columns {
			sub.Columns[i].Name = name.Text
		}
		cte.Query = sub
		s.ctes = append(s.ctes, cte)
		q.CTEs = append(q.CTEs, cte)
	}
	return nil
}

// limits analyzes LIMIT and OFFSET.
func (a *analyzer) limits(n *parse.Select, s *scope, q *Query) error {
	var err error
	if q.Limit, err = a.count(n.Limit, s, "LIMIT"); err != nil {
		return err
	}
	if q.Offset, err = a.count(n.Offset, s, "OFFSET"); err != nil {
		return err
	}
	q.WithTies = n.WithTies
	if n.WithTies && len(q.OrderBy) == 0 {
		return a.fail(pgerr.SyntaxError, n, "WITH TIES cannot be specified without ORDER BY clause").At(0)
	}
	return nil
}

func (a *analyzer) count(n parse.Expr, s *scope, clause string) (Expr, error) {
	if n == nil {
		return nil, nil
	}
	at := s.empty().with(clause, false, false)
	at.tables = s.tables
	e, err := a.expr(n, at)
	if err != nil {
		return nil, err
	}
	if e, err = a.argument(e, pgtypes.Int8, n, clause); err != nil {
		return nil, err
	}
	if refersToLevel(e) {
		return nil, pgerr.New(pgerr.InvalidColumnReference, "argument of %s must not contain variables", clause).At(a.leftPos(n))
	}
	return e, nil
}

var lockNames = map[parse.LockStrength]string{
	parse.ForUpdate: "UPDATE", parse.ForNoKeyUpdate: "NO KEY UPDATE", parse.ForShare: "SHARE", parse.ForKeyShare: "KEY SHARE",
}

// locking analyzes FOR UPDATE and its relatives.
func (a *analyzer) locking(n *parse.Select, s *scope, q *Query) error {
	if len(n.Locking) == 0 {
		return nil
	}
	l := n.Locking[0]
	name := "FOR " + lockNames[l.Strength]
	sel, ok := q.Body.(*Select)
	var what string
	switch {
	case len(n.Locking) > 1:
		return a.notBuilt(n.Locking[1], "more than one locking clause")
	case !ok:
		what = "UNION/INTERSECT/EXCEPT"
		if _, values := q.Body.(*Values); values {
			return pgerr.New(pgerr.FeatureNotSupported, "%s cannot be applied to VALUES", name)
		}
	case sel.Distinct || sel.DistinctOn != nil:
		what = "DISTINCT clause"
	case sel.GroupBy != nil:
		what = "GROUP BY clause"
	case sel.Having != nil:
		what = "HAVING clause"
	case sel.HasAggs:
		what = "aggregate functions"
	case sel.HasWindows:
		what = "window functions"
	}
	if what != "" {
		return pgerr.New(pgerr.FeatureNotSupported, "%s is not allowed with %s", name, what)
	}
	for _, of := range l.Of {
		if !slices.ContainsFunc(s.tables, func(t *visible) bool { return t.byLabel && t.label == of.Name }) {
			return a.fail(pgerr.UndefinedTable, of, "relation \"%s\" in %s clause not found in FROM clause", of.Name, name)
		}
	}
	if len(l.Of) > 0 && len(sel.From) > 1 {
		return a.notBuilt(l, name+" OF")
	}
	q.Locking = lockNames[l.Strength]
	switch l.Wait {
	case parse.NoWait:
		q.Locking += " NOWAIT"
	case parse.SkipLocked:
		q.Locking += " SKIP LOCKED"
	}
	return nil
}
