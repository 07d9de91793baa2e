package irissql

import (
	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/sql/analyze"
)

// children gives the direct sub-expressions; those inside a subquery's query are not part of them.
func children(e analyze.Expr) []analyze.Expr {
	var out []analyze.Expr
	rewrite(e, func(c analyze.Expr) analyze.Expr {
		out = append(out, c)
		return c
	})
	return out
}

// rewrite gives a copy of the node with each sub-expression replaced by f's answer; a node without any is given as it is.
func rewrite(e analyze.Expr, f func(analyze.Expr) analyze.Expr) analyze.Expr {
	switch n := e.(type) {
	case *analyze.Call:
		c := *n
		c.Args = rewriteAll(n.Args, f)
		return &c
	case *analyze.Cast:
		c := *n
		c.Arg = f(n.Arg)
		return &c
	case *analyze.Logic:
		c := *n
		c.Args = rewriteAll(n.Args, f)
		return &c
	case *analyze.NullTest:
		c := *n
		c.Arg = f(n.Arg)
		return &c
	case *analyze.BoolTest:
		c := *n
		c.Arg = f(n.Arg)
		return &c
	case *analyze.Distinct:
		c := *n
		c.Left, c.Right = f(n.Left), f(n.Right)
		return &c
	case *analyze.Case:
		return rewriteCase(n, f)
	case *analyze.Variadic:
		c := *n
		c.Args = rewriteAll(n.Args, f)
		return &c
	case *analyze.NullIf:
		c := *n
		c.Left, c.Right = f(n.Left), f(n.Right)
		return &c
	case *analyze.In:
		c := *n
		c.Arg, c.List = f(n.Arg), rewriteAll(n.List, f)
		return &c
	case *analyze.Like:
		c := *n
		c.Arg, c.Pattern = f(n.Arg), f(n.Pattern)
		return &c
	}
	return rewriteRest(e, f)
}

func rewriteRest(e analyze.Expr, f func(analyze.Expr) analyze.Expr) analyze.Expr {
	switch n := e.(type) {
	case *analyze.Subquery:
		if n.Left == nil {
			return n
		}
		c := *n
		c.Left = f(n.Left)
		return &c
	case *analyze.ArrayCompare:
		c := *n
		c.Left, c.Array = f(n.Left), f(n.Array)
		return &c
	case *analyze.Array:
		c := *n
		c.Elems = rewriteAll(n.Elems, f)
		return &c
	case *analyze.Aggregate:
		c := *n
		c.Args = rewriteAll(n.Args, f)
		if n.Filter != nil {
			c.Filter = f(n.Filter)
		}
		c.OrderBy = rewriteKeys(n.OrderBy, f)
		return &c
	case *analyze.Window:
		c := *n
		c.Args, c.Partition = rewriteAll(n.Args, f), rewriteAll(n.Partition, f)
		if n.Filter != nil {
			c.Filter = f(n.Filter)
		}
		c.OrderBy = rewriteKeys(n.OrderBy, f)
		return &c
	}
	return e
}

func rewriteCase(n *analyze.Case, f func(analyze.Expr) analyze.Expr) analyze.Expr {
	c := *n
	c.Whens = make([]analyze.When, len(n.Whens))
	for i, w := range n.Whens {
		c.Whens[i] = analyze.When{Cond: f(w.Cond), Result: f(w.Result)}
	}
	if n.Else != nil {
		c.Else = f(n.Else)
	}
	return &c
}

func rewriteAll(list []analyze.Expr, f func(analyze.Expr) analyze.Expr) []analyze.Expr {
	if list == nil {
		return nil
	}
	out := make([]analyze.Expr, len(list))
	for i, e := range list {
		out[i] = f(e)
	}
	return out
}

func rewriteKeys(keys []analyze.SortKey, f func(analyze.Expr) analyze.Expr) []analyze.SortKey {
	if keys == nil {
		return nil
	}
	out := make([]analyze.SortKey, len(keys))
	for i, k := range keys {
		k.Expr = f(k.Expr)
		out[i] = k
	}
	return out
}

// contains reports whether the expression or a part of it satisfies f; it does not look into subqueries.
func contains(e analyze.Expr, f func(analyze.Expr) bool) bool {
	if f(e) {
		return true
	}
	for _, c := range children(e) {
		if contains(c, f) {
			return true
		}
	}
	return false
}

// isAggregate and isWindow are for contains.
func isAggregate(e analyze.Expr) bool { _, ok := e.(*analyze.Aggregate); return ok }
func isWindow(e analyze.Expr) bool    { _, ok := e.(*analyze.Window); return ok }
func isSubquery(e analyze.Expr) bool  { _, ok := e.(*analyze.Subquery); return ok }

// same reports that two expressions are written alike and therefore have the same value in one row. Positions don't
// count. Volatile calls and subqueries are the same only as one node.
func same(a, b analyze.Expr) bool {
	if a == b {
		return true
	}
	if a == nil || b == nil || a.Type() != b.Type() || !sameNode(a, b) {
		return false
	}
	x, y := children(a), children(b)
	if len(x) != len(y) {
		return false
	}
	for i := range x {
		if !same(x[i], y[i]) {
			return false
		}
	}
	return true
}

// sameNode compares two nodes without their sub-expressions.
func sameNode(a, b analyze.Expr) bool {
	switch x := a.(type) {
	case *analyze.Const:
		y, ok := b.(*analyze.Const)
		return ok && sameValue(x.Value, y.Value)
	case *analyze.Param:
		y, ok := b.(*analyze.Param)
		return ok && x.Number == y.Number
	case *analyze.Session:
		y, ok := b.(*analyze.Session)
		return ok && x.Name == y.Name
	case *analyze.Column:
		y, ok := b.(*analyze.Column)
		return ok && x.Rel == y.Rel && x.Index == y.Index
	case *analyze.Output:
		y, ok := b.(*analyze.Output)
		return ok && x.Index == y.Index
	case *analyze.Call:
		y, ok := b.(*analyze.Call)
		return ok && x.Func == y.Func && !x.Func.Volatile
	case *analyze.Aggregate:
		y, ok := b.(*analyze.Aggregate)
		return ok && sameAggregate(x, y)
	}
	return sameForm(a, b)
}

func sameForm(a, b analyze.Expr) bool {
	switch x := a.(type) {
	case *analyze.Cast:
		_, ok := b.(*analyze.Cast)
		return ok
	case *analyze.Logic:
		y, ok := b.(*analyze.Logic)
		return ok && x.Op == y.Op
	case *analyze.NullTest:
		y, ok := b.(*analyze.NullTest)
		return ok && x.Not == y.Not
	case *analyze.BoolTest:
		y, ok := b.(*analyze.BoolTest)
		return ok && x.Not == y.Not && x.Want == y.Want
	case *analyze.Distinct:
		y, ok := b.(*analyze.Distinct)
		return ok && x.Not == y.Not
	case *analyze.Case:
		y, ok := b.(*analyze.Case)
		return ok && len(x.Whens) == len(y.Whens)
	case *analyze.Variadic:
		y, ok := b.(*analyze.Variadic)
		return ok && x.Name == y.Name
	case *analyze.NullIf:
		_, ok := b.(*analyze.NullIf)
		return ok
	case *analyze.In:
		y, ok := b.(*analyze.In)
		return ok && x.Not == y.Not
	case *analyze.Like:
		y, ok := b.(*analyze.Like)
		return ok && x.Not == y.Not && x.Fold == y.Fold && x.Escape == y.Escape
	}
	return false
}

func sameAggregate(x, y *analyze.Aggregate) bool {
	if x.Func != y.Func || x.Star != y.Star || x.Distinct != y.Distinct || len(x.OrderBy) != len(y.OrderBy) {
		return false
	}
	for i := range x.OrderBy {
		if x.OrderBy[i].Desc != y.OrderBy[i].Desc || x.OrderBy[i].NullsFirst != y.OrderBy[i].NullsFirst {
			return false
		}
	}
	return (x.Filter == nil) == (y.Filter == nil)
}

func sameValue(a, b iris.Value) bool {
	return a.Kind() == b.Kind() && a.Mantissa() == b.Mantissa() && a.Exponent() == b.Exponent() &&
		string(a.Raw()) == string(b.Raw())
}
