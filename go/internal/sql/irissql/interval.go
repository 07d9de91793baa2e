package irissql

import (
	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/pgtypes"
	"iris-pgwire/internal/sql/analyze"
	"iris-pgwire/internal/sql/eval"
)

// intervalForms are timestamp ± interval. They are lenient: beyond year 9999 PostgreSQL goes on.
func intervalForms() map[string]callForm {
	out := map[string]callForm{}
	for _, t := range []string{"date", "timestamp", "timestamptz"} {
		out[t+"_pl_interval"] = callForm{print: addInterval(0, 1), exact: lenient}
		out[t+"_mi_interval"] = callForm{print: addInterval(0, -1), exact: lenient}
		out["interval_pl_"+t] = callForm{print: addInterval(1, 1), exact: lenient}
	}
	return out
}

// addInterval adds an interval that is known without a row to a moment that varies: months, days and milliseconds one
// after the other, as PostgreSQL does (PostgreSQL docs, "Date/Time Functions and Operators"; DATEADD clamps to the end of
// the month as well). IRIS documents no smaller part of DATEADD for every version. A day of a timestamptz has 24 hours
// only where the session's zone is UTC.
func addInterval(moment int, sign int64) func(*Printer, *analyze.Call) (Fragment, error) {
	return func(p *Printer, n *analyze.Call) (Fragment, error) {
		x, by := n.Args[moment], n.Args[1-moment]
		if !rowless(by) || classOf(x.Type()) == timestamptzClass && !p.opts.utc() {
			return Fragment{}, p.refuse(n.Pos(), describe(n))
		}
		standIn := p.takeStandIn()
		f, err := p.callArgument(x, nil, n)
		if err != nil {
			return f, err
		}
		months, err := p.intervalPart(by, func(m, _, _ int64) (int64, bool) { return sign * m, true })
		if err != nil {
			return f, err
		}
		days, err := p.intervalPart(by, func(_, d, _ int64) (int64, bool) { return sign * d, true })
		if err != nil {
			return f, err
		}
		millis, err := p.intervalPart(by, func(_, _, us int64) (int64, bool) { return sign * us / 1000, us%1000 == 0 })
		if err != nil {
			return f, err
		}
		sum := fill("DATEADD('millisecond', @, DATEADD('day', @, DATEADD('month', @, @)))", millis, days, months, f)
		beyond, err := p.beyondYears(by, standIn, func(v iris.Value) (int64, error) {
			own, err := intervalSign(v)
			return sign * own, err
		})
		return fill("COALESCE(@, CASE WHEN @ IS NOT NULL THEN @ END)", sum, f, beyond), err
	}
}

// intervalPart is the argument for one part of an interval; ok false refuses the value.
func (p *Printer) intervalPart(e analyze.Expr, part func(months, days, micros int64) (n int64, ok bool)) (Fragment, error) {
	f, err := eval.Compile(e, noSlot)
	if err != nil {
		return Fragment{}, p.explain(e, err)
	}
	at := e.Pos()
	return argument(Arg{Type: pgtypes.Of(pgtypes.Int8), Eval: func(row []iris.Value, env *eval.Env) (iris.Value, error) {
		v, err := f(row, env)
		if err != nil || v.IsNull() {
			return v, err
		}
		months, days, micros, err := pgtypes.IntervalParts(v)
		if err != nil {
			return v, err
		}
		n, ok := part(months, days, micros)
		if !ok {
			return v, pgerr.NotBuilt(at, "an interval of fractions of a millisecond in a condition")
		}
		return iris.Int(n), nil
	}}), nil
}
