package pgfunc

import (
	"math/big"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgerr"
)

// numericFamily has the exact arithmetic of numeric (PostgreSQL docs, 9.3); the scale of each result is PostgreSQL's.
func numericFamily(t table) {
	t.strict("numeric_add", func(_ *Context, a []iris.Value) (iris.Value, error) {
		if v, ok := addDecimals(a[0], a[1], false); ok {
			return v, nil
		}
		return numbers(a, add)
	})
	t.strict("numeric_sub", func(_ *Context, a []iris.Value) (iris.Value, error) {
		if v, ok := addDecimals(a[0], a[1], true); ok {
			return v, nil
		}
		return numbers(a, func(x, y number) (number, error) { return add(x, negate(y)) })
	})
	t.strict("numeric_mul", func(_ *Context, a []iris.Value) (iris.Value, error) {
		if v, ok := multiplyDecimals(a[0], a[1]); ok {
			return v, nil
		}
		return numbers(a, times)
	})
	two := func(f func(x, y number) (number, error), ids ...string) {
		t.each(func(_ *Context, a []iris.Value) (iris.Value, error) { return numbers(a, f) }, ids...)
	}
	two(divide, "numeric_div")
	two(modulo, "numeric_mod", "mod(numeric,numeric)")
	two(wholeQuotient, "div")
	two(gcdNumeric, "gcd(numeric,numeric)")
	two(lcmNumeric, "lcm(numeric,numeric)")
	one := func(f func(x number) number, ids ...string) {
		t.each(func(_ *Context, a []iris.Value) (iris.Value, error) {
			x, err := numberOf(a[0])
			if err != nil {
				return iris.Null(), err
			}
			return f(x).value()
		}, ids...)
	}
	one(func(x number) number { return x }, "numeric_uplus")
	one(negate, "numeric_uminus")
	one(absolute, "numeric_abs", "abs(numeric)")
	one(func(x number) number { return x.round(0) }, "round(numeric)")
	one(func(x number) number { return x.trunc(0) }, "trunc(numeric)")
	one(ceiling, "ceil(numeric)", "ceiling(numeric)")
	one(func(x number) number { return negate(ceiling(negate(x))) }, "floor(numeric)")
	one(trimScale, "trim_scale")
	one(func(x number) number {
		if x.special == 'n' {
			return x
		}
		return wholeNumber(int64(x.sign()))
	}, "sign(numeric)")
	numericScales(t)
}

func numericScales(t table) {
	to := func(id string, f func(number, int) number) {
		t.strict(id, func(_ *Context, a []iris.Value) (iris.Value, error) {
			x, err := numberOf(a[0])
			if err != nil {
				return iris.Null(), err
			}
			scale := max(-maxWholeDigits, min(int(intArg(a[1])), maxScale))
			return f(x, scale).value()
		})
	}
	to("round(numeric,int4)", number.round)
	to("trunc(numeric,int4)", number.trunc)
	count := func(id string, f func(number) int) {
		t.strict(id, func(_ *Context, a []iris.Value) (iris.Value, error) {
			x, err := numberOf(a[0])
			if err != nil || x.special != 0 {
				return iris.Null(), err
			}
			return intResult(f(x))
		})
	}
	count("scale", func(x number) int { return x.scale })
	count("min_scale", func(x number) int { return trimScale(x).scale })
}

func numbers(a []iris.Value, f func(x, y number) (number, error)) (iris.Value, error) {
	x, err := numberOf(a[0])
	if err != nil {
		return iris.Null(), err
	}
	y, err := numberOf(a[1])
	if err != nil {
		return iris.Null(), err
	}
	z, err := f(x, y)
	if err != nil {
		return iris.Null(), err
	}
	return z.value()
}

// addDecimals adds or subtracts without big numbers where the scales agree and nothing overflows.
func addDecimals(a, b iris.Value, minus bool) (iris.Value, bool) {
	if a.Kind() != iris.KindDecimal || b.Kind() != iris.KindDecimal || a.Exponent() != b.Exponent() || a.Exponent() > 0 {
		return iris.Null(), false
	}
	x, y := a.Mantissa(), b.Mantissa()
	sum, fits := x+y, (x^(x+y))&(y^(x+y)) >= 0
	if minus {
		sum, fits = x-y, (x^y)&(x^(x-y)) >= 0
	}
	return iris.Decimal(sum, a.Exponent()), fits
}

func multiplyDecimals(a, b iris.Value) (iris.Value, bool) {
	if a.Kind() != iris.KindDecimal || b.Kind() != iris.KindDecimal || a.Exponent() > 0 || b.Exponent() > 0 {
		return iris.Null(), false
	}
	product, ok := multiply(a.Mantissa(), b.Mantissa())
	exponent := int(a.Exponent()) + int(b.Exponent())
	return iris.Decimal(product, int8(exponent)), ok && exponent >= -127
}

func negate(x number) number {
	switch x.special {
	case 'n':
		return x
	case '+':
		return minusInf
	case '-':
		return plusInf
	}
	return number{coef: new(big.Int).Neg(x.coef), scale: x.scale}
}

func absolute(x number) number {
	if x.sign() < 0 {
		return negate(x)
	}
	return x
}

func infinite(sign int) number {
	switch {
	case sign > 0:
		return plusInf
	case sign < 0:
		return minusInf
	}
	return nan
}

func add(x, y number) (number, error) {
	switch {
	case x.special == 'n' || y.special == 'n':
		return nan, nil
	case x.special != 0 && y.special != 0 && x.special != y.special:
		return nan, nil
	case x.special != 0:
		return x, nil
	case y.special != 0:
		return y, nil
	}
	a, b, scale := aligned(x, y)
	return number{coef: new(big.Int).Add(a, b), scale: scale}, nil
}

func times(x, y number) (number, error) {
	switch {
	case x.special == 'n' || y.special == 'n':
		return nan, nil
	case x.special != 0 || y.special != 0:
		return infinite(x.sign() * y.sign()), nil
	}
	out := number{coef: new(big.Int).Mul(x.coef, y.coef), scale: x.scale + y.scale}
	if out.scale > maxScale {
		out = out.round(maxScale)
	}
	return out, nil
}

// divide gives the quotient the scale of PostgreSQL's select_div_scale: at least 16 significant digits, at least the
// scales of both sides.
func divide(x, y number) (number, error) {
	switch {
	case x.special == 'n' || y.special == 'n':
		return nan, nil
	case x.special != 0 && y.special != 0:
		return nan, nil
	case y.special != 0:
		return wholeNumber(0), nil
	case y.coef.Sign() == 0:
		return nan, divisionByZero()
	case x.special != 0:
		return infinite(x.sign() * y.sign()), nil
	}
	return quotient(x, y, divisionScale(x, y)), nil
}

func divisionScale(x, y number) int {
	xWeight, xFirst := firstGroup(x)
	yWeight, yFirst := firstGroup(y)
	weight := xWeight - yWeight
	if xFirst <= yFirst {
		weight--
	}
	return min(max(minSigDigits-weight*groupDigits, x.scale, y.scale, 0), maxDisplayScale)
}

func firstGroup(x number) (weight int, first int64) {
	weight, digits := x.groups(1)
	if len(digits) > 0 {
		first = digits[0]
	}
	return weight, first
}

// quotient divides to a scale, halves away from zero.
func quotient(x, y number, scale int) number {
	// One digit more than wanted and the remainder's existence decide the rounding.
	shift := scale + 1 + y.scale - x.scale
	num, den := x.coef, y.coef
	if shift >= 0 {
		num = new(big.Int).Mul(num, powerOfTen(shift))
	} else {
		den = new(big.Int).Mul(den, powerOfTen(-shift))
	}
	q := new(big.Int).Quo(num, den)
	return number{coef: q, scale: scale + 1}.round(scale)
}

func modulo(x, y number) (number, error) {
	switch {
	case x.special == 'n' || y.special == 'n':
		return nan, nil
	case x.special != 0:
		if y.special == 0 && y.coef.Sign() == 0 {
			return nan, divisionByZero()
		}
		return nan, nil
	case y.special != 0:
		return x, nil
	case y.coef.Sign() == 0:
		return nan, divisionByZero()
	}
	a, b, scale := aligned(x, y)
	return number{coef: new(big.Int).Rem(a, b), scale: scale}, nil
}

func wholeQuotient(x, y number) (number, error) {
	if x.special != 0 || y.special != 0 || y.coef.Sign() == 0 {
		return divide(x, y)
	}
	a, b, _ := aligned(x, y)
	return number{coef: new(big.Int).Quo(a, b)}, nil
}

func ceiling(x number) number {
	if x.special != 0 || x.scale == 0 {
		return x
	}
	q, r := new(big.Int).QuoRem(x.coef, powerOfTen(x.scale), new(big.Int))
	if r.Sign() > 0 {
		q.Add(q, bigOne)
	}
	return number{coef: q}
}

func trimScale(x number) number {
	if x.special != 0 {
		return x
	}
	for x.scale > 0 {
		q, r := new(big.Int).QuoRem(x.coef, bigTen, new(big.Int))
		if r.Sign() != 0 {
			break
		}
		x = number{coef: q, scale: x.scale - 1}
	}
	return x
}

func gcdNumeric(x, y number) (number, error) {
	if x.special != 0 || y.special != 0 {
		return nan, nil
	}
	a, b, scale := aligned(x, y)
	g := new(big.Int).GCD(nil, nil, new(big.Int).Abs(a), new(big.Int).Abs(b))
	return number{coef: g, scale: scale}, nil
}

func lcmNumeric(x, y number) (number, error) {
	g, err := gcdNumeric(x, y)
	if err != nil || g.special != 0 {
		return g, err
	}
	a, b, scale := aligned(x, y)
	if g.coef.Sign() == 0 {
		return number{coef: new(big.Int), scale: scale}, nil
	}
	out := new(big.Int).Mul(new(big.Int).Quo(a, g.coef), b)
	return number{coef: out.Abs(out), scale: scale}, nil
}

// factorial of more than 32177 has too many digits for numeric (PostgreSQL's numeric_fac).
func factorial(_ *Context, a []iris.Value) (iris.Value, error) {
	n := intArg(a[0])
	switch {
	case n < 0:
		return failed(pgerr.NumericValueOutOfRange, "factorial of a negative number is undefined")
	case n > 32177:
		return iris.Null(), numericOverflow()
	}
	return number{coef: new(big.Int).MulRange(1, max(n, 1))}.value()
}
