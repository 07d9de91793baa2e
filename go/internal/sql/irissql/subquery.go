package irissql

import (
	"strings"

	"iris-pgwire/internal/schema"
	"iris-pgwire/internal/sql/analyze"
)

// scalarSubquery prints a subquery as a value. IRIS takes the first of several rows without a word, where PostgreSQL
// raises an error (21000): only queries that cannot have two rows are printed.
func (p *Printer) scalarSubquery(n *analyze.Subquery) (Fragment, error) {
	if !oneRow(n.Query) {
		err := p.refuse(n.Pos(), "a scalar subquery that may return more than one row")
		return Fragment{}, err.WithHint("Aggregate its rows, add LIMIT 1, or compare a unique key.")
	}
	f, err := p.column1(n.Query, false)
	return fill("(@)", f), err
}

// column1 prints a query of one column that is compared with something.
func (p *Printer) column1(q *analyze.Query, ordered bool) (Fragment, error) {
	f, err := p.subselect(q)
	if err == nil {
		err = f.complete(p, q)
	}
	if err != nil {
		return f.Fragment, err
	}
	e := analyze.Expr(&slotRef{Node: analyze.Node{Typ: q.Columns[0].Type, At: q.At}})
	alias := p.names.fresh("q")
	inner := text(quote(alias) + "." + quote(f.columns[0]))
	wrapped, err := p.sortable(inner, e, ordered)
	if err != nil || wrapped.sql == inner.sql && !f.extra {
		return f.Fragment, err
	}
	return fill("SELECT @ AS "+quote("c")+" FROM (@) AS "+quote(alias), wrapped, f.Fragment), nil
}

// subqueryCond prints EXISTS, IN, ANY and ALL.
func (p *Printer) subqueryCond(n *analyze.Subquery) (Fragment, error) {
	clause := p.clause
	p.clause = ""
	defer func() { p.clause = clause }()
	if n.Kind == analyze.ExistsSubquery {
		f, err := p.exists(n.Query)
		if n.Not {
			return fill("NOT EXISTS (@)", f), err
		}
		return fill("EXISTS (@)", f), err
	}
	lc, rc := classOf(n.Left.Type()), classOf(n.Query.Columns[0].Type)
	ordered := n.Cmp.Name != "=" && n.Cmp.Name != "<>"
	if comparisons[n.Cmp.Name] == "" || !comparableClasses(lc, rc, ordered) {
		return Fragment{}, p.refuse(n.Pos(), "comparison of "+typeName(n.Left.Type())+" with a subquery")
	}
	l, err := p.typed(n.Left, 0)
	if err == nil {
		l, err = p.sortable(l, n.Left, ordered)
	}
	if err != nil {
		return l, err
	}
	q, err := p.column1(n.Query, ordered)
	if err != nil {
		return q, err
	}
	f := fill("@ "+n.Cmp.Name+" "+quantifier(n)+" (@)", l, q)
	if n.Cmp.Name == "=" && n.Kind == analyze.AnySubquery {
		f = fill("@ IN (@)", l, q)
	}
	if n.Not {
		return fill("NOT (@)", f), nil
	}
	return f, nil
}

func quantifier(n *analyze.Subquery) string {
	if n.Kind == analyze.AllSubquery {
		return "ALL"
	}
	return "ANY"
}

// exists prints the query of EXISTS; its select list has no part in it, unless it makes the rows.
func (p *Printer) exists(q *analyze.Query) (Fragment, error) {
	s, ok := q.Body.(*analyze.Select)
	if ok && !s.HasAggs && s.Having == nil && len(s.GroupBy) == 0 && len(s.DistinctOn) == 0 && q.Offset == nil && q.Limit == nil {
		one := *s
		one.Targets, one.Distinct = nil, false
		bare := *q
		bare.Body, bare.Columns, bare.OrderBy = &one, nil, nil
		q = &bare
	}
	f, err := p.subselect(q)
	return f.Fragment, err
}

// oneRow reports a query that cannot have two rows: aggregates without GROUP BY, LIMIT 1, no FROM, or a unique key that
// is compared with something from outside.
func oneRow(q *analyze.Query) bool {
	if c, ok := q.Limit.(*analyze.Const); ok {
		if i, isInt := c.Value.Int64(); isInt && i <= 1 {
			return true
		}
	}
	s, ok := q.Body.(*analyze.Select)
	if !ok {
		return false
	}
	if len(s.GroupBy) == 0 && (s.HasAggs || s.Having != nil || len(s.From) == 0) {
		return true
	}
	if len(s.From) != 1 {
		return false
	}
	r, ok := s.From[0].(*analyze.Relation)
	return ok && r.Table != nil && fixesKey(s.Where, r)
}

// fixesKey reports that the condition compares every column of a unique key with a value that the row has no part in.
func fixesKey(where analyze.Expr, r *analyze.Relation) bool {
	fixed := map[string]bool{}
	for _, c := range conjuncts(where) {
		n, ok := c.(*analyze.Call)
		if !ok || n.Func.Name != "=" || n.Func.Kind != analyze.Operator {
			continue
		}
		for i := range 2 {
			col, ok := bare(n.Args[i]).(*analyze.Column)
			if ok && col.Rel == r && !mentions(n.Args[1-i], r) {
				fixed[strings.ToLower(r.Table.Columns[col.Index].Name)] = true
			}
		}
	}
	for _, k := range r.Table.Keys {
		if k.Kind != schema.ForeignKey && len(k.Columns) > 0 && all(k.Columns, fixed) {
			return true
		}
	}
	return false
}

func all(columns []string, fixed map[string]bool) bool {
	for _, c := range columns {
		if !fixed[strings.ToLower(c)] {
			return false
		}
	}
	return true
}

// conjuncts takes AND apart.
func conjuncts(e analyze.Expr) []analyze.Expr {
	if n, ok := e.(*analyze.Logic); ok && n.Op == analyze.And {
		var out []analyze.Expr
		for _, a := range n.Args {
			out = append(out, conjuncts(a)...)
		}
		return out
	}
	if e == nil {
		return nil
	}
	return []analyze.Expr{e}
}

// mentions reports a reference to the relation, or a subquery, which may hold one.
func mentions(e analyze.Expr, r *analyze.Relation) bool {
	return contains(e, func(x analyze.Expr) bool {
		c, ok := x.(*analyze.Column)
		return ok && c.Rel == r || isSubquery(x)
	})
}
