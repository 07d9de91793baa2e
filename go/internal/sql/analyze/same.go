package analyze

import (
	"bytes"
	"reflect"

	"iris-pgwire/internal/iris"
)

// Same reports that two expressions are written alike, and so have the same value in one row. Positions don't count;
// volatile calls and subqueries are the same only as one node.
func Same(a, b Expr) bool {
	if a == b {
		return true
	}
	if a == nil || b == nil || a.Type() != b.Type() || reflect.TypeOf(a) != reflect.TypeOf(b) || !sameNode(a, b) {
		return false
	}
	var x, y []Expr
	children(a, func(e Expr) { x = append(x, e) })
	children(b, func(e Expr) { y = append(y, e) })
	if len(x) != len(y) {
		return false
	}
	for i := range x {
		if !Same(x[i], y[i]) {
			return false
		}
	}
	return true
}

// sameNode compares two nodes of one kind without their sub-expressions. A column is the same from whatever level it is
// looked at.
func sameNode(a, b Expr) bool {
	switch x := a.(type) {
	case *Const:
		return sameValue(x.Value, b.(*Const).Value)
	case *Param:
		return x.Number == b.(*Param).Number
	case *Session:
		return x.Name == b.(*Session).Name
	case *Column:
		y := b.(*Column)
		return x.Rel == y.Rel && x.Index == y.Index
	case *Output:
		return x.Index == b.(*Output).Index
	case *Call:
		return x.Func == b.(*Call).Func && !x.Func.Volatile
	case *Cast, *NullIf, *Array:
		return true
	case *Distinct:
		return x.Not == b.(*Distinct).Not
	case *Logic:
		return x.Op == b.(*Logic).Op
	case *NullTest:
		return x.Not == b.(*NullTest).Not
	case *BoolTest:
		y := b.(*BoolTest)
		return x.Want == y.Want && x.Not == y.Not
	case *Case:
		y := b.(*Case)
		return len(x.Whens) == len(y.Whens) && (x.Else == nil) == (y.Else == nil)
	case *Variadic:
		return x.Name == b.(*Variadic).Name
	case *In:
		return x.Not == b.(*In).Not
	case *Like:
		y := b.(*Like)
		return x.Escape == y.Escape && x.Fold == y.Fold && x.Not == y.Not
	case *ArrayCompare:
		y := b.(*ArrayCompare)
		return x.Cmp == y.Cmp && x.All == y.All
	case *Aggregate:
		y := b.(*Aggregate)
		return x.Func == y.Func && x.Star == y.Star && x.Distinct == y.Distinct && (x.Filter == nil) == (y.Filter == nil) && len(x.OrderBy) == len(y.OrderBy)
	}
	return false // Subquery, Window
}

func sameValue(a, b iris.Value) bool {
	return a.Kind() == b.Kind() && a.Mantissa() == b.Mantissa() && a.Exponent() == b.Exponent() && bytes.Equal(a.Raw(), b.Raw())
}
