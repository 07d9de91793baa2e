package bound

import (
	"iris-pgwire/internal/irisdev/irissql"
)

// query binds a query inside the scopes around it.
func (b *binder) query(q *irissql.Query) *Query {
	out := &Query{}
	b.open = append(b.open, openQuery{out, len(b.scopes)})
	outer := len(b.ctes)
	out.CTEs = b.with(q.With, q.Pos)
	switch body := q.Body.(type) {
	case *irissql.Select:
		b.selectQuery(out, q, body)
	case *irissql.SetOp:
		b.setOp(out, q, body)
	}
	if q.Limit != nil {
		out.Limit, out.Offset = b.count(q.Limit.Count), b.count(q.Limit.Offset)
	}
	b.ctes = b.ctes[:outer]
	b.open = b.open[:len(b.open)-1]
	return out
}

// with binds the members of WITH, each of which sees the ones before it and nothing else.
func (b *binder) with(list []irissql.CTE, at irissql.Pos) []*CTE {
	if len(list) > 0 && b.opts.Protocol != 0 && b.opts.Protocol < oldestForWith {
		b.fail(at, -385, "Common Table Expressions need a newer xDBC client, protocol %d found", b.opts.Protocol)
	}
	var out []*CTE
	for _, c := range list {
		scopes, open := b.scopes, b.open
		b.scopes, b.open = nil, nil
		cte := &CTE{Name: c.Name.Text, Query: b.query(c.Query)}
		b.scopes, b.open = scopes, open
		b.ctes = append(b.ctes, cte)
		out = append(out, cte)
	}
	return out
}

// count binds the number of TOP, LIMIT, OFFSET or FETCH: a whole number or a parameter, as the parser has it.
func (b *binder) count(x irissql.Expr) Expr {
	switch x := x.(type) {
	case nil:
		return nil
	case *irissql.Param:
		ref := b.params.at(x.Index)
		ref.decide(wholeNumber)
		return ref
	}
	return b.scalar(x)
}

// subquery binds a query that has to give one column (-10).
func (b *binder) subquery(q *irissql.Query, at irissql.Pos) *Query {
	if s, ok := q.Body.(*irissql.Select); ok {
		for _, it := range s.Items {
			if it.Star && !isWrapper(s) {
				b.fail(at, -10, "The SELECT list of the subquery must have exactly one item, * found")
			}
		}
	}
	out := b.query(q)
	if len(out.Columns) != 1 {
		b.fail(at, -10, "The SELECT list of the subquery must have exactly one item, %d found", len(out.Columns))
	}
	return out
}

// isWrapper reports the Select that the parser puts around a query in parentheses with ORDER BY or LIMIT behind them.
func isWrapper(s *irissql.Select) bool {
	if len(s.Items) != 1 || len(s.From) != 1 {
		return false
	}
	d, ok := s.From[0].(*irissql.Derived)
	return ok && d.Pos == s.Pos && s.Items[0].Pos == s.Pos
}

// output describes a result column.
func (b *binder) output(x Expr, alias, label string) Output {
	out := Output{Info: *x.About(), Label: label}
	out.Aliased = alias != ""
	if out.Aliased {
		out.Label = alias
	}
	return out
}

// origin adds where a plain column of a table comes from.
func (s *scope) origin(out *Output, ref *ColumnRef) {
	src := s.sources[ref.Source]
	c := &src.Columns[ref.Index]
	if out.Label == "" {
		out.Label = c.Name
	}
	if src.Table == nil {
		return
	}
	out.Name, out.Table, out.Schema = c.Name, src.Table.Name, src.Table.Schema
	out.Identity, out.Counter, out.ReadOnly = c.Identity, c.Counter, c.ReadOnly || c.Identity && !src.Table.IdentityInsert
	out.Unique, out.Key = c.Unique, c.PrimaryKey
	out.RowID = src.Kind == TableSource && ref.Index == src.Table.RowID
}
