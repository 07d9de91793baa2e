package analyze

import (
	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/pgtypes"
	"iris-pgwire/internal/sql/parse"
)

// caseOf analyzes CASE; the simple form becomes comparisons with its argument.
func (a *analyzer) caseOf(n *parse.Case, s *scope) (Expr, error) {
	out := &Case{}
	var results []typed
	for _, w := range n.Whens {
		cond, err := a.when(n, w, s)
		if err != nil {
			return nil, err
		}
		out.Whens = append(out.Whens, When{Cond: cond})
	}
	for _, w := range n.Whens {
		e, err := a.expr(w.Result, s)
		if err != nil {
			return nil, err
		}
		results = append(results, typed{e, a.leftPos(w.Result)})
	}
	// PostgreSQL takes the type of ELSE first.
	if n.Else != nil {
		e, err := a.expr(n.Else, s)
		if err != nil {
			return nil, err
		}
		results = append([]typed{{e, a.leftPos(n.Else)}}, results...)
	}
	all, t, err := a.unify("CASE", results)
	if err != nil {
		return nil, err
	}
	if n.Else != nil {
		out.Else, all = all[0], all[1:]
	}
	for i := range out.Whens {
		out.Whens[i].Result = all[i]
	}
	out.Node = Node{t, a.pos(n)}
	return out, nil
}

func (a *analyzer) when(n *parse.Case, w parse.When, s *scope) (Expr, error) {
	cond, err := a.expr(w.Cond, s)
	if err != nil {
		return nil, err
	}
	if n.Arg == nil {
		return a.boolean(cond, w.Cond, "CASE/WHEN")
	}
	done, err := a.repeat(n, len(n.Whens))
	if err != nil {
		return nil, err
	}
	defer done()
	arg, err := a.expr(n.Arg, s)
	if err != nil {
		return nil, err
	}
	if arg, err = a.known(arg); err != nil {
		return nil, err
	}
	return a.binary("=", arg, cond, a.pos(w))
}

// variadic analyzes COALESCE, GREATEST and LEAST.
func (a *analyzer) variadic(name, construct string, args []parse.Expr, n parse.Node, s *scope) (Expr, error) {
	list, err := a.exprs(args, s)
	if err != nil {
		return nil, err
	}
	all, t, err := a.unify(construct, a.typedList(list, args))
	if err != nil {
		return nil, err
	}
	return &Variadic{Node{t, a.pos(n)}, name, all}, nil
}

func (a *analyzer) nullIf(n *parse.NullIf, s *scope) (Expr, error) {
	left, err := a.expr(n.Left, s)
	if err != nil {
		return nil, err
	}
	right, err := a.expr(n.Right, s)
	if err != nil {
		return nil, err
	}
	call, err := a.equality(left, right, a.pos(n))
	if err != nil {
		return nil, err
	}
	return &NullIf{Node{call.Args[0].Type(), a.pos(n)}, call.Args[0], call.Args[1], call.Func}, nil
}

// array analyzes ARRAY[…].
func (a *analyzer) array(n *parse.Array, s *scope) (Expr, error) {
	if len(n.Elems) == 0 {
		return nil, a.fail(pgerr.IndeterminateDatatype, n, "cannot determine type of empty array").
			WithHint("Explicitly cast to the desired type, for example ARRAY[]::integer[].")
	}
	if _, nested := n.Elems[0].(*parse.Array); nested {
		return nil, a.notBuilt(n, "a multi-dimensional ARRAY[]")
	}
	list, err := a.exprs(n.Elems, s)
	if err != nil {
		return nil, err
	}
	all, t, err := a.unify("ARRAY", a.typedList(list, n.Elems))
	if err != nil {
		return nil, err
	}
	oid := pgtypes.ArrayOf(t.OID)
	if oid == 0 {
		return nil, a.fail(pgerr.UndefinedObject, n, "could not find array type for data type %s", TypeName(t.OID))
	}
	return &Array{Node{pgtypes.Type{OID: oid, Mod: t.Mod}, a.pos(n)}, all}, nil
}

// arrayOf analyzes ARRAY[…]::type[], whose elements are cast one by one (PostgreSQL docs, 4.2.12).
func (a *analyzer) arrayOf(n *parse.Array, to pgtypes.Type, s *scope) (Expr, error) {
	out := &Array{Node: Node{to, a.pos(n)}}
	elem := pgtypes.Type{OID: pgtypes.ElemOf(to.OID), Mod: to.Mod}
	for _, x := range n.Elems {
		if _, nested := x.(*parse.Array); nested {
			return nil, a.notBuilt(x, "a multi-dimensional ARRAY[]")
		}
		e, err := a.expr(x, s)
		if err == nil {
			e, err = a.castTo(e, elem, x)
		}
		if err != nil {
			return nil, err
		}
		out.Elems = append(out.Elems, e)
	}
	return out, nil
}
