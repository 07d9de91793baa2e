package sqlfunc

import (
	"strings"

	"iris-pgwire/internal/irisdev/irissql/sqltype"
	"iris-pgwire/internal/irisdev/sqlerr"
	"iris-pgwire/internal/irisdev/value"
)

// Cast compiles CAST(x AS t). It is lenient as IRIS is: what is no number is 0, what is no date is day 0, and text is
// cut to the length without a word (IRIS docs, "CAST").
func Cast(x Arg, t sqltype.Type) Call {
	c := Call{Type: t, Collation: collationOf(t)}
	from := x.Type
	switch {
	case t.Kind == sqltype.VarChar || t.Kind == sqltype.GUID:
		c.Run = one(func(v value.Value) (value.Value, error) { return text(firstChars(shown(v, from), t.Length)) })
	case t.Kind == sqltype.VarBinary:
		c.Run = one(func(v value.Value) (value.Value, error) { return text(firstChars(v.Text(), t.Length)) })
	case t.Kind == sqltype.Bit:
		c.Run = one(castBit)
	case t.IsInteger():
		c.Run = one(func(v value.Value) (value.Value, error) { return castInteger(v, from, t) })
	case t.Kind == sqltype.Numeric:
		c.Run = one(func(v value.Value) (value.Value, error) { return castNumeric(v, from, t) })
	case t.Kind == sqltype.Double:
		c.Run = one(func(v value.Value) (value.Value, error) { return value.Float(number(v, from).Approx()), nil })
	default:
		c.Run = one(func(v value.Value) (value.Value, error) { return castMoment(v, from, t) })
	}
	return c
}

func collationOf(t sqltype.Type) sqltype.Collation {
	if t.IsText() {
		return sqltype.Exact
	}
	return sqltype.NoCollation
}

// shown is the text that CAST to a string type gives: ODBC form of dates, canonical numbers.
func shown(v value.Value, from sqltype.Type) string {
	if s, ok := ODBCText(v, from); ok {
		return s
	}
	return v.Text()
}

// ODBCText is the ODBC form of a date or time value; ok is false for other types.
func ODBCText(v value.Value, t sqltype.Type) (string, bool) {
	switch t.Kind {
	case sqltype.Date:
		n, _ := v.Integer()
		return value.FormatDate(int(n))
	case sqltype.Time:
		return value.FormatTime(v)
	case sqltype.PosixTime:
		micros, ok := value.Micros(v)
		if !ok {
			return "", false
		}
		return value.FormatTimestamp(micros)
	}
	return "", false
}

// number is the number that a value counts as: dates by day, timestamps by their encoding, text by its prefix.
func number(v value.Value, from sqltype.Type) value.Value {
	if from.Kind == sqltype.VarChar || from.Kind == sqltype.Unknown {
		n, _ := value.ParseNumber(strings.TrimLeft(v.Text(), " "))
		return n
	}
	return v.Number()
}

func castBit(v value.Value) (value.Value, error) {
	if s := v.Text(); v.Kind() == value.String && strings.EqualFold(s, "true") {
		return value.Int(1), nil
	}
	if value.CompareNumbers(v, value.Int(0)) != 0 {
		return value.Int(1), nil
	}
	return value.Int(0), nil
}

// integerLimits are the ranges that CAST checks; beyond them IRIS reports an illegal value.
var integerLimits = map[sqltype.Kind]int64{
	sqltype.TinyInt: 1 << 7, sqltype.SmallInt: 1 << 15, sqltype.Integer: 1 << 31,
}

func castInteger(v value.Value, from, t sqltype.Type) (value.Value, error) {
	n, ok := round(number(v, from), 0, false).Integer()
	limit := integerLimits[t.Kind]
	if !ok || limit != 0 && (n >= limit || n < -limit) {
		return value.Value{}, sqlerr.New(-400, "Unexpected error occurred: <ILLEGAL VALUE> CAST of %.50s to %s", v.Text(), t.Name())
	}
	return value.Int(n), nil
}

func castNumeric(v value.Value, from, t sqltype.Type) (value.Value, error) {
	n := number(v, from)
	if n.Kind() == value.Double {
		n = n.Decimal()
	}
	return round(n, t.Scale, false), nil
}

// castMoment makes a date, time or timestamp; invalid input is the value 0 of the type.
func castMoment(v value.Value, from, t sqltype.Type) (value.Value, error) {
	m, ok := toMoment(v, from)
	if ok {
		if from.Kind == sqltype.Date && t.Kind == sqltype.Time {
			m = base
		}
		if got, ok := fromMoment(m, t); ok {
			return got, nil
		}
	}
	zero, _ := fromMoment(base, t)
	return zero, nil
}
