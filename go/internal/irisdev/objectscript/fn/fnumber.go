package fn

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"iris-pgwire/internal/irisdev/value"
)

// codes are the format codes of $FNUMBER and $INUMBER, in upper case; small says that e, g or d was written small.
type codes struct {
	set   string
	small bool
}

func (c codes) has(code byte) bool { return strings.IndexByte(c.set, code) >= 0 }

func (c codes) both(a, b byte) bool { return c.has(a) && c.has(b) }

// parseCodes reads format codes; some of them exclude each other (<SYNTAX> with P, else <FUNCTION>).
func parseCodes(s, allowed string) (codes, error) {
	c := codes{small: strings.ContainsAny(s, "egd")}
	for i := 0; i < len(s); i++ {
		if strings.IndexByte(allowed, upperByte(s[i])) < 0 {
			return c, errFunction
		}
		c.set += string(upperByte(s[i]))
	}
	if c.has('P') && strings.ContainsAny(c.set, "+-LT") {
		_, err := fail("SYNTAX")
		return c, err
	}
	if c.both('T', 'L') || c.both(',', '.') || c.both(',', 'N') || c.both('.', 'O') || c.both('E', 'G') {
		return c, errFunction
	}
	return c, nil
}

// formatNumber is $FNUMBER(number, format, decimals).
func formatNumber(a args) (value.Value, error) {
	c, err := parseCodes(a.text(1), "+-,.TPLEGDNO")
	if err != nil {
		return value.Value{}, err
	}
	n := a.value(0).Number()
	switch decimals := a.int(2, 0); {
	case decimals < 0:
		return value.Value{}, errIllegal
	case decimals > MaxString:
		return value.Value{}, errMaxString
	}
	if n.Kind() == value.Double && math.IsNaN(n.Float64()) {
		return str(c.word("NAN"))
	}
	negative := value.CompareNumbers(n, value.Int(0)) < 0
	if c.has('D') && n.Kind() == value.Double && n.Float64() == 0 {
		negative = math.Signbit(n.Float64())
	}
	if negative {
		n = value.Negate(n)
	}
	return limited(c.sign(c.digits(n, a), negative))
}

func (c codes) word(s string) string {
	if c.small && c.has('D') {
		return strings.ToLower(s)
	}
	return s
}

// digits writes a number that is not negative.
func (c codes) digits(n value.Value, a args) string {
	if n.Kind() == value.Double && math.IsInf(n.Float64(), 0) {
		return c.word("INF")
	}
	if c.has('E') || c.has('G') {
		s := c.scientific(n, a.int(2, 6), a.has(2))
		return c.group(s)
	}
	if a.has(2) {
		return c.group(Fixed(n, a.int(2, 0)))
	}
	s := n.Text()
	if strings.HasPrefix(s, ".") && strings.Trim(c.set, "LD") != "" {
		s = "0" + s
	}
	return c.group(s)
}

// scientific writes d.dddE+nn, or with G a plain number whose digits are no more than asked for.
func (c codes) scientific(n value.Value, decimals int, given bool) string {
	letter := "E"
	if c.small {
		letter = "e"
	}
	d := n
	if n.Kind() != value.Double {
		d = n.Normal()
	}
	text := scientificText(d, decimals)
	mantissa, exponent, _ := strings.Cut(text, "e")
	exp, _ := strconv.Atoi(exponent)
	if c.has('G') {
		m := strings.TrimRight(strings.Replace(mantissa, ".", "", 1), "0")
		if exp >= -5 && exp <= decimals && len(m) <= decimals+1 {
			return plainScientific(m, exp)
		}
	}
	return mantissa + letter + fmt.Sprintf("%+03d", exp)
}

// scientificText is one digit, decimals digits and an exponent, rounded.
func scientificText(n value.Value, decimals int) string {
	if n.Kind() == value.Double {
		return strconv.FormatFloat(n.Float64(), 'e', decimals, 64)
	}
	if m, _ := n.Parts(); m == 0 {
		return strconv.FormatFloat(0, 'e', decimals, 64)
	}
	d := apdOf(n)
	exp := int(d.NumDigits()) + int(d.Exponent) - 1
	r := apdOf(Round(n, decimals-exp).Normal())
	digits := r.Coeff.String()
	exp = len(digits) + int(r.Exponent) - 1
	digits += strings.Repeat("0", max(0, decimals+1-len(digits)))
	if decimals == 0 {
		return digits[:1] + "e" + strconv.Itoa(exp)
	}
	return digits[:1] + "." + digits[1:decimals+1] + "e" + strconv.Itoa(exp)
}

// plainScientific writes significant digits without an exponent.
func plainScientific(digits string, exp int) string {
	n, _ := value.ParseNumber("0" + digits + "E" + strconv.Itoa(exp-len(digits)+1))
	s := n.Text()
	if strings.HasPrefix(s, ".") {
		s = "0" + s
	}
	return s
}

// group puts separators between groups of three digits, and the decimal separator of the format.
func (c codes) group(s string) string {
	if !c.has(',') && !c.has('.') {
		return s
	}
	separator, point := ",", "."
	if c.has('.') {
		separator, point = ".", ","
	}
	if c.has('N') {
		separator = ""
	}
	head, tail, dotted := strings.Cut(s, ".")
	if strings.ContainsAny(head, "eE") {
		return s
	}
	for i := len(head) - 3; i > 0; i -= 3 {
		head = head[:i] + separator + head[i:]
	}
	if !dotted {
		return head
	}
	return head + point + tail
}

// sign puts the sign where the format wants it.
func (c codes) sign(s string, negative bool) string {
	mark := ""
	switch {
	case negative && !c.has('-') || negative && c.has('P'):
		mark = "-"
	case !negative && c.has('+'):
		mark = "+"
	}
	switch {
	case c.has('P') && negative:
		return "(" + s + ")"
	case c.has('P'):
		return " " + s + " "
	case c.has('T') && mark == "":
		return s + " "
	case c.has('T'):
		return s + mark
	}
	return mark + s
}
