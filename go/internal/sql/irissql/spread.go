package irissql

import (
	"strings"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgtypes"
	"iris-pgwire/internal/sql/analyze"
)

// expandSpread turns the variances and standard deviations of integers and numerics into what PostgreSQL computes from
// the sum, the sum of squares and the count (numeric.c, numeric_stddev_internal): the three come from IRIS, the gateway
// does the rest. nil for any other aggregate.
func expandSpread(n *analyze.Aggregate) analyze.Expr {
	if spreadForms[n.Func.Name] == "" || n.Distinct || len(n.Args) != 1 {
		return nil
	}
	if c := classOf(n.Args[0].Type()); c != intClass && c != numericClass {
		return nil
	}
	b := spread{n}
	x := castTo(n.Args[0], pgtypes.Numeric)
	count := castTo(b.aggregate("count(any)", n.Args[0]), pgtypes.Numeric)
	sum := b.aggregate("sum(numeric)", x)
	squares := b.aggregate("sum(numeric)", b.call("numeric_mul", x, x))
	above := b.call("numeric_sub", b.call("numeric_mul", count, squares), b.call("numeric_mul", sum, sum))
	below, least := b.call("numeric_mul", count, count), int64(1)
	if !strings.HasSuffix(n.Func.Name, "_pop") {
		below, least = b.call("numeric_mul", count, b.call("numeric_sub", count, b.number(1))), 2
	}
	result := b.call("numeric_div", above, below)
	if strings.HasPrefix(n.Func.Name, "stddev") {
		result = b.call("round(numeric,int4)", b.call("sqrt(numeric)", result), b.call("scale", result))
	}
	null := &analyze.Const{Node: b.node(pgtypes.Numeric), Value: iris.Null()}
	return &analyze.Case{Node: b.node(pgtypes.Numeric), Whens: []analyze.When{
		{Cond: b.call("numeric_lt", count, b.number(least)), Result: null},
		{Cond: b.call("numeric_le", above, b.number(0)), Result: b.number(0)},
	}, Else: result}
}

// spread makes the nodes for one aggregate.
type spread struct{ of *analyze.Aggregate }

func (b spread) node(oid pgtypes.OID) analyze.Node {
	return analyze.Node{Typ: pgtypes.Of(oid), At: b.of.At}
}

func (b spread) number(i int64) analyze.Expr {
	return &analyze.Const{Node: b.node(pgtypes.Numeric), Value: iris.Int(i)}
}

func (b spread) call(id string, args ...analyze.Expr) analyze.Expr {
	f := analyze.FunctionByID(id)
	return &analyze.Call{Node: b.node(f.Result), Func: f, Args: args}
}

func (b spread) aggregate(id string, arg analyze.Expr) analyze.Expr {
	f := analyze.FunctionByID(id)
	return &analyze.Aggregate{Node: b.node(f.Result), Func: f, Args: []analyze.Expr{arg}, Filter: b.of.Filter}
}
