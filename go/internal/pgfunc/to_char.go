package pgfunc

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/pgtypes"
)

// toCharFamily has to_char (PostgreSQL docs, 9.8).
func toCharFamily(t table) {
	t.strict("to_char(timestamp,text)", func(_ *Context, a []iris.Value) (iris.Value, error) {
		micros, err := pgtypes.StampOf(a[0])
		if err != nil || endless(micros) || len(a[1].Raw()) == 0 {
			return iris.Null(), err
		}
		return printMoment(momentAt(micros), textArg(a[1]))
	})
	t.strict("to_char(timestamptz,text)", func(c *Context, a []iris.Value) (iris.Value, error) {
		micros, err := pgtypes.StampOf(a[0])
		if err != nil || endless(micros) || len(a[1].Raw()) == 0 {
			return iris.Null(), err
		}
		m := momentAt(toLocal(c, micros))
		m.offset = pgtypes.OffsetAt(c.Style.Zone(), micros)
		unix := micros - pgtypes.UnixEpochDay*microsPerDay
		m.zone, _ = time.UnixMicro(unix).In(c.Style.Zone()).Zone()
		return printMoment(m, textArg(a[1]))
	})
	t.strict("to_char(interval,text)", func(_ *Context, a []iris.Value) (iris.Value, error) {
		s, err := spanOf(a[0])
		if err != nil || len(a[1].Raw()) == 0 {
			return iris.Null(), err
		}
		return printMoment(momentOf(s), textArg(a[1]))
	})
	numberToChar(t)
}

// moment is a time taken apart for printing; of an interval, the parts it has.
type moment struct {
	interval         bool
	year, month, day int
	hour, minute     int
	second, micros   int
	days             int64 // of a timestamp, the day from 2000
	offset           int
	zone             string
}

func momentAt(local int64) moment {
	m := moment{days: dayOf(local)}
	m.year, m.month, m.day = pgtypes.CivilDate(m.days)
	m.setClock(clockOf(local))
	return m
}

func momentOf(s span) moment {
	m := moment{interval: true, year: int(s.months / 12), month: int(s.months % 12), day: int(s.days)}
	m.days = s.months*daysPerMonth + s.days
	m.setClock(s.micros)
	return m
}

func (m *moment) setClock(micros int64) {
	m.hour = int(micros / microsPerHour)
	m.minute = int(micros / (60 * microsPerSecond) % 60)
	m.second = int(micros / microsPerSecond % 60)
	m.micros = int(micros % microsPerSecond)
}

// shownYear counts years before Christ from 1.
func (m *moment) shownYear(year int) int {
	if !m.interval && year <= 0 {
		return 1 - year
	}
	return year
}

func printMoment(m moment, template string) (iris.Value, error) {
	var out strings.Builder
	for _, n := range dateTemplate(template) {
		if n.pattern == "" {
			out.WriteString(n.text)
			continue
		}
		s, err := m.print(n)
		if err != nil {
			return iris.Null(), err
		}
		if n.th != "" && s != "" {
			suffix, err := ordinal(s, n.th == "TH")
			if err != nil {
				return iris.Null(), err
			}
			s += suffix
		}
		out.WriteString(s)
	}
	return textResult(out.String())
}

// notForIntervals are the patterns that mean a date.
var notForIntervals = wordSet("A.D. AD B.C. BC a.d. ad b.c. bc MONTH Month month MON Mon mon DAY Day day DY Dy dy D ID IDDD OF TZ tz TZH TZM")

func (m *moment) print(n node) (string, error) {
	if m.interval && notForIntervals[n.pattern] {
		return "", pgerr.New(pgerr.InvalidDatetimeFormat, "invalid format specification for an interval value").
			WithHint("Intervals are not tied to specific calendar dates.")
	}
	if s, ok := m.word(n); ok {
		return s, nil
	}
	if value, width, ok := m.clockNumber(n.pattern); ok {
		return n.digits(value, width), nil
	}
	if value, width, ok := m.dateNumber(n.pattern); ok {
		return n.digits(value, width), nil
	}
	return m.special(n), nil
}

// digits pads with zeros, the sign apart, unless FM forbids it.
func (n node) digits(value, width int) string {
	switch {
	case n.fill:
		width = 0
	case value < 0 && n.pattern != "DD" && n.pattern != "DDD":
		width++
	}
	return fmt.Sprintf("%0*d", width, value)
}

// clockNumber gives the patterns of the time of the day, with their width.
func (m *moment) clockNumber(p string) (value, width int, ok bool) {
	switch p {
	case "HH", "HH12":
		if m.hour%12 == 0 {
			return 12, 2, true
		}
		return m.hour % 12, 2, true
	case "HH24":
		return m.hour, 2, true
	case "MI":
		return m.minute, 2, true
	case "SS":
		return m.second, 2, true
	case "SSSS", "SSSSS":
		return m.hour*3600 + m.minute*60 + m.second, 0, true
	}
	return 0, 0, false
}

// dateNumber gives the patterns of the date, with their width.
func (m *moment) dateNumber(p string) (value, width int, ok bool) {
	field := func(u unit) int {
		n, _ := calendarField(u, m.days)
		return int(n)
	}
	year := m.year
	if p[0] == 'I' && !m.interval {
		isoYear, _ := isoWeek(m.days)
		year = int(isoYear)
	}
	shown := m.shownYear(year)
	switch p {
	case "YYYY", "IYYY":
		return shown, 4, true
	case "YYY", "IYY":
		return shown % 1000, 3, true
	case "YY", "IY":
		return shown % 100, 2, true
	case "Y", "I":
		return shown % 10, 1, true
	case "MM":
		return m.month, 2, true
	case "DD":
		return m.day, 2, true
	case "DDD":
		if m.interval {
			return int(m.days), 3, true
		}
		return field(unitDoy), 3, true
	case "IDDD":
		return (field(unitWeek)-1)*7 + field(unitIsodow), 3, true
	case "D":
		return field(unitDow) + 1, 0, true
	case "ID":
		return field(unitIsodow), 0, true
	case "IW":
		return field(unitWeek), 2, true
	case "WW":
		return (field(unitDoy)-1)/7 + 1, 2, true
	case "W":
		return (m.day-1)/7 + 1, 0, true
	case "J":
		return int(m.days) + pgtypes.JulianEpoch, 0, true
	case "CC":
		if m.interval {
			return m.year / 100, 2, true
		}
		return field(unitCentury), 2, true
	}
	return 0, 0, false
}

// word gives the patterns that print words.
func (m *moment) word(n node) (string, bool) {
	pad := func(s string, width int) (string, bool) {
		if n.fill {
			return s, true
		}
		return fmt.Sprintf("%-*s", width, s), true
	}
	upper := strings.ToUpper(n.pattern)
	cased := func(s string) string {
		switch n.pattern {
		case upper:
			return strings.ToUpper(s)
		case strings.ToLower(n.pattern):
			return strings.ToLower(s)
		}
		return s
	}
	switch upper {
	case "AM", "PM", "A.M.", "P.M.":
		words := map[bool]string{false: "A", true: "P"}[(m.hour%24+24)%24 >= 12]
		if strings.Contains(upper, ".") {
			return cased(words + ".M."), true
		}
		return cased(words + "M"), true
	case "BC", "AD", "B.C.", "A.D.":
		word := map[bool]string{false: "AD", true: "BC"}[m.year <= 0]
		if strings.Contains(upper, ".") {
			word = word[:1] + "." + word[1:] + "."
		}
		return cased(word), true
	case "MONTH":
		return pad(cased(time.Month(m.month).String()), 9)
	case "MON":
		return cased(time.Month(m.month).String()[:3]), true
	case "DAY":
		return pad(cased(time.Weekday(weekday(m.days)).String()), 9)
	case "DY":
		return cased(time.Weekday(weekday(m.days)).String()[:3]), true
	case "RM":
		if m.month == 0 {
			return "", true // an interval without months
		}
		return pad(cased(romanMonths[(m.month+11)%12]), 4)
	case "TZ":
		return cased(m.zone), true
	}
	return "", false
}

var romanMonths = [...]string{"I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"}

// special gives the patterns that are neither a word nor a plain number.
func (m *moment) special(n node) string {
	sign, offset := "+", m.offset
	if offset < 0 {
		sign, offset = "-", -offset
	}
	switch p := n.pattern; p {
	case "MS":
		return fmt.Sprintf("%03d", m.micros/1000)
	case "US":
		return fmt.Sprintf("%06d", m.micros)
	case "FF1", "FF2", "FF3", "FF4", "FF5", "FF6":
		return fmt.Sprintf("%06d", m.micros)[:p[2]-'0']
	case "Q":
		if m.month == 0 {
			return ""
		}
		return strconv.Itoa((m.month-1)/3 + 1)
	case "Y,YYY":
		year := m.shownYear(m.year)
		return fmt.Sprintf("%d,%03d", year/1000, year%1000)
	case "OF":
		s := fmt.Sprintf("%s%02d", sign, offset/3600)
		if offset/60%60 != 0 {
			s += fmt.Sprintf(":%02d", offset/60%60)
		}
		return s
	case "TZH":
		return fmt.Sprintf("%s%02d", sign, offset/3600)
	case "TZM":
		return fmt.Sprintf("%02d", offset/60%60)
	}
	return "" // FX prints nothing
}

// ordinal gives the suffix of a number: st, nd, rd, th.
func ordinal(number string, upper bool) (string, error) {
	last := number[len(number)-1]
	if last < '0' || last > '9' {
		return "", pgerr.New(pgerr.InvalidTextRepresentation, "\"%s\" is not a number", number)
	}
	suffix := map[byte]string{'1': "st", '2': "nd", '3': "rd"}[last]
	if suffix == "" || len(number) > 1 && number[len(number)-2] == '1' {
		suffix = "th"
	}
	if upper {
		suffix = strings.ToUpper(suffix)
	}
	return suffix, nil
}
