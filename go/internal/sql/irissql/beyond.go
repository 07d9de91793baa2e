package irissql

import (
	"strings"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/pgtypes"
	"iris-pgwire/internal/sql/analyze"
	"iris-pgwire/internal/sql/eval"
)

// DATEADD is NULL beyond years 1 to 9999 (IRIS docs, "DATEADD"), where PostgreSQL has a value. A row must not be lost or
// changed for that: the sum is compared as the end of those years if it is beside a value that is not an end itself, and
// anywhere else IRIS is made to fail.

// The ends of what IRIS holds.
const (
	firstDay = "0001-01-01"
	lastDay  = "9999-12-31"
)

// addDays prints date ± integer. DATEADD gives a timestamp whatever it gets (IRIS docs, "DATEADD").
func addDays(date int, sign int64) func(*Printer, *analyze.Call) (Fragment, error) {
	return func(p *Printer, n *analyze.Call) (Fragment, error) {
		standIn := p.takeStandIn()
		x, by := n.Args[date], n.Args[1-date]
		d, err := p.callArgument(x, nil, n)
		if err != nil {
			return d, err
		}
		days, err := p.value(by)
		if err != nil {
			return d, err
		}
		both := fill("@ IS NOT NULL", d)
		if !rowless(by) {
			both = fill("@ IS NOT NULL AND @ IS NOT NULL", d, days)
		}
		if sign < 0 {
			days = fill("(- @)", days)
		}
		var beyond Fragment
		if standIn && !rowless(by) {
			beyond = toDate(fill("CASE WHEN @ < 0 THEN @ ELSE @ END", days, dayText(firstDay), dayText(lastDay)))
		} else if beyond, err = p.beyondYears(by, standIn, func(v iris.Value) (int64, error) {
			i, _ := v.Int64()
			return sign * i, nil
		}); err != nil {
			return d, err
		}
		return fill("CAST(COALESCE(DATEADD('day', @, @), CASE WHEN @ THEN @ END) AS DATE)", days, d, both, beyond), nil
	}
}

func dayText(day string) Fragment {
	return argument(Arg{Type: pgtypes.Of(pgtypes.Text), Const: iris.Text(day)})
}

// toDate prints a text as a timestamp, with a failure if it is no date.
func toDate(f Fragment) Fragment { return fill("CAST(TO_DATE(@, 'YYYY-MM-DD') AS TIMESTAMP)", f) }

// takeStandIn reports whether the sum that is printed may be replaced by an end of the years, and that what is inside may not.
func (p *Printer) takeStandIn() bool {
	standIn := p.endStandsIn
	p.endStandsIn = false
	return standIn
}

// beyondYears prints what a sum beyond the years is: with standIn the end that it is beyond of, else a failure of TO_DATE, which
// reads nothing that is no date (IRIS docs, "TO_DATE"). by is what is added and direction its sign, 0 when it has several.
func (p *Printer) beyondYears(by analyze.Expr, standIn bool, direction func(iris.Value) (int64, error)) (Fragment, error) {
	a := Arg{Type: pgtypes.Of(pgtypes.Text), Const: iris.Text(iris.BeyondYears)}
	if rowless(by) {
		f, err := eval.Compile(by, noSlot)
		if err != nil {
			return Fragment{}, p.explain(by, err)
		}
		a.Const, a.Eval = iris.Null(), func(row []iris.Value, env *eval.Env) (iris.Value, error) {
			v, err := f(row, env)
			if err != nil || v.IsNull() {
				return iris.Null(), err
			}
			sign, err := direction(v)
			switch {
			case !standIn || sign == 0:
				return iris.Text(iris.BeyondYears), err
			case sign < 0:
				return iris.Text(firstDay), err
			}
			return iris.Text(lastDay), err
		}
	}
	return toDate(argument(a)), nil
}

// intervalSign is the sign of an interval whose parts have the same one.
func intervalSign(v iris.Value) (int64, error) {
	months, days, micros, err := pgtypes.IntervalParts(v)
	switch {
	case months >= 0 && days >= 0 && micros >= 0:
		return 1, err
	case months <= 0 && days <= 0 && micros <= 0:
		return -1, err
	}
	return 0, err
}

// isSum reports date or timestamp arithmetic that may leave the years.
func isSum(e analyze.Expr) bool {
	n, ok := bare(e).(*analyze.Call)
	return ok && sums[n.Func.ID]
}

var sums = map[string]bool{
	"date_pli": true, "integer_pl_date": true, "date_mii": true,
	"date_pl_interval": true, "date_mi_interval": true, "interval_pl_date": true,
	"timestamp_pl_interval": true, "timestamp_mi_interval": true, "interval_pl_timestamp": true,
	"timestamptz_pl_interval": true, "timestamptz_mi_interval": true, "interval_pl_timestamptz": true,
}

// noEnd refuses an end of the years beside a sum that an end may stand for.
func noEnd(e analyze.Expr) Check {
	at := e.Pos()
	return func(v iris.Value) (iris.Value, error) {
		if day, _, _ := strings.Cut(v.String(), " "); day == firstDay || day == lastDay {
			return v, pgerr.NotBuilt(at, "comparing computed dates with "+v.String()+", an end of what IRIS holds,")
		}
		return v, nil
	}
}
