package plan

import (
	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgtypes"
	"iris-pgwire/internal/schema"
	"iris-pgwire/internal/sql/analyze"
)

// computedFits reports that a value which IRIS computes from rows arrives in a column as PostgreSQL would store it. IRIS
// refuses what is too long or out of range, and rounds decimals to the column's scale as PostgreSQL does; the types that
// only the gateway knows need a value that is already right.
func computedFits(col *schema.Column, e analyze.Expr) bool {
	t := col.Type
	source := withoutImplicitCasts(e)
	same := false
	if c, ok := source.(*analyze.Column); ok {
		same = c.Type() == t
	}
	switch t.OID {
	case pgtypes.Numeric:
		p, s, given := t.NumericPrecision()
		if given && s >= 0 && s <= p && p <= maxDigits {
			return true // NUMERIC(p,s) is what PostgreSQL has
		}
		scale, known := staticScale(source)
		return known && !given && scale <= col.Stored.Scale
	case pgtypes.Float4, pgtypes.Vector, pgtypes.Bpchar, pgtypes.Bit, pgtypes.Varbit, pgtypes.Name, pgtypes.Char, pgtypes.UUID,
		pgtypes.JSON, pgtypes.JSONB, pgtypes.Interval, pgtypes.Inet, pgtypes.Cidr, pgtypes.Macaddr:
		return same
	case pgtypes.Time, pgtypes.Timestamp, pgtypes.Timestamptz:
		return t.Mod < 0 || same
	}
	return pgtypes.ElemOf(t.OID) == 0 || same
}

func withoutImplicitCasts(e analyze.Expr) analyze.Expr {
	for {
		c, ok := e.(*analyze.Cast)
		if !ok || !c.Implicit {
			return e
		}
		e = c.Arg
	}
}

// staticScale is the most decimals that an expression can have; known is false where nothing is sure.
func staticScale(e analyze.Expr) (scale int, known bool) {
	switch e.Type().OID {
	case pgtypes.Int2, pgtypes.Int4, pgtypes.Int8:
		return 0, true
	}
	switch n := e.(type) {
	case *analyze.Const:
		if n.Value.Kind() == iris.KindDecimal || n.Value.Kind() == iris.KindInt {
			return max(0, -int(n.Value.Exponent())), true
		}
	case *analyze.Column:
		if n.Type().OID == pgtypes.Numeric && n.Rel.Table != nil {
			return n.Rel.Table.Columns[n.Index].Stored.Scale, true
		}
	case *analyze.Cast:
		if n.Implicit {
			return staticScale(n.Arg)
		}
		if _, s, ok := n.Type().NumericPrecision(); ok {
			return s, true
		}
	case *analyze.Call:
		return callScale(n)
	}
	return 0, false
}

func callScale(n *analyze.Call) (scale int, known bool) {
	for _, a := range n.Args {
		s, ok := staticScale(a)
		if !ok {
			return 0, false
		}
		switch n.Func.ID {
		case "numeric_add", "numeric_sub", "numeric_uminus", "numeric_abs":
			scale = max(scale, s)
		case "numeric_mul":
			scale += s
		default:
			return 0, false
		}
	}
	return scale, true
}
