package sqlfunc

import (
	"math"
	"testing"

	"iris-pgwire/internal/irisdev/irissql/sqltype"
	"iris-pgwire/internal/irisdev/value"
)

func TestNumberFunctions(t *testing.T) {
	run(t, Context{}, []example{
		{"ABS", args(dec("-12.5")), "12.5"},
		{"ABS", args("12abc"), "12"},
		{"SIGN", args(-7), "-1"}, {"SIGN", args(0), "0"},
		{"CEILING", args(dec("167.111")), "168"}, {"CEILING", args(dec("-167.111")), "-167"},
		{"FLOOR", args(dec("167.111")), "167"}, {"FLOOR", args(dec("-167.111")), "-168"}, {"FLOOR", args(5), "5"},
		{"FLOOR", args("abc"), "0"},
		{"ROUND", args(dec("2.5"), 0), "3"}, {"ROUND", args(dec("-2.5"), 0), "-3"}, {"ROUND", args(dec("1234.567"), 1), "1234.6"},
		{"ROUND", args(dec("1251"), -2), "1300"}, {"ROUND", args(dec("1.99"), 1, 1), "1.9"},
		{"TRUNCATE", args(dec("654.321888"), 2), "654.32"}, {"TRUNCATE", args(dec("-1.9"), 0), "-1"},
		{"MOD", args(-12, 7), "-5"}, // the sign of the dividend; # would give 2
		{"MOD", args(dec("5.3"), dec("2")), "1.3"},
		{"MOD", args(1, 0), -400},
		{"TO_NUMBER", args("  12.50abc"), "12.5"}, {"TO_NUMBER", args("abc"), "0"}, {"TO_NUMBER", args("$1,234.5", "$9,999.9"), "1234.5"},
		{"GREATEST", args(3, 11, 7), "11"}, {"LEAST", args(3, 11, 7), "3"}, {"GREATEST", args(3, nil), nil},
		{"GREATEST", args("b", "a", "B"), "b"}, {"GREATEST", args("9", "10", "abc"), "abc"}, {"LEAST", args("9", "10"), "9"},
	})
}

func TestRealFunctions(t *testing.T) {
	run(t, Context{Escape: true}, []example{
		{"SQRT", args(2), "1.414213562373095049"}, {"SQRT", args(49), "7"}, {"SQRT", args(-1), -400},
		{"SQUARE", args(dec("1.5")), "2.25"},
		{"POWER", args(2, 10), "1024"}, {"POWER", args(2, -1), ".5"}, {"POWER", args(0, -1), -400}, {"POWER", args(dec("-8"), dec("0.5")), -400},
		{"POWER", args(2.0, 0.5), math.Sqrt2},
		{"EXP", args(0), "1"}, {"EXP", args(1), "2.718281828459045235"}, {"LOG", args(10), "2.302585092994045684"}, {"LOG", args(0), -400},
		{"LOG10", args(1000), "3"}, {"PI", nil, "3.141592653589793238"},
		{"SIN", args(1.0), math.Sin(1)}, {"ATAN2", args(1.0, -1.0), math.Atan2(1, -1)}, {"ACOS", args(2), -400},
		{"DEGREES", args(math.Pi), 180.0}, {"COT", args(1.0), 1 / math.Tan(1)},
	})
}

func TestArithmeticTypes(t *testing.T) {
	typ := func(k sqltype.Kind, ps ...int) Arg {
		a := Arg{Type: sqltype.Type{Kind: k}}
		if len(ps) == 2 {
			a.Type.Precision, a.Type.Scale = ps[0], ps[1]
		}
		return a
	}
	for _, x := range []struct {
		op   byte
		l, r Arg
		want sqltype.Kind
	}{
		{'+', typ(sqltype.Integer), typ(sqltype.Integer), sqltype.BigInt},
		{'-', typ(sqltype.SmallInt), typ(sqltype.SmallInt), sqltype.Integer},
		{'+', typ(sqltype.TinyInt), typ(sqltype.TinyInt), sqltype.SmallInt},
		{'*', typ(sqltype.Integer), typ(sqltype.Integer), sqltype.Numeric},
		{'/', typ(sqltype.Integer), typ(sqltype.Integer), sqltype.Numeric},
		{'\\', typ(sqltype.Integer), typ(sqltype.Integer), sqltype.BigInt},
		{'+', typ(sqltype.Numeric, 10, 2), typ(sqltype.Integer), sqltype.Numeric},
		{'+', typ(sqltype.Numeric, 10, 2), typ(sqltype.Double), sqltype.Double},
	} {
		if got := Arithmetic(x.op, x.l, x.r).Type; got.Kind != x.want {
			t.Errorf("%c: %v, want %v", x.op, got.Kind, x.want)
		}
	}
	// The scale of a division is at least 6 and at most 17.
	if got := Arithmetic('/', typ(sqltype.Integer), typ(sqltype.Integer)).Type.Scale; got != 11 {
		t.Errorf("scale of INTEGER / INTEGER is %d", got)
	}
}

func TestArithmetic(t *testing.T) {
	for _, x := range []struct {
		op   byte
		l, r any
		want string
	}{
		{'/', 17, 7, "2.428571428571428571"}, {'\\', -7, 2, "-3"}, {'#', -12, 7, "2"}, {'#', 12, -7, "-2"}, {'+', "12abc", 1, "13"},
		{'*', dec("1.10"), 3, "3.3"}, {'-', "", 1, "-1"},
	} {
		la, lv := arg(t, x.l)
		ra, rv := arg(t, x.r)
		v, err := Arithmetic(x.op, la, ra).Run(fakeEnv{}, []value.Value{lv, rv})
		if err != nil || v.Text() != x.want {
			t.Errorf("%v %c %v = %q, %v; want %s", x.l, x.op, x.r, v.Text(), err, x.want)
		}
	}
	for _, op := range []byte{'/', '\\', '#'} {
		a, v := arg(t, 1)
		if _, err := Arithmetic(op, a, a).Run(fakeEnv{}, []value.Value{v, i(0)}); codeOf(t, err) != -400 {
			t.Errorf("1 %c 0 is no error", op)
		}
	}
}

func TestRandomStaysInRange(t *testing.T) {
	for range 50 {
		v, _, code := call(t, Context{}, "%TSQL.ZRAND", args(3))
		if n, ok := v.Integer(); code != 0 || !ok || n < 0 || n > 2 {
			t.Fatalf("ZRAND(3) = %q", v.Text())
		}
	}
}
