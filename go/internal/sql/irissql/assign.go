package irissql

import (
	"iris-pgwire/internal/schema"
	"iris-pgwire/internal/sql/analyze"
)

// Assign prints a value that is written into a column of INSERT or UPDATE. The expression has the column's type already.
// A value that is known without a row is an argument, checked by check before it is sent (nil: no check); volatile
// functions are computed once. Anything else is printed if IRIS computes what PostgreSQL would store.
func (p *Printer) Assign(col *schema.Column, e analyze.Expr, check Check) (Fragment, error) {
	e = p.resolve(e)
	if !freeOfRows(e) {
		return p.in("an assignment to column "+col.Name, e, func(e analyze.Expr) (Fragment, error) { return p.stored(col, e) })
	}
	var a Arg
	var err error
	if rowless(e) {
		a, err = p.argument(e)
	} else {
		a, err = p.computed(e)
	}
	if err != nil {
		return Fragment{}, err
	}
	if classOf(col.Type) == vectorClass {
		f, err := p.vectorArgument(e, vectorShape{element: col.Stored.Element, length: columnLength(col)})
		if err != nil || check == nil {
			return f, err
		}
		f.args[0], err = f.args[0].With(check).settle()
		return f, err
	}
	// The column's own rules come first: what IRIS cannot store at all has an SQLSTATE of its own.
	first := a
	first.Check = check
	a, err = first.With(a.Check).settle()
	return argument(a), err
}

// columnLength is the dimensions of a vector column.
func columnLength(col *schema.Column) int {
	if col.Type.Mod > 0 {
		return int(col.Type.Mod)
	}
	return col.Stored.Length
}
