package bound

import (
	"iris-pgwire/internal/irisdev/irissql"
	"iris-pgwire/internal/irisdev/sqlfunc"
)

// aggregate binds an aggregate of the Select in hand. It may stand in the select list and in HAVING; elsewhere it is -19,
// in ORDER BY -73.
func (b *binder) aggregate(x *irissql.Aggregate) Expr {
	s := b.scope()
	if s == nil || !s.allowsAggregates() {
		if s != nil && s.sel != nil && s.clause == orderClause {
			b.fail(x.Pos, -73, "Aggregate %s in ORDER BY: name the select item instead", x.Name)
		}
		b.fail(x.Pos, -19, "Aggregate function %s not allowed here", x.Name)
	}
	fn := b.aggregateNamed(x.Pos, x.Name)
	a := &Aggregate{Name: x.Name, Distinct: x.Distinct, AfterHaving: x.AfterHaving}
	refs, outermost := s.refs, b.outermost
	b.outermost = len(b.scopes)
	s.inAggregate = true
	if !x.Star {
		a.Arg = b.typed(x.Arg, fn.Param)
		a.Collation = keyCollation(*a.Arg.About())
	}
	for _, by := range x.By {
		k := b.key(b.scalar(by), by.At())
		a.DistinctBy = append(a.DistinctBy, k.X)
	}
	for _, by := range x.Foreach {
		a.Foreach = append(a.Foreach, b.key(b.scalar(by), by.At()))
	}
	s.inAggregate = false
	if x.Distinct && a.Arg != nil {
		b.comparable(a.Arg, x.Pos)
	}
	if s.refs == refs && b.outermost < len(b.scopes)-1 {
		b.fail(x.Pos, -19, "Aggregate function %s of an outer query's field not allowed here", x.Name)
	}
	b.outermost = min(outermost, b.outermost)
	var arg *sqlfunc.Arg
	if a.Arg != nil {
		known := argOf(a.Arg)
		arg = &known
	}
	c, err := fn.Compile(arg)
	b.checkAt(x.Pos, err)
	a.Info, a.New = Info{c.Type, a.Collation, !c.NeverNull}, c.New
	s.sel.Aggregates = append(s.sel.Aggregates, a)
	return &AggregateRef{Info{c.Type, c.Collation, !c.NeverNull}, 0, len(s.sel.Aggregates) - 1}
}

// aggregateNamed looks an aggregate of the server's version up.
func (b *binder) aggregateNamed(at irissql.Pos, name string) *sqlfunc.AggregateFunction {
	fn := sqlfunc.LookupAggregate(name)
	if fn == nil || !b.version.AtLeast(irissql.Version{Major: fn.Major, Minor: fn.Minor}) {
		b.fail(at, -359, "SQL Function '%s' Not Found", name)
	}
	return fn
}

// window binds f(…) OVER (…), which may stand in the select list and in ORDER BY (IRIS docs, "Overview of Window
// Functions").
func (b *binder) window(x *irissql.Window) Expr {
	s := b.scope()
	if s == nil || s.sel == nil || s.clause != itemsClause && s.clause != orderClause || s.inAggregate || s.inWindow {
		b.fail(x.Pos, -19, "Window function %s not allowed here", x.Name)
	}
	s.inWindow = true
	w := &Window{Name: x.Name, Star: x.Star, Frame: x.Frame}
	if fn := sqlfunc.LookupWindow(x.Name); fn != nil {
		b.windowFunction(w, x, fn)
	} else {
		b.windowAggregate(w, x)
	}
	for _, p := range x.PartitionBy {
		w.PartitionBy = append(w.PartitionBy, b.key(b.scalar(p), p.At()))
	}
	for _, o := range x.OrderBy {
		k := b.key(b.scalar(o.X), o.X.At())
		k.Desc = o.Desc
		w.OrderBy = append(w.OrderBy, k)
	}
	s.inWindow = false
	s.sel.Windows = append(s.sel.Windows, w)
	return &WindowRef{w.Info, len(s.sel.Windows) - 1}
}

func (b *binder) windowFunction(w *Window, x *irissql.Window, fn *sqlfunc.WindowFunction) {
	b.countArgs(x.Pos, x.Name, len(x.Args), fn.Min, fn.Max)
	for i, in := range x.Args {
		a := b.typed(in, paramType(fn.Params, i))
		b.noStream(in.At(), x.Name, a)
		w.Args = append(w.Args, a)
	}
	t, err := fn.Type(argsOf(w.Args))
	b.checkAt(x.Pos, err)
	w.Info = Info{Type: t, Collation: keyCollationOf(t), Nullable: !fn.NeverNull}
	if len(w.Args) > 0 && w.Args[0].About().Type == t {
		w.Collation = w.Args[0].About().Collation
	}
	if len(w.Args) > 2 {
		w.Args[0], w.Args[2] = adapt(w.Args[0], t), adapt(w.Args[2], t)
	}
}

func (b *binder) windowAggregate(w *Window, x *irissql.Window) {
	fn := b.aggregateNamed(x.Pos, x.Name)
	var arg *sqlfunc.Arg
	for _, in := range x.Args {
		a := b.typed(in, fn.Param)
		known := argOf(a)
		w.Args, arg = append(w.Args, a), &known
	}
	c, err := fn.Compile(arg)
	b.checkAt(x.Pos, err)
	w.Info, w.New = Info{c.Type, c.Collation, !c.NeverNull}, c.New
}
