package pgfunc

import (
	"math"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgerr"
)

func floatOverflow() error {
	return pgerr.New(pgerr.NumericValueOutOfRange, "value out of range: overflow")
}

func floatUnderflow() error {
	return pgerr.New(pgerr.NumericValueOutOfRange, "value out of range: underflow")
}

// floatResult complains as PostgreSQL does when finite arguments gave an infinity, or other than zero gave zero.
func floatResult(f float64, infinite, zero bool) (iris.Value, error) {
	switch {
	case math.IsInf(f, 0) && !infinite:
		return iris.Null(), floatOverflow()
	case f == 0 && !zero:
		return iris.Null(), floatUnderflow()
	}
	return iris.Double(f), nil
}

// floatFamily has the operators of real and double precision, also between them (PostgreSQL docs, 9.3). The result of two
// reals is rounded to real.
func floatFamily(t table) {
	for _, pair := range []string{"4", "8", "48", "84"} {
		round := func(f float64) float64 { return f }
		if pair == "4" {
			round = func(f float64) float64 { return float64(float32(f)) }
		}
		two := func(name string, f func(x, y float64) (iris.Value, error)) {
			t.strict("float"+pair+name, func(_ *Context, a []iris.Value) (iris.Value, error) { return f(floatArg(a[0]), floatArg(a[1])) })
		}
		two("pl", func(x, y float64) (iris.Value, error) {
			return floatResult(round(x+y), math.IsInf(x, 0) || math.IsInf(y, 0), true)
		})
		two("mi", func(x, y float64) (iris.Value, error) {
			return floatResult(round(x-y), math.IsInf(x, 0) || math.IsInf(y, 0), true)
		})
		two("mul", func(x, y float64) (iris.Value, error) {
			return floatResult(round(x*y), math.IsInf(x, 0) || math.IsInf(y, 0), x == 0 || y == 0)
		})
		two("div", func(x, y float64) (iris.Value, error) {
			if y == 0 && !math.IsNaN(x) {
				return iris.Null(), divisionByZero()
			}
			return floatResult(round(x/y), math.IsInf(x, 0), x == 0 || math.IsInf(y, 0))
		})
	}
	for _, name := range []string{"float4", "float8"} {
		one := func(id string, f func(float64) float64) {
			t.strict(id, func(_ *Context, a []iris.Value) (iris.Value, error) { return iris.Double(f(floatArg(a[0]))), nil })
		}
		one(name+"um", func(x float64) float64 { return -x })
		one(name+"up", func(x float64) float64 { return x })
		one(name+"abs", math.Abs)
		one("abs("+name+")", math.Abs)
	}
	floatRounding(t)
}

func floatRounding(t table) {
	for id, f := range map[string]func(float64) float64{
		"ceil(float8)": math.Ceil, "ceiling(float8)": math.Ceil, "floor(float8)": math.Floor, "trunc(float8)": math.Trunc,
		"round(float8)": math.RoundToEven, "sign(float8)": floatSign,
	} {
		t.strict(id, func(_ *Context, a []iris.Value) (iris.Value, error) { return iris.Double(f(floatArg(a[0]))), nil })
	}
}

func floatSign(x float64) float64 {
	switch {
	case x > 0:
		return 1
	case x < 0:
		return -1
	}
	return 0
}
