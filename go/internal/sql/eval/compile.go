package eval

import (
	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/pgtypes"
	"iris-pgwire/internal/sql/analyze"
)

// Slot says that a row holds the value of an expression, and where.
type Slot = func(analyze.Expr) (index int, ok bool)

// Compile makes the function that computes an expression. What slot knows is read from the row, in any form that IRIS
// delivers for the type; everything below it must be computable here. A column, an aggregate, a window function or a
// subquery without a slot, and a function that package pgfunc does not have, are refused with 0A000 and the position.
func Compile(e analyze.Expr, slot func(analyze.Expr) (int, bool)) (Func, error) {
	c := compiler{slot: slot}
	return c.expr(e)
}

type compiler struct{ slot Slot }

func (c *compiler) expr(e analyze.Expr) (Func, error) {
	if index, ok := c.slot(e); ok {
		return fromRow(index, e.Type()), nil
	}
	switch n := e.(type) {
	case *analyze.Const:
		v := n.Value
		return func([]iris.Value, *Env) (iris.Value, error) { return v, nil }, nil
	case *analyze.Param:
		return param(n.Number), nil
	case *analyze.Session:
		return session(n), nil
	case *analyze.Call:
		return c.call(n)
	case *analyze.Cast:
		return c.cast(n)
	case *analyze.Logic:
		return c.logic(n)
	case *analyze.NullTest:
		return c.nullTest(n)
	case *analyze.BoolTest:
		return c.boolTest(n)
	case *analyze.Case:
		return c.caseOf(n)
	}
	return c.compound(e)
}

// compound compiles what compares, chooses among values or puts them together.
func (c *compiler) compound(e analyze.Expr) (Func, error) {
	switch n := e.(type) {
	case *analyze.Distinct:
		return c.distinct(n)
	case *analyze.Variadic:
		return c.variadic(n)
	case *analyze.NullIf:
		return c.nullIf(n)
	case *analyze.In:
		return c.in(n)
	case *analyze.Like:
		return c.like(n)
	case *analyze.ArrayCompare:
		return c.arrayCompare(n)
	case *analyze.Array:
		return c.array(n)
	case *analyze.Column, *analyze.Output:
		return nil, pgerr.NotBuilt(e.Pos(), "a column here")
	case *analyze.Aggregate:
		return nil, pgerr.NotBuilt(e.Pos(), "the aggregate "+n.Func.Name+"() here")
	case *analyze.Window:
		return nil, pgerr.NotBuilt(e.Pos(), "the window function "+n.Func.Name+"() here")
	case *analyze.Subquery:
		return nil, pgerr.NotBuilt(e.Pos(), "a subquery here")
	}
	return nil, pgerr.NotBuilt(e.Pos(), "this expression")
}

func (c *compiler) exprs(list []analyze.Expr) ([]Func, error) {
	out := make([]Func, len(list))
	for i, e := range list {
		var err error
		if out[i], err = c.expr(e); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func fromRow(index int, t pgtypes.Type) Func {
	return func(row []iris.Value, _ *Env) (iris.Value, error) { return pgtypes.Canonical(t, row[index]) }
}

func param(number int) Func {
	if number > analyze.Scalars {
		return func(_ []iris.Value, env *Env) (iris.Value, error) { return env.Scalars[number-analyze.Scalars-1], nil }
	}
	return func(_ []iris.Value, env *Env) (iris.Value, error) {
		if env == nil || number > len(env.Params) {
			return iris.Null(), pgerr.New(pgerr.UndefinedParameter, "there is no parameter $%d", number)
		}
		return env.Params[number-1], nil
	}
}

func session(n *analyze.Session) Func {
	return func(_ []iris.Value, env *Env) (iris.Value, error) {
		if env == nil || env.Session == nil {
			return iris.Null(), pgerr.NotBuilt(n.Pos(), string(n.Name)+" here")
		}
		return env.Session(n.Name), nil
	}
}
