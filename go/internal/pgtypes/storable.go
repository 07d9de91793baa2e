package pgtypes

import (
	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgerr"
)

// Storable checks that IRIS can hold a canonical value of the type: dates from year 1 to 9999 and nothing infinite
// (22008), numbers that are numbers (22003), bytes that IRIS does not take for the empty string. It says nothing of a
// column's precision: FitsNumeric does.
func Storable(t Type, v iris.Value) error {
	if v.IsNull() {
		return nil
	}
	switch t.OID {
	case Date:
		days, err := dayValue(t, v)
		if err != nil || days < int64(civilDay(1, 1, 1)) || days > int64(civilDay(9999, 12, 31)) {
			return notHeld("date", v)
		}
	case Timestamp, Timestamptz:
		micros, err := stampValue(t, v)
		if err != nil || micros < int64(civilDay(1, 1, 1))*microsPerDay || micros >= int64(civilDay(10000, 1, 1))*microsPerDay {
			return notHeld(byOID[t.OID].SQLName, v)
		}
	case Time:
		micros, err := clockValue(t, v)
		if err != nil || micros >= microsPerDay {
			return notHeld("time", v)
		}
	case Numeric:
		if d, err := digitsOf(t, v); err != nil || d.special != "" {
			return pgerr.New(pgerr.NumericValueOutOfRange, "IRIS cannot store the numeric value %s", v.String())
		}
	case Bytea:
		if b := v.Raw(); len(b) == 1 && b[0] == 0 {
			return pgerr.New(pgerr.FeatureNotSupported, "IRIS cannot store a bytea of exactly one zero byte").
				WithDetail("IRIS keeps the empty string as one zero byte, so the two cannot be told apart.").
				WithHint("A column of IRIS's type LONGVARBINARY holds it.")
		}
	}
	return nil
}

func notHeld(name string, v iris.Value) error {
	return pgerr.New(pgerr.DatetimeFieldOverflow, "%s out of range: \"%s\"", name, v.String()).
		WithDetail("IRIS stores dates from 0001-01-01 to 9999-12-31 and times before 24:00:00.")
}

// WithoutZeros drops zeros behind the point that a number has beyond a scale: they would make it longer than IRIS's 18
// digits, and mean nothing in a column.
func WithoutZeros(v iris.Value, scale int) iris.Value {
	d, err := digitsOf(Of(Numeric), v)
	if err != nil || d.special != "" || d.scale <= scale {
		return v
	}
	for d.scale > scale && len(d.coef) > 0 && d.coef[len(d.coef)-1] == '0' {
		d.coef, d.scale = d.coef[:len(d.coef)-1], d.scale-1
	}
	if len(d.coef) == 0 {
		d.scale = scale
	}
	return d.value()
}

// FitsNumeric reports whether a numeric value goes into NUMERIC(p,s) of IRIS without a change.
func FitsNumeric(v iris.Value, p, s int) bool {
	d, err := digitsOf(Of(Numeric), v)
	if err != nil || d.special != "" {
		return false
	}
	for d.scale > s && len(d.coef) > 0 && d.coef[len(d.coef)-1] == '0' {
		d.coef, d.scale = d.coef[:len(d.coef)-1], d.scale-1
	}
	return len(d.coef) == 0 || d.scale <= s && len(d.coef)-d.scale <= p-s
}
