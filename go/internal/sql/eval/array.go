package eval

import (
	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgtypes"
	"iris-pgwire/internal/sql/analyze"
)

// arrayCompare is op ANY and op ALL over an array (PostgreSQL docs, 9.25.3 and 9.25.4).
func (c *compiler) arrayCompare(n *analyze.ArrayCompare) (Func, error) {
	left, err := c.expr(n.Left)
	if err != nil {
		return nil, err
	}
	array, err := c.expr(n.Array)
	if err != nil {
		return nil, err
	}
	elem := pgtypes.Of(pgtypes.ElemOf(n.Array.Type().OID))
	compare, err := comparison(n.Cmp, n.Left.Type(), elem, n.Pos())
	if err != nil {
		return nil, err
	}
	decisive := yes
	if n.All {
		decisive = no
	}
	return func(row []iris.Value, env *Env) (iris.Value, error) {
		a, b, err := both(left, array, row, env)
		if err != nil || b.IsNull() {
			return iris.Null(), err
		}
		list, err := pgtypes.Elements(elem, b)
		if err != nil {
			return b, err
		}
		answer := no + yes - decisive
		for _, e := range list {
			v, err := compare(env, a, e)
			if err != nil {
				return v, err
			}
			switch t := truthOf(v); t {
			case decisive:
				return t.value(), nil
			case unknown:
				answer = unknown
			}
		}
		return answer.value(), nil
	}, nil
}

func (c *compiler) array(n *analyze.Array) (Func, error) {
	elems, err := c.exprs(n.Elems)
	if err != nil {
		return nil, err
	}
	elem := pgtypes.Type{OID: pgtypes.ElemOf(n.Type().OID), Mod: n.Type().Mod}
	return func(row []iris.Value, env *Env) (iris.Value, error) {
		list := make([]iris.Value, len(elems))
		for i, f := range elems {
			var err error
			if list[i], err = f(row, env); err != nil {
				return list[i], err
			}
		}
		return pgtypes.ArrayValue(elem, list)
	}, nil
}
