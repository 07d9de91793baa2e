package sqlfunc

import (
	"strings"

	"iris-pgwire/internal/irisdev/value"
)

// numberFormat is a TO_CHAR format for numbers: 9 and 0 digits, a point (or D), separators (or G), $, S and FM (IRIS docs,
// "TO_CHAR").
type numberFormat struct {
	whole    string // digits and separators before the point
	decimals int
	point    bool
	dollar   bool
	compact  bool // FM: no blanks in front
	signed   byte // S in front 'S', behind 's'
}

// isNumberFormat reports a format of number codes only.
func isNumberFormat(format string) bool {
	digits := false
	for i := 0; i < len(format); i++ {
		c := format[i]
		digits = digits || c == '9' || c == '0'
		if strings.IndexByte("90.,$SDGFMsdgfm", c) < 0 {
			return false
		}
	}
	return digits
}

func parseNumberFormat(format string) (numberFormat, bool) {
	var f numberFormat
	s := strings.ToUpper(format)
	if rest, ok := strings.CutPrefix(s, "FM"); ok {
		f.compact, s = true, rest
	}
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == 'S' && i == 0:
			f.signed = 'S'
		case c == 'S' && i == len(s)-1 && f.signed == 0:
			f.signed = 's'
		case c == '$' && !f.dollar && !f.point:
			f.dollar = true
		case (c == '.' || c == 'D') && !f.point:
			f.point = true
		case (c == ',' || c == 'G') && !f.point:
			f.whole += ","
		case (c == '9' || c == '0') && f.point:
			f.decimals++
		case c == '9' || c == '0':
			f.whole += string(c)
		default:
			return f, false
		}
	}
	return f, true
}

// write formats a number; one that does not fit is a row of #.
func (f numberFormat) write(v value.Value) string {
	s := fixedDecimals(v, f.decimals)
	negative := strings.HasPrefix(s, "-")
	head, tail, _ := strings.Cut(strings.TrimPrefix(s, "-"), ".")
	head = strings.TrimLeft(head, "0")
	body, ok := f.digits(head)
	if !ok {
		return strings.Repeat("#", f.width())
	}
	if f.point {
		body += "." + tail
	}
	digits := strings.TrimLeft(body, " ")
	blanks := strings.Repeat(" ", len(body)-len(digits))
	if f.dollar {
		digits = "$" + digits
	}
	switch {
	case f.signed == 's' && negative:
		digits += "-"
	case f.signed == 's':
		digits += "+"
	case negative:
		digits = "-" + digits
	case f.signed == 'S':
		digits = "+" + digits
	default:
		digits = " " + digits
	}
	if f.compact {
		return strings.TrimLeft(digits, " ")
	}
	return blanks + digits
}

// digits lays the whole part into its places from the right: leading 9s are blanks, 0s are zeros.
func (f numberFormat) digits(head string) (string, bool) {
	out := make([]byte, len(f.whole))
	zeros := strings.IndexByte(f.whole, '0')
	for i := len(f.whole) - 1; i >= 0; i-- {
		started := head != "" || zeros >= 0 && i >= zeros
		switch {
		case f.whole[i] == ',' && started:
			out[i] = ','
		case f.whole[i] == ',' || !started:
			out[i] = ' '
		case head != "":
			out[i] = head[len(head)-1]
			head = head[:len(head)-1]
		default:
			out[i] = '0'
		}
	}
	if f.decimals == 0 && strings.TrimSpace(string(out)) == "" && len(out) > 0 {
		out[len(out)-1] = '0'
	}
	return string(out), head == ""
}

func (f numberFormat) width() int {
	n := len(f.whole) + 1
	if f.point {
		n += 1 + f.decimals
	}
	if f.dollar {
		n++
	}
	return n
}
