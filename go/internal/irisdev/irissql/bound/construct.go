package bound

import (
	"iris-pgwire/internal/irisdev/irissql"
	"iris-pgwire/internal/irisdev/irissql/sqltype"
	"iris-pgwire/internal/irisdev/sqlerr"
	"iris-pgwire/internal/irisdev/sqlfunc"
	"iris-pgwire/internal/irisdev/value"
)

// The names of the JSON constructors, by which JSON functions know nested ones.
const (
	jsonObject = "JSON_OBJECT"
	jsonArray  = "JSON_ARRAY"
)

// json binds JSON_OBJECT and JSON_ARRAY.
func (b *binder) json(x *irissql.JSON) Expr {
	var args []Expr
	add := func(in irissql.Expr) {
		a := b.scalar(in)
		b.noStream(in.At(), jsonObject, a)
		b.noVector(in.At(), a)
		args = append(args, a)
	}
	for _, p := range x.Pairs {
		add(p.Key)
		add(p.Value)
	}
	for _, v := range x.Values {
		add(v)
	}
	if x.Object {
		return callOf(jsonObject, sqlfunc.JSONObject(argsOf(args), x.AbsentOnNull), args)
	}
	return callOf(jsonArray, sqlfunc.JSONArray(argsOf(args), x.AbsentOnNull), args)
}

func (b *binder) trim(x *irissql.Trim) Expr {
	args := []Expr{b.scalar(x.X)}
	b.noStream(x.Pos, "TRIM", args[0])
	if x.Chars != nil {
		args = append(args, b.scalar(x.Chars))
	}
	return strictCall("TRIM", sqlfunc.Trim(x.Spec, x.Chars != nil), args...)
}

// collate binds a collation function.
func (b *binder) collate(x *irissql.Collate) Expr {
	arg := b.scalar(x.X)
	name := "%" + x.Collation.String()
	b.noStream(x.Pos, name, arg)
	b.noVector(x.Pos, arg)
	if x.Length == nil {
		if x.Collation == sqltype.Truncate {
			b.fail(x.Pos, -380, "Missing argument of SQL scalar function %s", name)
		}
		return strictCall(name, sqlfunc.Collate(x.Collation, argOf(arg), 0), arg)
	}
	a := argOf(arg)
	return b.withLength(name, x.Length, arg, func(n int) sqlfunc.Call { return sqlfunc.Collate(x.Collation, a, n) })
}

// withLength binds a call whose last argument is a length. Drivers send a literal there as a parameter, so it may be
// known only when the statement runs.
func (b *binder) withLength(name string, length irissql.Expr, arg Expr, compile func(n int) sqlfunc.Call) Expr {
	n := b.typed(length, wholeNumber)
	if l, ok := n.(*Literal); ok {
		size, ok := l.Value.Integer()
		if !ok || size < 1 || size > sqltype.MaxString {
			b.fail(length.At(), -65, "Positive integer expected as length of %s", name)
		}
		return strictCall(name, compile(int(size)), arg)
	}
	if _, ok := n.(*ParamRef); !ok {
		b.fail(length.At(), -65, "Positive integer constant or variable expected as length of %s", name)
	}
	c := compile(0)
	c.Run = func(env sqlfunc.Env, args []value.Value) (value.Value, error) {
		size, ok := args[1].Integer()
		if !ok || size < 1 || size > sqltype.MaxString {
			return value.Value{}, sqlerr.New(-65, "Positive integer expected as length of %s", name)
		}
		return compile(int(size)).Run(env, args[:1])
	}
	return strictCall(name, c, arg, n)
}

// floatByDefault is the release since which TO_VECTOR without a type makes floats instead of doubles.
var floatByDefault = irissql.Version{Major: 2024, Minor: 3}

// toVector binds TO_VECTOR.
func (b *binder) toVector(x *irissql.VectorCall) Expr {
	arg := b.scalar(x.X)
	b.noStream(x.Pos, "TO_VECTOR", arg)
	e := x.Element
	if e == sqltype.NoElement {
		e = sqltype.ElementDouble
		if b.version.AtLeast(floatByDefault) {
			e = sqltype.ElementFloat
		}
	}
	a := argOf(arg)
	if x.Length == nil {
		return strictCall("TO_VECTOR", sqlfunc.ToVector(a, e, 0), arg)
	}
	return b.withLength("TO_VECTOR", x.Length, arg, func(n int) sqlfunc.Call { return sqlfunc.ToVector(a, e, n) })
}
