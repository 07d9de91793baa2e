package irissql

import (
	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/pgtypes"
	"iris-pgwire/internal/sql/analyze"
	"iris-pgwire/internal/sql/eval"
)

// arrayCompare prints x op ANY/ALL (array): over ARRAY[…] as comparisons one by one, x = ANY and x <> ALL over an array
// that is known when the statement runs as a list of elements in one argument.
func (p *Printer) arrayCompare(n *analyze.ArrayCompare) (Fragment, error) {
	if list, ok := arrayElements(n.Array); ok {
		return p.compareEach(n, list)
	}
	equal := n.Cmp.Name == "=" && !n.All
	unequal := n.Cmp.Name == "<>" && n.All
	if !rowless(n.Array) || !equal && !unequal {
		return Fragment{}, p.refuse(n.Pos(), describe(n))
	}
	f, err := eval.Compile(n.Array, noSlot)
	if err != nil {
		return Fragment{}, p.explain(n.Array, err)
	}
	elem := pgtypes.Of(pgtypes.ElemOf(n.Array.Type().OID))
	in, err := p.elementOf(n.Left, elem, arrayList(f, elem, n.Pos()), unequal, n.Pos())
	if err != nil {
		return in, err
	}
	some := argument(Arg{Eval: arrayHasElements(f, elem), Type: pgtypes.Of(pgtypes.Bool)})
	if unequal {
		return fill("(@ = 0 OR @)", some, in), nil
	}
	return fill("(@ = 1 AND @)", some, in), nil
}

// arrayElements gives the elements of ARRAY[…], also behind a cast that changes none of them.
func arrayElements(e analyze.Expr) ([]analyze.Expr, bool) {
	switch n := e.(type) {
	case *analyze.Array:
		return n.Elems, true
	case *analyze.Cast:
		if n.Arg.Type().OID == n.Type().OID {
			return arrayElements(n.Arg)
		}
	}
	return nil, false
}

func (p *Printer) compareEach(n *analyze.ArrayCompare, list []analyze.Expr) (Fragment, error) {
	if len(list) == 0 {
		if n.All {
			return text("1 = 1"), nil
		}
		return text("1 = 0"), nil
	}
	if any := n.Cmp.Name == "=" && !n.All; len(list) > longestIn && allRowless(list) && (any || n.Cmp.Name == "<>" && n.All) {
		return p.longIn(&analyze.In{Node: n.Node, Arg: n.Left, List: list, Not: n.All, Equal: n.Cmp})
	}
	parts := make([]Fragment, len(list))
	for i, e := range list {
		f, err := p.compare(n.Cmp, n.Left, e, n.Pos())
		if err != nil {
			return f, err
		}
		parts[i] = f
	}
	if n.All {
		return fill("(@)", join(parts, " AND ")), nil
	}
	return fill("(@)", join(parts, " OR ")), nil
}

// arrayList gives the elements as one argument. NULL among them makes an answer unknown that IRIS would give as false.
func arrayList(f eval.Func, elem pgtypes.Type, at int) eval.Func {
	return func(_ []iris.Value, env *eval.Env) (iris.Value, error) {
		values, err := elementsOf(f, elem, env)
		if err != nil {
			return iris.Null(), err
		}
		texts := make([]string, len(values))
		for i, v := range values {
			if v.IsNull() {
				return v, pgerr.NotBuilt(at, "NULL in an array that is compared with ANY or ALL")
			}
			texts[i] = v.String()
		}
		return joinList(texts, at)
	}
}

// arrayHasElements is NULL for a NULL array, else whether it has elements.
func arrayHasElements(f eval.Func, elem pgtypes.Type) eval.Func {
	return func(_ []iris.Value, env *eval.Env) (iris.Value, error) {
		v, err := f(nil, env)
		if err != nil || v.IsNull() {
			return v, err
		}
		values, err := elementsOf(f, elem, env)
		return iris.Bool(len(values) > 0), err
	}
}

func elementsOf(f eval.Func, elem pgtypes.Type, env *eval.Env) ([]iris.Value, error) {
	v, err := f(nil, env)
	if err != nil || v.IsNull() {
		return nil, err
	}
	return pgtypes.Elements(elem, v)
}
