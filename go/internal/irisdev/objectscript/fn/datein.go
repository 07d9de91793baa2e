package fn

import (
	"strconv"
	"strings"
	"unicode"

	"iris-pgwire/internal/irisdev/value"
)

// zdateh is $ZDATEH(date, format, monthlist, yearopt, startwin, endwin, mindate, maxdate, erropt, localeopt).
func zdateh(a args) (value.Value, error) {
	o, err := a.dateOptions(1, 2, isInFormat)
	if err != nil {
		return value.Value{}, err
	}
	day, err := o.parse(a.text(0))
	if err != nil {
		return o.failed(err)
	}
	return o.checked(day, value.Int(int64(day)))
}

func isInFormat(f int) bool { return f >= 1 && f <= 9 || f >= 15 && f <= 17 }

// dateParts is a date that was read; year has so many digits as written, 0 for none.
type dateParts struct {
	year, month, day int
	yearDigits       int
}

// parse reads a date in the format of the options. Formats 5 to 9 take every American form, 15 every European one.
func (o dateOptions) parse(s string) (int, error) {
	s = strings.Trim(s, " ")
	var p dateParts
	ok := false
	switch o.format {
	case 1:
		p, ok = numbersBetween(s, "/", "mdy")
	case 3:
		p, ok = numbersBetween(s, "-", "ymd")
		ok = ok && (p.yearDigits == 4 || p.yearDigits == 2)
	case 4:
		p, ok = numbersBetween(s, "/", "dmy")
	case 2:
		p, ok = o.named(s)
		ok = ok && p.yearDigits > 0
	case 16, 17:
		p, ok = japanese(s)
	default:
		if day, relative, err := o.today(s); relative {
			return day, err
		}
		p, ok = o.anyForm(s)
	}
	if !ok {
		return 0, errIllegal
	}
	return o.dayOf(p)
}

// today reads T, T+n and T-n.
func (o dateOptions) today(s string) (day int, relative bool, err error) {
	if s == "" || s[0] != 'T' && s[0] != 't' || len(s) > 1 && s[1] != '+' && s[1] != '-' {
		return 0, false, nil
	}
	day, _ = value.DayOf(o.now.Year(), int(o.now.Month()), o.now.Day())
	if len(s) == 1 {
		return day, true, nil
	}
	n, err := strconv.Atoi(s[2:])
	if err != nil || s[2] == '+' || s[2] == '-' {
		return 0, true, errIllegal
	}
	if s[1] == '-' {
		n = -n
	}
	return day + n, true, nil
}

// numbersBetween reads three numbers in an order of d, m and y.
func numbersBetween(s, separator, order string) (dateParts, bool) {
	fields := strings.Split(s, separator)
	if len(fields) != 3 {
		return dateParts{}, false
	}
	return assign(fields, order)
}

// assign gives each number its part: at most two digits, or of a year two or four.
func assign(fields []string, order string) (dateParts, bool) {
	var p dateParts
	for i, f := range fields {
		n, err := strconv.ParseUint(f, 10, 16)
		if err != nil || f[0] == '+' {
			return p, false
		}
		switch order[i] {
		case 'y':
			if len(f) != 2 && len(f) != 4 {
				return p, false
			}
			p.year, p.yearDigits = int(n), len(f)
			continue
		case 'm':
			p.month = int(n)
		default:
			p.day = int(n)
		}
		if len(f) > 2 {
			return p, false
		}
	}
	return p, true
}

// named reads a date with the name of a month: 1 Jul 1997.
func (o dateOptions) named(s string) (dateParts, bool) {
	fields := o.fields(s)
	for i, f := range fields {
		m := o.month(f)
		if m == 0 {
			continue
		}
		rest := append(append([]string{}, fields[:i]...), fields[i+1:]...)
		order := "dy"
		if i == 1 && len(rest) == 2 && len(rest[0]) == 4 {
			order = "yd"
		}
		if len(rest) < 1 || len(rest) > 2 {
			return dateParts{}, false
		}
		p, ok := assign(rest, order[:len(rest)])
		p.month = m
		return p, ok
	}
	return dateParts{}, false
}

// fields splits a date at everything that is no letter and no digit.
func (o dateOptions) fields(s string) []string {
	if o.separator != " " {
		s = strings.ReplaceAll(s, o.separator, " ")
	}
	return strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// month gives the number of a name, 0 if it is none: the first three letters or the whole name.
func (o dateOptions) month(s string) int {
	names := monthNames
	if o.months != nil {
		names = o.months
	}
	for i, n := range names {
		if strings.EqualFold(s, n) || o.months == nil && strings.EqualFold(s, n[:3]) {
			return i + 1
		}
	}
	return 0
}

// anyForm reads every unambiguous form; without a year it is the current one.
func (o dateOptions) anyForm(s string) (dateParts, bool) {
	fields := o.fields(s)
	if len(fields) == 1 {
		f := fields[0]
		switch len(f) {
		case 8:
			return assign([]string{f[:4], f[4:6], f[6:]}, "ymd")
		case 6:
			return assign([]string{f[:2], f[2:4], f[4:]}, "ymd")
		}
		return dateParts{}, false
	}
	if p, ok := o.named(s); ok {
		return p, true
	}
	order := "mdy"
	if o.format == 15 {
		order = "dmy"
	}
	if len(fields) == 3 && len(fields[0]) == 4 {
		order = "ymd"
	}
	if len(fields) > 3 {
		return dateParts{}, false
	}
	return assign(fields, order[:len(fields)])
}

// japanese reads 1997年7月1日.
func japanese(s string) (dateParts, bool) {
	s = strings.ReplaceAll(s, " ", "")
	body, ok := strings.CutSuffix(s, "日")
	if !ok {
		return dateParts{}, false
	}
	fields := strings.Split(strings.Replace(body, "月", "年", 1), "年")
	if len(fields) != 3 {
		return dateParts{}, false
	}
	return assign(fields, "ymd")
}

// dayOf completes the year and gives the day.
func (o dateOptions) dayOf(p dateParts) (int, error) {
	switch p.yearDigits {
	case 0:
		p.year = o.now.Year()
	case 2:
		switch o.yearopt {
		case 4:
			return 0, errIllegal
		case 2:
			p.year += 1900
		default:
			y, _, _, _ := value.DateOf(o.window[0])
			p.year += y / 100 * 100
			if day, ok := value.DayOf(p.year, p.month, p.day); ok && day < o.window[0] {
				p.year += 100
			}
			if day, ok := value.DayOf(p.year, p.month, p.day); ok && day > o.window[1] {
				return 0, errIllegal
			}
		}
	}
	day, ok := value.DayOf(p.year, p.month, p.day)
	if !ok {
		return 0, errIllegal
	}
	return day, nil
}
