package analyze

import (
	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/pgtypes"
	"iris-pgwire/internal/sql/parse"
)

// operator analyzes a prefix or infix operator.
func (a *analyzer) operator(n *parse.Operator, s *scope) (Expr, error) {
	if n.Schema != nil && (len(*n.Schema) != 1 || (*n.Schema)[0] != "pg_catalog" && (*n.Schema)[0] != "public") {
		return nil, a.notBuilt(n, "an operator of schema "+dotted(*n.Schema))
	}
	if n.Left == nil {
		arg, err := a.expr(n.Right, s)
		if err != nil {
			return nil, err
		}
		return a.prefix(n.Name, arg, a.pos(n))
	}
	if l, ok := n.Left.(*parse.Row); ok {
		if r, ok := n.Right.(*parse.Row); ok {
			return a.rows(n, n.Name, l, r, s)
		}
	}
	left, err := a.expr(n.Left, s)
	if err != nil {
		return nil, err
	}
	right, err := a.expr(n.Right, s)
	if err != nil {
		return nil, err
	}
	return a.binary(n.Name, left, right, a.pos(n))
}

func (a *analyzer) prefix(symbol string, arg Expr, at int) (Expr, error) {
	f, err := resolveOperator(symbol, []pgtypes.OID{arg.Type().OID}, at)
	if err != nil {
		return nil, err
	}
	return a.apply(f, []Expr{arg}, at)
}

// binary makes the call of an infix operator; patterns become nodes of their own.
func (a *analyzer) binary(symbol string, left, right Expr, at int) (Expr, error) {
	f, err := resolveOperator(symbol, []pgtypes.OID{left.Type().OID, right.Type().OID}, at)
	if err != nil {
		return nil, err
	}
	e, err := a.apply(f, []Expr{left, right}, at)
	if err != nil {
		return nil, err
	}
	if p, ok := patternOperators[symbol]; ok && f.Args[0] != pgtypes.Bytea {
		call := e.(*Call)
		return &Like{call.Node, call.Args[0], call.Args[1], '\\', p.fold, p.not}, nil
	}
	return e, nil
}

// patternOperators are the operators behind LIKE (PostgreSQL docs, 9.7.1).
var patternOperators = map[string]struct{ fold, not bool }{
	"~~": {}, "!~~": {not: true}, "~~*": {fold: true}, "!~~*": {fold: true, not: true},
}

// apply coerces the arguments to what the function takes and makes the call.
func (a *analyzer) apply(f *Function, args []Expr, at int) (Expr, error) {
	bound, result, err := a.arguments(f, args)
	if err != nil {
		return nil, err
	}
	return &Call{Node{pgtypes.Of(result), at}, f, f.Kind == Operator, bound}, nil
}

// arguments coerces arguments and finds the result's type.
func (a *analyzer) arguments(f *Function, args []Expr) ([]Expr, pgtypes.OID, error) {
	b, _ := bindPolymorphic(f, typeNames(args))
	out := make([]Expr, len(args))
	for i, e := range args {
		want := f.argType(i)
		if isPolymorphic(want) {
			want = b.actual(want)
		}
		c, err := a.coerce(e, want, implicitCast)
		switch {
		case err != nil:
			return nil, 0, err
		case c == nil:
			c = e
		case want == oidAny && !isParam(c): // nothing says what an unknown parameter is: PostgreSQL asks for a cast
			if c, err = a.known(c); err != nil {
				return nil, 0, err
			}
		}
		out[i] = c
	}
	result := f.Result
	if isPolymorphic(result) {
		result = b.actual(result)
	}
	return out, result, nil
}

func isParam(e Expr) bool {
	_, ok := e.(*Param)
	return ok
}

// between analyzes BETWEEN as the comparisons that it stands for.
func (a *analyzer) between(n *parse.Between, s *scope) (Expr, error) {
	times := 2
	if n.Symmetric {
		times = 4
	}
	done, err := a.repeat(n, times)
	if err != nil {
		return nil, err
	}
	defer done()
	within := func(low, high parse.Expr) (Expr, error) {
		first, second, op := ">=", "<=", And
		if n.Not {
			first, second, op = "<", ">", Or
		}
		var args []Expr
		for _, side := range []struct {
			symbol string
			bound  parse.Expr
		}{{first, low}, {second, high}} {
			arg, err := a.expr(n.Arg, s)
			if err != nil {
				return nil, err
			}
			bound, err := a.expr(side.bound, s)
			if err != nil {
				return nil, err
			}
			cmp, err := a.binary(side.symbol, arg, bound, a.pos(n))
			if err != nil {
				return nil, err
			}
			args = append(args, cmp)
		}
		return &Logic{a.node(pgtypes.Bool, n), op, args}, nil
	}
	one, err := within(n.Low, n.High)
	if err != nil || !n.Symmetric {
		return one, err
	}
	two, err := within(n.High, n.Low)
	if err != nil {
		return nil, err
	}
	op := Or
	if n.Not {
		op = And
	}
	return &Logic{a.node(pgtypes.Bool, n), op, []Expr{one, two}}, nil
}

// like analyzes LIKE, ILIKE and SIMILAR TO.
func (a *analyzer) like(n *parse.Like, s *scope) (Expr, error) {
	if n.Kind == parse.SimilarTo {
		return nil, a.notBuilt(n, "SIMILAR TO")
	}
	symbol := "~~"
	if n.Kind == parse.LikeFold {
		symbol = "~~*"
	}
	if n.Not {
		symbol = "!" + symbol
	}
	arg, err := a.expr(n.Arg, s)
	if err != nil {
		return nil, err
	}
	pattern, err := a.expr(n.Pattern, s)
	if err != nil {
		return nil, err
	}
	e, err := a.binary(symbol, arg, pattern, a.pos(n))
	if err != nil {
		return nil, err
	}
	l, ok := e.(*Like)
	if !ok {
		return nil, a.notBuilt(n, "LIKE on "+TypeName(arg.Type().OID))
	}
	if n.Escape != nil {
		if l.Escape, err = a.escape(n.Escape); err != nil {
			return nil, err
		}
	}
	return l, nil
}

// escape reads the character of ESCAPE; 0 is none.
func (a *analyzer) escape(n parse.Expr) (rune, error) {
	l, ok := n.(*parse.Literal)
	if !ok || l.Kind != parse.StringLiteral {
		return 0, a.notBuilt(n, "an ESCAPE that is no string constant")
	}
	chars := []rune(l.Text)
	switch len(chars) {
	case 0:
		return 0, nil
	case 1:
		return chars[0], nil
	}
	return 0, pgerr.New(pgerr.InvalidEscapeSequence, "invalid escape string").WithHint("Escape string must be empty or one character.")
}

// isDistinct analyzes IS [NOT] DISTINCT FROM.
func (a *analyzer) isDistinct(n *parse.Distinct, s *scope) (Expr, error) {
	left, err := a.expr(n.Left, s)
	if err != nil {
		return nil, err
	}
	right, err := a.expr(n.Right, s)
	if err != nil {
		return nil, err
	}
	if isNull(right) || isNull(left) {
		arg := left
		if isNull(left) {
			arg = right
		}
		return &NullTest{a.node(pgtypes.Bool, n), arg, !n.Not}, nil
	}
	call, err := a.equality(left, right, a.pos(n))
	if err != nil {
		return nil, err
	}
	return &Distinct{call.Node, call.Args[0], call.Args[1], n.Not, call.Func}, nil
}

func isNull(e Expr) bool {
	c, ok := e.(*Const)
	return ok && c.Typ.OID == pgtypes.Unknown && c.Value.IsNull()
}

// equality makes left = right.
func (a *analyzer) equality(left, right Expr, at int) (*Call, error) {
	f, err := resolveOperator("=", []pgtypes.OID{left.Type().OID, right.Type().OID}, at)
	if err != nil {
		return nil, err
	}
	e, err := a.apply(f, []Expr{left, right}, at)
	if err != nil {
		return nil, err
	}
	return e.(*Call), nil
}

// rows compares two row constructors column by column (PostgreSQL docs, 9.25.5).
func (a *analyzer) rows(n parse.Node, symbol string, l, r *parse.Row, s *scope) (Expr, error) {
	if len(l.Args) != len(r.Args) {
		return nil, a.fail(pgerr.SyntaxError, n, "unequal number of entries in row expressions")
	}
	if len(l.Args) == 0 {
		return nil, a.fail(pgerr.FeatureNotSupported, n, "cannot compare rows of zero length")
	}
	done, err := a.repeat(n, 2)
	if err != nil {
		return nil, err
	}
	defer done()
	left, err := a.exprs(l.Args, s)
	if err != nil {
		return nil, err
	}
	right, err := a.exprs(r.Args, s)
	if err != nil {
		return nil, err
	}
	switch symbol {
	case "=":
		return a.pairs("=", And, left, right, a.pos(n))
	case "<>":
		return a.pairs("<>", Or, left, right, a.pos(n))
	case "<", ">", "<=", ">=":
		return a.rowOrder(symbol, left, right, a.pos(n))
	}
	return nil, a.notBuilt(n, "the row comparison "+symbol)
}

// pairs joins comparisons of each column.
func (a *analyzer) pairs(symbol string, op LogicOp, left, right []Expr, at int) (Expr, error) {
	var args []Expr
	for i := range left {
		e, err := a.binary(symbol, left[i], right[i], at)
		if err != nil {
			return nil, err
		}
		args = append(args, e)
	}
	if len(args) == 1 {
		return args[0], nil
	}
	return &Logic{Node{pgtypes.Of(pgtypes.Bool), at}, op, args}, nil
}

// rowOrder writes (a, b) < (c, d) as a < c OR a = c AND b < d.
func (a *analyzer) rowOrder(symbol string, left, right []Expr, at int) (Expr, error) {
	if len(left) == 1 {
		return a.binary(symbol, left[0], right[0], at)
	}
	first, err := a.binary(symbol[:1], left[0], right[0], at)
	if err != nil {
		return nil, err
	}
	same, err := a.binary("=", left[0], right[0], at)
	if err != nil {
		return nil, err
	}
	rest, err := a.rowOrder(symbol, left[1:], right[1:], at)
	if err != nil {
		return nil, err
	}
	node := Node{pgtypes.Of(pgtypes.Bool), at}
	return &Logic{node, Or, []Expr{first, &Logic{node, And, []Expr{same, rest}}}}, nil
}
