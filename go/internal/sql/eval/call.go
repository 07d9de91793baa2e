package eval

import (
	"strings"
	"sync"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/pgfunc"
	"iris-pgwire/internal/pgtypes"
	"iris-pgwire/internal/sql/analyze"
)

// frame is what one call of a function needs; frames are used again.
type frame struct {
	ctx  pgfunc.Context
	args []iris.Value
}

// frames keeps the frames of one call site.
type frames struct{ pool sync.Pool }

func newFrames(args []pgtypes.Type, result pgtypes.Type) *frames {
	f := &frames{}
	f.pool.New = func() any {
		return &frame{ctx: pgfunc.Context{Args: args, Result: result}, args: make([]iris.Value, len(args))}
	}
	return f
}

func (f *frames) get(env *Env) *frame {
	x := f.pool.Get().(*frame)
	if env != nil {
		x.ctx.Style = env.Style
	}
	return x
}

// put clears the values, which may hold a row's buffer.
func (f *frames) put(x *frame) {
	clear(x.args)
	f.pool.Put(x)
}

func exprTypes(list ...analyze.Expr) []pgtypes.Type {
	out := make([]pgtypes.Type, len(list))
	for i, e := range list {
		out[i] = e.Type()
	}
	return out
}

// find looks a function up; what pgfunc does not have is refused by name.
func find(f *analyze.Function, args []pgtypes.Type, at int) (pgfunc.Impl, error) {
	if impl, ok := pgfunc.Lookup(f.ID); ok {
		return impl, nil
	}
	names := make([]string, len(args))
	for i, t := range args {
		names[i] = pgtypes.Format(pgtypes.Of(t.OID))
	}
	if f.Kind != analyze.Operator {
		return pgfunc.Impl{}, pgerr.NotBuilt(at, "function "+f.Name+"("+strings.Join(names, ", ")+")")
	}
	if len(names) == 1 {
		return pgfunc.Impl{}, pgerr.NotBuilt(at, "operator "+f.Name+" "+names[0])
	}
	return pgfunc.Impl{}, pgerr.NotBuilt(at, "operator "+strings.Join(names, " "+f.Name+" "))
}

func (c *compiler) call(n *analyze.Call) (Func, error) {
	impl, err := find(n.Func, exprTypes(n.Args...), n.Pos())
	if err != nil {
		return nil, err
	}
	args, err := c.exprs(n.Args)
	if err != nil {
		return nil, err
	}
	return apply(impl, args, exprTypes(n.Args...), n.Type()), nil
}

// apply computes the arguments, all of them, and calls the function.
func apply(impl pgfunc.Impl, args []Func, types []pgtypes.Type, result pgtypes.Type) Func {
	pool := newFrames(types, result)
	return func(row []iris.Value, env *Env) (iris.Value, error) {
		x := pool.get(env)
		defer pool.put(x)
		missing := false
		for i, arg := range args {
			v, err := arg(row, env)
			if err != nil {
				return iris.Null(), err
			}
			missing = missing || v.IsNull()
			x.args[i] = v
		}
		if missing && impl.Strict {
			return iris.Null(), nil
		}
		return impl.Call(&x.ctx, x.args)
	}
}

// operator is a function of two values, for the nodes that compare.
type operator func(env *Env, a, b iris.Value) (iris.Value, error)

// comparison makes the operator of a node that compares left with right: NULL when either is.
func comparison(f *analyze.Function, left, right pgtypes.Type, at int) (operator, error) {
	types := []pgtypes.Type{left, right}
	impl, err := find(f, types, at)
	if err != nil {
		return nil, err
	}
	pool := newFrames(types, pgtypes.Of(pgtypes.Bool))
	return func(env *Env, a, b iris.Value) (iris.Value, error) {
		if impl.Strict && (a.IsNull() || b.IsNull()) {
			return iris.Null(), nil
		}
		x := pool.get(env)
		defer pool.put(x)
		x.args[0], x.args[1] = a, b
		return impl.Call(&x.ctx, x.args)
	}, nil
}

func (c *compiler) cast(n *analyze.Cast) (Func, error) {
	arg, err := c.expr(n.Arg)
	if err != nil {
		return nil, err
	}
	from, to := n.Arg.Type(), n.Type()
	impl, ok := pgfunc.Cast(from, to, !n.Implicit)
	if !ok {
		return nil, pgerr.NotBuilt(n.Pos(), "the cast from "+pgtypes.Format(from)+" to "+pgtypes.Format(to))
	}
	return apply(impl, []Func{arg}, []pgtypes.Type{from}, to), nil
}
