package bound

import (
	"errors"
	"strings"

	"iris-pgwire/internal/irisdev/irissql"
	"iris-pgwire/internal/irisdev/irissql/sqltype"
	"iris-pgwire/internal/irisdev/sqlerr"
	"iris-pgwire/internal/irisdev/sqlfunc"
)

// call binds an ordinary function call, in the order of checks that sqlfunc.Function asks for.
func (b *binder) call(x *irissql.Call) Expr {
	name := x.Name
	if x.Schema != "" {
		name = strings.ToUpper(x.Schema + "." + x.Name)
	}
	if name == "COALESCE" {
		return b.coalesce(x)
	}
	fn := sqlfunc.Lookup(name)
	if fn == nil || !b.version.AtLeast(irissql.Version{Major: fn.Major, Minor: fn.Minor}) ||
		fn.Escape == sqlfunc.MustEscape && !x.Escape {
		b.fail(x.Pos, -359, "SQL Function '%s' Not Found", name)
	}
	if fn.Escape == sqlfunc.NoEscape && x.Escape {
		b.fail(x.Pos, -40, "Unsupported ODBC escape {fn %s}", name)
	}
	b.countArgs(x.Pos, name, len(x.Args), fn.Min, fn.Max)
	args := b.args(x, fn)
	c, err := fn.Compile(sqlfunc.Context{Escape: x.Escape, Word: x.Word, Version: b.version}, argsOf(args))
	b.checkAt(x.Pos, err)
	return callOf(name, c, args)
}

// countArgs is -380 for too few arguments, -381 for too many.
func (b *binder) countArgs(at irissql.Pos, name string, n, least, most int) {
	switch {
	case n < least:
		b.fail(at, -380, "Missing argument of SQL scalar function %s", name)
	case most >= 0 && n > most:
		b.fail(at, -381, "Too many arguments of SQL scalar function %s", name)
	}
}

// args binds the arguments of a function. A date part may be a bare word.
func (b *binder) args(x *irissql.Call, fn *sqlfunc.Function) []Expr {
	args := make([]Expr, len(x.Args))
	for i, in := range x.Args {
		if c, ok := in.(*irissql.Column); ok && i == 0 && fn.Part && c.Table == "" && !c.Delimited {
			args[i] = stringLiteral(c.Name)
			continue
		}
		args[i] = b.typed(in, paramType(fn.Params, i))
		if !fn.Streams {
			b.noStream(in.At(), fn.Name, args[i])
		}
	}
	return args
}

// paramType is the type that a parameter gets as argument i; the last one repeats.
func paramType(list []sqltype.Type, i int) sqltype.Type {
	if len(list) == 0 || list[min(i, len(list)-1)].Kind == sqltype.Unknown {
		return anyText
	}
	return list[min(i, len(list)-1)]
}

// checkAt ends the binding with the error of a function's compilation, with the place added.
func (b *binder) checkAt(at irissql.Pos, err error) {
	var e *sqlerr.Error
	if errors.As(err, &e) {
		b.fail(at, e.Code, "%s", e.Message)
	}
	check(err)
}

// coalesceLimit is the most arguments of COALESCE (IRIS docs, "COALESCE").
const coalesceLimit = 140

// coalesce binds COALESCE. A literal or parameter counts as VARCHAR, and types that are not all numbers or all text differ
// (-378); only one number and one constant are forgiven (IRIS docs, "COALESCE").
func (b *binder) coalesce(x *irissql.Call) Expr {
	if x.Escape {
		b.fail(x.Pos, -40, "Unsupported ODBC escape {fn COALESCE}")
	}
	b.countArgs(x.Pos, "COALESCE", len(x.Args), 1, coalesceLimit)
	args := make([]Expr, len(x.Args))
	for i, in := range x.Args {
		args[i] = b.expr(in)
		b.noStream(in.At(), "COALESCE", args[i])
	}
	for i := range args {
		if len(args) == 2 && isConstant(args[i]) && !isConstant(args[1-i]) && args[1-i].About().Type.IsNumber() {
			args[i] = want(args[i], args[1-i].About().Type)
		}
	}
	t := b.coalesceType(x, args)
	info := Info{Type: t, Collation: keyCollationOf(t), Nullable: true}
	for i := range args {
		args[i] = adapt(args[i], t)
		info.Nullable = info.Nullable && args[i].About().Nullable
	}
	return &Coalesce{info, args}
}

// coalesceType is the type of a COALESCE.
func (b *binder) coalesceType(x *irissql.Call, args []Expr) sqltype.Type {
	list := make([]sqlfunc.Arg, len(args))
	var first sqltype.Type
	for i, a := range args {
		if ref, ok := a.(*ParamRef); ok {
			ref.decide(anyText)
		}
		list[i] = argOf(a)
		if _, ok := a.(*Literal); ok && !isNullLiteral(a) && len(args) > 2 && !list[i].Type.IsText() {
			list[i].Type = anyText
		}
		switch t := list[i].Type; {
		case isNullLiteral(a):
		case first.Kind == sqltype.Unknown:
			first = t
		case !(first.IsNumber() && t.IsNumber() || first.IsText() && t.IsText() || first.Kind == t.Kind):
			b.fail(x.Args[i].At(), -378, "Datatypes of COALESCE arguments differ, an explicit CAST is needed")
		}
	}
	t, err := sqlfunc.CommonType("COALESCE", list)
	b.checkAt(x.Pos, err)
	return t
}
