package eval

import (
	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/pgfunc"
	"iris-pgwire/internal/pgtypes"
	"iris-pgwire/internal/sql/analyze"
)

// variadic is COALESCE, which computes no further than it must, GREATEST and LEAST, which leave NULLs out.
func (c *compiler) variadic(n *analyze.Variadic) (Func, error) {
	args, err := c.exprs(n.Args)
	if err != nil {
		return nil, err
	}
	if n.Name == "coalesce" {
		return func(row []iris.Value, env *Env) (iris.Value, error) {
			for _, arg := range args {
				if v, err := arg(row, env); err != nil || !v.IsNull() {
					return v, err
				}
			}
			return iris.Null(), nil
		}, nil
	}
	order, ok := pgfunc.Order(n.Type())
	if !ok {
		return nil, pgerr.NotBuilt(n.Pos(), n.Name+"() over "+pgtypes.Format(n.Type()))
	}
	sign := 1
	if n.Name == "least" {
		sign = -1
	}
	pool := newFrames([]pgtypes.Type{n.Type(), n.Type()}, n.Type())
	return func(row []iris.Value, env *Env) (iris.Value, error) {
		x := pool.get(env)
		defer pool.put(x)
		best := iris.Null()
		for _, arg := range args {
			v, err := arg(row, env)
			if err != nil {
				return v, err
			}
			if v.IsNull() || best.IsNull() {
				if best.IsNull() {
					best = v
				}
				continue
			}
			d, err := order(&x.ctx, v, best)
			if err != nil {
				return v, err
			}
			if d*sign > 0 {
				best = v
			}
		}
		return best, nil
	}, nil
}

func (c *compiler) nullIf(n *analyze.NullIf) (Func, error) {
	left, right, equal, err := c.sides(n.Left, n.Right, n.Equal, n.Pos())
	if err != nil {
		return nil, err
	}
	return func(row []iris.Value, env *Env) (iris.Value, error) {
		a, b, err := both(left, right, row, env)
		if err != nil {
			return a, err
		}
		v, err := equal(env, a, b)
		if err != nil || truthOf(v) == yes {
			return iris.Null(), err
		}
		return a, nil
	}, nil
}

func (c *compiler) distinct(n *analyze.Distinct) (Func, error) {
	left, right, equal, err := c.sides(n.Left, n.Right, n.Equal, n.Pos())
	if err != nil {
		return nil, err
	}
	return func(row []iris.Value, env *Env) (iris.Value, error) {
		a, b, err := both(left, right, row, env)
		if err != nil {
			return a, err
		}
		if a.IsNull() || b.IsNull() {
			return iris.Bool((a.IsNull() != b.IsNull()) != n.Not), nil
		}
		v, err := equal(env, a, b)
		return iris.Bool((truthOf(v) == no) != n.Not), err
	}, nil
}

// sides compiles two expressions and what compares them.
func (c *compiler) sides(l, r analyze.Expr, f *analyze.Function, at int) (left, right Func, equal operator, err error) {
	if left, err = c.expr(l); err != nil {
		return
	}
	if right, err = c.expr(r); err != nil {
		return
	}
	equal, err = comparison(f, l.Type(), r.Type(), at)
	return
}

func both(left, right Func, row []iris.Value, env *Env) (a, b iris.Value, err error) {
	if a, err = left(row, env); err != nil {
		return
	}
	b, err = right(row, env)
	return
}

// in is true when one is equal, unknown when none is and there was a NULL.
func (c *compiler) in(n *analyze.In) (Func, error) {
	arg, err := c.expr(n.Arg)
	if err != nil {
		return nil, err
	}
	list, err := c.exprs(n.List)
	if err != nil {
		return nil, err
	}
	equal, err := comparison(n.Equal, n.Arg.Type(), n.List[0].Type(), n.Pos())
	if err != nil {
		return nil, err
	}
	return func(row []iris.Value, env *Env) (iris.Value, error) {
		a, err := arg(row, env)
		if err != nil {
			return a, err
		}
		answer := no
		for _, item := range list {
			b, err := item(row, env)
			if err != nil {
				return b, err
			}
			v, err := equal(env, a, b)
			if err != nil {
				return v, err
			}
			if t := truthOf(v); t == yes {
				answer = yes
				break
			} else if t == unknown {
				answer = unknown
			}
		}
		if n.Not && answer != unknown {
			answer = no + yes - answer
		}
		return answer.value(), nil
	}, nil
}

func (c *compiler) like(n *analyze.Like) (Func, error) {
	arg, err := c.expr(n.Arg)
	if err != nil {
		return nil, err
	}
	pattern, err := c.expr(n.Pattern)
	if err != nil {
		return nil, err
	}
	t := n.Arg.Type()
	if t.OID == pgtypes.Bytea {
		return nil, pgerr.NotBuilt(n.Pos(), "LIKE over bytea")
	}
	return func(row []iris.Value, env *Env) (iris.Value, error) {
		a, p, err := both(arg, pattern, row, env)
		if err != nil || a.IsNull() || p.IsNull() {
			return iris.Null(), err
		}
		s, err := pgfunc.LikeText(t, a)
		if err != nil {
			return a, err
		}
		ok, err := pgfunc.Like(s, string(p.Raw()), n.Escape, n.Fold)
		return iris.Bool(ok != n.Not), err
	}, nil
}
