package sqlfunc

import (
	"strings"

	"iris-pgwire/internal/irisdev/irissql/sqltype"
	"iris-pgwire/internal/irisdev/sqlerr"
	"iris-pgwire/internal/irisdev/value"
)

// FromClient converts a value that a client sent, or a literal, to the logical form of the type that its place has: the
// ODBC form of dates, times, timestamps and vectors, numbers from text. It fails with -146 for a date or timestamp and
// -147 for a time that cannot be; in INSERT and UPDATE the caller reports -104 or -105 instead.
func FromClient(v value.Value, t sqltype.Type) (value.Value, error) {
	if v.IsNull() {
		return v, nil
	}
	switch t.Kind {
	case sqltype.Date, sqltype.Time, sqltype.PosixTime, sqltype.TimeStamp:
		return clientMoment(v, t)
	case sqltype.Vector:
		if v.Kind() == value.String {
			return ParseVector(v.Raw(), t.Element, 0)
		}
		return v, nil
	case sqltype.Bit, sqltype.TinyInt, sqltype.SmallInt, sqltype.Integer, sqltype.BigInt, sqltype.Numeric:
		return clientNumber(v)
	case sqltype.Double:
		n, err := clientNumber(v)
		return n.Double(), err
	}
	return v, nil
}

// clientNumber reads a number; JDBC's true and false count as 1 and 0.
func clientNumber(v value.Value) (value.Value, error) {
	if v.Kind() != value.String {
		return v.Number(), nil
	}
	s := strings.TrimSpace(v.Raw())
	switch {
	case strings.EqualFold(s, "true"):
		return value.Int(1), nil
	case strings.EqualFold(s, "false"):
		return value.Int(0), nil
	}
	n, rest := value.ParseNumber(s)
	if rest != 0 || s == "" {
		return v, sqlerr.New(-104, "Value '%.100s' is not a number", v.Raw())
	}
	return n, nil
}

// clientMoment reads the ODBC form; numbers are taken as the logical value.
func clientMoment(v value.Value, t sqltype.Type) (value.Value, error) {
	if v.Kind() != value.String {
		if t.Kind == sqltype.TimeStamp {
			return value.Text(v.Text()), nil
		}
		return v.Number(), nil
	}
	s := strings.TrimSpace(v.Raw())
	if t.Kind == sqltype.Time {
		if got, ok := value.ParseTime(clockPart(s)); ok {
			return got, nil
		}
		return v, sqlerr.New(-147, "Unable to convert time input '%.50s' to a valid logical time value", v.Raw())
	}
	if n, rest := value.ParseNumber(s); rest == 0 && s != "" && t.Kind != sqltype.TimeStamp && !strings.Contains(s[1:], "-") {
		return n, nil
	}
	micros, ok := value.ParseTimestamp(s)
	if !ok {
		return v, sqlerr.New(-146, "Unable to convert date input '%.50s' to a valid logical date value", v.Raw())
	}
	if t.Kind == sqltype.PosixTime {
		got, _ := value.Posix(micros)
		return got, nil
	}
	m, _ := parseMoment(s)
	got, _ := fromMoment(m, t)
	return got, nil
}

// clockPart is the time behind a date, which drivers send with a java.sql.Time or a timestamp.
func clockPart(s string) string {
	if i := strings.IndexAny(s, " T"); i >= 8 {
		return s[i+1:]
	}
	return s
}
