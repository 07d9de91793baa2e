package bound

import (
	"iris-pgwire/internal/irisdev/irissql"
	"iris-pgwire/internal/irisdev/irissql/sqltype"
	"iris-pgwire/internal/irisdev/sqlfunc"
)

// cond binds a condition.
func (b *binder) cond(x irissql.Cond) Cond {
	switch x := x.(type) {
	case *irissql.And:
		return &And{b.conds(x.Conds)}
	case *irissql.Or:
		return &Or{b.conds(x.Conds)}
	case *irissql.Not:
		return &Not{b.cond(x.X)}
	case *irissql.Compare:
		return b.comparison(x)
	case *irissql.Quantified:
		return b.quantified(x)
	case *irissql.Between:
		return b.between(x)
	case *irissql.In:
		return b.in(x)
	case *irissql.InList:
		return b.inList(x)
	case *irissql.Match:
		return b.match(x)
	case *irissql.IsNull:
		return negated(x.Negated, &IsNull{b.scalar(x.X)})
	case *irissql.IsJSON:
		arg := b.scalar(x.X)
		b.comparable(arg, x.Pos)
		return negated(x.Negated, &IsJSON{arg})
	case *irissql.Exists:
		return &Exists{b.query(x.Query)}
	}
	b.fail(x.At(), -400, "Condition %T is not built", x)
	return nil
}

func (b *binder) conds(list []irissql.Cond) []Cond {
	out := make([]Cond, len(list))
	for i, x := range list {
		out[i] = b.cond(x)
	}
	return out
}

func negated(is bool, x Cond) Cond {
	if is {
		return &Not{x}
	}
	return x
}

// comparison binds = <> < <= > >= and the text operators [ and ].
func (b *binder) comparison(x *irissql.Compare) Cond {
	if x.Op != irissql.Contains && x.Op != irissql.Follows {
		l, r := b.expr(x.L), b.expr(x.R)
		return negated(x.Negated, b.compare(x.Pos, x.Op, l, r))
	}
	l, r := b.scalar(x.L), b.scalar(x.R)
	b.comparable(l, x.Pos)
	b.comparable(r, x.Pos)
	return negated(x.Negated, &Contains{l, r, x.Op == irissql.Follows})
}

func (b *binder) quantified(x *irissql.Quantified) Cond {
	if x.Op == irissql.Contains || x.Op == irissql.Follows {
		b.fail(x.Pos, -1, "Comparison operator expected before ALL, ANY or SOME")
	}
	l, q := b.expr(x.L), b.subquery(x.Query, x.Pos)
	l, c := b.againstColumn(x.Pos, l, q)
	return &Quantified{Op: x.Op, All: x.All, L: l, Query: q, Collation: c, Order: sqlfunc.Comparer(c)}
}

// againstColumn brings a value to the form of a query's only column, which itself stays as it is.
func (b *binder) againstColumn(at irissql.Pos, l Expr, q *Query) (Expr, sqltype.Collation) {
	column := &OutputRef{q.Columns[0].Info, 0}
	if isConstant(l) {
		l = want(l, column.Type)
	}
	if lt := l.About().Type; isStamp(lt) && isStamp(column.Type) && lt.Kind != column.Type.Kind {
		l = stampAs(l, column.Type)
	}
	l, _ = b.align(at, l, column)
	return l, collationOf(l, column)
}

// between is two comparisons, which need not agree on how they compare.
func (b *binder) between(x *irissql.Between) Cond {
	v, low, high := b.expr(x.X), b.expr(x.Low), b.expr(x.High)
	if ref, ok := v.(*ParamRef); ok {
		ref.decide(typeOfFirst(low, high))
	}
	return negated(x.Negated, &And{[]Cond{
		b.compare(x.Pos, irissql.GreaterEqual, v, low), b.compare(x.Pos, irissql.LessEqual, v, high)}})
}

// typeOfFirst is the type of the first expression that is no parameter.
func typeOfFirst(list ...Expr) sqltype.Type {
	for _, x := range list {
		if t := x.About().Type; t.Kind != sqltype.Unknown {
			return t
		}
	}
	return anyText
}

// in binds IN. Where the values of a list compare with X in different ways, it is a chain of comparisons.
func (b *binder) in(x *irissql.In) Cond {
	if x.Query != nil {
		v, q := b.expr(x.X), b.subquery(x.Query, x.Pos)
		v, c := b.againstColumn(x.Pos, v, q)
		return negated(x.Negated, &InQuery{X: v, Query: q, Collation: c, Order: sqlfunc.Comparer(c)})
	}
	v := b.expr(x.X)
	list := make([]Expr, len(x.List))
	for i, in := range x.List {
		list[i] = b.expr(in)
	}
	if ref, ok := v.(*ParamRef); ok {
		ref.decide(typeOfFirst(list...))
	}
	conds := make([]Cond, len(list))
	uniform := true
	for i := range list {
		c := b.compare(x.Pos, irissql.Equal, v, list[i]).(*Compare)
		first := c
		if i > 0 {
			first = conds[0].(*Compare)
		}
		uniform = uniform && c.L == v && c.Collation == first.Collation
		conds[i], list[i] = c, c.R
	}
	if !uniform {
		return negated(x.Negated, &Or{conds})
	}
	c := conds[0].(*Compare)
	return negated(x.Negated, &In{X: v, List: list, Collation: c.Collation, Order: c.Order})
}

// inList binds %INLIST: the elements of the list are compared as the value's own type is.
func (b *binder) inList(x *irissql.InList) Cond {
	v := b.scalar(x.X)
	list := b.typed(x.List, sqltype.Type{Kind: sqltype.List})
	b.comparable(v, x.Pos)
	b.comparable(list, x.Pos)
	c := keyCollation(*v.About())
	return negated(x.Negated, &InList{X: v, List: list, Collation: c, Order: sqlfunc.Comparer(c)})
}

// match binds LIKE, %STARTSWITH and %MATCHES, which work on logical values (IRIS docs, "LIKE"); %MATCHES is always EXACT.
func (b *binder) match(x *irissql.Match) Cond {
	m := &Match{Op: x.Op, X: b.scalar(x.X), Pattern: b.scalar(x.Pattern)}
	if x.Escape != nil {
		m.Escape = b.scalar(x.Escape)
	}
	b.comparable(m.X, x.Pos)
	b.comparable(m.Pattern, x.Pos)
	m.Collation = sqltype.Exact
	if c := keyCollation(*m.X.About()); x.Op != irissql.Matches && c != sqltype.NoCollation {
		m.Collation = c
	}
	return negated(x.Negated, m)
}
