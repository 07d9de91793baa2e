package fn_test

import (
	"fmt"
	"strings"
	"time"

	"iris-pgwire/internal/irisdev/objectscript/ast"
	"iris-pgwire/internal/irisdev/objectscript/fault"
	"iris-pgwire/internal/irisdev/objectscript/fn"
	"iris-pgwire/internal/irisdev/objectscript/parse"
	"iris-pgwire/internal/irisdev/value"
)

// evaluator runs SET, WRITE and ZWRITE on locals without subscripts: enough for tests of functions.
type evaluator struct {
	vars map[string]value.Value
	out  strings.Builder
}

func newEvaluator() *evaluator { return &evaluator{vars: map[string]value.Value{}} }

// Now is a Thursday, two hours east of Greenwich.
func (e *evaluator) Now() time.Time {
	return time.Date(2024, 2, 29, 13, 45, 30, 250e6, time.FixedZone("", 7200))
}

func (e *evaluator) Random(limit int64) int64 { return limit - 1 }

func (e *evaluator) line(code string) error {
	commands, err := parse.Line(code)
	if err != nil {
		return err
	}
	for _, c := range commands {
		if err := e.command(c); err != nil {
			return err
		}
	}
	return nil
}

func (e *evaluator) command(c ast.Command) error {
	switch c := c.(type) {
	case *ast.Set:
		for _, item := range c.Items {
			v, err := e.eval(item.Value)
			if err != nil {
				return err
			}
			if err := e.set(item.Targets[0], v); err != nil {
				return err
			}
		}
		return nil
	case *ast.Write:
		for _, item := range c.Items {
			if item.Kind == '!' {
				e.out.WriteString(strings.Repeat("\n", max(item.Count, 1)))
				continue
			}
			v, err := e.eval(item.X)
			if err != nil {
				return err
			}
			e.out.WriteString(v.Text())
		}
		return nil
	case *ast.ZWrite:
		for _, x := range c.Items {
			v, err := e.eval(x)
			if err != nil {
				return err
			}
			if l, ok := x.(*ast.Local); ok {
				e.out.WriteString(l.Name + "=")
			}
			e.out.WriteString(fn.ZWriteText(v) + "\n")
		}
		return nil
	}
	return fmt.Errorf("command %T", c)
}

func (e *evaluator) set(target ast.Expr, v value.Value) error {
	if l, ok := target.(*ast.Local); ok {
		e.vars[l.Name] = v
		return nil
	}
	f := target.(*ast.Func)
	name := f.Args[0].X.(*ast.Local).Name
	args, err := e.args(f, e.vars[name])
	if err != nil {
		return err
	}
	old, first := args[0], 1
	if f.Name == "$PIECE" {
		first = 2
	}
	from, to, rng := 1, 1, len(args) > first+1
	if len(args) > first {
		from = fn.Whole(args[first])
	}
	if rng {
		to = fn.Whole(args[first+1])
	}
	var changed value.Value
	switch f.Name {
	case "$PIECE":
		changed, err = fn.SetPiece(old, args[1].Text(), from, to, rng, v)
	case "$EXTRACT":
		changed, err = fn.SetExtract(old, from, to, rng, v)
	case "$WEXTRACT":
		changed, err = fn.SetWideExtract(old, from, to, rng, v)
	case "$LIST":
		changed, err = fn.SetList(old, from, to, rng, v)
	case "$BIT":
		changed, err = fn.SetBit(old, from, v)
	}
	e.vars[name] = changed
	return err
}

// args evaluates the arguments of a function, the first of which is known.
func (e *evaluator) args(f *ast.Func, first value.Value) ([]value.Value, error) {
	args := []value.Value{first}
	for _, a := range f.Args[1:] {
		v, err := e.arg(f.Name, a, args)
		if err != nil {
			return nil, err
		}
		args = append(args, v)
	}
	return args, nil
}

func (e *evaluator) arg(name string, a ast.Arg, before []value.Value) (value.Value, error) {
	if a.Omitted {
		return value.Value{}, nil
	}
	s, ok := a.X.(*ast.Star)
	if !ok {
		return e.eval(a.X)
	}
	offset := 0
	if s.Offset != nil {
		v, err := e.eval(s.Offset)
		if err != nil {
			return v, err
		}
		offset = fn.Whole(v)
		if s.Minus {
			offset = -offset
		}
	}
	n, err := fn.Star(name, before, offset)
	return value.Int(int64(n)), err
}

func (e *evaluator) eval(x ast.Expr) (value.Value, error) {
	switch x := x.(type) {
	case *ast.Literal:
		return x.Value, nil
	case *ast.Local:
		v, ok := e.vars[x.Name]
		if !ok {
			return v, fault.New("UNDEFINED", "*"+x.Name)
		}
		return v, nil
	case *ast.Special:
		if x.Name == "$ZPI" {
			return value.Decimal(3141592653589793238, -18), nil
		}
	case *ast.Unary:
		v, err := e.eval(x.X)
		if err != nil {
			return v, err
		}
		return fn.Unary(x.Op, v)
	case *ast.Binary:
		return e.binary(x)
	case *ast.Match:
		return e.match(x)
	case *ast.Func:
		return e.function(x)
	}
	return value.Value{}, fmt.Errorf("expression %T", x)
}

func (e *evaluator) binary(x *ast.Binary) (value.Value, error) {
	l, err := e.eval(x.L)
	if err != nil {
		return l, err
	}
	if x.Op == "&&" && !fn.Truth(l) || x.Op == "||" && fn.Truth(l) {
		return fn.Bool(fn.Truth(l) != x.Not), nil
	}
	r, err := e.eval(x.R)
	if err != nil {
		return r, err
	}
	if x.Op == "&&" || x.Op == "||" {
		return fn.Bool(fn.Truth(r) != x.Not), nil
	}
	v, err := fn.Op(x.Op, l, r)
	if err == nil && x.Not {
		v = fn.Bool(!fn.Truth(v))
	}
	return v, err
}

func (e *evaluator) match(x *ast.Match) (value.Value, error) {
	v, err := e.eval(x.X)
	if err != nil {
		return v, err
	}
	pattern := x.Pattern
	if x.Indirect != nil {
		p, err := e.eval(x.Indirect)
		if err != nil {
			return p, err
		}
		if pattern, err = parse.Pattern(p.Text()); err != nil {
			return p, err
		}
	}
	return fn.Bool(fn.Match(v.Text(), pattern) != x.Not), nil
}

func (e *evaluator) function(x *ast.Func) (value.Value, error) {
	if x.Name == "$BITLOGIC" {
		length := -1
		if len(x.Args) > 1 {
			v, err := e.eval(x.Args[1].X)
			if err != nil {
				return v, err
			}
			length = fn.Whole(v)
		}
		return e.bits(x.Args[0].X, length)
	}
	f, ok := fn.Lookup(x.Name)
	if !ok {
		return value.Value{}, fmt.Errorf("no function %s", x.Name)
	}
	var args []value.Value
	var given []bool
	for _, a := range x.Args {
		v, err := e.arg(x.Name, a, args)
		if err != nil {
			return v, err
		}
		args, given = append(args, v), append(given, !a.Omitted)
	}
	if len(args) < f.Min || len(args) > f.Max {
		return value.Value{}, fmt.Errorf("%s with %d arguments", x.Name, len(args))
	}
	return f.Call(e, args, given)
}

func (e *evaluator) bits(x ast.Expr, length int) (value.Value, error) {
	switch x := x.(type) {
	case *ast.Binary:
		l, err := e.bits(x.L, length)
		if err != nil {
			return l, err
		}
		r, err := e.bits(x.R, length)
		if err != nil {
			return r, err
		}
		return fn.BitOp(x.Op[0], l, r)
	case *ast.Unary:
		v, err := e.bits(x.X, length)
		if err != nil {
			return v, err
		}
		return fn.BitNot(v)
	}
	v, err := e.eval(x)
	if err == nil && length >= 0 {
		return fn.BitResize(v, length)
	}
	return v, err
}
