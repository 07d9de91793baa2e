package iris

import (
	"math"
	"strconv"
)

// Int64 gives the value as an integer; ok is false when it isn't exactly one (a fraction, a text that is no number, NULL).
func (v Value) Int64() (i int64, ok bool) {
	switch v.kind {
	case KindInt:
		return v.num, true
	case KindDecimal:
		return scaleInt(v.num, int(v.exp))
	case KindDouble:
		f := math.Float64frombits(uint64(v.num))
		if f != math.Trunc(f) || f < -1<<63 || f >= 1<<63 {
			return 0, false
		}
		return int64(f), true
	case KindNull:
		return 0, false
	}
	if i, ok = atoi(v.data); ok && v.kind != KindUTF16 {
		return i, true
	}
	if len(v.data) > longestNumber {
		return 0, false
	}
	i, err := strconv.ParseInt(v.String(), 10, 64)
	return i, err == nil
}

// longestNumber is the length from which on a text is no integer, whatever it holds: it is not copied to find out.
const longestNumber = 1 << 10

// Float64 gives the value as a double; ok is false for NULL and for text that is no number. IRIS writes INF, -INF and
// NAN (IRIS docs, "$DOUBLE").
func (v Value) Float64() (f float64, ok bool) {
	switch v.kind {
	case KindInt:
		return float64(v.num), true
	case KindDouble:
		return math.Float64frombits(uint64(v.num)), true
	case KindNull:
		return 0, false
	}
	f, err := strconv.ParseFloat(v.String(), 64)
	return f, err == nil
}

// scaleInt multiplies by a power of ten if the result is an integer that fits.
func scaleInt(m int64, exponent int) (int64, bool) {
	if m == 0 {
		return 0, true
	}
	for ; exponent > 0; exponent-- {
		if m > math.MaxInt64/10 || m < math.MinInt64/10 {
			return 0, false
		}
		m *= 10
	}
	for ; exponent < 0; exponent++ {
		if m%10 != 0 {
			return 0, false
		}
		m /= 10
	}
	return m, true
}

// atoi reads a short run of digits without an allocation; longer ones are left to strconv.
func atoi(b []byte) (int64, bool) {
	neg := len(b) > 0 && b[0] == '-'
	if neg {
		b = b[1:]
	}
	if len(b) == 0 || len(b) > 18 {
		return 0, false
	}
	var n int64
	for _, c := range b {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + int64(c-'0')
	}
	if neg {
		n = -n
	}
	return n, true
}
