package fn

import (
	"math"

	"github.com/cockroachdb/apd/v3"

	"iris-pgwire/internal/irisdev/value"
)

// decimals computes with more digits than a number keeps, so that the last one kept is right.
var decimals = apd.BaseContext.WithPrecision(25)

func apdOf(v value.Value) *apd.Decimal {
	m, e := v.Number().Parts()
	return apd.New(m, int32(e))
}

// fromApd rounds to the 19 digits of a number and to 18 places after the point at most for what isn't exact.
func fromApd(d *apd.Decimal) value.Value {
	n, _ := value.ParseNumber(d.Text('E'))
	return n.Normal()
}

// Power is the operator ** and $ZPOWER (IRIS docs, "Exponentiation"): 0**0 is 0; 0 to a negative power and a negative number
// to a power with a fraction are <ILLEGAL VALUE>; what is too large is <MAXNUMBER>, what is too small 0.
func Power(l, r value.Value) (value.Value, error) {
	if isDouble(l) || isDouble(r) {
		return doublePower(l.Approx(), r.Approx())
	}
	x, y := l.Number(), r.Number()
	zero := value.Int(0)
	base, exponent := value.CompareNumbers(x, zero), value.CompareNumbers(y, zero)
	switch {
	case base == 0 && exponent < 0, base < 0 && !y.IsInteger():
		return value.Value{}, errIllegal
	case base == 0:
		return zero, nil
	case exponent == 0:
		return value.Int(1), nil
	}
	switch f := math.Log10(math.Abs(x.Approx())) * y.Approx(); {
	case f > 145.97:
		return value.Value{}, errMaxNumber
	case f < -128:
		return zero, nil
	}
	if n, ok := y.Integer(); ok && y.IsInteger() && n > 0 && n < 1<<10 {
		return wholePower(x, n)
	}
	var d apd.Decimal
	if _, err := decimals.Pow(&d, apdOf(x), apdOf(y)); err != nil {
		return value.Value{}, errIllegal
	}
	return decimalResult(x, y, fromApd(&d))
}

// wholePower multiplies exactly as long as the digits are held.
func wholePower(x value.Value, n int64) (value.Value, error) {
	exact := apd.BaseContext.WithPrecision(60)
	var d apd.Decimal
	if _, err := exact.Pow(&d, apdOf(x), apd.New(n, 0)); err != nil {
		return value.Value{}, errMaxNumber
	}
	return decimalResult(x, x, fromApd(&d))
}

func doublePower(x, y float64) (value.Value, error) {
	switch {
	case math.IsNaN(x) || math.IsNaN(y):
		return value.Float(math.NaN()), nil
	case x == 0 && y < 0:
		return value.Value{}, errDivide
	case x < 0 && y != math.Trunc(y):
		return value.Value{}, errIllegal
	}
	f := math.Pow(x, y)
	if math.IsInf(f, 0) && !math.IsInf(x, 0) && !math.IsInf(y, 0) {
		return value.Value{}, errMaxNumber
	}
	return value.Float(f), nil
}
