package irissql

import (
	"iris-pgwire/internal/sql/analyze"
)

// aggregateForm is the IRIS form of an aggregate.
type aggregateForm struct {
	name  string
	exact exactness
}

// aggregateForms are the aggregates that IRIS has with PostgreSQL's meaning, by name. avg is only compared: its digits
// differ (the gateway divides where it is shown).
var aggregateForms = map[string]aggregateForm{
	"count": {"COUNT", exact}, "sum": {"SUM", exact}, "min": {"MIN", exact}, "max": {"MAX", exact},
	"bool_and": {"MIN", exact}, "bool_or": {"MAX", exact}, "every": {"MIN", exact}, "avg": {"AVG", approx},
}

// spreadForms are shown of doubles only: PostgreSQL computes those of numerics exactly. The names without _SAMP give 0 for
// one row (IRIS docs, "STDDEV").
var spreadForms = map[string]string{
	"stddev": "STDDEV_SAMP", "stddev_samp": "STDDEV_SAMP", "stddev_pop": "STDDEV_POP",
	"variance": "VAR_SAMP", "var_samp": "VAR_SAMP", "var_pop": "VAR_POP",
}

// aggregate prints an aggregate call.
func (p *Printer) aggregate(n *analyze.Aggregate) (Fragment, error) {
	if f, ok, err := p.averageOver(n); ok {
		return f, err
	}
	if n.Func.ID == "string_agg(text,text)" {
		return p.stringAgg(n)
	}
	form, ok := aggregateForms[n.Func.Name]
	if name := spreadForms[n.Func.Name]; name != "" && len(n.Args) == 1 {
		form, ok = aggregateForm{name, approx}, true
		if classOf(n.Args[0].Type()) == floatClass {
			form.exact = exact
		}
	}
	if !ok || !p.permits(form.exact) {
		return Fragment{}, p.refuse(n.Pos(), describe(n))
	}
	if n.Star || n.Func.Name == "count" && isConstant(n.Args[0]) && !n.Distinct {
		return p.countRows(n)
	}
	arg, err := p.aggregateArgument(n)
	if err != nil {
		return arg, err
	}
	ordered := n.Func.Name == "min" || n.Func.Name == "max"
	if c := classOf(n.Args[0].Type()); ordered && (c == textClass || c == bpcharClass) {
		return fill("SUBSTRING("+form.name+"(@), 2)", arg), nil
	}
	if n.Distinct && !ordered {
		return fill(form.name+"(DISTINCT @)", arg), nil
	}
	return fill(form.name+"(@)", arg), nil
}

// averageOver prints avg over groups that a derived table has made: by the sum and the count that are there.
func (p *Printer) averageOver(n *analyze.Aggregate) (Fragment, bool, error) {
	quotient, ok := expandAverages(n).(*analyze.Call)
	if !ok || !p.permits(approx) {
		return Fragment{}, false, nil
	}
	for _, a := range quotient.Args {
		for cast, ok := a.(*analyze.Cast); ok; cast, ok = a.(*analyze.Cast) {
			a = cast.Arg
		}
		if _, ok := p.standIn(a); !ok {
			return Fragment{}, false, nil
		}
	}
	f, err := p.value(quotient)
	return f, true, err
}

// isConstant reports a literal that is not NULL.
func isConstant(e analyze.Expr) bool {
	c, ok := e.(*analyze.Const)
	return ok && !c.Value.IsNull()
}

func (p *Printer) countRows(n *analyze.Aggregate) (Fragment, error) {
	if n.Filter == nil {
		return text("COUNT(*)"), nil
	}
	c, err := p.cond(n.Filter)
	return fill("COUNT(CASE WHEN @ THEN 1 END)", c), err
}

// aggregateArgument prints what is aggregated, with FILTER as a CASE around it.
func (p *Printer) aggregateArgument(n *analyze.Aggregate) (Fragment, error) {
	e := n.Args[0]
	c := classOf(e.Type())
	ordered := n.Func.Name == "min" || n.Func.Name == "max"
	if !c.number() && !c.moment() && c != textClass && c != bpcharClass && (n.Func.Name != "count" || n.Distinct) {
		return Fragment{}, p.refuse(n.Pos(), describe(n)+" of "+typeName(e.Type()))
	}
	f, err := p.aggregated(e)
	if err != nil {
		return f, err
	}
	if n.Func.Name != "count" || n.Distinct {
		if f, err = p.sortable(f, e, ordered); err != nil {
			return f, err
		}
	}
	if n.Filter == nil {
		return f, nil
	}
	cond, err := p.cond(n.Filter)
	return fill("CASE WHEN @ THEN @ END", cond, f), err
}

// aggregated prints a value as the argument of an aggregate: arithmetic is allowed, what is shown is checked afterwards.
func (p *Printer) aggregated(e analyze.Expr) (Fragment, error) {
	strict, compared := p.strict, p.compared
	p.strict, p.compared = false, false
	f, err := p.typed(e, 0)
	p.strict, p.compared = strict, compared
	return f, err
}
