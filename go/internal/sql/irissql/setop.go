package irissql

import (
	"iris-pgwire/internal/sql/analyze"
)

// setQuery prints UNION, INTERSECT and EXCEPT as a derived table, so that ORDER BY, TOP and the finishing of columns work
// on it as on any other.
func (p *Printer) setQuery(q *analyze.Query, b *analyze.SetOp, o *outputs) (inner, error) {
	l, columns, err := p.setOp(b)
	if err != nil {
		return inner{}, err
	}
	r := &analyze.Relation{Label: "u", Query: &analyze.Query{Body: b, Columns: q.Columns, At: q.At}, Columns: q.Columns, At: q.At}
	p.names.derived(r, columns)
	alias := quote(p.names.alias(r))
	f, where, err := p.combine(b, l, columns, alias)
	if err != nil {
		return inner{}, err
	}
	s := &analyze.Select{At: q.At}
	outer := *q
	outer.Body, outer.OrderBy = s, nil
	column := func(i, at int) *analyze.Column {
		return &analyze.Column{Node: analyze.Node{Typ: q.Columns[i].Type, At: at}, Rel: r, Index: i}
	}
	for i := range q.Columns {
		s.Targets = append(s.Targets, analyze.Target{Expr: column(i, 0)})
	}
	for _, k := range q.OrderBy {
		k.Expr = outputColumns(k.Expr, column)
		outer.OrderBy = append(outer.OrderBy, k)
	}
	over := &build{p: p, q: &outer, s: s, out: o, l: &level{from: fill("(@) AS "+alias, f), where: where}, distinct: b.Op != "UNION"}
	return over.rest()
}

// outputColumns replaces references to output columns.
func outputColumns(e analyze.Expr, column func(i, at int) *analyze.Column) analyze.Expr {
	if n, ok := e.(*analyze.Output); ok {
		return column(n.Index, n.At)
	}
	return rewrite(e, func(c analyze.Expr) analyze.Expr { return outputColumns(c, column) })
}

// setOp prints the left side, after a look at whether the operation can be said at all.
func (p *Printer) setOp(b *analyze.SetOp) (Fragment, []string, error) {
	if b.Op != "UNION" && b.All {
		return Fragment{}, nil, p.refuse(b.At, b.Op+" ALL")
	}
	if err := p.distinctColumns(b); err != nil {
		return Fragment{}, nil, err
	}
	return p.leg(b.Left)
}

// combine adds the right side. INTERSECT and EXCEPT are documented from 2025.3, without ALL and, for EXCEPT, without a
// word on duplicates, so DISTINCT is put around both (IRIS docs, "INTERSECT", "EXCEPT"); before, rows of the left side are
// looked for in the right one.
func (p *Printer) combine(b *analyze.SetOp, l Fragment, columns []string, alias string) (from, where Fragment, err error) {
	r, others, err := p.leg(b.Right)
	switch {
	case err != nil:
		return from, where, err
	case b.All:
		return fill("@ UNION ALL @", l, r), where, nil
	case b.Op == "UNION" || p.opts.atLeast(2025, 3):
		return fill("@ "+b.Op+" @", l, r), where, nil
	}
	found := quote(p.names.fresh("q"))
	parts := make([]Fragment, len(columns))
	for i, c := range columns {
		x, y := text(alias+"."+quote(c)), text(found+"."+quote(others[i]))
		parts[i] = fill("(@ = @ OR (@ IS NULL AND @ IS NULL))", x, y, x, y)
	}
	where = fill("EXISTS (SELECT 1 AS \"one\" FROM (@) AS "+found+" WHERE @)", r, join(parts, " AND "))
	if b.Op == "EXCEPT" {
		where = fill("NOT @", where)
	}
	return l, where, nil
}

// distinctColumns refuses types whose equality is not that of their stored text.
func (p *Printer) distinctColumns(b *analyze.SetOp) error {
	if b.All {
		return nil
	}
	for _, c := range b.Left.Columns {
		if k := classOf(c.Type); k == otherClass || k == vectorClass {
			return p.refuse(b.At, b.Op+" of "+typeName(c.Type)+" columns")
		}
	}
	return nil
}

// leg prints one side; every column has to be there.
func (p *Printer) leg(q *analyze.Query) (Fragment, []string, error) {
	n, err := p.subselect(q)
	if err == nil {
		err = n.complete(p, q)
	}
	if err != nil {
		return n.Fragment, nil, err
	}
	f := n.Fragment
	if n.extra {
		f = n.only(p)
	} else if q.Limit != nil || q.OrderBy != nil {
		f = fill("(@)", f)
	}
	return f, n.columns, nil
}

// valuesQuery prints VALUES. Outermost, IRIS only counts the rows and the gateway has their values; inside another query
// each row is a SELECT.
func (p *Printer) valuesQuery(q *analyze.Query, b *analyze.Values, o *outputs) (inner, error) {
	if o != nil {
		f, err := p.shownValues(q, b, o)
		return inner{Fragment: f}, err
	}
	if q.OrderBy != nil || q.Limit != nil || q.Offset != nil {
		return inner{}, p.refuse(q.At, "VALUES with ORDER BY or LIMIT")
	}
	columns := make([]string, len(q.Columns))
	used := map[string]bool{}
	for i := range columns {
		columns[i] = unused(q.Columns[i].Name, "c", used, nil)
	}
	rows := make([]Fragment, len(b.Rows))
	for i, row := range b.Rows {
		items := make([]Fragment, len(row))
		for k, e := range row {
			f, err := p.innerValue(p.resolve(castTo(e, q.Columns[k].Type.OID)))
			if err != nil {
				return inner{}, err
			}
			items[k] = fill("@ AS "+quote(columns[k]), f)
		}
		rows[i] = fill("SELECT @", join(items, ", "))
	}
	return inner{Fragment: join(rows, " UNION ALL "), columns: columns}, nil
}
