package pgtypes

import (
	"encoding/binary"
	"math"
	"strconv"
	"strings"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgerr"
)

// span is an interval's three independent parts.
type span struct {
	months, days int64
	micros       int64
}

// spanUnit is a unit with what one of it adds.
type spanUnit struct {
	months, days int64
	micros       int64
	bit          uint // of its own, to tell what a text has twice
}

// spanWords are the unit words (PostgreSQL docs, "Interval Input").
var spanWords = []struct {
	words string
	unit  spanUnit
}{
	{"millennium millennia mil mils", spanUnit{months: 12000}},
	{"century centuries cent c", spanUnit{months: 1200}},
	{"decade decades dec decs", spanUnit{months: 120}},
	{"year years y yr yrs", spanUnit{months: 12}},
	{"month months mon mons", spanUnit{months: 1}},
	{"week weeks w", spanUnit{days: 7}},
	{"day days d", spanUnit{days: 1}},
	{"hour hours h hr hrs", spanUnit{micros: 3600 * microsPerSecond}},
	{"minute minutes m min mins", spanUnit{micros: 60 * microsPerSecond}},
	{"second seconds s sec secs", spanUnit{micros: microsPerSecond}},
	{"millisecond milliseconds ms msec msecs", spanUnit{micros: 1000}},
	{"microsecond microseconds us usec usecs", spanUnit{micros: 1}},
}

var spanUnits = indexSpanUnits()

func indexSpanUnits() map[string]spanUnit {
	out := map[string]spanUnit{}
	for i, line := range spanWords {
		line.unit.bit = 1 << i
		for _, word := range strings.Fields(line.words) {
			out[word] = line.unit
		}
	}
	return out
}

func badInterval(text string) error {
	return pgerr.New(pgerr.InvalidDatetimeFormat, "invalid input syntax for type interval: \"%s\"", text)
}

func intervalRange(text string) error {
	return pgerr.New("22015", "interval field value out of range: \"%s\"", text)
}

// parseInterval reads "1 year 2 mons 3 days 04:05:06.789", with "ago" and "@" as PostgreSQL's verbose form has them, a
// bare number of seconds, years-months as "1-2", and ISO 8601 with designators (P1Y2M3DT4H5M6S).
func parseInterval(_ Type, text string, _ Style) (iris.Value, error) {
	s := strings.ToLower(trimSpace(text))
	var out span
	var err error
	if strings.HasPrefix(s, "p") {
		out, err = isoSpan(s[1:], text)
	} else {
		out, err = wordSpan(s, text)
	}
	if err != nil {
		return iris.Null(), err
	}
	if out.months != int64(int32(out.months)) || out.days != int64(int32(out.days)) {
		return iris.Null(), intervalRange(text)
	}
	return iris.TextBytes(out.append(nil)), nil
}

func wordSpan(s, text string) (span, error) {
	var out span
	fields := spanFields(s)
	if len(fields) > 0 && fields[0] == "@" {
		fields = fields[1:]
	}
	ago := len(fields) > 1 && fields[len(fields)-1] == "ago"
	if ago {
		fields = fields[:len(fields)-1]
	}
	if len(fields) == 0 {
		return out, badInterval(text)
	}
	var seen seenUnits
	for i := 0; i < len(fields); i++ {
		f := fields[i]
		unit := "second"
		switch {
		case strings.Contains(f, ":"):
			micros, err := spanClock(f, text)
			if err != nil {
				return out, err
			}
			if seen.again("hour", "minute", "second") {
				return out, badInterval(text)
			}
			if !addProduct(&out.micros, micros, 1) {
				return out, intervalRange(text)
			}
			continue
		case i > 0 && strings.Contains(f[1:], "-"), i == 0 && len(f) > 1 && strings.Contains(f[1:], "-"):
			months, ok := yearsMonths(f)
			if !ok || seen.again("year", "month") {
				return out, badInterval(text)
			}
			out.months += months
			continue
		case i+1 < len(fields) && strings.Contains(fields[i+1], ":"):
			unit = "day" // "3 04:05:06"
		case i+1 < len(fields):
			i++
			unit = fields[i]
		}
		if seen.again(unit) {
			return out, badInterval(text)
		}
		if err := out.add(f, unit, text); err != nil {
			return out, err
		}
	}
	if ago {
		out = span{-out.months, -out.days, -out.micros}
	}
	return out, nil
}

// seenUnits are those that a text has given a value to.
type seenUnits uint

// again adds units, and reports one that was there already.
func (s *seenUnits) again(units ...string) bool {
	var bits seenUnits
	for _, u := range units {
		bits |= seenUnits(spanUnits[u].bit)
	}
	twice := *s&bits != 0
	*s |= bits
	return twice
}

// spanFields cuts at blanks and between a number and the word that follows it at once ("1d").
func spanFields(s string) []string {
	var out []string
	for _, f := range strings.Fields(s) {
		cut := strings.IndexFunc(f, func(r rune) bool { return r >= 'a' && r <= 'z' })
		if cut > 0 && (isDigit(f[cut-1]) || f[cut-1] == '.') {
			out = append(out, f[:cut], f[cut:])
			continue
		}
		out = append(out, f)
	}
	return out
}

// add puts number × unit in. A fraction of a month goes into days (30 a month), of a day into microseconds.
func (o *span) add(number, unit, text string) error {
	u, ok := spanUnits[unit]
	if !ok || !isDecimalFloat(number) || strings.ContainsAny(number, "eE") {
		return badInterval(text)
	}
	whole, fraction, ok := wholeAndFraction(number)
	if !ok || !addProduct(&o.months, whole, u.months) || !addProduct(&o.days, whole, u.days) || !addProduct(&o.micros, whole, u.micros) {
		return intervalRange(text)
	}
	months := fraction * float64(u.months)
	if u.months >= 12 {
		o.months += int64(math.RoundToEven(months))
		months = 0
	}
	days, rest := math.Modf(months*30 + fraction*float64(u.days))
	o.days += int64(days)
	if !addProduct(&o.micros, int64(math.RoundToEven(rest*microsPerDay+fraction*float64(u.micros))), 1) {
		return intervalRange(text)
	}
	return nil
}

// wholeAndFraction cuts a number at its point: a double would not hold all of 64 bits.
func wholeAndFraction(number string) (whole int64, fraction float64, ok bool) {
	digits, behind, _ := strings.Cut(number, ".")
	if behind != "" {
		fraction, _ = strconv.ParseFloat("0."+behind, 64)
		if strings.HasPrefix(digits, "-") {
			fraction = -fraction
		}
	}
	if strings.Trim(digits, "+-") == "" {
		return 0, fraction, true
	}
	whole, err := strconv.ParseInt(digits, 10, 64)
	return whole, fraction, err == nil
}

// addProduct adds n × unit; false on overflow.
func addProduct(sum *int64, n, unit int64) bool {
	product := n * unit
	if unit != 0 && (product/unit != n) {
		return false
	}
	total := *sum + product
	if (total > *sum) != (product > 0) && product != 0 {
		return false
	}
	*sum = total
	return true
}

// spanClock reads [-]H…:MM[:SS[.f]]; hours may pass 24. A time beyond 64 bits is the error.
func spanClock(s, text string) (int64, error) {
	sign := int64(1)
	if s[0] == '-' || s[0] == '+' {
		if s[0] == '-' {
			sign = -1
		}
		s = s[1:]
	}
	parts := strings.Split(s, ":")
	if len(parts) > 3 {
		return 0, badInterval(text)
	}
	hours, err1 := strconv.ParseUint(parts[0], 10, 63)
	minutes, err2 := strconv.ParseUint(parts[1], 10, 8)
	seconds := 0.0
	if len(parts) == 3 {
		if !isDecimalFloat(parts[2]) || !isDigit(parts[2][0]) {
			return 0, badInterval(text)
		}
		seconds, _ = strconv.ParseFloat(parts[2], 64)
	}
	if err1 != nil || err2 != nil || minutes > 59 || seconds >= 61 {
		return 0, badInterval(text)
	}
	micros := sign * (int64(minutes)*60*microsPerSecond + int64(math.RoundToEven(seconds*microsPerSecond)))
	if !addProduct(&micros, int64(hours), sign*3600*microsPerSecond) {
		return 0, intervalRange(text)
	}
	return micros, nil
}

// yearsMonths reads SQL's "1-2".
func yearsMonths(s string) (int64, bool) {
	sign := int64(1)
	if s[0] == '-' {
		sign, s = -1, s[1:]
	}
	years, months, _ := strings.Cut(s, "-")
	y, err1 := strconv.ParseUint(years, 10, 31)
	m, err2 := strconv.ParseUint(months, 10, 8)
	return sign * (int64(y)*12 + int64(m)), err1 == nil && err2 == nil && m < 12
}

// isoSpan reads the designators of ISO 8601.
func isoSpan(s, text string) (span, error) {
	var out span
	units := map[byte]string{'y': "year", 'm': "month", 'w': "week", 'd': "day"}
	if s == "" {
		return out, badInterval(text)
	}
	for start, at := 0, 0; at < len(s); at++ {
		c := s[at]
		switch {
		case isDigit(c) || c == '.' || c == '-' || c == '+':
			continue
		case c == 't' && start == at:
			units = map[byte]string{'h': "hour", 'm': "minute", 's': "second"}
		default:
			unit, ok := units[c]
			if !ok {
				return out, badInterval(text)
			}
			if err := out.add(s[start:at], unit, text); err != nil {
				return out, err
			}
		}
		start = at + 1
		if at == len(s)-1 && c == 't' {
			return out, badInterval(text)
		}
	}
	if isDigit(s[len(s)-1]) {
		return out, badInterval(text)
	}
	return out, nil
}

// append prints the IntervalStyle postgres. After a negative part a positive one gets its sign.
func (o span) append(dst []byte) []byte {
	start := len(dst)
	negative := false
	part := func(n int64, unit string) {
		if n == 0 {
			return
		}
		if len(dst) > start {
			dst = append(dst, ' ')
		}
		if negative && n > 0 {
			dst = append(dst, '+')
		}
		dst = append(append(strconv.AppendInt(dst, n, 10), ' '), unit...)
		if n != 1 {
			dst = append(dst, 's')
		}
		negative = n < 0
	}
	part(o.months/12, "year")
	part(o.months%12, "mon")
	part(o.days, "day")
	if o.micros == 0 && len(dst) > start {
		return dst
	}
	if len(dst) > start {
		dst = append(dst, ' ')
	}
	micros := uint64(o.micros)
	switch {
	case o.micros < 0:
		dst, micros = append(dst, '-'), -micros
	case negative:
		dst = append(dst, '+')
	}
	seconds := micros / microsPerSecond
	dst = appendPadded(dst, int(seconds/3600), 2)
	dst = appendPadded(append(dst, ':'), int(seconds/60%60), 2)
	dst = appendPadded(append(dst, ':'), int(seconds%60), 2)
	return appendFraction(dst, int(micros%microsPerSecond))
}

func recvInterval(t Type, b []byte) (iris.Value, error) {
	if len(b) != 16 {
		return iris.Null(), badBinary(t)
	}
	o := span{
		micros: int64(binary.BigEndian.Uint64(b)),
		days:   int64(int32(binary.BigEndian.Uint32(b[8:]))),
		months: int64(int32(binary.BigEndian.Uint32(b[12:]))),
	}
	if o.infinite() {
		return iris.Null(), pgerr.New(pgerr.FeatureNotSupported, "infinite intervals are not supported")
	}
	return iris.TextBytes(o.append(nil)), nil
}

// infinite reports the largest and smallest of all intervals, which PostgreSQL 17 and its clients take for infinity.
func (o span) infinite() bool {
	return o == span{math.MaxInt32, math.MaxInt32, math.MaxInt64} || o == span{math.MinInt32, math.MinInt32, math.MinInt64}
}

func sendInterval(dst []byte, _ Type, v iris.Value) ([]byte, error) {
	text := v.String()
	o, err := wordSpan(strings.ToLower(text), text)
	if err != nil {
		return dst, err
	}
	dst = binary.BigEndian.AppendUint64(dst, uint64(o.micros))
	dst = binary.BigEndian.AppendUint32(dst, uint32(o.days))
	return binary.BigEndian.AppendUint32(dst, uint32(o.months)), nil
}
