package irissql

import (
	"errors"
	"math"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/pgtypes"
	"iris-pgwire/internal/sql/analyze"
	"iris-pgwire/internal/sql/eval"
)

// rowless reports an expression that has one value in a statement, known without a row: constants, parameters, session
// values and what is computed from them.
func rowless(e analyze.Expr) bool {
	switch n := e.(type) {
	case *analyze.Const, *analyze.Param, *analyze.Session:
		return true
	case *analyze.Column, *analyze.Output, *analyze.Aggregate, *analyze.Window, *analyze.Subquery:
		return false
	case *analyze.Call:
		if n.Func.Volatile {
			return false
		}
		for _, a := range n.Args {
			if !rowless(a) {
				return false
			}
		}
		return true
	case *analyze.Cast:
		return rowless(n.Arg)
	}
	for _, c := range children(e) {
		if !rowless(c) {
			return false
		}
	}
	return true
}

// noSlot is for expressions that have no row.
func noSlot(analyze.Expr) (int, bool) { return 0, false }

// argument makes an argument of a rowless expression.
func (p *Printer) argument(e analyze.Expr) (Arg, error) {
	a := Arg{Type: e.Type()}
	switch n := e.(type) {
	case *analyze.Const:
		a.Const = n.Value
	case *analyze.Param:
		a.Param = n.Number
	case *analyze.Session:
		a.Session = n.Name
	case *analyze.Cast:
		if relabel(n) {
			inner, err := p.argument(n.Arg)
			inner.Type = e.Type()
			return inner, err
		}
		return p.computed(e)
	default:
		return p.computed(e)
	}
	return a.With(sendable(e)).settle()
}

// computed makes an argument that is computed when the statement runs.
func (p *Printer) computed(e analyze.Expr) (Arg, error) {
	f, err := eval.Compile(e, noSlot)
	if err != nil {
		return Arg{}, p.explain(e, err)
	}
	if foldable(e) {
		if v, err := f(nil, &eval.Env{}); err == nil {
			return Arg{Type: e.Type(), Const: v}.With(sendable(e)).settle()
		}
	}
	return Arg{Type: e.Type(), Eval: f}.With(sendable(e)), nil
}

// foldable reports an expression of numbers alone, whose value depends on nothing.
func foldable(e analyze.Expr) bool {
	return !contains(e, func(x analyze.Expr) bool {
		switch x.(type) {
		case *analyze.Const, *analyze.Call, *analyze.Cast:
			return !classOf(x.Type()).number()
		}
		return true
	})
}

// explain gives a refusal of package eval the clause that it happened in.
func (p *Printer) explain(e analyze.Expr, err error) error {
	var refused *pgerr.Error
	if errors.As(err, &refused) && refused.Position == 0 && refused.Code == pgerr.FeatureNotSupported {
		copied := *refused
		return copied.At(e.Pos())
	}
	return err
}

// relabel reports a cast that changes no value: the types share their canonical form and there is no length to apply.
func relabel(n *analyze.Cast) bool {
	from, to := n.Arg.Type(), n.Type()
	switch c := classOf(to); {
	case to.Mod >= 0 && to.Mod != from.Mod:
		return false
	case c == textClass && classOf(from) == textClass:
		return to.OID != pgtypes.Name || from.OID == pgtypes.Name
	case c == intClass && classOf(from) == intClass:
		return intBytes[to.OID] >= intBytes[from.OID] && (to.OID == pgtypes.Oid) == (from.OID == pgtypes.Oid)
	}
	return from.OID == to.OID
}

// intBytes are the widths of the integer types.
var intBytes = map[pgtypes.OID]int{pgtypes.Int2: 2, pgtypes.Int4: 4, pgtypes.Oid: 4, pgtypes.Int8: 8}

// sendable checks what IRIS cannot take as an argument: numbers of more digits than it computes with, dates that it
// cannot hold.
func sendable(e analyze.Expr) Check {
	t, at := e.Type(), e.Pos()
	switch classOf(t) {
	case numericClass:
		return func(v iris.Value) (iris.Value, error) {
			if v.IsNull() || v.Kind() == iris.KindInt || v.Kind() == iris.KindDecimal {
				return v, nil
			}
			return v, pgerr.NotBuilt(at, "the numeric value "+shorten(v.String())+", which IRIS cannot compute with,")
		}
	case dateClass, timeClass, timestampClass, timestamptzClass:
		return func(v iris.Value) (iris.Value, error) {
			if pgtypes.Storable(t, v) != nil {
				return v, pgerr.NotBuilt(at, "the "+typeName(t)+" "+v.String()+", which IRIS cannot hold,")
			}
			return v, nil
		}
	}
	return nil
}

func shorten(s string) string {
	if len(s) > 40 {
		return s[:40] + "…"
	}
	return s
}

// rowlessValue prints a rowless expression as a question mark; the value's type is left to IRIS.
func (p *Printer) rowlessValue(e analyze.Expr) (Fragment, error) {
	if classOf(e.Type()) == vectorClass {
		return p.vectorArgument(e, vectorShape{})
	}
	a, err := p.argument(e)
	if err != nil {
		return Fragment{}, err
	}
	return argument(a), nil
}

// typed prints a value whose type IRIS must know: an argument is cast, since IRIS takes it for VARCHAR otherwise (IRIS
// docs, "COALESCE", SQLCODE -378).
func (p *Printer) typed(e analyze.Expr, scale int) (Fragment, error) {
	f, err := p.value(e)
	if err != nil || !rowless(e) || classOf(e.Type()) == vectorClass {
		return f, err
	}
	if classOf(e.Type()) == numericClass {
		if own, ok := scaleOf(e); ok {
			scale = max(scale, own)
		} else {
			scale = maxCastScale
		}
		scale = min(scale, maxCastScale)
		if f.args, err = fitting(f.args, e, scale); err != nil {
			return f, err
		}
	}
	if classOf(e.Type()) == floatClass {
		if f.args, err = checkLast(f.args, signedZero(e)); err != nil {
			return f, err
		}
	}
	return fill("CAST(@ AS "+castName(e.Type(), scale)+")", f), nil
}

// signedZero refuses a negative zero: what CAST makes of it is not documented, and it may be shown.
func signedZero(e analyze.Expr) Check {
	at := e.Pos()
	return func(v iris.Value) (iris.Value, error) {
		if f, ok := v.Float64(); ok && f == 0 && math.Signbit(f) {
			return v, pgerr.NotBuilt(at, "a negative zero beside a column")
		}
		return v, nil
	}
}

// checkLast adds a check to the last argument.
func checkLast(args []Arg, check Check) ([]Arg, error) {
	checked, err := args[len(args)-1].With(check).settle()
	out := append([]Arg(nil), args...)
	out[len(out)-1] = checked
	return out, err
}

// maxCastScale leaves nine digits before the point; IRIS keeps 18 in all.
const maxCastScale = 9

// fitting adds the check that a cast to NUMERIC(18,scale) changes nothing.
func fitting(args []Arg, e analyze.Expr, scale int) ([]Arg, error) {
	at := e.Pos()
	return checkLast(args, func(v iris.Value) (iris.Value, error) {
		if v.IsNull() || pgtypes.FitsNumeric(v, 18, scale) {
			return v, nil
		}
		return v, pgerr.NotBuilt(at, "the numeric value "+shorten(v.String())+" beside a column of fewer digits")
	})
}
