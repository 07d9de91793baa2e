package value

import (
	"math"
	"math/bits"
	"strconv"
	"strings"
)

// pow10 are the powers of ten that an unsigned 64-bit number holds.
var pow10 = [20]uint64{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17,
	1e18, 1e19}

// Number gives the numeric value as the unary plus of ObjectScript does: the longest numeric prefix of a text, 0 for
// anything else (IRIS docs, "String-to-Number Conversion"). NULL is 0, a Number and a Double are themselves.
func (v Value) Number() Value {
	switch v.kind {
	case Number, Double:
		return v
	case String, List:
		n, _ := ParseNumber(v.Text())
		return n
	}
	return Int(0)
}

// CanonicalNumber reads a text that is a number in canonical form: no leading or trailing zeros, no plus sign, .5 and not
// 0.5, no exponent, and not more digits than a number holds. "7" and 7 are the same subscript, "007" is a text.
func CanonicalNumber(s string) (Value, bool) {
	if s == "0" {
		return Int(0), true
	}
	digits := strings.TrimPrefix(s, "-")
	if digits == "" || len(digits) > 150 || digits[0] == '0' {
		return Value{}, false
	}
	if strings.Contains(digits, ".") && (strings.HasSuffix(digits, "0") || strings.HasSuffix(digits, ".")) {
		return Value{}, false
	}
	for i := 0; i < len(digits); i++ {
		if c := digits[i]; c != '.' && (c < '0' || c > '9') {
			return Value{}, false
		}
	}
	n, rest := ParseNumber(s)
	if rest != 0 || n.kind != Number || n.Text() != s {
		return Value{}, false
	}
	return n, true
}

// ParseNumber reads the longest numeric prefix of a text (signs, digits with a point, an exponent) and says how many bytes
// of the text remain. A number of more than 19 digits is rounded, one beyond the range of decimals becomes a Double.
func ParseNumber(s string) (n Value, rest int) {
	i, negative := 0, false
	for i < len(s) && (s[i] == '-' || s[i] == '+') {
		negative = negative != (s[i] == '-')
		i++
	}
	p := scanDigits(s[i:])
	if p.digits == 0 {
		return special(s, i, negative)
	}
	i += p.length
	exp, used := scanExponent(s[i:])
	i += used
	return p.number(negative, exp), len(s) - i
}

// special reads the names that a text may have for doubles that are no numbers; anything else is 0.
func special(s string, at int, negative bool) (Value, int) {
	for _, w := range []struct {
		name string
		f    float64
	}{{"INFINITY", math.Inf(1)}, {"INF", math.Inf(1)}, {"NAN", math.NaN()}} {
		if len(s)-at == len(w.name) && strings.EqualFold(s[at:], w.name) {
			if negative {
				return Float(-w.f), 0
			}
			return Float(w.f), 0
		}
	}
	return Int(0), len(s)
}

// digitRun is what was read of a number's digits.
type digitRun struct {
	digits   int    // digits seen, zeros included
	length   int    // bytes read
	kept     string // significant digits, at most 40
	exponent int    // value = kept × 10^exponent
}

func scanDigits(s string) digitRun {
	var p digitRun
	kept := make([]byte, 0, 24)
	point := false
	for ; p.length < len(s); p.length++ {
		c := s[p.length]
		if c == '.' && !point {
			point = true
			continue
		}
		if c < '0' || c > '9' {
			break
		}
		p.digits++
		switch {
		case len(kept) >= 40: // beyond any rounding
			if !point {
				p.exponent++
			}
			continue
		case len(kept) > 0 || c != '0':
			kept = append(kept, c)
		}
		if point {
			p.exponent--
		}
	}
	if p.digits == 0 {
		p.length = 0
	}
	p.kept = string(kept)
	return p
}

// scanExponent reads E+nn; without digits there is none.
func scanExponent(s string) (exp, used int) {
	if len(s) < 2 || s[0] != 'E' && s[0] != 'e' {
		return 0, 0
	}
	i := 1
	if s[i] == '+' || s[i] == '-' {
		i++
	}
	from := i
	for i < len(s) && s[i] >= '0' && s[i] <= '9' {
		if exp < 100000 {
			exp = exp*10 + int(s[i]-'0')
		}
		i++
	}
	if i == from {
		return 0, 0
	}
	if s[1] == '-' {
		exp = -exp
	}
	return exp, i
}

// number makes the value of a digit run.
func (p digitRun) number(negative bool, exp int) Value {
	exp += p.exponent
	d := strings.TrimRight(p.kept, "0")
	exp += len(p.kept) - len(d)
	if d == "" {
		return Int(0)
	}
	if len(d) > 20 {
		exp += len(d) - 20
		d = d[:20]
	}
	m, dropped := fold(d)
	return scaled(m, exp+dropped, negative)
}

// fold turns at most 20 digits into a mantissa of 63 bits, rounding half up, and says how many digits it dropped.
func fold(d string) (m uint64, dropped int) {
	for n := len(d); ; n-- {
		if n > 19 {
			continue
		}
		m, _ = strconv.ParseUint(d[:n], 10, 64)
		if n < len(d) && d[n] >= '5' {
			m++
		}
		if m <= math.MaxInt64 {
			return m, len(d) - n
		}
	}
}

// scaled is m × 10^exp as a Number where it fits, else as a Double.
func scaled(m uint64, exp int, negative bool) Value {
	for m != 0 && m%10 == 0 && exp < 0 {
		m, exp = m/10, exp+1
	}
	for exp > 0 && m <= math.MaxInt64/10 {
		m, exp = m*10, exp-1
	}
	if exp > 127 || exp < -128 {
		if m == 0 {
			return Int(0)
		}
		f, _ := strconv.ParseFloat(strconv.FormatUint(m, 10)+"E"+strconv.Itoa(exp), 64)
		if negative {
			f = -f
		}
		return Float(f)
	}
	if negative {
		return Decimal(-int64(m), int8(exp))
	}
	return Decimal(int64(m), int8(exp))
}

// Normal gives a Number without trailing zeros in its mantissa; other values stay.
func (v Value) Normal() Value {
	if v.kind != Number {
		return v
	}
	if v.num == 0 {
		return Int(0)
	}
	m, e := v.num, int(v.exp)
	for m%10 == 0 && e < 127 {
		m, e = m/10, e+1
	}
	return Decimal(m, int8(e))
}

// Integer gives the whole part, truncated; false when it is beyond 64 bits or no number.
func (v Value) Integer() (int64, bool) {
	if v.kind == Number && v.exp == 0 {
		return v.num, true
	}
	n := v.Number()
	if n.kind == Double {
		f := math.Trunc(n.f)
		if !(f >= -1<<63 && f < 1<<63) {
			return 0, false
		}
		return int64(f), true
	}
	m, e := n.num, int(n.exp)
	for ; e < 0 && m != 0; e++ {
		m /= 10
	}
	for ; e > 0 && m != 0; e-- {
		hi, lo := bits.Mul64(magnitude(m), 10)
		if hi != 0 || lo > math.MaxInt64 {
			return 0, false
		}
		m *= 10
	}
	return m, true
}

// IsInteger reports whether the numeric value has no fraction.
func (v Value) IsInteger() bool {
	if v.kind == Number && v.exp == 0 {
		return true
	}
	n := v.Number().Normal()
	if n.kind == Double {
		return n.f == math.Trunc(n.f) && !math.IsInf(n.f, 0)
	}
	return n.exp >= 0
}

// Approx gives the nearest double of the numeric value.
func (v Value) Approx() float64 {
	n := v.Number()
	if n.kind == Double {
		return n.f
	}
	if n.exp == 0 || n.num == 0 {
		return float64(n.num)
	}
	if n.exp < 0 && n.exp >= -22 && magnitude(n.num) <= 1<<53 {
		return float64(n.num) / math.Pow10(-int(n.exp)) // both exact, so rounded once
	}
	f, _ := strconv.ParseFloat(strconv.FormatInt(n.num, 10)+"E"+strconv.Itoa(int(n.exp)), 64)
	return f
}

// Decimal gives the numeric value as a Number of at most 15 significant digits for a Double ($DECIMAL); one beyond the
// range of decimals stays a Double.
func (v Value) Decimal() Value { return v.DecimalOf(15) }

// DecimalOf is Decimal with another number of significant digits, 1 to 19.
func (v Value) DecimalOf(digits int) Value {
	n := v.Number()
	if n.kind != Double || math.IsNaN(n.f) || math.IsInf(n.f, 0) {
		return n
	}
	d, _ := ParseNumber(strconv.FormatFloat(n.f, 'E', digits-1, 64))
	return d
}

// Double gives the numeric value as a Double ($DOUBLE).
func (v Value) Double() Value { return Float(v.Approx()) }

func magnitude(m int64) uint64 {
	if m < 0 {
		return -uint64(m)
	}
	return uint64(m)
}
