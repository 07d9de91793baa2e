package sqlfunc

import (
	"strings"
	"time"

	"iris-pgwire/internal/irisdev/value"
)

// formatCode is an element of a TO_CHAR or TO_DATE format for dates.
type formatCode struct {
	text  string
	write func(m moment) string
}

// formatCodes are the codes for dates and times, the longer before their prefixes (IRIS docs, "TO_CHAR"). Names of months
// and days are written with a capital letter and without padding.
var formatCodes = []formatCode{
	{"YYYY", func(m moment) string { return zeroPad(m.Year(), 4) }},
	{"RRRR", func(m moment) string { return zeroPad(m.Year(), 4) }},
	{"YYY", func(m moment) string { return zeroPad(m.Year()%1000, 3) }},
	{"YY", func(m moment) string { return zeroPad(m.Year()%100, 2) }},
	{"RR", func(m moment) string { return zeroPad(m.Year()%100, 2) }},
	{"Y", func(m moment) string { return zeroPad(m.Year()%10, 1) }},
	{"MONTH", func(m moment) string { return m.Month().String() }},
	{"MON", func(m moment) string { return m.Month().String()[:3] }},
	{"MM", func(m moment) string { return zeroPad(int(m.Month()), 2) }},
	{"MI", func(m moment) string { return zeroPad(m.Minute(), 2) }},
	{"DAY", func(m moment) string { return m.Weekday().String() }},
	{"DDD", func(m moment) string { return zeroPad(m.YearDay(), 3) }},
	{"DD", func(m moment) string { return zeroPad(m.Day(), 2) }},
	{"DY", func(m moment) string { return m.Weekday().String()[:3] }},
	{"D", func(m moment) string { return zeroPad(int(m.Weekday())+1, 1) }},
	{"HH24", func(m moment) string { return zeroPad(m.Hour(), 2) }},
	{"HH12", func(m moment) string { return zeroPad(hour12(m), 2) }},
	{"HH", func(m moment) string { return zeroPad(hour12(m), 2) }},
	{"SSSSS", func(m moment) string { return zeroPad(m.Hour()*3600+m.Minute()*60+m.Second(), 5) }},
	{"SS", func(m moment) string { return zeroPad(m.Second(), 2) }},
	{"FF", func(m moment) string { return fractionText(m) }},
	{"AM", meridian}, {"PM", meridian},
	{"J", func(m moment) string { return value.Int(dayNumber(m) + julianDay0).Text() }},
}

// julianDay0 is the Julian day number of 1840-12-31.
const julianDay0 = 2393471

func hour12(m moment) int { return (m.Hour()+11)%12 + 1 }

func meridian(m moment) string {
	if m.Hour() < 12 {
		return "AM"
	}
	return "PM"
}

// fractionText is the fraction of the second without trailing zeros, 0 if there is none.
func fractionText(m moment) string {
	if f := strings.TrimRight(zeroPad(m.Nanosecond(), 9), "0"); f != "" {
		return f
	}
	return "0"
}

// codeAt finds the code that a format has at a place, whatever its letter case.
func codeAt(format string) (formatCode, bool) {
	for _, c := range formatCodes {
		if len(format) >= len(c.text) && strings.EqualFold(format[:len(c.text)], c.text) {
			return c, true
		}
	}
	return formatCode{}, false
}

// formatMoment writes a date or time; what is no code passes through.
func formatMoment(m moment, format string) string {
	var b strings.Builder
	for format != "" {
		c, ok := codeAt(format)
		if !ok {
			b.WriteByte(format[0])
			format = format[1:]
			continue
		}
		b.WriteString(c.write(m))
		format = format[len(c.text):]
	}
	return b.String()
}

// scanned is what TO_DATE and its like have read so far.
type scanned struct {
	year, month, day  int
	hour, minute, sec int
	yearDay, nanos    int
	julian, daySecs   int
	hasJulian, hasDay bool
	hasSecs           bool
	afternoon         bool
	meridian          bool
}

// scanMoment reads a text by a format. A format of two-digit years other than RR is not read: the century they stand for
// is not defined well enough.
func scanMoment(s, format string) (moment, bool) {
	got := scanned{year: 1900, month: 1, day: 1}
	s = strings.TrimSpace(s)
	for format != "" {
		c, ok := codeAt(format)
		if !ok {
			if s == "" || !sameSeparator(s[0], format[0]) {
				return moment{}, false
			}
			s, format = s[1:], format[1:]
			continue
		}
		format = format[len(c.text):]
		if s, ok = got.read(c.text, s); !ok {
			return moment{}, false
		}
	}
	if strings.TrimSpace(s) != "" {
		return moment{}, false
	}
	return got.moment()
}

// sameSeparator lets one separator stand for another; letters and digits stand for themselves.
func sameSeparator(a, b byte) bool {
	separator := func(c byte) bool { return strings.IndexByte(" -/.,:;", c) >= 0 }
	return a == b || separator(a) && separator(b)
}

// numberCodes are the codes that read digits: how many at most, and where they go.
var numberCodes = map[string]struct {
	width int
	put   func(g *scanned, n int)
}{
	"YYYY":  {4, func(g *scanned, n int) { g.year = n }},
	"RRRR":  {4, func(g *scanned, n int) { g.year = century(n) }},
	"RR":    {2, func(g *scanned, n int) { g.year = century(n) }},
	"MM":    {2, func(g *scanned, n int) { g.month = n }},
	"DD":    {2, func(g *scanned, n int) { g.day = n }},
	"DDD":   {3, func(g *scanned, n int) { g.yearDay, g.hasDay = n, true }},
	"HH":    {2, func(g *scanned, n int) { g.hour = n }},
	"HH12":  {2, func(g *scanned, n int) { g.hour = n }},
	"HH24":  {2, func(g *scanned, n int) { g.hour = n }},
	"MI":    {2, func(g *scanned, n int) { g.minute = n }},
	"SS":    {2, func(g *scanned, n int) { g.sec = n }},
	"SSSSS": {5, func(g *scanned, n int) { g.daySecs, g.hasSecs = n, true }},
	"J":     {7, func(g *scanned, n int) { g.julian, g.hasJulian = n, true }},
}

// century is RR: 00 to 49 are 2000 to 2049, 50 to 99 are 1950 to 1999.
func century(n int) int {
	switch {
	case n < 50:
		return 2000 + n
	case n < 100:
		return 1900 + n
	}
	return n
}

func (g *scanned) read(code, s string) (string, bool) {
	if r, ok := numberCodes[code]; ok {
		n, rest, ok := leadingDigits(s, r.width)
		if ok {
			r.put(g, n)
		}
		return rest, ok
	}
	switch code {
	case "MON", "MONTH":
		return g.readMonth(s)
	case "FF":
		n, rest, ok := leadingDigits(s, 9)
		for i := len(s) - len(rest); i < 9; i++ {
			n *= 10
		}
		g.nanos = n
		return rest, ok
	case "AM", "PM":
		if len(s) < 2 || !strings.EqualFold(s[1:2], "M") || !strings.ContainsAny(s[:1], "aApP") {
			return s, false
		}
		g.meridian, g.afternoon = true, strings.EqualFold(s[:1], "P")
		return s[2:], true
	}
	return s, false
}

func (g *scanned) readMonth(s string) (string, bool) {
	for m := time.January; m <= time.December; m++ {
		for _, name := range []string{m.String(), m.String()[:3]} {
			if len(s) >= len(name) && strings.EqualFold(s[:len(name)], name) {
				g.month = int(m)
				return s[len(name):], true
			}
		}
	}
	return s, false
}

func leadingDigits(s string, most int) (n int, rest string, ok bool) {
	i := 0
	for i < len(s) && i < most && s[i] >= '0' && s[i] <= '9' {
		n = n*10 + int(s[i]-'0')
		i++
	}
	return n, s[i:], i > 0
}

// moment checks what was read and puts it together.
func (g *scanned) moment() (moment, bool) {
	if g.meridian {
		if g.hour < 1 || g.hour > 12 {
			return moment{}, false
		}
		g.hour %= 12
		if g.afternoon {
			g.hour += 12
		}
	}
	if g.hasSecs {
		g.hour, g.minute, g.sec = g.daySecs/3600, g.daySecs/60%60, g.daySecs%60
	}
	if g.hour > 23 || g.minute > 59 || g.sec > 59 {
		return moment{}, false
	}
	day, ok := value.DayOf(g.year, g.month, g.day)
	switch {
	case g.hasJulian:
		day, ok = g.julian-julianDay0, true
	case g.hasDay:
		first, inYears := value.DayOf(g.year, 1, 1)
		last, _ := value.DayOf(g.year, 12, 31)
		day, ok = first+g.yearDay-1, inYears && g.yearDay >= 1 && first+g.yearDay-1 <= last
	}
	m, inRange := dayMoment(int64(day))
	clock := time.Duration(g.hour*3600+g.minute*60+g.sec)*time.Second + time.Duration(g.nanos)
	return m.Add(clock), ok && inRange
}
