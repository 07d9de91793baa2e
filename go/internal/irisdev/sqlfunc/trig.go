package sqlfunc

import (
	"crypto/rand"
	"math"
	"math/big"

	"github.com/cockroachdb/apd/v3"

	"iris-pgwire/internal/irisdev/irissql/sqltype"
	"iris-pgwire/internal/irisdev/value"
)

// trigFunctions are roots, powers, logarithms and trigonometry. Of a DOUBLE they give a DOUBLE, else a NUMERIC; those
// marked MustEscape exist only as {fn NAME(…)}.
var trigFunctions = []Function{
	{Name: "SQRT", Min: 1, Max: 1, Escape: MayEscape, Params: types(longDecimal), Compile: exactReal(math.Sqrt, notNegative, decimals.Sqrt)},
	{Name: "SQUARE", Min: 1, Max: 1, Params: types(longDecimal), Compile: func(_ Context, args []Arg) (Call, error) {
		t := arithmeticType('*', numeric(args[0]), numeric(args[0]))
		return Call{Type: t, Run: one(func(v value.Value) (value.Value, error) { return value.Multiply(v, v), nil })}, nil
	}},
	{Name: "POWER", Min: 2, Max: 2, Escape: MayEscape, Params: types(longDecimal), Compile: power},
	{Name: "EXP", Min: 1, Max: 1, Escape: MustEscape, Params: types(longDecimal), Compile: exactReal(math.Exp, anyNumber, decimals.Exp)},
	{Name: "LOG", Min: 1, Max: 1, Escape: MustEscape, Params: types(longDecimal), Compile: exactReal(math.Log, positive, decimals.Ln)},
	{Name: "LOG10", Min: 1, Max: 1, Escape: MustEscape, Params: types(longDecimal), Compile: exactReal(math.Log10, positive, decimals.Log10)},
	{Name: "SIN", Min: 1, Max: 1, Escape: MustEscape, Params: types(longDecimal), Compile: real(math.Sin, anyNumber)},
	{Name: "COS", Min: 1, Max: 1, Escape: MustEscape, Params: types(longDecimal), Compile: real(math.Cos, anyNumber)},
	{Name: "TAN", Min: 1, Max: 1, Escape: MustEscape, Params: types(longDecimal), Compile: real(math.Tan, anyNumber)},
	{Name: "COT", Min: 1, Max: 1, Escape: MustEscape, Params: types(longDecimal), Compile: real(func(x float64) float64 { return 1 / math.Tan(x) }, notZero)},
	{Name: "ASIN", Min: 1, Max: 1, Escape: MustEscape, Params: types(longDecimal), Compile: real(math.Asin, unitRange)},
	{Name: "ACOS", Min: 1, Max: 1, Escape: MustEscape, Params: types(longDecimal), Compile: real(math.Acos, unitRange)},
	{Name: "ATAN", Min: 1, Max: 1, Escape: MustEscape, Params: types(longDecimal), Compile: real(math.Atan, anyNumber)},
	{Name: "ATAN2", Min: 2, Max: 2, Escape: MustEscape, Params: types(longDecimal), Compile: func(_ Context, args []Arg) (Call, error) {
		t := realType(args...)
		return Call{Type: t, Run: strict(func(a, b value.Value) (value.Value, error) {
			return realValue(math.Atan2(a.Approx(), b.Approx()), t), nil
		})}, nil
	}},
	{Name: "PI", Escape: MustEscape, Compile: always(realDecimal, func([]value.Value) (value.Value, error) {
		return value.Decimal(3141592653589793238, -18), nil
	})},
	{Name: "DEGREES", Min: 1, Max: 1, Escape: MayEscape, Params: types(longDecimal), Compile: real(func(x float64) float64 { return x * (180 / math.Pi) }, anyNumber)},
	{Name: "RADIANS", Min: 1, Max: 1, Escape: MayEscape, Params: types(longDecimal), Compile: real(func(x float64) float64 { return x * (math.Pi / 180) }, anyNumber)},
}

func anyNumber(float64) bool     { return true }
func notNegative(x float64) bool { return x >= 0 }
func positive(x float64) bool    { return x > 0 }
func notZero(x float64) bool     { return x != 0 }
func unitRange(x float64) bool   { return x >= -1 && x <= 1 }

// realScale is how many decimals a root, power or logarithm has at most.
const realScale = 18

var realDecimal = numericOf(maxPrecision, realScale)

// decimals computes with the 19 digits that a decimal holds.
var decimals = apd.BaseContext.WithPrecision(19)

// realType is DOUBLE if an argument is, else NUMERIC.
func realType(args ...Arg) sqltype.Type {
	for _, a := range args {
		if numeric(a).Kind == sqltype.Double {
			return doubleType
		}
	}
	return realDecimal
}

// realValue turns a double into the type's form; a NUMERIC keeps the 17 digits that a double knows at most.
func realValue(f float64, t sqltype.Type) value.Value {
	if t.Kind == sqltype.Double {
		return value.Float(f)
	}
	return round(value.Float(f).DecimalOf(17), realScale, false)
}

// real is a function computed as a double; outside of its domain it is an illegal value.
func real(f func(float64) float64, domain func(float64) bool) compileFunc {
	return func(_ Context, args []Arg) (Call, error) {
		t := realType(args...)
		return Call{Type: t, Run: one(func(v value.Value) (value.Value, error) {
			x := v.Approx()
			if !domain(x) {
				return value.Value{}, illegal("function of %.50s", v.Text())
			}
			return realValue(f(x), t), nil
		})}, nil
	}
}

// exactReal is real for functions that decimals have too.
func exactReal(f func(float64) float64, domain func(float64) bool, exact func(d, x *apd.Decimal) (apd.Condition, error)) compileFunc {
	return func(_ Context, args []Arg) (Call, error) {
		t := realType(args...)
		return Call{Type: t, Run: one(func(v value.Value) (value.Value, error) {
			if !domain(v.Approx()) {
				return value.Value{}, illegal("function of %.50s", v.Text())
			}
			if t.Kind == sqltype.Double || v.Number().Kind() == value.Double {
				return realValue(f(v.Approx()), t), nil
			}
			var d apd.Decimal
			if _, err := exact(&d, apdOf(v)); err != nil {
				return value.Value{}, illegal("function of %.50s", v.Text())
			}
			return fromApd(&d), nil
		})}, nil
	}
}

func apdOf(v value.Value) *apd.Decimal {
	m, e := v.Number().Parts()
	return apd.New(m, int32(e))
}

func fromApd(d *apd.Decimal) value.Value {
	n, _ := value.ParseNumber(d.Text('E'))
	return round(n, realScale, false).Normal()
}

// power is POWER: of whole numbers and decimals in decimals; 0 to a negative power and a root of a negative number are
// illegal values.
func power(_ Context, args []Arg) (Call, error) {
	t := realType(args...)
	return Call{Type: t, Run: strict(func(a, b value.Value) (value.Value, error) {
		x, y := a.Approx(), b.Approx()
		if x == 0 && y < 0 || x < 0 && !b.IsInteger() {
			return value.Value{}, illegal("POWER of %.50s and %.50s", a.Text(), b.Text())
		}
		f := math.Pow(x, y)
		if t.Kind == sqltype.Double || a.Number().Kind() == value.Double || b.Number().Kind() == value.Double {
			return realValue(f, t), nil
		}
		if math.IsInf(f, 0) || math.Abs(f) > 1e145 {
			return value.Value{}, illegal("<MAXNUMBER> POWER of %.50s and %.50s", a.Text(), b.Text())
		}
		var d apd.Decimal
		if _, err := decimals.Pow(&d, apdOf(a), apdOf(b)); err != nil {
			return realValue(f, t), nil
		}
		return fromApd(&d), nil
	})}, nil
}

// random is %TSQL.ZRAND(n): a whole number from 0 up to, not including, n.
func random(a []value.Value) (value.Value, error) {
	limit := whole(a[0])
	if limit <= 0 {
		return value.Int(0), nil
	}
	n, err := rand.Int(rand.Reader, big.NewInt(int64(limit)))
	if err != nil {
		return value.Value{}, illegal("ZRAND: %v", err)
	}
	return value.Int(n.Int64()), nil
}
