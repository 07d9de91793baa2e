package sqlfunc

import (
	"time"

	"iris-pgwire/internal/irisdev/irissql/sqltype"
	"iris-pgwire/internal/irisdev/sqlerr"
	"iris-pgwire/internal/irisdev/value"
)

// dateMathFunctions add to dates, count between them and cut them (IRIS docs, "DATEADD", "DATEDIFF", "TIMESTAMPADD" …).
var dateMathFunctions = []Function{
	{Name: "DATEADD", Min: 3, Max: 3, Part: true, Params: types(unknown, integer, unknown), Compile: dateAdd},
	{Name: "DATEDIFF", Min: 3, Max: 3, Part: true, Compile: dateDiff},
	{Name: "DATE_TRUNC", Min: 2, Max: 2, Part: true, Compile: dateTrunc},
	{Name: "TIMESTAMPADD", Min: 2, Max: 2, Escape: MustEscape, Word: true, Params: types(integer, unknown), Compile: timestampAdd},
	{Name: "TIMESTAMPDIFF", Min: 2, Max: 2, Escape: MustEscape, Word: true, Compile: timestampDiff},
}

func dateAdd(c Context, args []Arg) (Call, error) {
	r, err := readPart("DATEADD", c, args[0], addParts, true)
	if err != nil {
		return Call{}, err
	}
	return Call{Type: stampType, Run: notNull(func(a []value.Value) (value.Value, error) {
		p, err := r.of(a[0])
		if err != nil {
			return value.Value{}, err
		}
		return added(p, a[1], a[2], args[2].Type)
	})}, nil
}

// added is a time stamp n parts later; outside of years 1 to 9999 it is NULL.
func added(p part, n, x value.Value, t sqltype.Type) (value.Value, error) {
	m, err := readMoment(x, t)
	if err != nil {
		return value.Value{}, err
	}
	m, ok := addPart(m, p, int64(whole(n)))
	if !ok {
		return null()
	}
	return stampText(m), nil
}

// units are the lengths of the parts that always have one.
var units = map[part]time.Duration{partHour: time.Hour, partMinute: time.Minute, partSecond: time.Second,
	partMilli: time.Millisecond, partMicro: time.Microsecond}

// months are the parts that are counted in months, days those counted in days.
var (
	months = map[part]int64{partYear: 12, partQuarter: 3, partMonth: 1}
	days   = map[part]int64{partWeek: 7, partWeekday: 1, partDay: 1, partDayOfYear: 1}
)

// maxSteps bounds what can be added before any result is out of range: microseconds in 10,000 years.
const maxSteps = 10000 * 366 * 86400 * 1000000

func addPart(m moment, p part, n int64) (moment, bool) {
	if k, ok := months[p]; ok {
		return addMonths(m, n, k)
	}
	if k, ok := days[p]; ok {
		if n > 4e6 || n < -4e6 {
			return m, false
		}
		m = m.AddDate(0, 0, int(n*k))
		return m, inRange(m)
	}
	unit := units[p]
	if limit := maxSteps / int64(unit/time.Microsecond); n > limit || n < -limit {
		return m, false
	}
	perSecond := int64(time.Second / max(unit, 1))
	if unit > time.Second {
		m = time.Unix(m.Unix()+n*int64(unit/time.Second), int64(m.Nanosecond())).UTC()
		return m, inRange(m)
	}
	m = time.Unix(m.Unix()+n/perSecond, int64(m.Nanosecond())+n%perSecond*int64(unit)).UTC()
	return m, inRange(m)
}

// addMonths keeps the day of the month, or takes the month's last one.
func addMonths(m moment, n, k int64) (moment, bool) {
	if n > 120000 || n < -120000 {
		return m, false
	}
	total := int64(m.Year())*12 + int64(m.Month()) - 1 + n*k
	year, month := int(floorDiv(total, 12)), time.Month(total-floorDiv(total, 12)*12+1)
	last := time.Date(year, month+1, 0, 0, 0, 0, 0, time.UTC).Day()
	m = time.Date(year, month, min(m.Day(), last), m.Hour(), m.Minute(), m.Second(), m.Nanosecond(), time.UTC)
	return m, inRange(m)
}

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b != 0 && (a < 0) != (b < 0) {
		q--
	}
	return q
}

func dateDiff(c Context, args []Arg) (Call, error) {
	r, err := readPart("DATEDIFF", c, args[0], diffParts, true)
	if err != nil {
		return Call{}, err
	}
	return Call{Type: integer, Run: notNull(func(a []value.Value) (value.Value, error) {
		p, err := r.of(a[0])
		if err != nil {
			return value.Value{}, err
		}
		return difference(p, a[1], a[2], args[1].Type, args[2].Type)
	})}, nil
}

// difference counts the part boundaries from x to y.
func difference(p part, x, y value.Value, tx, ty sqltype.Type) (value.Value, error) {
	from, err := readMoment(x, tx)
	if err != nil {
		return value.Value{}, err
	}
	to, err := readMoment(y, ty)
	if err != nil {
		return value.Value{}, err
	}
	return value.Int(boundary(to, p) - boundary(from, p)), nil
}

// boundary numbers the parts, so that the difference of two numbers is the boundaries between them. Day 0 was a Thursday,
// and weeks begin on Sunday.
func boundary(m moment, p part) int64 {
	if k, ok := months[p]; ok {
		return floorDiv(int64(m.Year())*12+int64(m.Month())-1, k)
	}
	switch p {
	case partWeek:
		return floorDiv(dayNumber(m)+4, 7)
	case partHour, partMinute, partSecond:
		return floorDiv(m.Unix(), int64(units[p]/time.Second))
	case partMilli:
		return m.UnixMilli()
	case partMicro:
		return m.UnixMicro()
	}
	return dayNumber(m)
}

func dateTrunc(c Context, args []Arg) (Call, error) {
	r, err := readPart("DATE_TRUNC", c, args[0], truncParts, false)
	if err != nil {
		return Call{}, err
	}
	return Call{Type: stampType, Run: strict(func(word, x value.Value) (value.Value, error) {
		p, err := r.of(word)
		if err != nil {
			return value.Value{}, err
		}
		m, err := readMoment(x, args[1].Type)
		if err != nil {
			return value.Value{}, err
		}
		m = truncated(m, p)
		if !inRange(m) {
			return null()
		}
		return stampText(m), nil
	})}, nil
}

func truncated(m moment, p part) moment {
	midnight := func(year int, month time.Month, day int) moment {
		return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
	}
	switch p {
	case partYear:
		return midnight(m.Year(), 1, 1)
	case partQuarter:
		return midnight(m.Year(), (m.Month()-1)/3*3+1, 1)
	case partMonth:
		return midnight(m.Year(), m.Month(), 1)
	case partWeek:
		return midnight(m.Year(), m.Month(), m.Day()-int(m.Weekday()))
	case partWeekday, partDay:
		return midnight(m.Year(), m.Month(), m.Day())
	case partNano:
		return m
	}
	return m.Truncate(units[p])
}

// intervals are the keywords of TIMESTAMPADD and TIMESTAMPDIFF.
var intervals = map[string]part{
	"SQL_TSI_FRAC_SECOND": partMilli, "SQL_TSI_SECOND": partSecond, "SQL_TSI_MINUTE": partMinute, "SQL_TSI_HOUR": partHour,
	"SQL_TSI_DAY": partDay, "SQL_TSI_WEEK": partWeek, "SQL_TSI_MONTH": partMonth, "SQL_TSI_QUARTER": partQuarter, "SQL_TSI_YEAR": partYear,
}

func interval(c Context) (part, error) {
	p, ok := intervals[c.Word]
	if !ok {
		return noPart, sqlerr.New(-8, "Invalid interval type '%.50s'", c.Word)
	}
	return p, nil
}

func timestampAdd(c Context, args []Arg) (Call, error) {
	p, err := interval(c)
	return Call{Type: stampType, Run: strict(func(n, x value.Value) (value.Value, error) { return added(p, n, x, args[1].Type) })}, err
}

func timestampDiff(c Context, args []Arg) (Call, error) {
	p, err := interval(c)
	return Call{Type: integer, Run: strict(func(x, y value.Value) (value.Value, error) {
		return difference(p, x, y, args[0].Type, args[1].Type)
	})}, err
}
