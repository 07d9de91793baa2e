package sqlfunc

import (
	"strings"
	"time"

	"iris-pgwire/internal/irisdev/irissql/sqltype"
	"iris-pgwire/internal/irisdev/value"
)

// moment is a date with a time of day, as the date functions compute with it: without a zone, kept as UTC.
type moment = time.Time

// base is day 0: 1840-12-31.
var base = time.Date(1840, 12, 31, 0, 0, 0, 0, time.UTC)

// layout is the text of a %TimeStamp.
const layout = "2006-01-02 15:04:05.999999999"

// dayMoment is midnight of a day number; ok is false outside years 1 to 9999.
func dayMoment(day int64) (moment, bool) {
	if day < value.MinDay || day > value.MaxDay {
		return moment{}, false
	}
	return base.AddDate(0, 0, int(day)), true
}

// dayNumber counts days from 1840-12-31.
func dayNumber(m moment) int64 {
	d := time.Date(m.Year(), m.Month(), m.Day(), 0, 0, 0, 0, time.UTC)
	return (d.Unix() - base.Unix()) / 86400
}

// toMoment reads a value of a type as a moment: days, encoded microseconds, seconds of the day on day 0, or text.
func toMoment(v value.Value, t sqltype.Type) (moment, bool) {
	switch t.Kind {
	case sqltype.Date:
		n, ok := v.Integer()
		if !ok {
			return moment{}, false
		}
		return dayMoment(n)
	case sqltype.PosixTime:
		micros, ok := value.Micros(v)
		return time.UnixMicro(micros).UTC(), ok
	case sqltype.Time:
		return base.Add(seconds(v)), true
	}
	if v.Kind() == value.String {
		return parseMoment(v.Raw())
	}
	n, ok := v.Integer()
	if !ok {
		return moment{}, false
	}
	if n >= 1<<60 || n < -1<<60 {
		micros, ok := value.Micros(v)
		return time.UnixMicro(micros).UTC(), ok
	}
	return dayMoment(n)
}

// seconds turns seconds since midnight into a duration.
func seconds(v value.Value) time.Duration {
	n, _ := value.Multiply(v.Number().DecimalOf(15), value.Int(1e9)).Integer()
	return time.Duration(n)
}

// parseMoment reads ODBC text, $HOROLOG's days,seconds, a time alone, and the US forms that IRIS takes.
func parseMoment(s string) (moment, bool) {
	s = strings.TrimSpace(s)
	if micros, ok := value.ParseTimestamp(s); ok && len(s) >= 8 {
		m := time.UnixMicro(micros).UTC()
		return m.Add(subMicros(s)), true
	}
	if day, secs, ok := strings.Cut(s, ","); ok {
		d, rest := value.ParseNumber(day)
		t, rest2 := value.ParseNumber(secs)
		if n, whole := d.Integer(); rest == 0 && rest2 == 0 && whole && day != "" {
			m, ok := dayMoment(n)
			return m.Add(seconds(t)), ok
		}
	}
	if t, ok := value.ParseTime(s); ok {
		return base.Add(seconds(t)), true
	}
	return parseLoose(s)
}

// subMicros are the nanoseconds behind the microseconds of a text's fraction.
func subMicros(s string) time.Duration {
	_, frac, ok := strings.Cut(s, ".")
	if !ok || len(frac) <= 6 {
		return 0
	}
	n := 0
	for _, c := range (frac + "000")[6:9] {
		n = n*10 + int(c-'0')
	}
	return time.Duration(n)
}

// looseLayouts are the other forms of dates with times that functions and CAST read (IRIS docs, "DATEADD" and "CAST").
var looseLayouts = []string{
	"1/2/2006", "1/2/06", "1-2-2006", "1-2-06", "January 2, 2006", "Jan 2, 2006", "January 2 2006", "Jan 2 2006",
	"2 Jan 2006", "2 January 2006", "20060102",
}

var looseClocks = []string{"", " 15:04:05.999999999", " 15:04", " 3:04pm", " 3:04PM", " 3:04 PM", " 3:04:05pm", " 3:04:05 PM"}

func parseLoose(s string) (moment, bool) {
	if len(s) < 6 || len(s) > 60 {
		return moment{}, false
	}
	s = titleMonth(s)
	for _, d := range looseLayouts {
		for _, c := range looseClocks {
			if m, err := time.Parse(d+c, s); err == nil {
				return m, true
			}
		}
	}
	return moment{}, false
}

// titleMonth writes letters as time.Parse wants month names, so that 1 MAR 2022 is read.
func titleMonth(s string) string {
	b := []byte(s)
	word := false
	for i, c := range b {
		letter := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
		inTime := i > 0 && b[i-1] >= '0' && b[i-1] <= '9'
		switch {
		case letter && !word && !inTime && c >= 'a':
			b[i] = c - 32
		case letter && word && c <= 'Z' && !strings.HasSuffix(s, "M"):
			b[i] = c + 32
		case letter && word && c <= 'Z' && i < len(b)-2:
			b[i] = c + 32
		}
		word = letter
	}
	return string(b)
}

// stampText writes a moment as %TimeStamp text, without trailing zeros in the fraction.
func stampText(m moment) value.Value { return value.Text(m.Format(layout)) }

// inRange reports the years 1 to 9999.
func inRange(m moment) bool { return m.Year() >= 1 && m.Year() <= 9999 }

// fromMoment makes the logical value of a date or time type.
func fromMoment(m moment, t sqltype.Type) (value.Value, bool) {
	if !inRange(m) {
		return value.Value{}, false
	}
	switch t.Kind {
	case sqltype.Date:
		return value.Int(dayNumber(m)), true
	case sqltype.Time:
		return timeOf(m), true
	case sqltype.PosixTime:
		return value.Posix(m.UnixMicro())
	}
	return stampText(m), true
}

// timeOf is the time of day in seconds.
func timeOf(m moment) value.Value {
	midnight := time.Date(m.Year(), m.Month(), m.Day(), 0, 0, 0, 0, time.UTC)
	return value.Decimal(int64(m.Sub(midnight)), -9).Normal()
}
