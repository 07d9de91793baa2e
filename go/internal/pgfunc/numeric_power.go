package pgfunc

import (
	"math"
	"math/big"

	"github.com/cockroachdb/apd/v3"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgerr"
)

// SQLSTATEs of the functions below (PostgreSQL docs, Appendix A).
const (
	invalidLogarithm = "2201E"
	invalidPower     = "2201F"
	invalidBucket    = "2201G"
)

// The functions here compute with more digits than they show, correctly rounded, and then round to PostgreSQL's scale.

// irrational runs f with enough digits for scale digits behind the point of a result below 10^weight.
func irrational(scale, weight int, f func(ctx *apd.Context, z *apd.Decimal) error) (number, error) {
	digits := max(scale+weight, 0) + 12
	ctx := apd.Context{Precision: uint32(digits), MaxExponent: apd.MaxExponent, MinExponent: apd.MinExponent, Rounding: apd.RoundHalfUp}
	z := new(apd.Decimal)
	if err := f(&ctx, z); err != nil || z.Form != apd.Finite {
		return nan, numericOverflow()
	}
	return fromDecimal(z).round(scale), nil
}

func toDecimal(n number) *apd.Decimal {
	return apd.NewWithBigInt(new(apd.BigInt).SetMathBigInt(n.coef), -int32(n.scale))
}

func fromDecimal(d *apd.Decimal) number {
	n := number{coef: d.Coeff.MathBigInt(), scale: -int(d.Exponent)}
	if d.Negative {
		n.coef.Neg(n.coef)
	}
	if n.scale < 0 {
		n.coef.Mul(n.coef, powerOfTen(-n.scale))
		n.scale = 0
	}
	return n
}

func displayScale(weight int, scales ...int) int {
	scale := max(minSigDigits-weight, 0)
	for _, s := range scales {
		scale = max(scale, s)
	}
	return min(scale, maxDisplayScale)
}

func squareRoot(x number) (number, error) {
	switch {
	case x.special == 'n' || x.special == '+':
		return x, nil
	case x.sign() < 0:
		return nan, pgerr.New(invalidPower, "cannot take square root of a negative number")
	}
	weight, _ := x.groups(1)
	scale := displayScale(weight*groupDigits/2+1, x.scale)
	// The integer square root of the number with twice the digits, and one more digit for the rounding.
	shift := 2*(scale+1) - x.scale
	c := new(big.Int)
	if shift >= 0 {
		c.Mul(x.coef, powerOfTen(shift))
	} else {
		c.Quo(x.coef, powerOfTen(-shift))
	}
	return number{coef: c.Sqrt(c), scale: scale + 1}.round(scale), nil
}

func exponential(x number) (number, error) {
	switch x.special {
	case 'n', '+':
		return x, nil
	case '-':
		return wholeNumber(0), nil
	}
	weight := x.float() * math.Log10E
	if weight > maxWholeDigits {
		return nan, numericOverflow()
	}
	weight = max(weight, -2000)
	scale := displayScale(int(weight), x.scale)
	if weight < -float64(scale)-2 {
		return number{coef: new(big.Int), scale: scale}, nil
	}
	return irrational(scale, int(weight)+1, func(ctx *apd.Context, z *apd.Decimal) error {
		_, err := ctx.Exp(z, toDecimal(x))
		return err
	})
}

// logWeight estimates the power of ten of a natural logarithm as PostgreSQL's estimate_ln_dweight does; the scale that
// PostgreSQL shows depends on it.
func logWeight(x number) int {
	if x.sign() <= 0 {
		return 0
	}
	low, high := number{coef: big.NewInt(9), scale: 1}, number{coef: big.NewInt(11), scale: 1}
	if x.compare(low) >= 0 && x.compare(high) <= 0 {
		rest, _ := add(x, wholeNumber(-1))
		weight, digits := rest.groups(1)
		if len(digits) == 0 {
			return 0
		}
		return weight*groupDigits + int(math.Log10(float64(digits[0])))
	}
	weight, digits := x.groups(2)
	power := weight * groupDigits
	lead := float64(digits[0])
	if len(digits) > 1 {
		lead = lead*10000 + float64(digits[1])
		power -= groupDigits
	}
	return int(math.Log10(math.Abs(math.Log(lead) + float64(power)*math.Ln10)))
}

func logDomain(x number) error {
	switch {
	case x.special == 'n' || x.sign() > 0:
		return nil
	case x.sign() == 0:
		return pgerr.New(invalidLogarithm, "cannot take logarithm of zero")
	}
	return pgerr.New(invalidLogarithm, "cannot take logarithm of a negative number")
}

func naturalLog(x number) (number, error) {
	if err := logDomain(x); err != nil || x.special != 0 {
		return x, err
	}
	weight := logWeight(x)
	return irrational(displayScale(weight, x.scale), max(weight, 0)+1, func(ctx *apd.Context, z *apd.Decimal) error {
		_, err := ctx.Ln(z, toDecimal(x))
		return err
	})
}

// logBase is log(base, x).
func logBase(base, x number) (number, error) {
	for _, n := range []number{base, x} {
		if err := logDomain(n); err != nil {
			return nan, err
		}
	}
	switch {
	case base.special == 'n' || x.special == 'n' || base.special == '+' && x.special == '+':
		return nan, nil
	case base.special == '+':
		return wholeNumber(0), nil
	case base.compare(wholeNumber(1)) == 0:
		return nan, divisionByZero()
	case x.special == '+':
		return infinite(base.compare(wholeNumber(1))), nil
	}
	weight := logWeight(x) - logWeight(base)
	scale := displayScale(weight, base.scale, x.scale)
	return irrational(scale, max(weight, 0)+2, func(ctx *apd.Context, z *apd.Decimal) error {
		more := *ctx
		more.Precision += 12
		var a, b apd.Decimal
		if _, err := more.Ln(&a, toDecimal(x)); err != nil {
			return err
		}
		if _, err := more.Ln(&b, toDecimal(base)); err != nil {
			return err
		}
		_, err := ctx.Quo(z, &a, &b)
		return err
	})
}

func power(x, y number) (number, error) {
	one := wholeNumber(1)
	switch {
	case y.special == 0 && y.sign() == 0 && x.special != 0, x.special == 0 && x.compare(one) == 0 && y.special != 0:
		return one, nil
	case x.special == 'n' || y.special == 'n':
		return nan, nil
	case x.special == 0 && x.sign() == 0 && y.sign() < 0:
		return nan, pgerr.New(invalidPower, "zero raised to a negative power is undefined")
	case x.special != 0 || y.special != 0:
		return infinitePower(x, y)
	}
	whole := trimScale(y)
	if whole.scale > 0 {
		switch {
		case x.sign() < 0:
			return nan, pgerr.New(invalidPower, "a negative number raised to a non-integer power yields a complex result")
		case x.sign() == 0:
			return number{coef: new(big.Int), scale: minSigDigits}, nil
		}
	}
	return finitePower(x, y, whole)
}

func infinitePower(x, y number) (number, error) {
	odd := y.special == 0 && trimScale(y).scale == 0 && trimScale(y).coef.Bit(0) == 1
	one := wholeNumber(1)
	switch {
	case x.special == '-' && y.special == 0 && trimScale(y).scale > 0:
		return nan, pgerr.New(invalidPower, "a negative number raised to a non-integer power yields a complex result")
	case x.special == '-' && y.sign() > 0 && odd:
		return minusInf, nil
	case x.special != 0 && y.sign() > 0:
		return plusInf, nil
	case x.special != 0:
		return wholeNumber(0), nil
	}
	switch c := absolute(x).compare(one); {
	case c == 0 || c > 0 == (y.special == '+'):
		if c == 0 {
			return one, nil
		}
		return plusInf, nil
	}
	return wholeNumber(0), nil
}

// finitePower estimates the weight of the result from the first digits, as PostgreSQL does, for the scale it shows.
func finitePower(x, y, whole number) (number, error) {
	weight := 0.0
	if x.sign() != 0 {
		weight = y.float() * log10(x)
	}
	switch {
	case weight > maxWholeDigits+4:
		return nan, numericOverflow()
	case weight+1 < -maxDisplayScale:
		return number{coef: new(big.Int), scale: maxDisplayScale}, nil
	}
	scale := displayScale(int(weight), x.scale, y.scale)
	if x.sign() == 0 || whole.sign() == 0 {
		if whole.sign() == 0 {
			return wholeNumber(1).round(scale), nil
		}
		return number{coef: new(big.Int), scale: scale}, nil
	}
	if whole.scale == 0 && whole.coef.IsInt64() {
		if n := whole.coef.Int64(); n > 0 && float64(n)*float64(x.coef.BitLen()) < 1<<20 {
			exact := number{coef: new(big.Int).Exp(x.coef, whole.coef, nil), scale: x.scale * int(n)}
			return exact.round(scale), nil
		}
	}
	base, negative := x, x.sign() < 0 && whole.coef.Bit(0) == 1
	out, err := irrational(scale, int(max(weight, 0))+1, func(ctx *apd.Context, z *apd.Decimal) error {
		_, err := ctx.Pow(z, toDecimal(absolute(base)), toDecimal(y))
		return err
	})
	if negative {
		out = negate(out)
	}
	return out, err
}

// log10 is approximate, of the magnitude of a number that may be beyond double.
func log10(x number) float64 {
	weight, digits := x.groups(4)
	f, power := 0.0, (weight+1)*groupDigits
	for _, d := range digits {
		f = f*10000 + float64(d)
		power -= groupDigits
	}
	return math.Log10(f) + float64(power)
}

// widthBucket is width_bucket(numeric): the bucket of an operand in an equal-width histogram.
func widthBucket(_ *Context, a []iris.Value) (iris.Value, error) {
	var n [3]number
	for i := range n {
		var err error
		if n[i], err = numberOf(a[i]); err != nil {
			return iris.Null(), err
		}
	}
	count := intArg(a[3])
	x, low, high := n[0], n[1], n[2]
	switch {
	case count <= 0:
		return failed(invalidBucket, "count must be greater than zero")
	case x.special == 'n' || low.special == 'n' || high.special == 'n':
		return failed(invalidBucket, "operand, lower bound, and upper bound cannot be NaN")
	case low.special != 0 || high.special != 0:
		return failed(invalidBucket, "lower and upper bounds must be finite")
	}
	order := low.compare(high)
	if order == 0 {
		return failed(invalidBucket, "lower bound cannot equal upper bound")
	}
	if order > 0 {
		x, low, high = negate(x), negate(low), negate(high)
	}
	switch {
	case x.compare(low) < 0:
		return iris.Int(0), nil
	case x.compare(high) >= 0:
		return widths["4"].give(count+1, true)
	}
	offset, _ := add(x, negate(low))
	span, _ := add(high, negate(low))
	product, _ := times(offset, wholeNumber(count))
	bucket, err := wholeQuotient(product, span)
	return iris.Int(bucket.coef.Int64() + 1), err
}
