package sqlrun

import (
	"math"

	"iris-pgwire/internal/irisdev/value"
)

// wholeNumber truncates a value to an integer, as \1 does; text counts by its leading number.
func wholeNumber(v value.Value) int64 {
	n := v.Number()
	if n.Kind() == value.Double {
		f := math.Trunc(n.Float64())
		switch {
		case f >= math.MaxInt64:
			return math.MaxInt64
		case f <= math.MinInt64:
			return math.MinInt64
		case math.IsNaN(f):
			return 0
		}
		return int64(f)
	}
	m, e := n.Parts()
	for ; e < 0 && m != 0; e++ {
		m /= 10
	}
	for ; e > 0 && m != 0; e-- {
		if m > math.MaxInt64/10 {
			return math.MaxInt64
		}
		if m < math.MinInt64/10 {
			return math.MinInt64
		}
		m *= 10
	}
	return m
}

// rounded rounds a decimal half away from zero to scale digits after the point.
func rounded(v value.Value, scale int) value.Value {
	m, e := v.Parts()
	drop := -scale - int(e)
	if drop <= 0 {
		return v
	}
	if drop > 19 {
		return value.Int(0)
	}
	digit := int64(0)
	for ; drop > 0; drop-- {
		digit = m % 10
		m /= 10
	}
	switch {
	case digit >= 5:
		m++
	case digit <= -5:
		m--
	}
	if m == 0 {
		return value.Int(0)
	}
	return value.Decimal(m, int8(-scale))
}

// integerDigits counts the digits before the decimal point.
func integerDigits(v value.Value) int {
	m, e := v.Parts()
	n := 0
	for ; m != 0; m /= 10 {
		n++
	}
	if n == 0 {
		return 0
	}
	return max(0, n+int(e))
}
