package fn

import (
	"math"
	"strconv"
	"strings"

	"github.com/cockroachdb/apd/v3"

	"iris-pgwire/internal/irisdev/value"
)

// roundContext has room for every digit that a number can have before and behind the point.
var roundContext = apd.BaseContext.WithPrecision(400)

// Round rounds a number to n decimals, half away from zero; a negative n rounds in front of the point. Of a double the
// nearest double is taken.
func Round(v value.Value, n int) value.Value { return rounded(v, n, apd.RoundHalfUp) }

// Truncate cuts off behind n decimals.
func Truncate(v value.Value, n int) value.Value { return rounded(v, n, apd.RoundDown) }

func rounded(v value.Value, n int, how apd.Rounder) value.Value {
	v = v.Number()
	n = max(-300, min(n, 300))
	if v.Kind() == value.Double {
		f := v.Float64()
		if math.IsInf(f, 0) || math.IsNaN(f) {
			return v
		}
		d, _, err := apd.NewFromString(strconv.FormatFloat(f, 'e', -1, 64))
		if err != nil {
			return v
		}
		g, err := strconv.ParseFloat(quantized(d, n, how).Text('e'), 64)
		if err != nil {
			return v
		}
		return value.Float(g)
	}
	if _, exp := v.Parts(); int(exp) >= -n {
		return v.Normal()
	}
	return fromApd(quantized(apdOf(v), n, how))
}

func quantized(d *apd.Decimal, n int, how apd.Rounder) *apd.Decimal {
	c := *roundContext
	c.Rounding = how
	var out apd.Decimal
	if _, err := c.Quantize(&out, d, int32(-n)); err != nil {
		return d
	}
	return &out
}

// Fixed writes a number with exactly n decimals and a digit in front of the point, as $JUSTIFY does; INF and NAN as they are.
func Fixed(v value.Value, n int) string {
	x := Round(v, n)
	if x.Kind() == value.Double {
		if math.IsInf(x.Float64(), 0) || math.IsNaN(x.Float64()) {
			return x.Text()
		}
		return strconv.FormatFloat(x.Float64(), 'f', n, 64)
	}
	sign, digits := "", x.Text()
	if strings.HasPrefix(digits, "-") {
		sign, digits = "-", digits[1:]
	}
	head, tail, _ := strings.Cut(digits, ".")
	if head == "" {
		head = "0"
	}
	if n == 0 {
		return sign + head
	}
	return sign + head + "." + tail + strings.Repeat("0", max(0, n-len(tail)))
}
