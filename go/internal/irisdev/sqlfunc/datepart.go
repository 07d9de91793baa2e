package sqlfunc

import (
	"strings"

	"iris-pgwire/internal/irisdev/irissql"
	"iris-pgwire/internal/irisdev/irissql/sqltype"
	"iris-pgwire/internal/irisdev/sqlerr"
	"iris-pgwire/internal/irisdev/value"
)

// part is a part of a date or time.
type part uint8

const (
	noPart part = iota
	partYear
	partQuarter
	partMonth
	partWeek
	partWeekday
	partDay
	partDayOfYear
	partHour
	partMinute
	partSecond
	partMilli
	partMicro
	partNano
	partStamp
)

// partNames are the spellings of date parts (IRIS docs, "DATEPART").
var partNames = map[string]part{
	"year": partYear, "yyyy": partYear, "yy": partYear, "quarter": partQuarter, "qq": partQuarter, "q": partQuarter,
	"month": partMonth, "mm": partMonth, "m": partMonth, "week": partWeek, "wk": partWeek, "ww": partWeek,
	"weekday": partWeekday, "dw": partWeekday, "day": partDay, "dd": partDay, "d": partDay,
	"dayofyear": partDayOfYear, "dy": partDayOfYear, "y": partDayOfYear, "hour": partHour, "hh": partHour,
	"minute": partMinute, "mi": partMinute, "n": partMinute, "second": partSecond, "ss": partSecond, "s": partSecond,
	"millisecond": partMilli, "ms": partMilli, "microsecond": partMicro, "mcs": partMicro,
	"nanosecond": partNano, "ns": partNano, "sqltimestamp": partStamp, "sts": partStamp,
}

// partSet says which parts a function knows.
type partSet map[part]bool

func partsOf(list ...part) partSet {
	s := partSet{}
	for _, p := range list {
		s[p] = true
	}
	return s
}

// The parts of each function. DATEDIFF counts no quarters or days of the year.
var (
	addParts = partsOf(partYear, partQuarter, partMonth, partWeek, partWeekday, partDay, partDayOfYear, partHour, partMinute,
		partSecond, partMilli, partMicro)
	diffParts  = partsOf(partYear, partMonth, partWeek, partWeekday, partDay, partHour, partMinute, partSecond, partMilli, partMicro)
	readParts  = partsOf(partYear, partQuarter, partMonth, partWeek, partWeekday, partDay, partDayOfYear, partHour, partMinute, partSecond, partMilli, partMicro, partStamp)
	nameParts  = partsOf(partYear, partQuarter, partMonth, partWeek, partWeekday, partDay, partDayOfYear, partHour, partMinute, partSecond, partMilli)
	truncParts = partsOf(partYear, partQuarter, partMonth, partWeek, partWeekday, partDay, partHour, partMinute, partSecond,
		partMilli, partMicro, partNano)
)

// microseconds in DATEADD and DATEDIFF are first used with this release.
var microVersion = irissql.Version{Major: 2025, Minor: 3}

// partReader gives a call's date part: of a literal when it is compiled, else of the first argument of each row.
type partReader struct {
	known   part
	allowed partSet
	name    string
	micro   bool
}

// readPart checks a literal part (-8). gated functions know microseconds only on newer servers.
func readPart(name string, c Context, a Arg, allowed partSet, gated bool) (*partReader, error) {
	r := &partReader{allowed: allowed, name: name, micro: !gated || c.Version.AtLeast(microVersion)}
	if !a.Literal {
		return r, nil
	}
	p, ok := r.find(a.Constant.Text())
	if !ok {
		return nil, sqlerr.New(-8, "Invalid datepart code '%.50s' in %s", a.Constant.Text(), name)
	}
	r.known = p
	return r, nil
}

func (r *partReader) find(word string) (part, bool) {
	p, ok := partNames[strings.ToLower(strings.TrimSpace(word))]
	return p, ok && r.allowed[p] && (p != partMicro || r.micro)
}

// of gives the part of a row's call; a bad one is an illegal value.
func (r *partReader) of(v value.Value) (part, error) {
	if r.known != noPart {
		return r.known, nil
	}
	p, ok := r.find(v.Text())
	if !ok {
		return noPart, illegal("datepart '%.50s' in %s", v.Text(), r.name)
	}
	return p, nil
}

// moments reads date arguments; what is no date is an illegal value.
func readMoment(v value.Value, t sqltype.Type) (moment, error) {
	m, ok := toMoment(v, t)
	if !ok {
		return m, illegal("'%.50s' is not a valid date or time", v.Text())
	}
	return m, nil
}

// ofMoment lifts a function of a moment to one over an argument of a type.
func ofMoment(t sqltype.Type, f func(m moment) (value.Value, error)) Impl {
	return one(func(v value.Value) (value.Value, error) {
		m, err := readMoment(v, t)
		if err != nil {
			return value.Value{}, err
		}
		return f(m)
	})
}

func numericOf(precision, scale int) sqltype.Type {
	return sqltype.Type{Kind: sqltype.Numeric, Precision: precision, Scale: scale}
}
