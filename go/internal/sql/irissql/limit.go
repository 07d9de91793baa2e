package irissql

import (
	"math"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/pgtypes"
	"iris-pgwire/internal/sql/analyze"
)

// number is an argument that is written into the text: TOP and LIMIT take no expression, and TOP ? not everywhere.
func number(a Arg) Fragment { return Fragment{sql: holeMark, holes: []Arg{a}} }

// rowCount makes the argument of LIMIT or OFFSET: NULL means none, a negative number is an error (PostgreSQL docs,
// "LIMIT Clause"; SQLSTATE 2201W and 2201X).
func (p *Printer) rowCount(e analyze.Expr, clause, code string, none int64) (Arg, error) {
	if !rowless(e) {
		return Arg{}, p.refuse(e.Pos(), clause+" with a subquery")
	}
	a, err := p.argument(e)
	if err != nil {
		return a, err
	}
	a.Type = pgtypes.Of(pgtypes.Int8)
	return a.With(func(v iris.Value) (iris.Value, error) {
		if v.IsNull() {
			return iris.Int(none), nil
		}
		i, ok := v.Int64()
		if !ok || i < 0 {
			return v, pgerr.New(code, "%s must not be negative", clause)
		}
		return v, nil
	}).settle()
}

func (p *Printer) limitArg(e analyze.Expr) (Arg, error) {
	return p.rowCount(e, "LIMIT", "2201W", math.MaxInt64)
}

func (p *Printer) offsetArg(e analyze.Expr) (Arg, error) { return p.rowCount(e, "OFFSET", "2201X", 0) }

// isNull reports the constant NULL, also behind a cast.
func isNull(e analyze.Expr) bool {
	switch n := e.(type) {
	case *analyze.Const:
		return n.Value.IsNull()
	case *analyze.Cast:
		return isNull(n.Arg)
	}
	return false
}

// isZero reports the constant 0.
func isZero(e analyze.Expr) bool {
	c, ok := e.(*analyze.Const)
	i, isInt := int64(0), false
	if ok {
		i, isInt = c.Value.Int64()
	}
	return isInt && i == 0
}

// finish puts ORDER BY and the row limits around the items.
func (b *build) finish() (Fragment, error) {
	limit, offset := b.q.Limit, b.q.Offset
	if limit != nil && isNull(limit) {
		limit = nil
	}
	if offset != nil && (isNull(offset) || isZero(offset)) {
		offset = nil
	}
	if len(b.l.items) == 0 {
		b.l.push(b.p, nil, text("1"), "one")
	}
	if len(b.on) > 0 {
		return b.distinctOn(limit, offset)
	}
	if b.q.WithTies {
		return b.withTies(limit, offset)
	}
	if offset != nil {
		return b.paged(limit, offset)
	}
	t, err := b.top(limit)
	if err != nil {
		return Fragment{}, err
	}
	t.order = b.order()
	return b.emit(b.l, t), nil
}

// emit prints the last level.
func (b *build) emit(l *level, t tail) Fragment {
	b.extra = len(l.items) > len(b.columns)
	return l.render(t)
}

// top makes TOP; an inner query with ORDER BY needs one (IRIS docs, "ORDER BY").
func (b *build) top(limit analyze.Expr) (tail, error) {
	if limit == nil {
		if b.out == nil && len(b.parts) > 0 {
			return tail{top: text("TOP ALL")}, nil
		}
		return tail{}, nil
	}
	a, err := b.p.limitArg(limit)
	return tail{top: fill("TOP @", number(a))}, err
}

// order prints the keys. What cannot stand in ORDER BY becomes a select item and is named by its alias.
func (b *build) order() []Fragment {
	var out []Fragment
	for _, k := range b.parts {
		f := k.frag
		if !k.direct || (b.grouped || b.distinct) && !isColumnText(f.sql) {
			f = text(quote(b.l.items[b.keyItem(k)].alias))
		}
		out = append(out, withDirection(f, k.desc))
	}
	return out
}

// keyItem is the select item of a key.
func (b *build) keyItem(k keyPart) int { return b.l.add(b.p, k.expr, k.frag, k.wish) }

// outerKeys makes items of all keys and names them over a derived table of the level.
func (b *build) outerKeys(keys []keyPart) []int {
	out := make([]int, len(keys))
	for i, k := range keys {
		out[i] = b.keyItem(k)
	}
	return out
}

func orderOver(l *level, items []int, keys []keyPart) []Fragment {
	out := make([]Fragment, len(keys))
	for i, k := range keys {
		out[i] = withDirection(l.items[items[i]].frag, k.desc)
	}
	return out
}
