package irissql

import (
	"strings"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgtypes"
	"iris-pgwire/internal/sql/analyze"
)

// rankFunctions number rows; they take no frame and are never NULL.
var rankFunctions = map[string]bool{
	"row_number": true, "rank": true, "dense_rank": true, "ntile": true, "percent_rank": true, "cume_dist": true,
}

// offsetFunctions look at other rows of the partition; those of them that look at the frame need ROWS or no order.
var offsetFunctions = map[string]bool{"lag": true, "lead": true, "first_value": true, "last_value": true, "nth_value": true}

// windowAggregates are the aggregates that IRIS has as window functions over a field. COUNT is described as a number
// that grows from row to row (IRIS docs, "Window Functions"), so rows are counted by adding up ones.
var windowAggregates = map[string]bool{"sum": true, "min": true, "max": true}

// window prints f(…) OVER (…).
func (p *Printer) window(n *analyze.Window) (Fragment, error) {
	if n.Filter != nil {
		return Fragment{}, p.refuse(n.Pos(), "FILTER on a window function")
	}
	if f, ok, err := p.overAll(n); ok {
		return f, err
	}
	name, args, err := p.windowCall(n)
	if err != nil {
		return args, err
	}
	over, err := p.over(n)
	return fill(name+"(@) OVER (@)", args, over), err
}

// overAll prints count(*) OVER () and its like as what it is: the aggregate over the rows of the same FROM and WHERE.
func (p *Printer) overAll(n *analyze.Window) (Fragment, bool, error) {
	if aggregateForms[n.Func.Name].name == "" || len(n.Partition) > 0 || len(n.OrderBy) > 0 || n.Frame != nil || p.current == nil || p.current.l.from.sql == "" {
		return Fragment{}, false, nil
	}
	f, err := p.aggregate(&analyze.Aggregate{Node: n.Node, Func: n.Func, Star: n.Star, Args: n.Args})
	if err != nil {
		return f, true, err
	}
	one := level{items: []item{{frag: f, alias: "c"}}, from: p.current.l.from, where: p.current.l.where}
	return fill("(@)", one.render(tail{})), true, nil
}

func (p *Printer) windowCall(n *analyze.Window) (name string, args Fragment, err error) {
	name = strings.ToUpper(n.Func.Name)
	switch {
	case rankFunctions[n.Func.Name], offsetFunctions[n.Func.Name]:
		if n.Func.Name != "ntile" && len(n.Args) > 0 && !storedClass(classOf(n.Args[0].Type())) {
			return name, args, p.refuse(n.Pos(), describe(n)+" of "+typeName(n.Args[0].Type()))
		}
		parts, err := p.typedAll(n.Args)
		return name, join(parts, ", "), err
	case n.Func.Name == "count":
		args, err = p.value(countedAs(n))
		return "SUM", args, p.unlessField(n, args, err)
	case windowAggregates[n.Func.Name] && len(n.Args) == 1:
		if c := classOf(n.Args[0].Type()); !c.number() && !c.moment() {
			break
		}
		args, err = p.value(n.Args[0])
		return name, args, p.unlessField(n, args, err)
	}
	return name, args, p.refuse(n.Pos(), describe(n))
}

// unlessField refuses an aggregate over something else than a field, which is all that the syntax of IRIS shows.
func (p *Printer) unlessField(n *analyze.Window, arg Fragment, err error) error {
	if err == nil && !isColumnText(arg.sql) {
		return p.refuse(n.Pos(), describe(n)+" over an expression")
	}
	return err
}

// countedAs is what is added up where rows are counted in a window.
func countedAs(n *analyze.Window) analyze.Expr {
	node := analyze.Node{Typ: pgtypes.Of(pgtypes.Int4), At: n.At}
	one, none := &analyze.Const{Node: node, Value: iris.Int(1)}, &analyze.Const{Node: node, Value: iris.Int(0)}
	if n.Star || len(n.Args) == 0 {
		return one
	}
	there := &analyze.NullTest{Node: analyze.Node{Typ: pgtypes.Of(pgtypes.Bool), At: n.At}, Arg: n.Args[0], Not: true}
	return &analyze.Case{Node: node, Whens: []analyze.When{{Cond: there, Result: one}}, Else: none}
}

// storedClass reports values that pass through an expression unchanged.
func storedClass(c class) bool { return c != otherClass && c != vectorClass && c != byteaClass }
