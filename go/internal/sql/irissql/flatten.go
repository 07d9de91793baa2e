package irissql

import "iris-pgwire/internal/sql/analyze"

// Subqueries in FROM that only rename and compute are taken into the query around them, so that what the gateway has to
// compute moves up to the outermost select list, where it can.

// resolve replaces columns of subqueries that were taken in by what they stand for.
func (p *Printer) resolve(e analyze.Expr) analyze.Expr {
	if len(p.taken) == 0 || e == nil {
		return e
	}
	if c, ok := e.(*analyze.Column); ok {
		if targets, ok := p.taken[c.Rel]; ok && c.Index < len(targets) {
			return p.resolve(castTo(targets[c.Index].Expr, c.Type().OID))
		}
		return e
	}
	return rewrite(e, p.resolve)
}

// take notes that the relation's columns are the targets.
func (p *Printer) take(r *analyze.Relation, targets []analyze.Target) {
	if p.taken == nil {
		p.taken = map[*analyze.Relation][]analyze.Target{}
	}
	p.taken[r] = targets
}

// flat is a FROM list with the conditions that came out of it.
type flat struct {
	items []analyze.FromItem
	conds []analyze.Expr
}

// flatten gives FROM and WHERE of a SELECT with the subqueries taken in.
func (p *Printer) flatten(s *analyze.Select) flat {
	var out flat
	for _, it := range s.From {
		out.items = append(out.items, p.flattenItem(it, false, false, &out)...)
	}
	if s.Where != nil {
		out.conds = append(out.conds, s.Where)
	}
	return out
}

// flattenItem gives what stands for a member of FROM. Inside a join there must be exactly one.
func (p *Printer) flattenItem(it analyze.FromItem, joined, nullable bool, out *flat) []analyze.FromItem {
	switch n := it.(type) {
	case *analyze.Join:
		c := *n
		c.Left = p.flattenItem(n.Left, true, nullable || n.Kind == analyze.RightJoin || n.Kind == analyze.FullJoin, out)[0]
		c.Right = p.flattenItem(n.Right, true, nullable || n.Kind == analyze.LeftJoin || n.Kind == analyze.FullJoin, out)[0]
		return []analyze.FromItem{&c}
	case *analyze.Relation:
		s, ok := simple(relationQuery(n))
		if !ok || n.CTE != nil && n.CTE.Refs > 1 || joined && len(s.From) != 1 || nullable && !onlyColumns(s) {
			return []analyze.FromItem{n}
		}
		p.take(n, s.Targets)
		inner := p.flattenAll(s, joined, nullable, out)
		return inner
	}
	return []analyze.FromItem{it}
}

func (p *Printer) flattenAll(s *analyze.Select, joined, nullable bool, out *flat) []analyze.FromItem {
	var items []analyze.FromItem
	for _, it := range s.From {
		items = append(items, p.flattenItem(it, joined, nullable, out)...)
	}
	if s.Where != nil {
		out.conds = append(out.conds, s.Where)
	}
	return items
}

// relationQuery is the query behind a relation, nil for a table.
func relationQuery(r *analyze.Relation) *analyze.Query {
	switch {
	case r.Query != nil:
		return r.Query
	case r.CTE != nil && !r.CTE.Recursive:
		return r.CTE.Query
	}
	return nil
}

// simple reports a query that makes a row for each row that it finds. One that is referred to several times is taken in
// once only, since its tables need different aliases each time.
func simple(q *analyze.Query) (*analyze.Select, bool) {
	if q == nil || q.OrderBy != nil || q.Limit != nil || q.Offset != nil || q.Locking != "" {
		return nil, false
	}
	s, ok := q.Body.(*analyze.Select)
	if !ok || s.Distinct || s.DistinctOn != nil || s.GroupBy != nil || s.GroupingSets != nil || s.Having != nil || s.HasAggs || s.HasWindows {
		return nil, false
	}
	for _, t := range s.Targets {
		if contains(t.Expr, isVolatile) {
			return nil, false
		}
	}
	return s, true
}

func isVolatile(e analyze.Expr) bool {
	n, ok := e.(*analyze.Call)
	return ok && n.Func.Volatile
}

// onlyColumns reports a query whose columns are NULL when its row is missing from an outer join.
func onlyColumns(s *analyze.Select) bool {
	if s.Where != nil {
		return false
	}
	for _, t := range s.Targets {
		if _, ok := t.Expr.(*analyze.Column); !ok {
			return false
		}
	}
	return true
}

// collapse takes away an outer query that only chooses columns of an inner one, as tools wrap a user's query:
// SELECT * FROM (…) LIMIT 100.
func collapse(p *Printer, q *analyze.Query) *analyze.Query {
	for {
		s, ok := q.Body.(*analyze.Select)
		if !ok || len(s.From) != 1 || s.Where != nil || s.Distinct || s.DistinctOn != nil || s.GroupBy != nil ||
			s.GroupingSets != nil || s.Having != nil || s.HasAggs || s.HasWindows || q.WithTies {
			return q
		}
		r, ok := s.From[0].(*analyze.Relation)
		if !ok {
			return q
		}
		inner := relationQuery(r)
		if _, flat := simple(inner); inner == nil || flat || r.CTE != nil && r.CTE.Refs > 1 || inner.Locking != "" || q.Locking != "" {
			return q
		}
		next, ok := p.merge(q, s, r, inner)
		if !ok {
			return q
		}
		q = next
	}
}

// merge gives the inner query with the outer one's select list and limits.
func (p *Printer) merge(q *analyze.Query, s *analyze.Select, r *analyze.Relation, inner *analyze.Query) (*analyze.Query, bool) {
	limited := inner.Limit != nil || inner.Offset != nil || inner.WithTies
	if limited && (q.Limit != nil || q.Offset != nil || q.OrderBy != nil) || q.OrderBy != nil && inner.OrderBy != nil {
		return nil, false
	}
	body, ok := inner.Body.(*analyze.Select)
	if !ok || (body.Distinct || body.DistinctOn != nil) && (!sameColumns(s, r, len(body.Targets)) || q.OrderBy != nil) {
		return nil, false
	}
	p.take(r, body.Targets)
	merged := *body
	merged.Targets = s.Targets
	next := *inner
	next.Body, next.Columns, next.At = &merged, q.Columns, q.At
	if q.OrderBy != nil {
		next.OrderBy = q.OrderBy
	}
	if !limited {
		next.Limit, next.Offset = q.Limit, q.Offset
	}
	return &next, true
}

// sameColumns reports a select list of all n columns, in their order.
func sameColumns(s *analyze.Select, r *analyze.Relation, n int) bool {
	if len(s.Targets) != n {
		return false
	}
	for i, t := range s.Targets {
		if c, ok := t.Expr.(*analyze.Column); !ok || c.Rel != r || c.Index != i {
			return false
		}
	}
	return true
}
