package pgfunc

import (
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/pgtypes"
)

// fromCharFamily has to_date, to_timestamp and to_number (PostgreSQL docs, 9.8).
func fromCharFamily(t table) {
	t.strict("to_date", func(_ *Context, a []iris.Value) (iris.Value, error) {
		m, err := readMoment(textArg(a[0]), textArg(a[1]))
		if err != nil {
			return iris.Null(), err
		}
		return pgtypes.DayValue(m.days)
	})
	t.strict("to_timestamp(text,text)", func(c *Context, a []iris.Value) (iris.Value, error) {
		m, err := readMoment(textArg(a[0]), textArg(a[1]))
		if err != nil {
			return iris.Null(), err
		}
		if m.days > maxStampDay {
			return iris.Null(), stampRange()
		}
		local := pgtypes.RoundMicros(m.days*microsPerDay+m.clock, m.precision)
		if m.zoned {
			return pgtypes.StampValue(local - m.offset*microsPerSecond)
		}
		return pgtypes.StampValue(toUTC(c, local))
	})
	t.strict("to_number", toNumber)
}

// readTime is what to_timestamp read.
type readTime struct {
	days, clock int64
	precision   int32
	zoned       bool
	offset      int64
}

// momentReader walks over the text by a template.
type momentReader struct {
	s      string
	nodes  []node
	i      int
	extra  int // blanks skipped beyond what the template has
	fields map[string]int
	iso    bool
	plain  bool // Gregorian fields were read
	// precision is the digits of FF1 to FF6, which the result is rounded to.
	precision int32
	pm, bc    bool
	twelve    bool
	zone      int // sign of TZH
}

func readMoment(text, template string) (readTime, error) {
	r := momentReader{s: text, nodes: dateTemplate(template), fields: map[string]int{}, precision: -1}
	for ; r.i < len(r.nodes) && r.s != ""; r.i++ {
		n := r.nodes[r.i]
		if n.pattern != "" || r.i == 0 {
			r.blanks()
		}
		if n.pattern == "" {
			r.skip(n)
			continue
		}
		if err := r.read(n); err != nil {
			return readTime{}, err
		}
		r.extra = 0
		r.blanks()
	}
	return r.finish(text)
}

func (r *momentReader) blanks() {
	for r.s != "" && isBlank(r.s[0]) {
		r.s = r.s[1:]
		r.extra++
	}
}

func isBlank(c byte) bool { return c == ' ' || c >= '\t' && c <= '\r' }

// isSeparator is any printable ASCII character but letters and digits.
func isSeparator(c byte) bool {
	return c > ' ' && c < 0x7f && !(c >= '0' && c <= '9') && !(c|0x20 >= 'a' && c|0x20 <= 'z')
}

// skip matches a literal: a separator matches one or nothing, any other character whatever stands there.
func (r *momentReader) skip(n node) {
	if !n.quoted && len(n.text) == 1 && (isBlank(n.text[0]) || isSeparator(n.text[0])) {
		r.extra--
		if r.s != "" && (isBlank(r.s[0]) || isSeparator(r.s[0])) {
			r.s = r.s[1:]
			r.extra++
		}
		return
	}
	for range n.text {
		if r.extra > 0 {
			r.extra--
			continue
		}
		_, size := utf8.DecodeRuneInString(r.s)
		r.s = r.s[size:]
	}
}

func badField(value, pattern, detail string) error {
	return pgerr.New(pgerr.InvalidDatetimeFormat, "invalid value \"%s\" for \"%s\"", value, pattern).WithDetail("%s", detail)
}

// numberWidths are the patterns that read digits, with their width.
var numberWidths = map[string]int{
	"HH": 2, "HH12": 2, "HH24": 2, "MI": 2, "SS": 2, "MS": 3, "US": 6, "FF1": 1, "FF2": 2, "FF3": 3, "FF4": 4, "FF5": 5, "FF6": 6,
	"SSSS": 4, "SSSSS": 5, "YYYY": 4, "YYY": 3, "YY": 2, "Y": 1, "IYYY": 4, "IYY": 3, "IY": 2, "I": 1, "MM": 2, "DD": 2, "DDD": 3,
	"IDDD": 3, "D": 1, "ID": 1, "WW": 2, "IW": 2, "W": 1, "Q": 1, "J": 1, "CC": 2, "TZM": 2,
}

func (r *momentReader) read(n node) error {
	if width, ok := numberWidths[n.pattern]; ok {
		return r.number(n, width)
	}
	switch strings.ToUpper(n.pattern) {
	case "AM", "PM", "A.M.", "P.M.":
		r.twelve = true
		return r.oneOf(n, func(i int) error { r.pm = i%2 == 1; return nil }, "am", "pm", "a.m.", "p.m.")
	case "BC", "AD", "B.C.", "A.D.":
		return r.oneOf(n, func(i int) error { r.bc = i%2 == 1; return nil }, "ad", "bc", "a.d.", "b.c.")
	case "MONTH":
		return r.oneOf(n, func(i int) error { return r.set("MM", i+1, n) }, monthNames(false)...)
	case "MON":
		return r.oneOf(n, func(i int) error { return r.set("MM", i+1, n) }, monthNames(true)...)
	case "DAY":
		return r.oneOf(n, func(i int) error { return r.set("D", i+1, n) }, dayNames(false)...)
	case "DY":
		return r.oneOf(n, func(i int) error { return r.set("D", i+1, n) }, dayNames(true)...)
	case "TZH":
		r.zone = 1
		if r.s[0] == '-' || r.s[0] == '+' {
			if r.s[0] == '-' {
				r.zone = -1
			}
			r.s = r.s[1:]
		}
		return r.number(n, 2)
	}
	return pgerr.NotBuilt(0, "the pattern \""+n.pattern+"\" to read with")
}

func monthNames(short bool) []string {
	var out []string
	for m := time.January; m <= time.December; m++ {
		out = append(out, cutName(m.String(), short))
	}
	return out
}

func dayNames(short bool) []string {
	var out []string
	for d := time.Sunday; d <= time.Saturday; d++ {
		out = append(out, cutName(d.String(), short))
	}
	return out
}

func cutName(name string, short bool) string {
	if short {
		name = name[:3]
	}
	return strings.ToLower(name)
}

func (r *momentReader) oneOf(n node, found func(int) error, words ...string) error {
	for i, w := range words {
		if len(r.s) >= len(w) && strings.EqualFold(r.s[:len(w)], w) {
			r.s = r.s[len(w):]
			return found(i)
		}
	}
	word := r.s
	if at := strings.IndexFunc(word, func(c rune) bool { return c < 0x80 && isBlank(byte(c)) }); at > 0 {
		word = word[:at]
	}
	return badField(word, n.pattern, "The given value did not match any of the allowed values for this field.")
}

// endsByItself reports that what follows in the template is no digit, so that all digits belong to this field.
func (r *momentReader) endsByItself() bool {
	if r.nodes[r.i].th != "" || r.i+1 >= len(r.nodes) {
		return true
	}
	next := r.nodes[r.i+1]
	if next.pattern != "" {
		_, digits := numberWidths[next.pattern]
		return !digits || strings.HasPrefix(next.pattern, "FF")
	}
	return !(len(next.text) == 1 && next.text[0] >= '0' && next.text[0] <= '9')
}

func (r *momentReader) number(n node, width int) error {
	text := r.s
	end := 0
	if end < len(text) && (text[end] == '-' || text[end] == '+') {
		end++
	}
	digitsFrom := end
	for end < len(text) && text[end] >= '0' && text[end] <= '9' {
		end++
	}
	if !n.fill && !r.endsByItself() {
		switch {
		case runeCount(text) < width:
			return pgerr.New(pgerr.InvalidDatetimeFormat, "source string too short for \"%s\" formatting field", n.pattern).
				WithDetail("Field requires %d characters, but only %d remain.", width, runeCount(text))
		case end > digitsFrom && end < width:
			return badField(firstChars(text, width), n.pattern, "Field requires "+strconv.Itoa(width)+" characters, but only "+strconv.Itoa(end)+" could be parsed.")
		}
		end = min(end, width)
	}
	if end <= digitsFrom {
		return badField(firstChars(text, width), n.pattern, "Value must be an integer.")
	}
	value, err := strconv.ParseInt(text[:end], 10, 32)
	if err != nil {
		return pgerr.New(pgerr.DatetimeFieldOverflow, "value for \"%s\" in source string is out of range", n.pattern)
	}
	r.s = text[end:]
	if n.th != "" && len(r.s) >= 2 {
		r.s = r.s[2:]
	}
	return r.keep(n, int(value), end)
}

// keep stores a number under the field that it is of.
func (r *momentReader) keep(n node, value, width int) error {
	switch p := n.pattern; p {
	case "MS", "US", "FF1", "FF2", "FF3", "FF4", "FF5", "FF6":
		unit := 6
		if p[0] == 'F' {
			r.precision = int32(p[2] - '0')
		}
		if p == "MS" {
			unit = 3
		}
		for ; width < unit; width++ {
			value *= 10
		}
		return r.set(map[bool]string{true: "MS", false: "US"}[p == "MS"], value, n)
	case "HH", "HH12":
		r.twelve = true
		return r.set("HH", value, n)
	case "HH24":
		return r.set("HH", value, n)
	case "SSSS", "SSSSS":
		return r.set("SSSS", value, n)
	case "YYYY", "YYY", "YY", "Y", "IYYY", "IYY", "IY", "I":
		if err := r.set("Y", value, n); err != nil {
			return err
		}
		if p != "YYYY" && p != "IYYY" && width < 4 {
			r.fields["Y"] = nearYear(value)
		}
		return nil
	case "ID":
		// Days beyond the week, and 0, are taken for Sunday.
		if value < 1 || value > 7 {
			value = 7
		}
		return r.set(p, value, n)
	case "Q":
		return nil
	default:
		return r.set(p, value, n)
	}
}

// nearYear completes a year of less than four digits towards 2020.
func nearYear(year int) int {
	switch {
	case year < 70:
		return year + 2000
	case year < 100:
		return year + 1900
	case year < 520:
		return year + 2000
	case year < 1000:
		return year + 1000
	}
	return year
}

// set refuses a second value for a field, and ISO fields beside Gregorian ones.
func (r *momentReader) set(field string, value int, n node) error {
	switch p := strings.ToUpper(n.pattern); {
	case strings.HasPrefix(p, "I"):
		r.iso = true
	case strings.HasPrefix(p, "Y"), p == "MM", p == "DD", p == "DDD", p == "WW", p == "W", p == "CC", p == "D", strings.HasPrefix(p, "MON"):
		r.plain = true
	}
	if r.iso && r.plain {
		return pgerr.New(pgerr.InvalidDatetimeFormat, "invalid combination of date conventions").
			WithHint("Do not mix Gregorian and ISO week date conventions in a formatting template.")
	}
	if old := r.fields[field]; old != 0 && old != value {
		return pgerr.New(pgerr.InvalidDatetimeFormat, "conflicting values for \"%s\" field in formatting string", n.pattern).
			WithDetail("This value contradicts a previous setting for the same field type.")
	}
	r.fields[field] = value
	return nil
}
