package irissql

import (
	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/pgtypes"
	"iris-pgwire/internal/sql/analyze"
	"iris-pgwire/internal/sql/eval"
)

// compare prints a comparison with PostgreSQL's meaning.
func (p *Printer) compare(f *analyze.Function, l, r analyze.Expr, at int) (Fragment, error) {
	op := f.Name
	if comparisons[op] == "" {
		return Fragment{}, p.refuse(at, "operator "+op)
	}
	if f, ok, err := p.l2Compare(op, l, r); ok {
		return f, err
	}
	ordered := op != "=" && op != "<>"
	lc, rc := classOf(l.Type()), classOf(r.Type())
	if lc != rc && lc.moment() && rc.moment() {
		return p.compareMoments(op, l, r, at)
	}
	if !comparableClasses(lc, rc, ordered) {
		return Fragment{}, p.refuse(at, "comparison of "+typeName(l.Type()))
	}
	a, err := p.comparand(l, r, ordered)
	if err != nil {
		return a, err
	}
	b, err := p.comparand(r, l, ordered)
	if err != nil {
		return b, err
	}
	out := fill("@ "+op+" @", a, b)
	if op == "=" {
		return p.withIndex(out, l, b), nil
	}
	return out, nil
}

// comparableClasses reports pairs whose comparison IRIS has.
func comparableClasses(l, r class, ordered bool) bool {
	switch {
	case l.number() && r.number(), l == r && l.moment(), l == r && (l == textClass || l == bpcharClass || l == uuidClass):
		return true
	case l == byteaClass && r == byteaClass:
		return !ordered
	}
	return false
}

// comparand prints one side. An argument beside a plain column takes the column's type in IRIS; beside anything else a
// date or time is cast, because IRIS converts the text form only for typed columns (IRIS docs, "Using Dynamic SQL",
// select mode).
func (p *Printer) comparand(e, other analyze.Expr, ordered bool) (Fragment, error) {
	p.endStandsIn = rowless(other) && isSum(e)
	f, err := p.comparable(e)
	p.endStandsIn = false
	if err != nil {
		return f, err
	}
	if rowless(e) && isSum(other) {
		if f.args, err = checkLast(f.args, noEnd(e)); err != nil {
			return f, err
		}
	}
	c := classOf(e.Type())
	if rowless(e) && c.moment() && !tableColumn(other) {
		return fill("CAST(@ AS "+castNames[c]+")", f), nil
	}
	return p.sortable(f, e, ordered)
}

// sortable makes a printed value compare in PostgreSQL's way: char(n) without its padding, and text behind a blank where
// order matters, because EXACT sorts canonical numbers before all other strings (IRIS docs, "Collation").
func (p *Printer) sortable(f Fragment, e analyze.Expr, ordered bool) (Fragment, error) {
	switch c := classOf(e.Type()); {
	case c == bpcharClass && ordered:
		return fill("(' ' || RTRIM(@))", f), nil
	case c == bpcharClass:
		return fill("RTRIM(@)", f), nil
	case c == textClass && ordered:
		return fill("(' ' || @)", f), nil
	}
	return f, nil
}

// tableColumn reports a column of a table, whose type IRIS knows.
func tableColumn(e analyze.Expr) bool {
	c, ok := bare(e).(*analyze.Column)
	return ok && c.Rel.Table != nil
}

// bare strips casts that change no value.
func bare(e analyze.Expr) analyze.Expr {
	for {
		n, ok := e.(*analyze.Cast)
		if !ok || !relabel(n) {
			return e
		}
		e = n.Arg
	}
}

// withIndex adds a comparison in the column's own collation to an exact one, which alone could not use an index: what
// is equal exactly is equal in every collation.
func (p *Printer) withIndex(exact Fragment, l analyze.Expr, r Fragment) Fragment {
	c, ok := bare(l).(*analyze.Column)
	if !ok || c.Rel.Table == nil || c.Rel.Table.Columns[c.Index].Exact || classOf(c.Type()) != textClass {
		return exact
	}
	if _, ok := p.standIn(c); ok {
		return exact
	}
	own := text(quote(p.names.alias(c.Rel)) + "." + quote(c.Rel.Table.Columns[c.Index].Name))
	return fill("(@ = @ AND @)", own, r, exact)
}

// compareMoments compares date, timestamp and timestamptz with each other: dates and timestamps as timestamps; with
// timestamptz only where the zone plays no part or one side is known without a row.
func (p *Printer) compareMoments(op string, l, r analyze.Expr, at int) (Fragment, error) {
	target := pgtypes.Of(pgtypes.Timestamp)
	zoned := classOf(l.Type()) == timestamptzClass || classOf(r.Type()) == timestamptzClass
	if zoned && !p.opts.utc() {
		zone, local := l, r
		if classOf(r.Type()) == timestamptzClass {
			zone, local = r, l
		}
		switch {
		case rowless(local):
			target = pgtypes.Of(pgtypes.Timestamptz)
		case !rowless(zone):
			return Fragment{}, p.refuse(at, "comparison of "+typeName(l.Type())+" with "+typeName(r.Type())+" in a time zone other than UTC")
		}
	}
	a, err := p.momentSide(l, r, target)
	if err != nil {
		return a, err
	}
	b, err := p.momentSide(r, l, target)
	return fill("@ "+op+" @", a, b), err
}

// momentSide prints one side of a comparison as the target type.
func (p *Printer) momentSide(e, other analyze.Expr, target pgtypes.Type) (Fragment, error) {
	local := asMoment(e, target)
	f, err := p.comparand(local, asMoment(other, target), true)
	if err != nil || !rowless(e) || p.opts.utc() || classOf(e.Type()) != timestamptzClass || target.OID != pgtypes.Timestamp {
		return f, err
	}
	f.args, err = oneClockOnly(e, local, f.args)
	return f, err
}

// oneClockOnly makes the argument of a point in time as local time. In the hour that a change of the clocks repeats, two
// points have the same local time, so that local times no longer compare as the points do: refused when it comes up.
func oneClockOnly(e, local analyze.Expr, args []Arg) ([]Arg, error) {
	point, err := eval.Compile(e, noSlot)
	if err != nil {
		return args, err
	}
	back, err := eval.Compile(asMoment(local, e.Type()), noSlot)
	if err != nil {
		return args, err
	}
	there := args[0].Eval
	if there == nil {
		return args, nil
	}
	at := e.Pos()
	out := append([]Arg(nil), args...)
	out[0].Eval = func(row []iris.Value, env *eval.Env) (iris.Value, error) {
		a, err := point(row, env)
		if err != nil {
			return a, err
		}
		b, err := back(row, env)
		if err == nil && a.String() != b.String() {
			err = pgerr.NotBuilt(at, "comparison of a local time with a point in the hour that a change of the clocks repeats")
		}
		if err != nil {
			return a, err
		}
		return there(row, env)
	}
	return out, nil
}

func asMoment(e analyze.Expr, t pgtypes.Type) analyze.Expr {
	if e.Type().OID == t.OID {
		return e
	}
	return &analyze.Cast{Node: analyze.Node{Typ: t, At: e.Pos()}, Arg: e, Implicit: true}
}
