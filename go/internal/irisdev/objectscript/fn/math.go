package fn

import (
	"math"

	"github.com/cockroachdb/apd/v3"

	"iris-pgwire/internal/irisdev/value"
)

// mathFunctions are $ZABS and what is computed: of a double a double, else a decimal of 19 digits.
var mathFunctions = table{
	"$ZABS": pure(1, 1, func(a args) (value.Value, error) {
		n := a.value(0).Number()
		if value.CompareNumbers(n, value.Int(0)) < 0 {
			n = value.Negate(n)
		}
		return n, nil
	}),
	"$ZPOWER":  pure(2, 2, func(a args) (value.Value, error) { return Power(a.value(0), a.value(1)) }),
	"$ZSQR":    real(math.Sqrt, func(x float64) bool { return x >= 0 }, decimals.Sqrt),
	"$ZEXP":    real(math.Exp, func(x float64) bool { return x < 335.6 }, exponential),
	"$ZLN":     real(math.Log, positive, decimals.Ln),
	"$ZLOG":    real(math.Log10, positive, decimals.Log10),
	"$ZSIN":    real(math.Sin, finite, sine),
	"$ZCOS":    real(math.Cos, finite, cosine),
	"$ZTAN":    real(math.Tan, finite, quotient(sine, cosine)),
	"$ZCOT":    real(func(x float64) float64 { return 1 / math.Tan(x) }, notZero, quotient(cosine, sine)),
	"$ZSEC":    real(func(x float64) float64 { return 1 / math.Cos(x) }, finite, quotient(one, cosine)),
	"$ZCSC":    real(func(x float64) float64 { return 1 / math.Sin(x) }, notZero, quotient(one, sine)),
	"$ZARCSIN": real(math.Asin, unit, arcSine),
	"$ZARCCOS": real(math.Acos, unit, arcCosine),
	"$ZARCTAN": real(math.Atan, finite, arcTangent),
}

func positive(x float64) bool { return x > 0 }
func notZero(x float64) bool  { return x != 0 && finite(x) }
func unit(x float64) bool     { return x >= -1 && x <= 1 }
func finite(x float64) bool   { return !math.IsInf(x, 0) && math.Abs(x) < 1e18 }

// real makes a function of one for doubles and one for decimals; outside of its domain it is <ILLEGAL VALUE>.
func real(f func(float64) float64, domain func(float64) bool, exact decimalFunc) Func {
	return pure(1, 1, func(a args) (value.Value, error) {
		n := a.value(0).Number()
		x := n.Approx()
		if n.Kind() == value.Double && math.IsNaN(x) {
			return n, nil
		}
		if !domain(x) {
			return value.Value{}, errIllegal
		}
		if n.Kind() == value.Double {
			return value.Float(f(x)), nil
		}
		var d apd.Decimal
		if _, err := exact(&d, apdOf(n)); err != nil {
			return value.Value{}, errIllegal
		}
		return fromApd(&d), nil
	})
}
