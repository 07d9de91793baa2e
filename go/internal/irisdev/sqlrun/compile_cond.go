package sqlrun

import (
	"iris-pgwire/internal/irisdev/irissql"
	"iris-pgwire/internal/irisdev/irissql/bound"
	"iris-pgwire/internal/irisdev/sqlerr"
	"iris-pgwire/internal/irisdev/sqlfunc"
	"iris-pgwire/internal/irisdev/value"
)

// cond compiles a condition.
func (c *compiler) cond(x bound.Cond) condition {
	switch x := x.(type) {
	case *bound.And:
		return allOf(c.conds(x.Conds))
	case *bound.Or:
		return anyOf(c.conds(x.Conds))
	case *bound.Not:
		return negate(c.cond(x.X))
	case *bound.Compare:
		return c.compare(x)
	case *bound.Quantified:
		return c.quantified(x)
	case *bound.In:
		return c.inValues(x)
	case *bound.InQuery:
		return c.inQuery(x)
	case *bound.InList:
		return c.inList(x)
	case *bound.Match:
		return c.match(x)
	case *bound.Contains:
		return c.contains(x)
	case *bound.IsNull:
		v := c.expr(x.X)
		return func(f *frame) (truth, error) {
			got, err := v(f)
			return truthOf(got.IsNull()), err
		}
	case *bound.IsJSON:
		return c.isJSON(x)
	case *bound.Exists:
		return c.exists(x)
	case *bound.Constant:
		t := truthOf(x.True)
		return func(*frame) (truth, error) { return t, nil }
	}
	return func(*frame) (truth, error) {
		return isUnknown, sqlerr.New(-400, "condition %T has no compiled form", x)
	}
}

func (c *compiler) conds(list []bound.Cond) []condition {
	out := make([]condition, len(list))
	for i, x := range list {
		out[i] = c.cond(x)
	}
	return out
}

func truthOf(b bool) truth {
	if b {
		return isTrue
	}
	return isFalse
}

func (t truth) not() truth {
	switch t {
	case isTrue:
		return isFalse
	case isFalse:
		return isTrue
	}
	return isUnknown
}

func negate(x condition) condition {
	return func(f *frame) (truth, error) {
		t, err := x(f)
		return t.not(), err
	}
}

// allOf is AND: false as soon as one is false.
func allOf(list []condition) condition {
	if len(list) == 1 {
		return list[0]
	}
	return func(f *frame) (truth, error) {
		result := isTrue
		for _, x := range list {
			t, err := x(f)
			if err != nil || t == isFalse {
				return isFalse, err
			}
			if t == isUnknown {
				result = isUnknown
			}
		}
		return result, nil
	}
}

// anyOf is OR: true as soon as one is true.
func anyOf(list []condition) condition {
	return func(f *frame) (truth, error) {
		result := isFalse
		for _, x := range list {
			t, err := x(f)
			if err != nil || t == isTrue {
				return t, err
			}
			if t == isUnknown {
				result = isUnknown
			}
		}
		return result, nil
	}
}

// both evaluates two operands; ok is false if one is NULL.
func both(f *frame, l, r evaluator) (a, b value.Value, ok bool, err error) {
	if a, err = l(f); err != nil || a.IsNull() {
		return a, b, false, err
	}
	b, err = r(f)
	return a, b, err == nil && !b.IsNull(), err
}

func (c *compiler) compare(x *bound.Compare) condition {
	l, r, order, op := c.expr(x.L), c.expr(x.R), x.Order, x.Op
	return func(f *frame) (truth, error) {
		a, b, ok, err := both(f, l, r)
		if !ok {
			return isUnknown, err
		}
		return truthOf(holds(op, order(a, b))), nil
	}
}

// holds says whether an operator accepts the outcome of a comparison.
func holds(op irissql.CompareOp, n int) bool {
	switch op {
	case irissql.Equal:
		return n == 0
	case irissql.NotEqual:
		return n != 0
	case irissql.Less:
		return n < 0
	case irissql.LessEqual:
		return n <= 0
	case irissql.Greater:
		return n > 0
	}
	return n >= 0
}

func (c *compiler) inValues(x *bound.In) condition {
	v, list, order := c.expr(x.X), c.exprs(x.List), x.Order
	return func(f *frame) (truth, error) {
		a, err := v(f)
		if err != nil || a.IsNull() {
			return isUnknown, err
		}
		result := isFalse
		for _, item := range list {
			b, err := item(f)
			switch {
			case err != nil:
				return isUnknown, err
			case b.IsNull():
				result = isUnknown
			case order(a, b) == 0:
				return isTrue, nil
			}
		}
		return result, nil
	}
}

// inQuery looks the value up in a set of the query's values, which an uncorrelated query makes once a statement.
func (c *compiler) inQuery(x *bound.InQuery) condition {
	v, q, fold := c.expr(x.X), c.query(x.Query), collatorFor(x.Collation)
	return func(f *frame) (truth, error) {
		set, err := q.set(f, fold)
		if err != nil {
			return isUnknown, err
		}
		if set.empty() {
			return isFalse, nil
		}
		a, err := v(f)
		if err != nil || a.IsNull() {
			return isUnknown, err
		}
		if set.has(fold(a)) {
			return isTrue, nil
		}
		if set.hasNull {
			return isUnknown, nil
		}
		return isFalse, nil
	}
}

func (c *compiler) quantified(x *bound.Quantified) condition {
	v, q, order := c.expr(x.L), c.query(x.Query), x.Order
	return func(f *frame) (truth, error) {
		a, err := v(f)
		if err != nil {
			return isUnknown, err
		}
		rows, err := q.rows(f)
		if err != nil {
			return isUnknown, err
		}
		defer rows.close()
		result := truthOf(x.All)
		for {
			row, err := rows.next()
			if err != nil || row == nil {
				return result, err
			}
			if a.IsNull() || row[0].IsNull() {
				result = isUnknown
				continue
			}
			if holds(x.Op, order(a, row[0])) != x.All {
				return truthOf(!x.All), nil
			}
		}
	}
}

func (c *compiler) exists(x *bound.Exists) condition {
	q := c.query(x.Query)
	return func(f *frame) (truth, error) {
		rows, err := q.rows(f)
		if err != nil {
			return isUnknown, err
		}
		defer rows.close()
		row, err := rows.next()
		return truthOf(row != nil), err
	}
}

func (c *compiler) inList(x *bound.InList) condition {
	v, list, order := c.expr(x.X), c.expr(x.List), x.Order
	return func(f *frame) (truth, error) {
		a, l, ok, err := both(f, v, list)
		if !ok {
			return isUnknown, err
		}
		items, err := value.ListItems(l)
		if err != nil {
			return isUnknown, sqlerr.New(-400, "<LIST>")
		}
		for _, b := range items {
			if !b.IsNull() && order(a, b) == 0 {
				return isTrue, nil
			}
		}
		return isFalse, nil
	}
}

// match compiles LIKE, %STARTSWITH and %MATCHES; a literal pattern is compiled once, others once a change.
func (c *compiler) match(x *bound.Match) condition {
	v, pattern := c.expr(x.X), c.expr(x.Pattern)
	escape := func(*frame) (value.Value, error) { return value.Text(""), nil }
	if x.Escape != nil {
		escape = c.expr(x.Escape)
	}
	return func(f *frame) (truth, error) {
		a, p, ok, err := both(f, v, pattern)
		if !ok {
			return isUnknown, err
		}
		e, err := escape(f)
		if err != nil || e.IsNull() {
			return isUnknown, err
		}
		m, err := f.matcher(x, p, e)
		if err != nil {
			return isUnknown, err
		}
		return truthOf(m(a)), nil
	}
}

func (c *compiler) contains(x *bound.Contains) condition {
	l, r := c.expr(x.X), c.expr(x.Part)
	return func(f *frame) (truth, error) {
		a, b, ok, err := both(f, l, r)
		if !ok {
			return isUnknown, err
		}
		if x.Follows {
			return truthOf(compareKeys(exactKey(a), exactKey(b)) > 0), nil
		}
		return truthOf(sqlfunc.Contains(a, b)), nil
	}
}

func (c *compiler) isJSON(x *bound.IsJSON) condition {
	v := c.expr(x.X)
	return func(f *frame) (truth, error) {
		a, err := v(f)
		if err != nil {
			return isUnknown, err
		}
		return truthOf(!a.IsNull() && sqlfunc.IsJSON(a)), nil
	}
}
