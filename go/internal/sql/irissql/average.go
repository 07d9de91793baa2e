package irissql

import (
	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgtypes"
	"iris-pgwire/internal/sql/analyze"
)

// expandAverages turns avg(x) into sum(x) / count(x), which is how PostgreSQL computes it and what it shows of it
// (numeric.c, numeric_avg; float.c, float8_avg): the sum and the count come from IRIS, the gateway divides.
func expandAverages(e analyze.Expr) analyze.Expr {
	if w, ok := e.(*analyze.Window); ok {
		return expandWindow(w)
	}
	n, ok := e.(*analyze.Aggregate)
	if !ok {
		return rewrite(e, expandAverages)
	}
	if e := expandSpread(n); e != nil {
		return e
	}
	if isWideSum(n) {
		return expandSum(n)
	}
	if n.Func.Name != "avg" || len(n.Args) != 1 {
		return e
	}
	sum, divide := "sum(numeric)", "numeric_div"
	arg := n.Args[0]
	switch classOf(arg.Type()) {
	case intClass:
		sum = "sum(" + intNames[arg.Type().OID] + ")"
	case floatClass:
		sum, divide = "sum(float8)", "float8div"
		arg = castTo(arg, pgtypes.Float8)
	case numericClass:
	default:
		return e
	}
	total, division := analyze.FunctionByID(sum), analyze.FunctionByID(divide)
	count := analyze.FunctionByID("count(any)")
	if total == nil || division == nil || count == nil {
		return e
	}
	node := func(oid pgtypes.OID) analyze.Node { return analyze.Node{Typ: pgtypes.Of(oid), At: n.At} }
	result := n.Type().OID
	part := func(f *analyze.Function, a analyze.Expr) analyze.Expr {
		own := &analyze.Aggregate{Node: node(f.Result), Func: f, Distinct: n.Distinct, Args: []analyze.Expr{a}, Filter: n.Filter}
		if isWideSum(own) {
			return castTo(expandSum(own), result)
		}
		return castTo(own, result)
	}
	dividend := part(total, arg)
	if divide == "float8div" {
		// PostgreSQL adds up from 0: an average of negative zeros has no sign.
		zero := &analyze.Const{Node: node(pgtypes.Float8), Value: iris.Double(0)}
		dividend = &analyze.Call{Node: node(result), Func: analyze.FunctionByID("float8pl"), Op: true, Args: []analyze.Expr{dividend, zero}}
	}
	return &analyze.Call{Node: node(result), Func: division, Op: true, Args: []analyze.Expr{dividend, part(count, arg)}}
}

// isWideSum reports the sum of bigints.
func isWideSum(e analyze.Expr) bool {
	n, ok := e.(*analyze.Aggregate)
	return ok && n.Func.ID == "sum(int8)" && !n.Distinct
}

// halves is where a bigint is cut in two: the sums of both parts stay far below the digits that IRIS computes with.
const halves = 1_000_000_000

// expandSum turns the sum of bigints into sums of their upper and lower digits: IRIS rounds what goes beyond 64 bits on the way
// (IRIS docs, "Numeric Computing"), also where the end result is small.
func expandSum(n *analyze.Aggregate) analyze.Expr {
	int8 := analyze.Node{Typ: pgtypes.Of(pgtypes.Int8), At: n.At}
	numeric := analyze.Node{Typ: pgtypes.Of(pgtypes.Numeric), At: n.At}
	cut := &analyze.Const{Node: int8, Value: iris.Int(halves)}
	part := func(operator string) analyze.Expr {
		own := *n
		own.Args = []analyze.Expr{&analyze.Call{Node: int8, Func: analyze.FunctionByID(operator), Op: true, Args: []analyze.Expr{n.Args[0], cut}}}
		return &own
	}
	call := func(operator string, l, r analyze.Expr) analyze.Expr {
		return &analyze.Call{Node: numeric, Func: analyze.FunctionByID(operator), Op: true, Args: []analyze.Expr{l, r}}
	}
	upper := call("numeric_mul", part("int8div"), &analyze.Const{Node: numeric, Value: iris.Int(halves)})
	return call("numeric_add", upper, part("int8mod"))
}

// expandWindow does the same for avg as a window function.
func expandWindow(w *analyze.Window) analyze.Expr {
	quotient, ok := expandAverages(&analyze.Aggregate{Node: w.Node, Func: w.Func, Star: w.Star, Args: w.Args}).(*analyze.Call)
	if !ok || w.Func.Name != "avg" {
		return w
	}
	return rewrite(quotient, func(part analyze.Expr) analyze.Expr { return overSame(part, w) })
}

// overSame makes the aggregate in a part a window function over w's rows.
func overSame(e analyze.Expr, w *analyze.Window) analyze.Expr {
	n, ok := e.(*analyze.Aggregate)
	if !ok {
		return rewrite(e, func(c analyze.Expr) analyze.Expr { return overSame(c, w) })
	}
	over := *w
	over.Typ, over.Func, over.Args = n.Typ, n.Func, n.Args
	return &over
}

var intNames = map[pgtypes.OID]string{pgtypes.Int2: "int2", pgtypes.Int4: "int4", pgtypes.Int8: "int8"}

// castTo casts unless the type is right already.
func castTo(e analyze.Expr, oid pgtypes.OID) analyze.Expr {
	if e.Type().OID == oid {
		return e
	}
	return &analyze.Cast{Node: analyze.Node{Typ: pgtypes.Of(oid), At: e.Pos()}, Arg: e, Implicit: true}
}
