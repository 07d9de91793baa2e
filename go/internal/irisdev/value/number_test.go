package value

import (
	"math"
	"strings"
	"testing"
)

func TestParseNumberReadsTheLongestNumericPrefix(t *testing.T) {
	for _, c := range []struct {
		in, text string
		rest     int
	}{
		{"7", "7", 0}, {"007", "7", 0}, {"-0", "0", 0}, {"--5", "5", 0}, {"+-+3", "-3", 0}, {"3 blind", "3", 6},
		{" 3", "0", 2}, {"", "0", 0}, {"abc", "0", 3}, {"1E3x", "1000", 1}, {"1E", "1", 1}, {"1E+", "1", 2},
		{".5.5", ".5", 2}, {"0.50", ".5", 0}, {"-.5e-3", "-.0005", 0}, {".", "0", 1}, {"1e30", "1000000000000000000000000000000", 0},
		{"9223372036854775807", "9223372036854775807", 0}, {"9223372036854775808", "9223372036854775810", 0},
		{"12345678901234567890123", "12345678901234567890000", 0}, {"0.1234567890123456789012", ".1234567890123456789", 0},
		{"00000000000000000000000000000000000000000000000000001", "1", 0}, {"0e999999999999", "0", 0},
		{"1e-120", "." + strings.Repeat("0", 119) + "1", 0},
	} {
		n, rest := ParseNumber(c.in)
		if n.Text() != c.text || rest != c.rest {
			t.Errorf("ParseNumber(%q) = %s with %d left, want %s with %d", c.in, n.Text(), rest, c.text, c.rest)
		}
	}
}

func TestNumbersBeyondDecimalsBecomeDoubles(t *testing.T) {
	n, _ := ParseNumber("1E200")
	if n.Kind() != Double || n.Float64() != 1e200 {
		t.Errorf("1E200 is %v %s", n.Kind(), n.Text())
	}
	if n, _ = ParseNumber("-1E400"); !math.IsInf(n.Float64(), -1) {
		t.Errorf("-1E400 is %s", n.Text())
	}
	if n, _ = ParseNumber("nan"); !math.IsNaN(n.Float64()) {
		t.Errorf("nan is %s", n.Text())
	}
}

func TestCanonicalNumber(t *testing.T) {
	for _, s := range []string{"0", "7", "-7", ".5", "-.5", "1.5", "100", "9223372036854775807", "-9223372036854775807"} {
		if n, ok := CanonicalNumber(s); !ok || n.Text() != s {
			t.Errorf("%q is canonical", s)
		}
	}
	for _, s := range []string{"", "007", "-0", "1.0", "1.", "+1", "1E3", "0.5", "--1", "a", " 1", "1 ", "-", ".", "1.2.3",
		"9223372036854775808", "12345678901234567890123"} {
		if _, ok := CanonicalNumber(s); ok {
			t.Errorf("%q is not canonical", s)
		}
	}
}

func TestTextOfNumbersIsCanonical(t *testing.T) {
	for _, c := range []struct {
		v    Value
		want string
	}{
		{Decimal(1250, -2), "12.5"}, {Decimal(-5, -1), "-.5"}, {Decimal(1, 3), "1000"}, {Decimal(0, -3), "0"},
		{Int(math.MinInt64), "-9223372036854775808"}, {Float(0.1), ".10000000000000000555"}, {Float(1.5), "1.5"},
		{Float(math.Inf(-1)), "-INF"}, {Float(1e300), "1.0000000000000000525E300"}, {Float(-2), "-2"},
		{Float(math.Copysign(0, -1)), "0"}, {NullValue(), ""}, {Text("x"), "x"},
		{VectorOf(&Vec{Element: "DOUBLE", Nums: []float64{1, 0.5, -0.1}}), "1,.5,-.1"},
		{VectorOf(&Vec{Element: "FLOAT", Nums: []float64{float64(float32(0.1))}}), ".1"},
	} {
		if got := c.v.Text(); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}

func TestCompareNumbers(t *testing.T) {
	order := []Value{Float(math.Inf(-1)), Decimal(-1, 100), Int(math.MinInt64), Int(-1), Decimal(-1, -1), Int(0),
		Decimal(1, -128), Decimal(1, -1), Float(0.5), Int(1), Decimal(11, -1), Int(math.MaxInt64), Decimal(1, 19), Float(1e200)}
	for i := range order {
		for j := range order {
			if got, want := signOf(int64(CompareNumbers(order[i], order[j]))), signOf(int64(i-j)); got != want {
				t.Errorf("%s against %s: %d, want %d", order[i].Text(), order[j].Text(), got, want)
			}
		}
	}
	if CompareNumbers(Decimal(100, -2), Int(1)) != 0 || CompareNumbers(Float(0.1), Decimal(1, -1)) != 0 {
		t.Error("equal numbers in two forms differ")
	}
}

func TestArithmetic(t *testing.T) {
	show := func(v Value, ok bool) string {
		if !ok {
			return "<DIVIDE>"
		}
		return v.Text()
	}
	third, ok := Divide(Int(1), Int(3))
	half, ok2 := Divide(Int(1), Int(0))
	seven, ok3 := IntDivide(Int(-7), Int(2))
	for _, c := range [][2]string{
		{Add(Int(math.MaxInt64), Int(1)).Text(), "9223372036854775810"},
		{Add(Decimal(15, -1), Int(2)).Text(), "3.5"},
		{Add(Decimal(1, 100), Decimal(1, -100)).Text(), Decimal(1, 100).Text()},
		{Subtract(Int(1), Decimal(1, -1)).Text(), ".9"},
		{Multiply(Decimal(15, -1), Decimal(4, 0)).Text(), "6"},
		{Multiply(Int(math.MaxInt64), Int(10)).Text(), "92233720368547758070"},
		{Negate(Int(math.MinInt64)).Text(), "9223372036854775810"},
		{show(third, ok), ".3333333333333333333"}, {show(half, ok2), "<DIVIDE>"}, {show(seven, ok3), "-3"},
		{Add(Text("3 blind"), Text("4")).Text(), "7"}, {Add(Float(0.5), Int(1)).Text(), "1.5"},
	} {
		if c[0] != c[1] {
			t.Errorf("got %s, want %s", c[0], c[1])
		}
	}
}

func TestIntegerTruncates(t *testing.T) {
	for _, c := range []struct {
		v    Value
		want int64
		ok   bool
	}{
		{Decimal(-15, -1), -1, true}, {Decimal(5, 2), 500, true}, {Decimal(1, 19), 0, false}, {Float(2.9), 2, true},
		{Float(1e19), 0, false}, {Float(math.NaN()), 0, false}, {Text("12abc"), 12, true}, {NullValue(), 0, true},
	} {
		if got, ok := c.v.Integer(); got != c.want || ok != c.ok {
			t.Errorf("%s: %d %v", c.v.Text(), got, ok)
		}
	}
}

func TestDecimalOfDoubleHasFifteenDigits(t *testing.T) {
	if got := Float(0.1 + 0.2).Decimal().Text(); got != ".3" {
		t.Errorf("got %s", got)
	}
	if got := Float(1e300).Decimal(); got.Kind() != Double {
		t.Errorf("1e300 is %s", got.Text())
	}
}
