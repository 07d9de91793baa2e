package sqlfunc

import (
	"math"

	"iris-pgwire/internal/irisdev/irissql/sqltype"
	"iris-pgwire/internal/irisdev/value"
)

// numberFunctions compute with numbers (IRIS docs, "SQL Functions", numeric).
var numberFunctions = []Function{
	{Name: "ABS", Min: 1, Max: 1, Escape: MayEscape, Params: types(longDecimal), Compile: sameNumber(abs)},
	{Name: "SIGN", Min: 1, Max: 1, Escape: MayEscape, Params: types(longDecimal), Compile: result(integer, sign)},
	{Name: "CEILING", Min: 1, Max: 1, Escape: MayEscape, Params: types(longDecimal), Compile: wholeNumber(math.Ceil, 1)},
	{Name: "FLOOR", Min: 1, Max: 1, Escape: MayEscape, Params: types(longDecimal), Compile: wholeNumber(math.Floor, -1)},
	{Name: "ROUND", Min: 2, Max: 3, Escape: MayEscape, Params: types(longDecimal, integer), Compile: sameNumber(func(a []value.Value) (value.Value, error) {
		return round(a[0], clampScale(whole(a[1])), len(a) > 2 && a[2].Approx() != 0), nil
	})},
	{Name: "TRUNCATE", Min: 2, Max: 2, Escape: MustEscape, Params: types(longDecimal, integer), Compile: sameNumber(func(a []value.Value) (value.Value, error) {
		return round(a[0], clampScale(whole(a[1])), true), nil
	})},
	{Name: "MOD", Min: 2, Max: 2, Escape: MayEscape, Params: types(longDecimal), Compile: func(_ Context, args []Arg) (Call, error) {
		return Call{Type: arithmeticType('#', numeric(args[0]), numeric(args[1])), Run: strict(remainder)}, nil
	}},
	{Name: "TO_NUMBER", Min: 1, Max: 2, Compile: result(sqltype.Type{Kind: sqltype.Numeric, Precision: 18, Scale: 9}, toNumber)},
	{Name: "GREATEST", Min: 1, Max: 140, Compile: choose("GREATEST", 1)},
	{Name: "LEAST", Min: 1, Max: 140, Compile: choose("LEAST", -1)},
	{Name: "%TSQL.ZRAND", Min: 1, Max: 1, Params: types(bigInteger), Compile: result(bigInteger, random)},
}

// sameNumber is a function whose result has the numeric type of its first argument.
func sameNumber(f pure) compileFunc {
	return func(_ Context, args []Arg) (Call, error) {
		return Call{Type: numeric(args[0]), Run: notNull(f)}, nil
	}
}

func abs(a []value.Value) (value.Value, error) {
	if n := a[0].Number(); value.CompareNumbers(n, value.Int(0)) >= 0 {
		return n, nil
	}
	return value.Negate(a[0]), nil
}

func sign(a []value.Value) (value.Value, error) {
	switch n := value.CompareNumbers(a[0], value.Int(0)); {
	case n > 0:
		return value.Int(1), nil
	case n < 0:
		return value.Int(-1), nil
	}
	return value.Int(0), nil
}

// wholeNumber is CEILING (up 1) and FLOOR (up -1).
func wholeNumber(ofFloat func(float64) float64, up int64) compileFunc {
	return func(_ Context, args []Arg) (Call, error) {
		t := numeric(args[0])
		if t.Kind == sqltype.Numeric {
			t = sqltype.Type{Kind: sqltype.Numeric, Precision: digitsOf(t)}
		}
		return Call{Type: t, Run: one(func(v value.Value) (value.Value, error) {
			n := v.Number()
			if n.Kind() == value.Double {
				return value.Float(ofFloat(n.Float64())), nil
			}
			cut := round(n, 0, true)
			if beyond := value.CompareNumbers(n, cut); beyond != 0 && (beyond > 0) == (up > 0) {
				return value.Add(cut, value.Int(up)), nil
			}
			return cut, nil
		})}, nil
	}
}

// clampScale keeps a scale in the range of decimals.
func clampScale(n int) int { return max(-127, min(n, 127)) }

// remainder is MOD: its sign is the dividend's (IRIS docs, "MOD", with ANSI operator precedence).
func remainder(a, b value.Value) (value.Value, error) {
	q, ok := value.IntDivide(a, b)
	if !ok {
		return value.Value{}, divideError()
	}
	return value.Subtract(a, value.Multiply(q, b)), nil
}

// choose is GREATEST and LEAST: NULL if any argument is. A literal among the arguments makes it a comparison of text, in
// which canonical numbers come first by value; so does any text argument (IRIS docs, "GREATEST").
func choose(name string, sign int) compileFunc {
	return func(_ Context, args []Arg) (Call, error) {
		t, err := CommonType(name, args)
		if err != nil {
			return Call{}, err
		}
		order := Comparer(sqltype.NoCollation)
		for _, a := range args {
			if a.Literal {
				t = anyText
			}
		}
		if t.IsText() || t.Kind == sqltype.TimeStamp || t.Kind == sqltype.VarBinary {
			order = value.Compare
		}
		adapt := adapters(args, t)
		return Call{Type: t, Collation: collationOf(t), Run: func(env Env, a []value.Value) (value.Value, error) {
			var best value.Value
			for i, v := range a {
				v, err := adapt(env, i, v)
				if err != nil || v.IsNull() {
					return value.Value{}, err
				}
				if i == 0 || order(v, best)*sign > 0 {
					best = v
				}
			}
			return best, nil
		}}, nil
	}
}

// adapters brings each argument to a type.
func adapters(args []Arg, t sqltype.Type) func(env Env, i int, v value.Value) (value.Value, error) {
	list := make([]Impl, len(args))
	for i, a := range args {
		list[i] = Adapt(a.Type, t)
	}
	return func(env Env, i int, v value.Value) (value.Value, error) {
		if list[i] == nil {
			return v, nil
		}
		return list[i](env, []value.Value{v})
	}
}
