package irissql

import (
	"math"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgtypes"
	"iris-pgwire/internal/sql/analyze"
)

// paged prints OFFSET: LIMIT … OFFSET outermost from 2025.1, with plain columns as keys (IRIS docs, "LIMIT"; an alias in
// ORDER BY fails beside it), else by row number. OFFSET alone gets a limit, without which 2025.1 misbehaves.
func (b *build) paged(limit, offset analyze.Expr) (Fragment, error) {
	if b.out == nil || !b.p.opts.atLeast(2025, 1) {
		return b.numbered(limit, offset)
	}
	count := Arg{Const: iris.Int(math.MaxInt64), Type: pgtypes.Of(pgtypes.Int8)}
	skip, err := b.p.offsetArg(offset)
	if err == nil && limit != nil {
		count, err = b.p.limitArg(limit)
	}
	if err != nil {
		return Fragment{}, err
	}
	t := tail{limit: fill("LIMIT @ OFFSET @", number(count), number(skip))}
	if b.plainKeys() {
		t.order = b.order()
		return b.l.render(t), nil
	}
	items := b.outerKeys(b.parts)
	outer, _ := b.p.derive(b.l, tail{})
	t.order = orderOver(outer, items, b.parts)
	return outer.render(t), nil
}

// plainKeys reports that ORDER BY needs no alias.
func (b *build) plainKeys() bool {
	for _, k := range b.parts {
		if !k.direct || (b.grouped || b.distinct) && !isColumnText(k.frag.sql) {
			return false
		}
	}
	return true
}

// numbered skips rows by ROW_NUMBER in a derived table.
func (b *build) numbered(limit, offset analyze.Expr) (Fragment, error) {
	skip, err := b.p.offsetArg(offset)
	if err != nil {
		return Fragment{}, err
	}
	return b.ranked("ROW_NUMBER", func(rank Fragment) (Fragment, error) {
		if limit == nil {
			return fill("@ > @", rank, argument(skip)), nil
		}
		count, err := b.p.limitArg(limit)
		return fill("@ > @ AND (@ - @) <= @", rank, argument(skip), rank, argument(skip), argument(count)), err
	})
}

// withTies keeps the rows that rank among the first: RANK gives rows that order alike one number.
func (b *build) withTies(limit, offset analyze.Expr) (Fragment, error) {
	if offset != nil || limit == nil || len(b.parts) == 0 || b.distinct {
		return Fragment{}, b.p.refuse(b.q.At, "FETCH FIRST ... WITH TIES in this query")
	}
	return b.ranked("RANK", func(rank Fragment) (Fragment, error) {
		count, err := b.p.limitArg(limit)
		return fill("@ <= @", rank, argument(count)), err
	})
}

// ranked numbers the rows in a derived table and keeps those whose number satisfies where.
func (b *build) ranked(function string, where func(rank Fragment) (Fragment, error)) (Fragment, error) {
	items := b.outerKeys(b.parts)
	middle, _ := b.p.derive(b.l, tail{})
	over := text("")
	if len(b.parts) > 0 {
		over = fill("ORDER BY @", join(orderOver(middle, items, b.parts), ", "))
	}
	row := middle.push(b.p, nil, fill(function+"() OVER (@)", over), "row")
	last, _ := b.p.derive(middle, tail{})
	rank := last.items[row].frag
	var err error
	if last.where, err = where(rank); err != nil {
		return Fragment{}, err
	}
	last.items = last.items[:row]
	if b.out == nil {
		return b.emit(last, tail{}), nil
	}
	return last.render(tail{order: []Fragment{rank}}), nil
}

// distinctOn keeps the first row of each group: the one that ROW_NUMBER numbers 1.
func (b *build) distinctOn(limit, offset analyze.Expr) (Fragment, error) {
	if offset != nil {
		return Fragment{}, b.p.refuse(offset.Pos(), "DISTINCT ON with OFFSET")
	}
	on, items := b.outerKeys(b.on), b.outerKeys(b.parts)
	middle, _ := b.p.derive(b.l, tail{})
	var partition []Fragment
	for _, i := range on {
		partition = append(partition, middle.items[i].frag)
	}
	over := fill("PARTITION BY @", join(partition, ", "))
	if len(b.parts) > 0 {
		over = fill("@ ORDER BY @", over, join(orderOver(middle, items, b.parts), ", "))
	}
	row := middle.push(b.p, nil, fill("ROW_NUMBER() OVER (@)", over), "row")
	last, _ := b.p.derive(middle, tail{})
	last.where = fill("@ = 1", last.items[row].frag)
	last.items = last.items[:row]
	t, err := b.top(limit)
	if err != nil {
		return Fragment{}, err
	}
	t.order = orderOver(last, items, b.parts)
	return b.emit(last, t), nil
}
