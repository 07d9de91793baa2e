package irissql

import "iris-pgwire/internal/sql/analyze"

// From prints the members of a FROM list.
func (p *Printer) From(items []analyze.FromItem) (Fragment, error) {
	for _, it := range items {
		p.markNullable(it, false)
	}
	var parts []Fragment
	for _, it := range items {
		f, err := p.fromItem(it)
		if err != nil {
			return f, err
		}
		if r, ok := it.(*analyze.Relation); ok && r.Lateral && len(parts) > 0 {
			// A join binds closer than a comma: all members become one chain, so that the subquery sees them.
			parts = []Fragment{fill("@ CROSS JOIN LATERAL @", join(parts, " CROSS JOIN "), f)}
			continue
		}
		parts = append(parts, f)
	}
	return join(parts, ", "), nil
}

// Relation prints a table with its alias: "S"."T" AS "t".
func (p *Printer) Relation(r *analyze.Relation) (Fragment, error) { return p.fromItem(r) }

// Alias gives a relation's alias in this statement.
func (p *Printer) Alias(r *analyze.Relation) string { return p.names.alias(r) }

// markNullable notes what an outer join may fill with NULL.
func (p *Printer) markNullable(it analyze.FromItem, nullable bool) {
	switch n := it.(type) {
	case *analyze.Relation:
		p.names.reserve(n)
		if nullable {
			p.nullable[n] = true
		}
	case *analyze.Join:
		p.markNullable(n.Left, nullable || n.Kind == analyze.RightJoin || n.Kind == analyze.FullJoin)
		p.markNullable(n.Right, nullable || n.Kind == analyze.LeftJoin || n.Kind == analyze.FullJoin)
	}
}

func (p *Printer) fromItem(it analyze.FromItem) (Fragment, error) {
	switch n := it.(type) {
	case *analyze.Join:
		return p.join(n)
	case *analyze.Relation:
		return p.relation(n)
	}
	return Fragment{}, p.refuse(0, "a member of FROM")
}

func (p *Printer) relation(r *analyze.Relation) (Fragment, error) {
	switch {
	case r.Lateral && !p.opts.atLeast(2026, 1):
		return Fragment{}, p.refuse(r.At, "LATERAL on IRIS before 2026.1")
	case r.Table != nil:
		return text(Table(r.Table.Schema, r.Table.Name) + " AS " + quote(p.names.alias(r))), nil
	case r.CTE != nil && r.CTE.Recursive:
		return Fragment{}, p.refuse(r.At, "WITH RECURSIVE")
	case r.CTE != nil:
		return p.derived(r, r.CTE.Query)
	case r.Query != nil:
		return p.derived(r, r.Query)
	}
	return Fragment{}, p.refuse(r.At, "a set-returning function")
}

// derived prints a subquery in FROM; a WITH query is printed in each place that refers to it, because IRIS takes WITH
// only at the start of a statement and not from every client (IRIS docs, "WITH"; SQLCODE -385).
func (p *Printer) derived(r *analyze.Relation, q *analyze.Query) (Fragment, error) {
	f, err := p.subselect(q)
	if err != nil {
		return f.Fragment, err
	}
	p.names.derived(r, f.columns)
	return fill("(@) AS "+quote(p.names.alias(r)), f.Fragment), nil
}

var joinWords = map[analyze.JoinKind]string{
	analyze.InnerJoin: "INNER JOIN", analyze.LeftJoin: "LEFT JOIN", analyze.RightJoin: "RIGHT JOIN", analyze.FullJoin: "FULL JOIN",
}

func (p *Printer) join(n *analyze.Join) (Fragment, error) {
	l, err := p.fromItem(n.Left)
	if err != nil {
		return l, err
	}
	r, err := p.fromItem(n.Right)
	if err != nil {
		return r, err
	}
	if _, nested := n.Right.(*analyze.Join); nested {
		r = fill("(@)", r)
	}
	lateral := false
	if rel, ok := n.Right.(*analyze.Relation); ok && rel.Lateral {
		lateral = true
		r = fill("LATERAL @", r)
	}
	if n.Kind == analyze.CrossJoin || n.On == nil || n.Kind == analyze.InnerJoin && isTrue(n.On) {
		return fill("@ CROSS JOIN @", l, r), nil
	}
	if lateral {
		return l, p.refuse(n.At, "LATERAL with a join condition")
	}
	on, err := p.in("a join condition", p.resolve(n.On), p.cond)
	return fill("@ "+joinWords[n.Kind]+" @ ON @", l, r, on), err
}

// isTrue reports the constant TRUE.
func isTrue(e analyze.Expr) bool {
	c, ok := e.(*analyze.Const)
	return ok && !c.Value.IsNull() && truth(c.Value) == "1 = 1"
}
