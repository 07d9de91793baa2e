package irissql

import "iris-pgwire/internal/sql/analyze"

// describe names a construct for a refusal, in the user's terms.
func describe(e analyze.Expr) string {
	switch n := e.(type) {
	case *analyze.Call:
		switch {
		case regexOperators[n.Func.Name]:
			return "regular expression match"
		case n.Op:
			return "operator " + n.Func.Name + " on " + typeName(n.Args[0].Type())
		}
		return "function " + n.Func.Name + "()"
	case *analyze.Cast:
		return "cast from " + typeName(n.Arg.Type()) + " to " + typeName(n.Type())
	case *analyze.Aggregate:
		return "aggregate " + n.Func.Name + "()"
	case *analyze.Window:
		return "window function " + n.Func.Name + "()"
	case *analyze.Array:
		return "ARRAY[]"
	case *analyze.ArrayCompare:
		return "ANY or ALL over an array"
	case *analyze.Subquery:
		return "subquery"
	case *analyze.Variadic:
		return n.Name
	}
	return "expression"
}

var regexOperators = map[string]bool{"~": true, "~*": true, "!~": true, "!~*": true}
