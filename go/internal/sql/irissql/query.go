package irissql

import (
	"strings"

	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/schema"
	"iris-pgwire/internal/sql/analyze"
)

// Query prints an outermost query with its select list. Its error is a *pgerr.Error.
func (p *Printer) Query(q *analyze.Query) (*Printed, error) {
	o := &outputs{p: p}
	f, err := p.query(q, o)
	if err != nil {
		return nil, err
	}
	if len(f.args) > MaxArgs {
		return nil, tooManyArgs(q.At)
	}
	return &Printed{Fragment: f.Fragment, Columns: o.columns}, nil
}

// RowsInto prints a query whose rows are stored in columns as IRIS computes them; what might not be what PostgreSQL would
// store is refused.
func (p *Printer) RowsInto(q *analyze.Query, columns []*schema.Column) (Fragment, error) {
	p.into = columns
	return p.Rows(q)
}

// Rows prints a query whose columns IRIS computes all, for INSERT … SELECT and CREATE VIEW: its select items are the
// query's columns and nothing else.
func (p *Printer) Rows(q *analyze.Query) (Fragment, error) {
	f, err := p.subselect(q)
	if err != nil {
		return f.Fragment, err
	}
	if err := f.complete(p, q); err != nil || !f.extra {
		return f.Fragment, err
	}
	return f.only(p), nil
}

// inner is a query inside another one.
type inner struct {
	Fragment
	// columns are the aliases of its columns; one that IRIS cannot compute has none.
	columns []string
	// extra tells that there are select items beyond the columns: keys of ORDER BY.
	extra bool
}

// complete refuses a query with a column that IRIS cannot compute.
func (n inner) complete(p *Printer, q *analyze.Query) error {
	for i, c := range n.columns {
		if c == "" {
			return p.refuse(q.At, "a subquery over an expression computed by the gateway (column "+q.Columns[i].Name+")")
		}
	}
	return nil
}

// only selects the columns from the query.
func (n inner) only(p *Printer) Fragment {
	alias := p.names.fresh("q")
	items := make([]string, len(n.columns))
	for i, c := range n.columns {
		items[i] = quote(alias) + "." + quote(c) + " AS " + quote(c)
	}
	return fill("SELECT @ FROM (@) AS "+quote(alias), text(strings.Join(items, ", ")), n.Fragment)
}

func tooManyArgs(at int) error {
	return pgerr.NotBuilt(at, "a statement that needs more than 255 arguments in IRIS")
}

// subselect prints a query inside another one.
func (p *Printer) subselect(q *analyze.Query) (inner, error) { return p.query(q, nil) }

// query prints a query: with o as the outermost one, without as part of another.
func (p *Printer) query(q *analyze.Query, o *outputs) (inner, error) {
	if q.Locking != "" {
		return inner{}, p.refuse(q.At, "SELECT ... FOR "+q.Locking)
	}
	q = collapse(p, q)
	switch b := q.Body.(type) {
	case *analyze.Select:
		return p.selectQuery(q, b, o)
	case *analyze.SetOp:
		if p.into != nil {
			return inner{}, p.refuse(q.At, "a set operation whose rows are stored")
		}
		return p.setQuery(q, b, o)
	case *analyze.Values:
		return p.valuesQuery(q, b, o)
	}
	return inner{}, p.refuse(q.At, "this form of query")
}

// selectQuery prints SELECT.
func (p *Printer) selectQuery(q *analyze.Query, s *analyze.Select, o *outputs) (inner, error) {
	standIns := len(p.standIns)
	defer func() { p.standIns = p.standIns[:standIns] }()
	b := &build{p: p, q: q, s: s, out: o, into: p.into}
	p.into = nil
	if err := b.source(); err != nil {
		return inner{}, err
	}
	return b.rest()
}

// rest prints what comes after FROM.
func (b *build) rest() (inner, error) {
	around := b.p.current
	b.p.current = b
	defer func() { b.p.current = around }()
	if err := b.list(); err != nil {
		return inner{}, err
	}
	if err := b.keys(); err != nil {
		return inner{}, err
	}
	f, err := b.finish()
	return inner{f, b.columns, b.extra}, err
}

// build is a SELECT on its way.
type build struct {
	p   *Printer
	q   *analyze.Query
	s   *analyze.Select
	out *outputs // nil for an inner query
	// into are the columns that the rows are stored in, if they are.
	into []*schema.Column
	l    *level
	// parts are the ORDER BY keys, on the keys of DISTINCT ON.
	parts []keyPart
	on    []keyPart
	// columns are the aliases of the targets, for an inner query.
	columns []string
	extra   bool
	// table is set when the rows are those of one member of FROM.
	table *analyze.Relation
	// distinct and grouped say what the level that holds the items is.
	distinct, grouped bool
}

// source prints FROM, WHERE, GROUP BY and HAVING.
func (b *build) source() error {
	p, s := b.p, b.s
	b.l = &level{}
	b.distinct = s.Distinct
	if s.GroupingSets != nil {
		return p.refuse(s.At, "GROUPING SETS, ROLLUP and CUBE")
	}
	where := p.flatten(s)
	from, err := p.From(where.items)
	if err != nil {
		return err
	}
	b.l.from = from
	for _, c := range where.conds {
		f, err := p.in("WHERE", p.resolve(c), p.cond)
		if err != nil {
			return err
		}
		if b.l.where.sql == "" {
			b.l.where = f
			continue
		}
		b.l.where = fill("(@) AND (@)", b.l.where, f)
	}
	if len(where.items) == 1 {
		b.table, _ = where.items[0].(*analyze.Relation)
	}
	b.grouped = len(s.GroupBy) > 0 || s.HasAggs || s.Having != nil
	switch {
	case b.grouped:
		b.table = nil
		return b.group()
	case s.HasWindows:
		return b.wrapWindows()
	}
	return nil
}

// group prints GROUP BY and HAVING. Where IRIS's rules for them differ from PostgreSQL's, the groups are made in a
// derived table: HAVING without GROUP BY filters rows there, DISTINCT does nothing over groups, and windows over groups
// are not documented (IRIS docs, "HAVING", "GROUP BY").
func (b *build) group() error {
	p, s := b.p, b.s
	for _, e := range s.GroupBy {
		e = p.resolve(e)
		if rowless(e) {
			continue
		}
		f, err := p.in("GROUP BY", e, p.groupKey)
		if err != nil {
			return err
		}
		b.l.group = append(b.l.group, f)
		p.standIns = append(p.standIns, standIn{e, f})
	}
	if len(s.GroupBy) > 0 && len(b.l.group) == 0 {
		return p.refuse(s.At, "GROUP BY a constant")
	}
	if s.Having != nil && len(s.GroupBy) == 0 || s.Distinct || s.HasWindows || len(s.DistinctOn) > 0 {
		if err := b.wrapGroups(); err != nil {
			return err
		}
		b.grouped = false
	}
	if s.Having == nil {
		return nil
	}
	f, err := p.in("HAVING", p.resolve(s.Having), p.cond)
	if b.grouped {
		b.l.having = f
	} else {
		b.l.where = f
	}
	return err
}

// groupKey prints what is grouped or partitioned by.
func (p *Printer) groupKey(e analyze.Expr) (Fragment, error) {
	c := classOf(e.Type())
	if !c.number() && !c.moment() && c != textClass && c != bpcharClass && c != uuidClass && c != byteaClass {
		return Fragment{}, p.refuse(e.Pos(), "grouping by "+typeName(e.Type()))
	}
	f, err := p.inner(e)
	if err != nil {
		return f, err
	}
	return p.sortable(f, e, false)
}

// wrapGroups makes the groups and their aggregates a derived table; what stands for them is a column of it.
func (b *build) wrapGroups() error {
	p := b.p
	inner := b.l
	first := len(p.standIns) - len(inner.group)
	atoms := append([]standIn(nil), p.standIns[first:]...)
	add := func(e analyze.Expr) error {
		for _, a := range atoms {
			if same(a.expr, e) {
				return nil
			}
		}
		f, err := p.aggregated(e)
		atoms = append(atoms, standIn{e, f})
		return err
	}
	for _, e := range b.expressions() {
		if err := eachAggregate(expandAverages(p.resolve(e)), add); err != nil {
			return err
		}
	}
	for _, a := range atoms {
		inner.push(p, a.expr, a.frag, "g")
	}
	if len(inner.items) == 0 {
		inner.push(p, nil, text("COUNT(*)"), "g")
	}
	outer, _ := p.derive(inner, tail{})
	p.standIns = p.standIns[:first]
	for i, a := range atoms {
		p.standIns = append(p.standIns, standIn{a.expr, outer.items[i].frag})
	}
	outer.items = nil
	b.l = outer
	return nil
}

// expressions are those of the targets, HAVING and ORDER BY.
func (b *build) expressions() []analyze.Expr {
	var out []analyze.Expr
	for _, t := range b.s.Targets {
		out = append(out, t.Expr)
	}
	if b.s.Having != nil {
		out = append(out, b.s.Having)
	}
	out = append(out, b.s.DistinctOn...)
	for _, k := range b.q.OrderBy {
		out = append(out, k.Expr)
	}
	return out
}

// eachAggregate calls f with every aggregate of an expression.
func eachAggregate(e analyze.Expr, f func(analyze.Expr) error) error {
	if isAggregate(e) {
		return f(e)
	}
	for _, c := range children(e) {
		if err := eachAggregate(c, f); err != nil {
			return err
		}
	}
	return nil
}
