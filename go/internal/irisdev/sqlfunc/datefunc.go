package sqlfunc

import (
	"time"

	"iris-pgwire/internal/irisdev/irissql/sqltype"
	"iris-pgwire/internal/irisdev/value"
)

// dateFunctions take dates and times apart (IRIS docs, "DATEPART", "DAYOFWEEK", "WEEK" …). Weeks start on Sunday.
var dateFunctions = []Function{
	{Name: "DATE", Min: 1, Max: 1, Compile: momentFunc(dateType, func(m moment) (value.Value, error) {
		return value.Int(dayNumber(m)), nil
	})},
	{Name: "LAST_DAY", Min: 1, Max: 1, Compile: momentFunc(dateType, func(m moment) (value.Value, error) {
		return value.Int(dayNumber(time.Date(m.Year(), m.Month()+1, 0, 0, 0, 0, 0, time.UTC))), nil
	})},
	reader("YEAR", partYear), reader("QUARTER", partQuarter), reader("MONTH", partMonth), reader("WEEK", partWeek),
	reader("DAY", partDay), reader("DAYOFMONTH", partDay), reader("DAYOFWEEK", partWeekday), reader("DAYOFYEAR", partDayOfYear),
	reader("HOUR", partHour), reader("MINUTE", partMinute),
	{Name: "SECOND", Min: 1, Max: 1, Escape: MayEscape, Compile: momentFunc(numericOf(11, 9), func(m moment) (value.Value, error) {
		return value.Decimal(int64(m.Second())*1e9+int64(m.Nanosecond()), -9).Normal(), nil
	})},
	{Name: "DAYNAME", Min: 1, Max: 1, Escape: MayEscape, Compile: momentFunc(anyText, func(m moment) (value.Value, error) {
		return value.Text(m.Weekday().String()), nil
	})},
	{Name: "MONTHNAME", Min: 1, Max: 1, Escape: MayEscape, Compile: momentFunc(anyText, func(m moment) (value.Value, error) {
		return value.Text(m.Month().String()), nil
	})},
	{Name: "DATEPART", Min: 2, Max: 2, Part: true, Compile: datePart},
	{Name: "DATENAME", Min: 2, Max: 2, Part: true, Compile: dateName},
}

// momentFunc is a function of one date or time.
func momentFunc(t sqltype.Type, f func(m moment) (value.Value, error)) compileFunc {
	return func(_ Context, args []Arg) (Call, error) {
		return Call{Type: t, Collation: collationOf(t), Run: ofMoment(args[0].Type, f)}, nil
	}
}

func reader(name string, p part) Function {
	return Function{Name: name, Min: 1, Max: 1, Escape: MayEscape, Compile: momentFunc(integer, func(m moment) (value.Value, error) {
		return value.Int(partValue(m, p)), nil
	})}
}

// partValue is the number of a part; Sunday is weekday 1, and the week with January 1 is week 1.
func partValue(m moment, p part) int64 {
	switch p {
	case partYear:
		return int64(m.Year())
	case partQuarter:
		return int64(m.Month()-1)/3 + 1
	case partMonth:
		return int64(m.Month())
	case partWeek:
		first := time.Date(m.Year(), 1, 1, 0, 0, 0, 0, time.UTC)
		return int64(m.YearDay()-1+int(first.Weekday()))/7 + 1
	case partWeekday:
		return int64(m.Weekday()) + 1
	case partDay:
		return int64(m.Day())
	case partDayOfYear:
		return int64(m.YearDay())
	case partHour:
		return int64(m.Hour())
	case partMinute:
		return int64(m.Minute())
	case partSecond:
		return int64(m.Second())
	case partMilli:
		return int64(m.Nanosecond() / 1e6)
	}
	return int64(m.Nanosecond() / 1e3)
}

// datePart is DATEPART; SQLTIMESTAMP gives the whole time stamp instead of a number.
func datePart(c Context, args []Arg) (Call, error) {
	r, err := readPart("DATEPART", c, args[0], readParts, false)
	if err != nil {
		return Call{}, err
	}
	t := integer
	if r.known == partStamp {
		t = stampType
	}
	return Call{Type: t, Run: strict(func(word, x value.Value) (value.Value, error) {
		p, err := r.of(word)
		if err != nil {
			return value.Value{}, err
		}
		m, err := readMoment(x, args[1].Type)
		if err != nil {
			return value.Value{}, err
		}
		if p == partStamp {
			return stampText(m), nil
		}
		return value.Int(partValue(m, p)), nil
	})}, nil
}

// dateName is DATENAME: names of months and weekdays, digits otherwise.
func dateName(c Context, args []Arg) (Call, error) {
	r, err := readPart("DATENAME", c, args[0], nameParts, false)
	if err != nil {
		return Call{}, err
	}
	return Call{Type: anyText, Collation: sqltype.Exact, Run: strict(func(word, x value.Value) (value.Value, error) {
		p, err := r.of(word)
		if err != nil {
			return value.Value{}, err
		}
		m, err := readMoment(x, args[1].Type)
		if err != nil {
			return value.Value{}, err
		}
		switch p {
		case partMonth:
			return value.Text(m.Month().String()), nil
		case partWeekday:
			return value.Text(m.Weekday().String()), nil
		}
		return value.Text(value.Int(partValue(m, p)).Text()), nil
	})}, nil
}
