package value

import (
	"math"
	"strings"
	"testing"
)

// ordered is a list of subscripts in collation order.
var ordered = []Value{NullValue(), Float(math.Inf(-1)), Float(-1e300), Decimal(-1, 127), Int(math.MinInt64), Int(-100), Int(-99),
	Int(-11), Int(-2), Decimal(-15, -1), Int(-1), Decimal(-5, -1), Decimal(-1, -128), Int(0), Decimal(1, -128),
	Decimal(5, -2), Decimal(5, -1), Decimal(55, -2), Int(1), Decimal(101, -2), Decimal(11, -1), Int(2), Text("10"), Int(100),
	Decimal(1001, -1), Int(101), Int(1 << 53), Int(math.MaxInt64), Float(1e200), Float(math.Inf(1)), Float(math.NaN()),
	Text(""), Text("\x00\x01"), Text("\x01"), Text("\x02"), Text(" "), Text("007"), Text("1.0"), Text("1E3"), Text("A"), Text("A\x00"),
	Text("AB"), Text("a"), Text("é"), Text("Ж"), Text("\xed\xa0\x80"), Text("😀"), Text("\uE000"), Text("\uFFFF")}

func TestKeysSortAsTheCollation(t *testing.T) {
	last := ""
	for i, v := range ordered {
		key := mustKey(t, v)
		if key <= last {
			t.Errorf("%d: %q does not sort behind the one before", i, v.Text())
		}
		if i > 0 && Compare(ordered[i-1], v) >= 0 {
			t.Errorf("%d: Compare(%q, %q) is not negative", i, ordered[i-1].Text(), v.Text())
		}
		if key[0] >= AfterKeys {
			t.Errorf("%q begins with %x", v.Text(), key[0])
		}
		last = key
	}
}

func mustKey(t *testing.T, v Value) string {
	t.Helper()
	b, err := AppendKey(nil, v)
	if err != nil {
		t.Fatalf("%q: %v", v.Text(), err)
	}
	return string(b)
}

func TestKeysComeBack(t *testing.T) {
	for _, v := range ordered {
		key := mustKey(t, v) + mustKey(t, Int(5))
		got, n, err := NextKey(key)
		if err != nil || Compare(got, v) != 0 || got.IsNull() != v.IsNull() || n != len(mustKey(t, v)) {
			t.Errorf("%q comes back as %q (%d bytes, %v)", v.Text(), got.Text(), n, err)
		}
		if SkipKey(key) != n {
			t.Errorf("%q: SkipKey says %d, want %d", v.Text(), SkipKey(key), n)
		}
	}
}

func TestEveryDoubleComesBackFromItsKey(t *testing.T) {
	for _, f := range []float64{0.1, 1.0 / 3, 0.30000000000000004, 5e-324, math.MaxFloat64, -math.Pi, 1e22, 9007199254740993} {
		got, _, err := NextKey(mustKey(t, Float(f)))
		if err != nil || got.Approx() != f {
			t.Errorf("%v comes back as %v, %v", f, got.Approx(), err)
		}
	}
}

func TestOneNumberHasOneKey(t *testing.T) {
	want := mustKey(t, Int(100))
	for _, v := range []Value{Text("100"), Decimal(1, 2), Decimal(10000, -2), Float(100)} {
		if mustKey(t, v) != want {
			t.Errorf("%v has another key", v)
		}
	}
}

func TestVectorIsNoSubscript(t *testing.T) {
	if _, err := AppendKey(nil, VectorOf(&Vec{})); err == nil {
		t.Error("accepted")
	}
}

func FuzzKey(f *testing.F) {
	f.Add("abc", "abd")
	f.Add("1", "01")
	f.Add("\x00", "\U0001F600")
	f.Fuzz(func(t *testing.T, a, b string) {
		a, b = strings.ToValidUTF8(a, "?"), strings.ToValidUTF8(b, "?")
		if a == "\x00" || b == "\x00" {
			return // the other way to write the empty string
		}
		ka, kb := mustKey(t, Text(a)), mustKey(t, Text(b))
		if got, want := signOf(int64(strings.Compare(ka, kb))), signOf(int64(Compare(Text(a), Text(b)))); got != want {
			t.Fatalf("%q and %q: keys say %d, Compare says %d", a, b, got, want)
		}
		back, n, err := NextKey(ka)
		if err != nil || n != len(ka) || back.Text() != a {
			t.Fatalf("%q comes back as %q, %v", a, back.Text(), err)
		}
	})
}

func FuzzNextKey(f *testing.F) {
	f.Add("\x12\x04\x01\x02\x00")
	f.Add("\x20a\x01\x01\xed\xa0\x80\x00")
	f.Fuzz(func(t *testing.T, key string) {
		NextKey(key)
		if n := SkipKey(key); n < 0 || n > len(key) {
			t.Fatalf("SkipKey says %d of %d", n, len(key))
		}
	})
}
