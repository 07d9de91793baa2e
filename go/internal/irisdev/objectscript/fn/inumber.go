package fn

import (
	"math"
	"strings"

	"iris-pgwire/internal/irisdev/value"
)

// inumber is $INUMBER(text, format, erropt): a formatted number is checked against the format and read. What does not fit is
// <ILLEGAL VALUE>, or the third argument.
func inumber(a args) (value.Value, error) {
	c, err := parseCodes(a.text(1), "+-,.TPLEGDNO")
	if err != nil {
		return value.Value{}, err
	}
	if c.both('+', '-') {
		return value.Value{}, errFunction
	}
	n, ok := c.read(strings.Trim(a.text(0), " "))
	switch {
	case ok && c.has('D'):
		return n.Double(), nil
	case ok:
		return n, nil
	case a.has(2):
		return a.value(2), nil
	}
	return value.Value{}, errIllegal
}

// read takes sign and parentheses off, then separators, and reads what remains.
func (c codes) read(s string) (value.Value, bool) {
	s, mark, ok := c.unsign(s)
	if !ok {
		return value.Value{}, false
	}
	var n value.Value
	switch strings.ToUpper(s) {
	case "INF", "INFINITY":
		n, ok = value.Float(math.Inf(1)), c.has('D')
	case "NAN", "SNAN":
		return value.Float(math.NaN()), c.has('D')
	default:
		n, ok = c.readDigits(s)
	}
	if c.has('+') && (mark == 0 || mark == '(') || c.has('-') && mark != 0 {
		return value.Value{}, false
	}
	if mark == '-' || mark == '(' {
		n = value.Negate(n)
	}
	return n, ok
}

// unsign takes the sign off: mark is +, -, ( or 0.
func (c codes) unsign(s string) (rest string, mark byte, ok bool) {
	if s == "" {
		return "", 0, false
	}
	first, last := s[0], s[len(s)-1]
	switch {
	case first == '(' && last == ')':
		return s[1 : len(s)-1], '(', !strings.ContainsAny(c.set, "LT")
	case first == '+' || first == '-':
		return s[1:], first, !c.has('T') && !c.has('P')
	case last == '+' || last == '-':
		return s[:len(s)-1], last, !c.has('L') && !c.has('P')
	}
	return s, 0, true
}

func (c codes) readDigits(s string) (value.Value, bool) {
	separator, point := byte(','), byte('.')
	if c.has('.') {
		separator, point = '.', ','
	}
	strict := c.has(',') || c.has('.')
	head, tail, dotted := strings.Cut(s, string(point))
	if strict {
		if strings.IndexByte(tail, separator) >= 0 || !grouped(head, separator) {
			return value.Value{}, false
		}
	} else if !loose(s, separator) || c.has('N') && strings.IndexByte(s, separator) >= 0 {
		return value.Value{}, false
	}
	s = strings.ReplaceAll(head, string(separator), "")
	if dotted {
		s += "." + strings.ReplaceAll(tail, string(separator), "")
	}
	if !c.has('E') && !c.has('G') && strings.ContainsAny(s, "eE") || s == "" || s[0] == '+' || s[0] == '-' {
		return value.Value{}, false
	}
	return strictNumber(Str(s), true)
}

// grouped reports digits without separators, or with one in front of each group of three.
func grouped(s string, separator byte) bool {
	parts := strings.Split(s, string(separator))
	for i, p := range parts {
		if i > 0 && len(p) != 3 || i == 0 && len(parts) > 1 && (len(p) == 0 || len(p) > 3) {
			return false
		}
	}
	return true
}

// loose reports that every separator stands between two digits.
func loose(s string, separator byte) bool {
	digit := func(i int) bool { return i >= 0 && i < len(s) && s[i] >= '0' && s[i] <= '9' }
	for i := range s {
		if s[i] == separator && !(digit(i-1) && digit(i+1)) {
			return false
		}
	}
	return true
}
