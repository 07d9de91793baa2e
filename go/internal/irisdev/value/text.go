package value

import (
	"math"
	"strconv"
	"strings"
)

// Text gives the value as ObjectScript shows it: numbers in canonical form, a $LIST as the characters of its bytes, a
// vector as its elements between commas, NULL as nothing.
func (v Value) Text() string {
	switch v.kind {
	case String:
		return v.s
	case Number:
		return decimalText(v.num, int(v.exp))
	case Double:
		return doubleText(v.f)
	case List:
		return FromLatin1([]byte(v.s))
	case Vector:
		return v.vec.Text()
	}
	return ""
}

// decimalText is the canonical form of mantissa × 10^exp.
func decimalText(m int64, exp int) string {
	if m == 0 {
		return "0"
	}
	if exp == 0 {
		return strconv.FormatInt(m, 10)
	}
	return plainDigits(m < 0, strconv.FormatUint(magnitude(m), 10), exp)
}

// plainDigits writes digits × 10^exp without an exponent, a leading zero or trailing zeros.
func plainDigits(negative bool, d string, exp int) string {
	var b strings.Builder
	if negative {
		b.WriteByte('-')
	}
	whole := len(d) + exp
	switch {
	case exp >= 0:
		b.WriteString(d)
		b.WriteString(strings.Repeat("0", exp))
		return b.String()
	case whole > 0:
		b.WriteString(d[:whole])
		d = d[whole:]
	default:
		d = strings.Repeat("0", -whole) + d
	}
	if d = strings.TrimRight(d, "0"); d != "" {
		b.WriteByte('.')
		b.WriteString(d)
	}
	return b.String()
}

// doubleText shows a double with up to 20 significant digits, as $DOUBLE values are written (IRIS docs, "Numeric Computing
// in InterSystems Applications").
func doubleText(f float64) string {
	switch {
	case math.IsNaN(f):
		return "NAN"
	case math.IsInf(f, 1):
		return "INF"
	case math.IsInf(f, -1):
		return "-INF"
	case f == 0:
		return "0"
	}
	m, e, _ := strings.Cut(strconv.FormatFloat(math.Abs(f), 'e', 19, 64), "e")
	digits := strings.TrimRight(m[:1]+m[2:], "0")
	exp, _ := strconv.Atoi(e)
	if exp > 20 || exp < -20 {
		return sign(f) + digits[:1] + fraction(digits[1:]) + "E" + strconv.Itoa(exp)
	}
	return plainDigits(f < 0, digits, exp-len(digits)+1)
}

func sign(f float64) string {
	if f < 0 {
		return "-"
	}
	return ""
}

func fraction(digits string) string {
	if digits == "" {
		return ""
	}
	return "." + digits
}

// ShortText is Text for people and drivers: a double in the fewest digits that give the same double again.
func (v Value) ShortText() string {
	if v.kind != Double || math.IsNaN(v.f) || math.IsInf(v.f, 0) || v.f == 0 {
		return v.Text()
	}
	m, e, _ := strings.Cut(strconv.FormatFloat(math.Abs(v.f), 'e', -1, 64), "e")
	digits := m[:1] + strings.TrimPrefix(m[1:], ".")
	exp, _ := strconv.Atoi(e)
	if exp > 20 || exp < -20 {
		return sign(v.f) + digits[:1] + fraction(digits[1:]) + "E" + strconv.Itoa(exp)
	}
	return plainDigits(v.f < 0, digits, exp-len(digits)+1)
}
