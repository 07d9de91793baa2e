package irissql

import (
	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/pgtypes"
	"iris-pgwire/internal/sql/analyze"
)

// exactness says where a printed call may stand.
type exactness uint8

const (
	exact   exactness = iota // the same value as in PostgreSQL
	lenient                  // the same value, but no error where PostgreSQL raises one; or by UTF-16 units: not shown
	approx                   // the same to IRIS's digits: only compared
)

// callForm is the IRIS form of a PostgreSQL function: a template with @ for each argument in the order of args (nil: as
// they come), or, where a template is not enough, a function.
type callForm struct {
	template string
	args     []int
	exact    exactness
	print    func(p *Printer, n *analyze.Call) (Fragment, error)
	// checks are the conditions on rowless arguments, by index; an argument with a check must be rowless.
	checks map[int]Check
}

// call prints a function or operator by its form.
func (p *Printer) call(n *analyze.Call) (Fragment, error) {
	form, ok := callForms[n.Func.ID]
	if !ok || !p.permits(form.exact) {
		return Fragment{}, p.refuse(n.Pos(), describe(n))
	}
	if form.print != nil {
		return form.print(p, n)
	}
	parts := make([]Fragment, len(n.Args))
	for i, a := range n.Args {
		f, err := p.callArgument(a, form.checks[i], n)
		if err != nil {
			return f, err
		}
		parts[i] = f
	}
	if form.args != nil {
		ordered := make([]Fragment, len(form.args))
		for i, k := range form.args {
			ordered[i] = parts[k]
		}
		parts = ordered
	}
	return fill(form.template, parts...), nil
}

// permits reports whether a form of this exactness may be printed here.
func (p *Printer) permits(e exactness) bool {
	return e == exact || e == lenient && !p.strict || e == approx && p.compared && !p.strict
}

// callArgument prints an argument; one with a check must be rowless, since IRIS answers differently for the values that
// the check refuses.
func (p *Printer) callArgument(a analyze.Expr, check Check, n *analyze.Call) (Fragment, error) {
	if check == nil {
		f, err := p.value(a)
		if err == nil && rowless(a) && classOf(a.Type()).moment() {
			f = fill("CAST(@ AS "+castNames[classOf(a.Type())]+")", f)
		}
		return f, err
	}
	if !rowless(a) {
		return Fragment{}, p.refuse(n.Pos(), describe(n)+" with a varying argument")
	}
	arg, err := p.argument(a)
	if err != nil {
		return Fragment{}, err
	}
	at, what := n.Pos(), describe(n)
	arg, err = arg.With(func(v iris.Value) (iris.Value, error) {
		if v, err := check(v); err == nil {
			return v, nil
		}
		return v, pgerr.NotBuilt(at, what+" with the argument "+shorten(v.String()))
	}).settle()
	return argument(arg), err
}

var errUnfit = pgerr.New(pgerr.FeatureNotSupported, "unfit")

// positive is the check of a count or position that must be at least 1.
func positive(v iris.Value) (iris.Value, error) {
	if i, ok := v.Int64(); !v.IsNull() && (!ok || i < 1) {
		return v, errUnfit
	}
	return v, nil
}

// filled is the check of a text that must not be empty.
func filled(v iris.Value) (iris.Value, error) {
	if !v.IsNull() && len(v.Raw()) == 0 {
		return v, errUnfit
	}
	return v, nil
}

// callForms holds the tables of the families. It is filled in init: their functions refer back to it through value.
var callForms = map[string]callForm{}

func init() {
	for _, table := range []map[string]callForm{numberForms, operatorForms(), textForms, timeForms, intervalForms(), vectorForms} {
		for id, form := range table {
			callForms[id] = form
		}
	}
}

// asText prints a value as PostgreSQL's text form where IRIS has the same: text and integers.
func (p *Printer) asText(e analyze.Expr) (Fragment, error) {
	if classOf(e.Type()) == textClass {
		return p.value(e)
	}
	return p.value(&analyze.Cast{Node: analyze.Node{Typ: pgtypes.Of(pgtypes.Text), At: e.Pos()}, Arg: e, Implicit: true})
}
