package pgfunc

import (
	"math"
	"math/rand/v2"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgerr"
)

// mathFamily has the roots, powers, logarithms and angles (PostgreSQL docs, 9.3).
func mathFamily(t table) {
	one := func(f func(number) (number, error), ids ...string) {
		t.each(func(_ *Context, a []iris.Value) (iris.Value, error) {
			x, err := numberOf(a[0])
			if err == nil {
				x, err = f(x)
			}
			if err != nil {
				return iris.Null(), err
			}
			return x.value()
		}, ids...)
	}
	one(squareRoot, "sqrt(numeric)")
	one(exponential, "exp(numeric)")
	one(naturalLog, "ln(numeric)")
	one(func(x number) (number, error) { return logBase(wholeNumber(10), x) }, "log(numeric)", "log10(numeric)")
	t.strict("log(numeric,numeric)", func(_ *Context, a []iris.Value) (iris.Value, error) { return numbers(a, logBase) })
	t.each(func(_ *Context, a []iris.Value) (iris.Value, error) { return numbers(a, power) },
		"numeric_power", "power(numeric,numeric)", "pow(numeric,numeric)")
	t.strict("width_bucket(numeric,numeric,numeric,int4)", widthBucket)
	t.strict("width_bucket(float8,float8,float8,int4)", widthBucketFloat)
	floatPowers(t)
	angles(t)
	degrees(t)
	t.strict("random", func(*Context, []iris.Value) (iris.Value, error) { return iris.Double(rand.Float64()), nil })
}

func floatPowers(t table) {
	one := func(f func(float64) (iris.Value, error), ids ...string) {
		t.each(func(_ *Context, a []iris.Value) (iris.Value, error) { return f(floatArg(a[0])) }, ids...)
	}
	one(func(x float64) (iris.Value, error) {
		if x < 0 {
			return failed(invalidPower, "cannot take square root of a negative number")
		}
		return floatResult(math.Sqrt(x), math.IsInf(x, 0), x == 0)
	}, "dsqrt", "sqrt(float8)")
	one(func(x float64) (iris.Value, error) { return iris.Double(math.Cbrt(x)), nil }, "dcbrt", "cbrt")
	one(func(x float64) (iris.Value, error) {
		return floatResult(math.Exp(x), math.IsInf(x, 0), math.IsInf(x, -1))
	}, "exp(float8)")
	logarithm := func(f func(float64) float64) func(float64) (iris.Value, error) {
		return func(x float64) (iris.Value, error) {
			switch {
			case x == 0:
				return failed(invalidLogarithm, "cannot take logarithm of zero")
			case x < 0:
				return failed(invalidLogarithm, "cannot take logarithm of a negative number")
			}
			return iris.Double(f(x)), nil
		}
	}
	one(logarithm(math.Log), "ln(float8)")
	one(logarithm(math.Log10), "log(float8)", "log10(float8)")
	t.each(func(_ *Context, a []iris.Value) (iris.Value, error) {
		return floatPower(floatArg(a[0]), floatArg(a[1]))
	},
		"dpow", "power(float8,float8)", "pow(float8,float8)")
}

func floatPower(x, y float64) (iris.Value, error) {
	switch {
	case math.IsNaN(x) && y != 0, math.IsNaN(y) && x != 1:
		return iris.Double(math.NaN()), nil
	case x == 0 && y < 0:
		return failed(invalidPower, "zero raised to a negative power is undefined")
	case x < 0 && math.Floor(y) != y:
		return failed(invalidPower, "a negative number raised to a non-integer power yields a complex result")
	}
	odd := math.IsInf(x, 0) || math.IsInf(y, 0)
	return floatResult(math.Pow(x, y), odd, odd || x == 0)
}

// angles has the trigonometric functions.
func angles(t table) {
	inputRange := func() (iris.Value, error) {
		return failed(pgerr.NumericValueOutOfRange, "input is out of range")
	}
	one := func(id string, valid func(float64) bool, f func(float64) float64) {
		t.strict(id, func(_ *Context, a []iris.Value) (iris.Value, error) {
			x := floatArg(a[0])
			if !math.IsNaN(x) && !valid(x) {
				return inputRange()
			}
			return iris.Double(f(x)), nil
		})
	}
	finite := func(x float64) bool { return !math.IsInf(x, 0) }
	unit := func(x float64) bool { return x >= -1 && x <= 1 }
	any := func(float64) bool { return true }
	one("sin", finite, math.Sin)
	one("cos", finite, math.Cos)
	one("tan", finite, math.Tan)
	one("cot", finite, func(x float64) float64 { return 1 / math.Tan(x) })
	one("asin", unit, math.Asin)
	one("acos", unit, math.Acos)
	one("atan", any, math.Atan)
	one("sinh", any, math.Sinh)
	one("cosh", any, math.Cosh)
	one("tanh", any, math.Tanh)
	one("asinh", any, math.Asinh)
	one("acosh", func(x float64) bool { return x >= 1 }, math.Acosh)
	one("atanh", unit, math.Atanh)
	one("degrees", any, func(x float64) float64 { return x / (math.Pi / 180) })
	one("radians", any, func(x float64) float64 { return x * (math.Pi / 180) })
	t.strict("atan2", func(_ *Context, a []iris.Value) (iris.Value, error) {
		return iris.Double(math.Atan2(floatArg(a[0]), floatArg(a[1]))), nil
	})
	t.strict("pi", func(*Context, []iris.Value) (iris.Value, error) { return iris.Double(math.Pi), nil })
}

func widthBucketFloat(_ *Context, a []iris.Value) (iris.Value, error) {
	x, low, high, count := floatArg(a[0]), floatArg(a[1]), floatArg(a[2]), intArg(a[3])
	switch {
	case count <= 0:
		return failed(invalidBucket, "count must be greater than zero")
	case math.IsNaN(x) || math.IsNaN(low) || math.IsNaN(high):
		return failed(invalidBucket, "operand, lower bound, and upper bound cannot be NaN")
	case math.IsInf(low, 0) || math.IsInf(high, 0):
		return failed(invalidBucket, "lower and upper bounds must be finite")
	case low == high:
		return failed(invalidBucket, "lower bound cannot equal upper bound")
	}
	if low > high {
		x, low, high = -x, -low, -high
	}
	switch {
	case x < low:
		return iris.Int(0), nil
	case x >= high:
		return widths["4"].give(count+1, true)
	}
	bucket := int64(float64(count)*((x-low)/(high-low))) + 1
	return iris.Int(min(bucket, count)), nil
}
