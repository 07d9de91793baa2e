package irissql

import (
	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgtypes"
	"iris-pgwire/internal/sql/analyze"
)

// scaleOf is the number of digits after the point that PostgreSQL shows for a numeric expression, when it is the same
// for every row (PostgreSQL docs, 8.1.2; numeric.c: the display scale of each operation). IRIS drops trailing zeros.
func scaleOf(e analyze.Expr) (int, bool) {
	if _, s, ok := e.Type().NumericPrecision(); ok {
		return max(s, 0), true
	}
	switch n := e.(type) {
	case *analyze.Const:
		return scaleOfValue(n.Value), !n.Value.IsNull()
	case *analyze.Column:
		if n.Rel != nil && n.Rel.Query != nil {
			return scaleOfOutput(n.Rel.Query, n.Index)
		}
		if n.Rel != nil && n.Rel.CTE != nil {
			return scaleOfOutput(n.Rel.CTE.Query, n.Index)
		}
	case *analyze.Cast:
		if classOf(n.Arg.Type()) == intClass {
			return 0, true
		}
		if n.Arg.Type().OID == n.Type().OID {
			return scaleOf(n.Arg)
		}
	case *analyze.Call:
		return scaleOfCall(n)
	case *analyze.Case:
		return scaleOfAll(caseResults(n))
	case *analyze.Variadic:
		return scaleOfAll(n.Args)
	case *analyze.NullIf:
		return scaleOf(n.Left)
	case *analyze.Aggregate:
		return scaleOfAggregate(n.Func.Name, n.Args)
	case *analyze.Window:
		return scaleOfAggregate(n.Func.Name, n.Args)
	case *analyze.Subquery:
		if n.Kind == analyze.ScalarSubquery {
			return scaleOfOutput(n.Query, 0)
		}
	}
	return 0, false
}

// scaleBound is the most digits after the point that a numeric of varying scale can have, 0 where nothing is known.
func scaleBound(e analyze.Expr) int {
	if s, ok := scaleOf(e); ok {
		return s
	}
	bound := 0
	switch n := e.(type) {
	case *analyze.Column:
		if n.Rel != nil && n.Rel.Query != nil {
			return scaleBoundOfOutput(n.Rel.Query, n.Index)
		}
		if n.Rel != nil && n.Rel.CTE != nil {
			return scaleBoundOfOutput(n.Rel.CTE.Query, n.Index)
		}
	case *analyze.Aggregate:
		if len(n.Args) > 0 {
			return scaleBound(n.Args[0])
		}
	case *analyze.Case, *analyze.Variadic, *analyze.Cast:
		for _, c := range children(e) {
			bound = max(bound, scaleBound(c))
		}
	}
	return bound
}

func scaleBoundOfOutput(q *analyze.Query, index int) int {
	bound := 0
	switch b := q.Body.(type) {
	case *analyze.Select:
		if index < len(b.Targets) {
			return scaleBound(b.Targets[index].Expr)
		}
	case *analyze.Values:
		for _, row := range b.Rows {
			bound = max(bound, scaleBound(row[index]))
		}
	case *analyze.SetOp:
		return max(scaleBoundOfOutput(b.Left, index), scaleBoundOfOutput(b.Right, index))
	}
	return bound
}

// scaleOfOutput is the scale of a query's output column.
func scaleOfOutput(q *analyze.Query, index int) (int, bool) {
	switch b := q.Body.(type) {
	case *analyze.Select:
		if index < len(b.Targets) {
			return scaleOf(b.Targets[index].Expr)
		}
	case *analyze.Values:
		column := make([]analyze.Expr, len(b.Rows))
		for i, row := range b.Rows {
			column[i] = row[index]
		}
		return scaleOfAll(column)
	case *analyze.SetOp:
		l, ok1 := scaleOfOutput(b.Left, index)
		r, ok2 := scaleOfOutput(b.Right, index)
		return l, ok1 && ok2 && l == r
	}
	return 0, false
}

func scaleOfValue(v iris.Value) int {
	if v.Kind() == iris.KindDecimal {
		return max(0, -int(v.Exponent()))
	}
	text := v.String()
	for i := len(text) - 1; i >= 0; i-- {
		if text[i] == '.' {
			return len(text) - 1 - i
		}
	}
	return 0
}

// scaleOfAll is the common scale of alternatives; NULL has none and any.
func scaleOfAll(list []analyze.Expr) (int, bool) {
	found, known := 0, false
	for _, e := range list {
		if c, ok := e.(*analyze.Const); ok && c.Value.IsNull() {
			continue
		}
		s, ok := scaleOf(e)
		if !ok || known && s != found {
			return 0, false
		}
		found, known = s, true
	}
	return found, known
}

func caseResults(n *analyze.Case) []analyze.Expr {
	var out []analyze.Expr
	for _, w := range n.Whens {
		out = append(out, w.Result)
	}
	if n.Else != nil {
		out = append(out, n.Else)
	}
	return out
}

// scaleOfCall follows numeric.c: add, subtract and modulo keep the larger scale, multiply adds them.
func scaleOfCall(n *analyze.Call) (int, bool) {
	if n.Type().OID != pgtypes.Numeric || len(n.Args) == 0 {
		return 0, false
	}
	switch n.Func.ID {
	case "numeric_add", "numeric_sub", "numeric_mod", "mod(numeric,numeric)":
		a, b, ok := scalesOf(n.Args)
		return max(a, b), ok
	case "numeric_mul":
		a, b, ok := scalesOf(n.Args)
		return a + b, ok
	case "numeric_uminus", "numeric_uplus", "numeric_abs", "abs(numeric)":
		return scaleOf(n.Args[0])
	case "round(numeric)", "ceil(numeric)", "ceiling(numeric)", "floor(numeric)", "trunc(numeric)", "sign(numeric)", "div":
		return 0, true
	case "round(numeric,int4)", "trunc(numeric,int4)":
		c, ok := n.Args[1].(*analyze.Const)
		if !ok {
			return 0, false
		}
		i, ok := c.Value.Int64()
		return int(max(i, 0)), ok && i < 1000
	case "extract(text,date)", "extract(text,timestamp)":
		return 0, wholePart(n.Args[0])
	}
	return 0, false
}

func scalesOf(args []analyze.Expr) (a, b int, ok bool) {
	a, ok1 := scaleOf(args[0])
	b, ok2 := scaleOf(args[1])
	if !ok1 || !ok2 {
		return 0, 0, false
	}
	return a, b, true
}

// scaleOfAggregate: sum, min and max keep the scale of what they are of.
func scaleOfAggregate(name string, args []analyze.Expr) (int, bool) {
	switch name {
	case "sum", "min", "max", "lag", "lead", "first_value", "last_value":
		if len(args) == 0 {
			return 0, false
		}
		if classOf(args[0].Type()) == intClass {
			return 0, true
		}
		return scaleOf(args[0])
	}
	return 0, false
}
