package bound

import (
	"iris-pgwire/internal/irisdev/irissql"
	"iris-pgwire/internal/irisdev/irissql/sqltype"
	"iris-pgwire/internal/irisdev/sqlfunc"
)

// scalar binds an expression in a place that gives a parameter no type: it is VARCHAR there.
func (b *binder) scalar(x irissql.Expr) Expr {
	out := b.expr(x)
	if ref, ok := out.(*ParamRef); ok {
		ref.decide(anyText)
	}
	return out
}

func (b *binder) scalars(list []irissql.Expr) []Expr {
	out := make([]Expr, len(list))
	for i, x := range list {
		out[i] = b.scalar(x)
	}
	return out
}

// typed binds an expression whose place gives a parameter a type.
func (b *binder) typed(x irissql.Expr, t sqltype.Type) Expr {
	out := b.expr(x)
	if ref, ok := out.(*ParamRef); ok {
		ref.decide(t)
	}
	return out
}

// expr binds an expression; a parameter without a type yet stays so, and it is the caller who gives it one.
func (b *binder) expr(x irissql.Expr) Expr {
	switch x := x.(type) {
	case *irissql.Column:
		return b.column(x)
	case *irissql.Number:
		return numberLiteral(x)
	case *irissql.String:
		return stringLiteral(x.Text)
	case *irissql.NullLiteral:
		return &Literal{Info: Info{Nullable: true}}
	case *irissql.Param:
		return b.params.at(x.Index)
	case *irissql.Unary:
		return b.sign(x)
	case *irissql.Binary:
		return b.arithmetic(x)
	case *irissql.Case:
		return b.caseExpr(x)
	case *irissql.Subquery:
		return b.scalarSubquery(x)
	case *irissql.Aggregate:
		return b.aggregate(x)
	case *irissql.Window:
		return b.window(x)
	case *irissql.Call:
		return b.call(x)
	}
	return b.construct(x)
}

// construct binds the functions that have a grammar of their own.
func (b *binder) construct(x irissql.Expr) Expr {
	switch x := x.(type) {
	case *irissql.Cast:
		return b.cast(x)
	case *irissql.VectorCall:
		return b.toVector(x)
	case *irissql.Trim:
		return b.trim(x)
	case *irissql.Collate:
		return b.collate(x)
	case *irissql.TimeLiteral:
		return b.timeLiteral(x)
	case *irissql.JSON:
		return b.json(x)
	case *irissql.Special:
		c, ok := sqlfunc.Special(x.Name)
		if !ok {
			b.fail(x.Pos, -400, "Special variable %s is not available on this server", x.Name)
		}
		return callOf(x.Name, c, nil)
	}
	b.fail(x.At(), -400, "Expression %T is not built", x)
	return nil
}

// callOf makes the node of a compiled call. It may be NULL if an argument may, unless the function says otherwise.
func callOf(name string, c sqlfunc.Call, args []Expr) Expr {
	info := Info{Type: c.Type, Collation: c.Collation, Nullable: !c.NeverNull}
	return &Call{info, name, args, c.Run}
}

// strictCall is callOf for operators and casts, which are NULL for NULL only.
func strictCall(name string, c sqlfunc.Call, args ...Expr) Expr {
	info := Info{Type: c.Type, Collation: c.Collation}
	for _, a := range args {
		info.Nullable = info.Nullable || a.About().Nullable
	}
	return &Call{info, name, args, c.Run}
}

// argOf is what a function has to know of an argument.
func argOf(x Expr) sqlfunc.Arg {
	i := x.About()
	a := sqlfunc.Arg{Type: i.Type, Nullable: i.Nullable, Collation: i.Collation}
	switch x := x.(type) {
	case *Literal:
		a.Literal, a.Constant = true, x.Value
	case *Call:
		a.JSON = x.Name == jsonObject || x.Name == jsonArray
	}
	return a
}

func argsOf(list []Expr) []sqlfunc.Arg {
	out := make([]sqlfunc.Arg, len(list))
	for i, x := range list {
		out[i] = argOf(x)
	}
	return out
}

func (b *binder) sign(u *irissql.Unary) Expr {
	x := b.scalar(u.X)
	b.noStream(u.Pos, string(u.Op), x)
	b.noVector(u.Pos, x)
	c := sqlfunc.Sign(u.Op, argOf(x))
	if l, ok := x.(*Literal); ok {
		if folded, ok := constant(c, l); ok {
			return folded
		}
	}
	return strictCall(string(u.Op), c, x)
}

// arithmetic binds + - * / \ # and ||.
func (b *binder) arithmetic(x *irissql.Binary) Expr {
	l, r := b.scalar(x.L), b.scalar(x.R)
	name := string(x.Op)
	for _, side := range []Expr{l, r} {
		b.noStream(x.Pos, name, side)
		b.noVector(x.Pos, side)
	}
	if x.Op == '|' {
		return strictCall("||", sqlfunc.Concat(argOf(l), argOf(r), l.About().Collation, r.About().Collation), l, r)
	}
	return strictCall(name, sqlfunc.Arithmetic(x.Op, argOf(l), argOf(r)), l, r)
}

// scalarSubquery is the first value of a query with one column.
func (b *binder) scalarSubquery(x *irissql.Subquery) Expr {
	q := b.subquery(x.Query, x.Pos)
	info := q.Columns[0].Info
	info.Nullable = true
	return &Subquery{info, q}
}

// noStream refuses a stream operand (-37; IRIS docs, "Storing and Using Stream Data").
func (b *binder) noStream(at irissql.Pos, name string, x Expr) {
	if x.About().Type.IsStream() {
		b.fail(at, -37, "SQL Scalar/Aggregate/Unary Function %s not supported on stream fields", name)
	}
}

// noVector refuses a vector operand: SQL has functions of vectors, but no operators.
func (b *binder) noVector(at irissql.Pos, x Expr) {
	if x.About().Type.Kind == sqltype.Vector {
		b.fail(at, -400, "Unexpected error occurred: <VECTOR> a vector is no operand here")
	}
}
