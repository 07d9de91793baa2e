package fn

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"iris-pgwire/internal/irisdev/value"
)

var timeFunctions = table{
	"$ZTIME":  pure(1, 5, ztime),
	"$ZTIMEH": pure(1, 4, ztimeh),
}

// Horolog writes a moment as $HOROLOG does: days since 1840-12-31 and seconds since midnight.
func Horolog(t time.Time) string {
	day, _ := value.DayOf(t.Year(), int(t.Month()), t.Day())
	return strconv.Itoa(day) + "," + strconv.Itoa(secondsOf(t))
}

// HorologFraction is Horolog with so many decimals of the second, as $ZTIMESTAMP and $NOW have them; zeros at the end are left
// out.
func HorologFraction(t time.Time, decimals int) string {
	s := Horolog(t)
	f := fmt.Sprintf("%09d", t.Nanosecond())[:decimals]
	if f = strings.TrimRight(f, "0"); f != "" {
		s += "." + f
	}
	return s
}

func secondsOf(t time.Time) int { return t.Hour()*3600 + t.Minute()*60 + t.Second() }

// now is $NOW(): the local date and time with a fraction, or those of a zone so many minutes west of Greenwich.
func now(a args) (value.Value, error) {
	t := a.env.Now()
	if a.has(0) {
		west := a.int(0, 0)
		if west < -1440 || west > 1440 {
			return value.Value{}, errIllegal
		}
		t = t.In(time.FixedZone("", -60*west))
	}
	return value.Text(HorologFraction(t, 9)), nil
}

// ztime is $ZTIME(seconds, format, precision, erropt, localeopt).
func ztime(a args) (value.Value, error) {
	format, err := timeFormat(a, 1, 10)
	if err != nil || format >= 5 && format <= 8 {
		return value.Value{}, errFunction
	}
	s, err := clock(a.value(0).Number(), format, a.int(2, 0))
	if err != nil && a.has(3) {
		return a.value(3), nil
	}
	return Str(s), err
}

// timeFormat reads a format up to most; -1 and none are 1.
func timeFormat(a args, i, most int) (int, error) {
	if !a.has(i) {
		return 1, nil
	}
	v := a.value(i)
	f := Whole(v)
	if f == -1 {
		return 1, nil
	}
	if !v.IsInteger() || f < 1 || f > most {
		return 0, errFunction
	}
	return f, nil
}

// clock writes seconds since midnight; the fraction is cut to precision decimals. Formats 9 and 10 take every number.
func clock(n value.Value, format, precision int) (string, error) {
	whole := Whole(n)
	negative := value.CompareNumbers(n, value.Int(0)) < 0
	sign := ""
	if format >= 9 {
		if negative {
			n, whole = value.Negate(n), -whole
			if whole > 0 {
				sign = "-"
			}
		}
	} else if negative || whole > 86399 {
		return "", errIllegal
	}
	hour, suffix := whole/3600, ""
	if format == 3 || format == 4 {
		suffix = "AM"
		if hour >= 12 {
			suffix = "PM"
		}
		hour = (hour+11)%12 + 1
	}
	s := sign + fmt.Sprintf("%02d:%02d", hour, whole/60%60)
	if format == 2 || format == 4 || format == 10 || format == 6 || format == 8 {
		return s + suffix, nil
	}
	s += fmt.Sprintf(":%02d", whole%60)
	if precision > 0 {
		_, tail, _ := strings.Cut(n.Text(), ".")
		precision = min(precision, 1000)
		tail += strings.Repeat("0", max(0, precision-len(tail)))
		s += "." + tail[:precision]
	}
	return s + suffix, nil
}

// ztimeh is $ZTIMEH(time, format, erropt, localeopt).
func ztimeh(a args) (value.Value, error) {
	format, err := timeFormat(a, 1, 4)
	if err != nil {
		return value.Value{}, err
	}
	n, ok := parseClock(strings.Trim(a.text(0), " "), format)
	switch {
	case ok:
		return n, nil
	case a.has(2):
		return a.value(2), nil
	}
	return value.Value{}, errIllegal
}

// parseClock reads a time of day. Formats 3 and 4 have AM or PM behind, or are MIDNIGHT or NOON.
func parseClock(s string, format int) (value.Value, bool) {
	half := ""
	if format == 3 || format == 4 {
		upper := strings.ToUpper(s)
		switch upper {
		case "MIDNIGHT":
			return value.Int(0), true
		case "NOON":
			return value.Int(43200), true
		}
		for _, suffix := range []string{"AM", "PM"} {
			if head, ok := strings.CutSuffix(upper, suffix); ok {
				s, half = strings.TrimRight(head, " "), suffix
			}
		}
		if half == "" {
			return value.Value{}, false
		}
		hour, rest, _ := strings.Cut(s, ":")
		h, err := strconv.Atoi(hour)
		if err != nil || h < 1 || h > 12 {
			return value.Value{}, false
		}
		h %= 12
		if half == "PM" {
			h += 12
		}
		s = fmt.Sprintf("%02d:%s", h, rest)
	}
	return value.ParseTime(s)
}

// wallTime is a moment whose clock in the process's zone shows a day and seconds.
func wallTime(day int, seconds value.Value, zone *time.Location) (time.Time, bool) {
	y, m, d, ok := value.DateOf(day)
	n, whole := seconds.Integer()
	if !ok || !whole {
		return time.Time{}, false
	}
	nanos, _ := value.Multiply(value.Subtract(seconds, value.Int(n)), value.Int(1e9)).Integer()
	return time.Date(y, time.Month(m), d, 0, 0, int(n), int(nanos), zone), true
}

// splitHorolog takes day and seconds of a value apart; without seconds they are 0.
func splitHorolog(v value.Value) (day int, seconds value.Value, err error) {
	head, tail, _ := strings.Cut(v.Text(), ",")
	if day, err = dayOf(Str(head)); err != nil {
		return 0, value.Value{}, err
	}
	return day, Str(tail).Number(), nil
}

// zdatetime is $ZDATETIME(moment, dformat, tformat, precision, monthlist, …).
func zdatetime(a args) (value.Value, error) {
	o, err := a.dateOptions(1, 4, func(f int) bool { return isOutFormat(f) || f == -2 || f == -3 })
	if err != nil {
		return value.Value{}, err
	}
	format, err := timeFormat(a, 2, 10)
	if err != nil {
		return value.Value{}, err
	}
	day, seconds, err := splitHorolog(a.value(0))
	if err != nil {
		return o.failed(err)
	}
	if value.CompareNumbers(seconds, value.Int(0)) < 0 || value.CompareNumbers(seconds, value.Int(86400)) >= 0 {
		return o.failed(errIllegal)
	}
	if day < o.least || day > o.most {
		return o.failed(errOutOfRange)
	}
	local, ok := wallTime(day, seconds, o.now.Location())
	if !ok {
		return o.failed(errOutOfRange)
	}
	switch o.format {
	case -2:
		return value.Int(local.Unix()), nil
	case -3:
		return value.Text(HorologFraction(local.UTC(), 9)), nil
	}
	return o.moment(day, seconds, local, format, a.int(3, 0))
}

// moment writes date and time. Formats 5 and 6 add the zone's offset, 7 and 8 are UTC; all four have a T in between.
func (o dateOptions) moment(day int, seconds value.Value, local time.Time, format, precision int) (value.Value, error) {
	separator, suffix := " ", ""
	switch format {
	case 5, 6:
		separator, suffix = "T", local.Format("-07:00")
	case 7, 8:
		separator, suffix = "T", "Z"
		utc := HorologFraction(local.UTC(), 9)
		day, seconds, _ = splitHorolog(value.Text(utc))
	}
	date, err := o.write(day)
	if err != nil {
		return o.failed(err)
	}
	clockText, err := clock(seconds, format, precision)
	if err != nil {
		return o.failed(err)
	}
	return value.Text(date + separator + clockText + suffix), nil
}

// zdatetimeh is $ZDATETIMEH(text, dformat, tformat, monthlist, …).
func zdatetimeh(a args) (value.Value, error) {
	o, err := a.dateOptions(1, 3, func(f int) bool { return isInFormat(f) || f == -2 || f == -3 })
	if err != nil {
		return value.Value{}, err
	}
	format, err := timeFormat(a, 2, 8)
	if err != nil {
		return value.Value{}, err
	}
	switch o.format {
	case -2:
		n, ok := a.value(0).Integer()
		if !ok || n < -62135596800 || n > 253402300799 {
			return o.failed(errOutOfRange)
		}
		return value.Text(Horolog(time.Unix(n, 0).In(o.now.Location()))), nil
	case -3:
		day, seconds, err := splitHorolog(a.value(0))
		if err != nil {
			return o.failed(err)
		}
		utc, ok := wallTime(day, seconds, time.UTC)
		if !ok {
			return o.failed(errOutOfRange)
		}
		return value.Text(HorologFraction(utc.In(o.now.Location()), 9)), nil
	}
	day, seconds, err := o.parseMoment(strings.Trim(a.text(0), " "), format)
	if err != nil {
		return o.failed(err)
	}
	if day < o.least || day > o.most {
		return o.failed(errOutOfRange)
	}
	if format >= 7 {
		utc, ok := wallTime(day, seconds, time.UTC)
		if !ok {
			return o.failed(errOutOfRange)
		}
		return value.Text(HorologFraction(utc.In(o.now.Location()), 9)), nil
	}
	return value.Text(strconv.Itoa(day) + "," + seconds.Text()), nil
}

// parseMoment reads a date and a time behind a blank or a T; without a time it is 0.
func (o dateOptions) parseMoment(s string, format int) (int, value.Value, error) {
	date, rest := s, ""
	if i := clockStart(s); i > 0 {
		date, rest = s[:i-1], s[i:]
	}
	day, err := o.parse(date)
	if err != nil {
		return 0, value.Value{}, err
	}
	if rest == "" {
		return day, value.Int(0), nil
	}
	if format >= 5 {
		rest = strings.TrimSuffix(rest, "Z")
		if i := strings.LastIndexAny(rest, "+-"); i > 0 {
			rest = rest[:i]
		}
	}
	seconds, ok := parseClock(rest, format)
	if !ok {
		return 0, value.Value{}, errIllegal
	}
	return day, seconds, nil
}

// clockStart is where the time begins: behind the blank or T in front of the digits before the first colon, or of a word.
func clockStart(s string) int {
	i := strings.IndexByte(s, ':')
	for _, w := range []string{"MIDNIGHT", "NOON"} {
		if i < 0 && strings.HasSuffix(strings.ToUpper(s), " "+w) {
			return len(s) - len(w)
		}
	}
	if i < 0 {
		return 0
	}
	for i > 0 && s[i-1] >= '0' && s[i-1] <= '9' {
		i--
	}
	if i > 1 && (s[i-1] == ' ' || s[i-1] == 'T') {
		return i
	}
	return 0
}
