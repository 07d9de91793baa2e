package pgfunc

import (
	"cmp"
	"math"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/pgtypes"
)

const (
	microsPerSecond = pgtypes.MicrosPerSecond
	microsPerDay    = pgtypes.MicrosPerDay
	microsPerHour   = 3600 * microsPerSecond
	daysPerMonth    = 30 // PostgreSQL's, where a month must be a number of days
)

// span is an interval's three independent parts.
type span struct{ months, days, micros int64 }

func spanOf(v iris.Value) (span, error) {
	months, days, micros, err := pgtypes.IntervalParts(v)
	return span{months, days, micros}, err
}

func (s span) value() (iris.Value, error) { return pgtypes.IntervalValue(s.months, s.days, s.micros) }

// compare counts a month as 30 days of 24 hours.
func (s span) compare(o span) int {
	a, b := s.flat(), o.flat()
	if n := cmp.Compare(a.days, b.days); n != 0 {
		return n
	}
	return cmp.Compare(a.micros, b.micros)
}

func (s span) flat() span {
	return span{days: s.months*daysPerMonth + s.days + dayOf(s.micros), micros: clockOf(s.micros)}
}

func (s span) negative() span { return span{-s.months, -s.days, -s.micros} }

func intervalRange() error {
	return pgerr.New(pgerr.DatetimeFieldOverflow, "interval out of range")
}

// plus adds part by part.
func (s span) plus(o span) (span, error) {
	sum := s.micros + o.micros
	if (s.micros^sum)&(o.micros^sum) < 0 {
		return s, intervalRange()
	}
	return span{s.months + o.months, s.days + o.days, sum}, nil
}

// intervalFamily has the arithmetic of intervals (PostgreSQL docs, 9.9).
func intervalFamily(t table) {
	two := func(id string, f func(a, b span) (span, error)) {
		t.strict(id, func(_ *Context, a []iris.Value) (iris.Value, error) {
			x, err := spanOf(a[0])
			if err != nil {
				return iris.Null(), err
			}
			y, err := spanOf(a[1])
			if err != nil {
				return iris.Null(), err
			}
			z, err := f(x, y)
			if err != nil {
				return iris.Null(), err
			}
			return z.value()
		})
	}
	two("interval_pl", span.plus)
	two("interval_mi", func(a, b span) (span, error) { return a.plus(b.negative()) })
	one := func(id string, f func(span) span) {
		t.strict(id, func(_ *Context, a []iris.Value) (iris.Value, error) {
			s, err := spanOf(a[0])
			if err != nil {
				return iris.Null(), err
			}
			return f(s).value()
		})
	}
	one("interval_um", span.negative)
	one("justify_hours", justifyHours)
	one("justify_days", justifyDays)
	one("justify_interval", justifyInterval)
	t.strict("isfinite(interval)", func(*Context, []iris.Value) (iris.Value, error) { return boolResult(true) })
	t.strict("interval_mul", func(_ *Context, a []iris.Value) (iris.Value, error) { return scaleSpan(a[0], floatArg(a[1]), false) })
	t.strict("mul_d_interval", func(_ *Context, a []iris.Value) (iris.Value, error) { return scaleSpan(a[1], floatArg(a[0]), false) })
	t.strict("interval_div", func(_ *Context, a []iris.Value) (iris.Value, error) {
		if floatArg(a[1]) == 0 {
			return iris.Null(), divisionByZero()
		}
		return scaleSpan(a[0], floatArg(a[1]), true)
	})
}

// scaleSpan multiplies or divides; fractions of months become days of a 30-day month, fractions of days become time
// (PostgreSQL's interval_mul and interval_div).
func scaleSpan(v iris.Value, factor float64, divide bool) (iris.Value, error) {
	s, err := spanOf(v)
	if err != nil {
		return iris.Null(), err
	}
	scale := func(n int64) float64 {
		if divide {
			return float64(n) / factor
		}
		return float64(n) * factor
	}
	months, days := scale(s.months), scale(s.days)
	if math.IsNaN(months) || math.Abs(months) > math.MaxInt32 || math.Abs(days) > math.MaxInt32 {
		return iris.Null(), intervalRange()
	}
	out := span{months: int64(months), days: int64(days)}
	// The rest of the months in days, and the rest of both in seconds, rounded to microseconds.
	monthDays := roundMicro((months - float64(out.months)) * daysPerMonth)
	seconds := roundMicro((days - float64(out.days) + monthDays - float64(int64(monthDays))) * 86400)
	if math.Abs(seconds) >= 86400 {
		whole := int64(seconds / 86400)
		out.days += whole
		seconds -= float64(whole * 86400)
	}
	out.days += int64(monthDays)
	micros := math.RoundToEven(scale(s.micros) + seconds*microsPerSecond)
	if math.IsNaN(micros) || math.Abs(micros) >= 1<<63 {
		return iris.Null(), intervalRange()
	}
	out.micros = int64(micros)
	return out.value()
}

func roundMicro(f float64) float64 { return math.RoundToEven(f*1e6) / 1e6 }

// move takes whole units out of low into high.
func move(high, low *int64, unit int64) {
	n := *low / unit
	*high += n
	*low -= n * unit
}

// agree gives the two parts the same sign.
func agree(high, low *int64, unit int64) {
	switch {
	case *high > 0 && *low < 0:
		*low += unit
		*high--
	case *high < 0 && *low > 0:
		*low -= unit
		*high++
	}
}

func justifyHours(s span) span {
	move(&s.days, &s.micros, microsPerDay)
	agree(&s.days, &s.micros, microsPerDay)
	return s
}

func justifyDays(s span) span {
	move(&s.months, &s.days, daysPerMonth)
	agree(&s.months, &s.days, daysPerMonth)
	return s
}

func justifyInterval(s span) span {
	move(&s.days, &s.micros, microsPerDay)
	move(&s.months, &s.days, daysPerMonth)
	switch {
	case s.months > 0 && (s.days < 0 || s.days == 0 && s.micros < 0):
		s.days += daysPerMonth
		s.months--
	case s.months < 0 && (s.days > 0 || s.days == 0 && s.micros > 0):
		s.days -= daysPerMonth
		s.months++
	}
	agree(&s.days, &s.micros, microsPerDay)
	return s
}
