package eval

import (
	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/sql/analyze"
)

// truth is a boolean with its third value.
type truth uint8

const (
	unknown truth = iota
	no
	yes
)

func truthOf(v iris.Value) truth {
	switch {
	case v.IsNull():
		return unknown
	case v.Mantissa() != 0:
		return yes
	}
	return no
}

func (t truth) value() iris.Value {
	if t == unknown {
		return iris.Null()
	}
	return iris.Bool(t == yes)
}

// logic computes from left to right and stops when the answer is known.
func (c *compiler) logic(n *analyze.Logic) (Func, error) {
	args, err := c.exprs(n.Args)
	if err != nil {
		return nil, err
	}
	if n.Op == analyze.Not {
		return func(row []iris.Value, env *Env) (iris.Value, error) {
			v, err := args[0](row, env)
			if err != nil || v.IsNull() {
				return v, err
			}
			return iris.Bool(v.Mantissa() == 0), nil
		}, nil
	}
	decisive := no
	if n.Op == analyze.Or {
		decisive = yes
	}
	return func(row []iris.Value, env *Env) (iris.Value, error) {
		answer := no + yes - decisive
		for _, arg := range args {
			v, err := arg(row, env)
			if err != nil {
				return v, err
			}
			switch t := truthOf(v); t {
			case decisive:
				return t.value(), nil
			case unknown:
				answer = unknown
			}
		}
		return answer.value(), nil
	}, nil
}

func (c *compiler) nullTest(n *analyze.NullTest) (Func, error) {
	arg, err := c.expr(n.Arg)
	if err != nil {
		return nil, err
	}
	return func(row []iris.Value, env *Env) (iris.Value, error) {
		v, err := arg(row, env)
		return iris.Bool(v.IsNull() != n.Not), err
	}, nil
}

func (c *compiler) boolTest(n *analyze.BoolTest) (Func, error) {
	arg, err := c.expr(n.Arg)
	if err != nil {
		return nil, err
	}
	want := map[analyze.BoolWant]truth{analyze.WantTrue: yes, analyze.WantFalse: no, analyze.WantUnknown: unknown}[n.Want]
	return func(row []iris.Value, env *Env) (iris.Value, error) {
		v, err := arg(row, env)
		return iris.Bool((truthOf(v) == want) != n.Not), err
	}, nil
}

// caseOf computes only the branch that is taken.
func (c *compiler) caseOf(n *analyze.Case) (Func, error) {
	conditions, results := make([]Func, len(n.Whens)), make([]Func, len(n.Whens))
	var err error
	for i, w := range n.Whens {
		if conditions[i], err = c.expr(w.Cond); err != nil {
			return nil, err
		}
		if results[i], err = c.expr(w.Result); err != nil {
			return nil, err
		}
	}
	otherwise := func([]iris.Value, *Env) (iris.Value, error) { return iris.Null(), nil }
	if n.Else != nil {
		f, err := c.expr(n.Else)
		if err != nil {
			return nil, err
		}
		otherwise = f
	}
	return func(row []iris.Value, env *Env) (iris.Value, error) {
		for i, condition := range conditions {
			v, err := condition(row, env)
			if err != nil {
				return v, err
			}
			if truthOf(v) == yes {
				return results[i](row, env)
			}
		}
		return otherwise(row, env)
	}, nil
}
