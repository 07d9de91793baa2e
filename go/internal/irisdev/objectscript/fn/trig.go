package fn

import "github.com/cockroachdb/apd/v3"

// decimalFunc computes d from x with more digits than are kept.
type decimalFunc func(d, x *apd.Decimal) (apd.Condition, error)

// series has room for the digits that get lost between large terms.
var series = apd.BaseContext.WithPrecision(60)

// pi to more digits than any argument here can use up.
var pi, _, _ = apd.NewFromString("3.1415926535897932384626433832795028841971693993751058209749445923078164")

// below ends a series: terms smaller than this change nothing.
var below = apd.New(1, -45)

func one(d, _ *apd.Decimal) (apd.Condition, error) { return 0, set(d, apd.New(1, 0)) }

func set(d, x *apd.Decimal) error { d.Set(x); return nil }

func exponential(d, x *apd.Decimal) (apd.Condition, error) { return decimals.Exp(d, x) }

// sine is Taylor's series of what remains of the angle after whole turns.
func sine(d, x *apd.Decimal) (apd.Condition, error) {
	r, err := reduce(x)
	if err != nil {
		return 0, err
	}
	return 0, taylor(d, r, r, 1)
}

func cosine(d, x *apd.Decimal) (apd.Condition, error) {
	r, err := reduce(x)
	if err != nil {
		return 0, err
	}
	return 0, taylor(d, r, apd.New(1, 0), 0)
}

// reduce gives an angle between -pi and pi.
func reduce(x *apd.Decimal) (*apd.Decimal, error) {
	var turn, n, r apd.Decimal
	c := apd.MakeErrDecimal(series)
	c.Mul(&turn, pi, apd.New(2, 0))
	c.Quo(&n, x, &turn)
	c.RoundToIntegralValue(&n, &n)
	c.Mul(&n, &n, &turn)
	c.Sub(&r, x, &n)
	return &r, c.Err()
}

// taylor sums term - term·x²/((n+1)(n+2)) + …, beginning with the term of degree n.
func taylor(d, x, term *apd.Decimal, n int64) error {
	var square apd.Decimal
	t, sum := new(apd.Decimal).Set(term), new(apd.Decimal).Set(term)
	c := apd.MakeErrDecimal(series)
	c.Mul(&square, x, x)
	for i := n; i < 400 && small(t) > 0; i += 2 {
		c.Mul(t, t, &square)
		c.Quo(t, t, apd.New((i+1)*(i+2), 0))
		t.Neg(t)
		c.Add(sum, sum, t)
	}
	d.Set(sum)
	return tidy(d, c.Err())
}

func small(t *apd.Decimal) int { return new(apd.Decimal).Abs(t).Cmp(below) }

// tidy turns what is as good as nothing into 0.
func tidy(d *apd.Decimal, err error) error {
	if err == nil && small(d) < 0 {
		d.SetInt64(0)
	}
	return err
}

func quotient(over, under decimalFunc) decimalFunc {
	return func(d, x *apd.Decimal) (apd.Condition, error) {
		var a, b apd.Decimal
		if _, err := over(&a, x); err != nil {
			return 0, err
		}
		if _, err := under(&b, x); err != nil {
			return 0, err
		}
		return series.Quo(d, &a, &b)
	}
}

// arcTangent halves the argument until its series converges fast: atan x = 2·atan(x/(1+√(1+x²))).
func arcTangent(d, x *apd.Decimal) (apd.Condition, error) {
	r := new(apd.Decimal).Set(x)
	c := apd.MakeErrDecimal(series)
	const halvings = 6
	for i := 0; i < halvings; i++ {
		var t apd.Decimal
		c.Mul(&t, r, r)
		c.Add(&t, &t, apd.New(1, 0))
		c.Sqrt(&t, &t)
		c.Add(&t, &t, apd.New(1, 0))
		c.Quo(r, r, &t)
	}
	var square apd.Decimal
	c.Mul(&square, r, r)
	term, sum := new(apd.Decimal).Set(r), new(apd.Decimal).Set(r)
	for i := int64(3); i < 400 && small(term) > 0; i += 2 {
		var part apd.Decimal
		c.Mul(term, term, &square)
		term.Neg(term)
		c.Quo(&part, term, apd.New(i, 0))
		c.Add(sum, sum, &part)
	}
	c.Mul(d, sum, apd.New(1<<halvings, 0))
	return 0, tidy(d, c.Err())
}

// arcSine is atan(x/√(1-x²)), ±pi/2 at the ends.
func arcSine(d, x *apd.Decimal) (apd.Condition, error) {
	var t apd.Decimal
	c := apd.MakeErrDecimal(series)
	c.Mul(&t, x, x)
	c.Sub(&t, apd.New(1, 0), &t)
	if t.IsZero() {
		c.Quo(d, pi, apd.New(2, 0))
		d.Negative = x.Negative
		return 0, c.Err()
	}
	c.Sqrt(&t, &t)
	c.Quo(&t, x, &t)
	if err := c.Err(); err != nil {
		return 0, err
	}
	return arcTangent(d, &t)
}

func arcCosine(d, x *apd.Decimal) (apd.Condition, error) {
	var s apd.Decimal
	if _, err := arcSine(&s, x); err != nil {
		return 0, err
	}
	c := apd.MakeErrDecimal(series)
	c.Quo(d, pi, apd.New(2, 0))
	c.Sub(d, d, &s)
	return 0, tidy(d, c.Err())
}
