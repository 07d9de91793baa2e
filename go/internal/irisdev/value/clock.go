package value

import (
	"bytes"
	"strings"
)

const (
	dayMicros  = 86400 * 1000000
	posixShift = 1 << 60            // added to microseconds from 1970 on
	posixMask  = 0x6000000000000000 // cleared in microseconds before 1970
	unixDay    = 47117              // 1970-01-01 as a day number
	minPosix   = (MinDay - unixDay) * dayMicros
	maxPosix   = (MaxDay-unixDay+1)*dayMicros - 1
)

// ParseTime reads hh:mm[:ss[.f]] as seconds since midnight, up to nine digits of fraction; 24:00 is not a time.
func ParseTime(s string) (Value, bool) {
	clock, frac, dotted := strings.Cut(s, ".")
	p := strings.Split(clock, ":")
	if len(p) < 2 || len(p) > 3 || dotted && (len(p) < 3 || frac == "") {
		return Value{}, false
	}
	seconds := 0
	for i, limit := range []int{24, 60, 60} {
		n := 0
		if i < len(p) {
			var ok bool
			if n, ok = digits(p[i], 2); !ok || n >= limit {
				return Value{}, false
			}
		}
		seconds = seconds*60 + n
	}
	if !dotted {
		return Int(int64(seconds)), true
	}
	if len(frac) > 9 {
		frac = frac[:9]
	}
	f, ok := digits(frac, 9)
	if !ok {
		return Value{}, false
	}
	return Decimal(int64(seconds)*int64(pow10[len(frac)])+int64(f), -int8(len(frac))).Normal(), true
}

// FormatTime writes seconds since midnight as hh:mm:ss[.f] with the digits that the value has.
func FormatTime(v Value) (string, bool) {
	n := v.Number().DecimalOf(15)
	whole, ok := n.Integer()
	if !ok || whole < 0 || whole >= 86400 || n.kind != Number || n.num < 0 {
		return "", false
	}
	s := string(appendClock(nil, int(whole)))
	if _, frac, dotted := strings.Cut(n.Text(), "."); dotted {
		s += "." + frac
	}
	return s, true
}

func appendClock(buf []byte, seconds int) []byte {
	buf = append(appendTwo(buf, seconds/3600), ':')
	buf = append(appendTwo(buf, seconds/60%60), ':')
	return appendTwo(buf, seconds%60)
}

// Posix encodes microseconds since 1970-01-01 as %PosixTime holds them, so that they collate by time; false outside years
// 1 to 9999 (IRIS docs, "%Library.PosixTime").
func Posix(micros int64) (Value, bool) {
	if micros < minPosix || micros > maxPosix {
		return Value{}, false
	}
	if micros >= 0 {
		return Int(micros + posixShift), true
	}
	return Int(micros &^ posixMask), true
}

// Micros decodes a %PosixTime value.
func Micros(v Value) (int64, bool) {
	n, ok := v.Integer()
	if !ok || !v.IsInteger() {
		return 0, false
	}
	if n > 0 {
		n ^= posixShift
	} else {
		n |= posixMask
	}
	return n, n >= minPosix && n <= maxPosix
}

// ParseTimestamp reads YYYY-MM-DD[ hh:mm[:ss[.f]]] as microseconds since 1970-01-01; digits beyond six are dropped. A T
// between date and time is read too.
func ParseTimestamp(s string) (int64, bool) {
	date, clock := s, ""
	if i := strings.IndexAny(s, " T"); i >= 0 {
		date, clock = s[:i], s[i+1:]
		if clock == "" {
			return 0, false
		}
	}
	day, ok := ParseDate(date)
	if !ok {
		return 0, false
	}
	micros := int64(day-unixDay) * dayMicros
	if clock == "" {
		return micros, true
	}
	t, ok := ParseTime(clock)
	if !ok {
		return 0, false
	}
	n, _ := Multiply(t, Int(1000000)).Integer()
	return micros + n, true
}

// FormatTimestamp writes microseconds since 1970-01-01 as YYYY-MM-DD hh:mm:ss[.f], without trailing zeros in the fraction.
func FormatTimestamp(micros int64) (string, bool) {
	var buf [26]byte
	out, ok := appendTimestamp(buf[:0], micros)
	return string(out), ok
}

func appendTimestamp(buf []byte, micros int64) ([]byte, bool) {
	day, rest := micros/dayMicros, micros%dayMicros
	if rest < 0 {
		day, rest = day-1, rest+dayMicros
	}
	out, ok := appendDate(buf, int(day)+unixDay)
	if !ok {
		return buf, false
	}
	out = appendClock(append(out, ' '), int(rest/1000000))
	if f := int(rest % 1000000); f != 0 {
		out = appendTwo(appendTwo(appendTwo(append(out, '.'), f/10000), f/100%100), f%100)
		out = bytes.TrimRight(out, "0")
	}
	return out, true
}
