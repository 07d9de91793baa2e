package analyze

import (
	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/pgtypes"
	"iris-pgwire/internal/sql/parse"
)

// in analyzes IN.
func (a *analyzer) in(n *parse.In, s *scope) (Expr, error) {
	if n.Query != nil {
		return a.compareQuery(n, n.Arg, "=", n.Query, AnySubquery, n.Not, s)
	}
	if row, ok := n.Arg.(*parse.Row); ok {
		return a.rowIn(n, row, s)
	}
	arg, err := a.expr(n.Arg, s)
	if err != nil {
		return nil, err
	}
	list, err := a.exprs(n.List, s)
	if err != nil {
		return nil, err
	}
	items := append([]typed{{arg, a.leftPos(n.Arg)}}, a.typedList(list, n.List)...)
	if _, err := common("IN", items); err != nil || len(list) == 1 {
		return a.eachEqual(n, arg, list)
	}
	all, _, err := a.unify("IN", items)
	if err != nil {
		return nil, err
	}
	all = all[1:]
	call, err := a.equality(arg, all[0], a.pos(n))
	if err != nil {
		return nil, err
	}
	for i := range all {
		if c, err := a.coerce(all[i], call.Args[1].Type().OID, implicitCast); err != nil {
			return nil, err
		} else if c != nil {
			all[i] = c
		}
	}
	return &In{a.node(pgtypes.Bool, n), call.Args[0], all, n.Not, call.Func}, nil
}

// eachEqual is IN over a list whose types have nothing in common: a comparison for each.
func (a *analyzer) eachEqual(n *parse.In, arg Expr, list []Expr) (Expr, error) {
	symbol, op := "=", Or
	if n.Not {
		symbol, op = "<>", And
	}
	var args []Expr
	for _, e := range list {
		cmp, err := a.binary(symbol, arg, e, a.pos(n))
		if err != nil {
			return nil, err
		}
		args = append(args, cmp)
	}
	if len(args) == 1 {
		return args[0], nil
	}
	return &Logic{a.node(pgtypes.Bool, n), op, args}, nil
}

// rowIn is (a, b) IN ((1, 2), …).
func (a *analyzer) rowIn(n *parse.In, row *parse.Row, s *scope) (Expr, error) {
	symbol, op := "=", Or
	if n.Not {
		symbol, op = "<>", And
	}
	done, err := a.repeat(n, len(n.List))
	if err != nil {
		return nil, err
	}
	defer done()
	var args []Expr
	for _, item := range n.List {
		r, ok := item.(*parse.Row)
		if !ok {
			return nil, a.notBuilt(item, "a row compared with something else")
		}
		e, err := a.rows(n, symbol, row, r, s)
		if err != nil {
			return nil, err
		}
		args = append(args, e)
	}
	if len(args) == 1 {
		return args[0], nil
	}
	return &Logic{a.node(pgtypes.Bool, n), op, args}, nil
}

// quantified analyzes op ANY and op ALL.
func (a *analyzer) quantified(n *parse.Quantified, s *scope) (Expr, error) {
	if n.Query != nil {
		kind := AnySubquery
		if n.All {
			kind = AllSubquery
		}
		return a.compareQuery(n, n.Left, n.Op, n.Query, kind, false, s)
	}
	left, err := a.expr(n.Left, s)
	if err != nil {
		return nil, err
	}
	array, err := a.expr(n.Array, s)
	if err != nil {
		return nil, err
	}
	elem := pgtypes.Unknown
	if t := array.Type().OID; t != pgtypes.Unknown {
		if elem = info(t).Elem; elem == 0 {
			return nil, a.fail(pgerr.WrongObjectType, n, "op ANY/ALL (array) requires array on right side")
		}
	}
	f, err := resolveOperator(n.Op, []pgtypes.OID{left.Type().OID, elem}, a.pos(n))
	if err != nil {
		return nil, err
	}
	if f.Result != pgtypes.Bool {
		return nil, a.fail(pgerr.WrongObjectType, n, "op ANY/ALL (array) requires operator to yield boolean")
	}
	b, _ := bindPolymorphic(f, []pgtypes.OID{left.Type().OID, elem})
	if left, err = a.coerce(left, b.actual(f.Args[0]), implicitCast); err != nil {
		return nil, err
	}
	want := info(b.actual(f.Args[1])).Array
	if array.Type().OID == pgtypes.Unknown || info(array.Type().OID).Elem != b.actual(f.Args[1]) {
		c, err := a.coerce(array, want, implicitCast)
		if err != nil {
			return nil, err
		}
		if c != nil {
			array = c
		}
	}
	return &ArrayCompare{a.node(pgtypes.Bool, n), left, array, f, n.All}, nil
}

// compareQuery analyzes value op ANY|ALL (query) and IN (query).
func (a *analyzer) compareQuery(n parse.Node, left parse.Expr, symbol string, query *parse.Select, kind SubqueryKind, not bool, s *scope) (Expr, error) {
	if _, ok := left.(*parse.Row); ok {
		return nil, a.notBuilt(n, "a row compared with a subquery")
	}
	l, err := a.expr(left, s)
	if err != nil {
		return nil, err
	}
	q, err := a.query(query, s, queryOptions{})
	if err != nil {
		return nil, err
	}
	if len(q.Columns) > 1 {
		return nil, a.fail(pgerr.SyntaxError, n, "subquery has too many columns")
	}
	if len(q.Columns) == 0 {
		return nil, a.fail(pgerr.SyntaxError, n, "subquery has too few columns")
	}
	right := &Output{Node{q.Columns[0].Type, a.pos(n)}, 0}
	f, err := resolveOperator(symbol, []pgtypes.OID{l.Type().OID, right.Type().OID}, a.pos(n))
	if err != nil {
		return nil, err
	}
	args, result, err := a.arguments(f, []Expr{l, right})
	if err != nil {
		return nil, err
	}
	if result != pgtypes.Bool {
		return nil, a.fail(pgerr.WrongObjectType, n, "operator %s must return type boolean, not type %s", symbol, TypeName(result))
	}
	if args[1] != Expr(right) {
		if err := a.setOutput(q, 0, outputExpr(q, 0), a.converted(q, args[1].Type()), args[1].Type()); err != nil {
			return nil, err
		}
	}
	return &Subquery{a.node(pgtypes.Bool, n), kind, q, args[0], f, not}, nil
}

// converted is a query's only column in another type.
func (a *analyzer) converted(q *Query, t pgtypes.Type) Expr {
	e := outputExpr(q, 0)
	return &Cast{Node: Node{t, e.Pos()}, Arg: e, Implicit: true}
}

// scalar analyzes a scalar subquery.
func (a *analyzer) scalar(n *parse.Subquery, s *scope) (Expr, error) {
	q, err := a.query(n.Query, s, queryOptions{})
	if err != nil {
		return nil, err
	}
	if len(q.Columns) != 1 {
		return nil, a.fail(pgerr.SyntaxError, n, "subquery must return only one column")
	}
	return &Subquery{Node: Node{q.Columns[0].Type, a.pos(n)}, Kind: ScalarSubquery, Query: q}, nil
}
