package sqlfunc

import (
	"math"
	"testing"

	"iris-pgwire/internal/irisdev/irissql/sqltype"
	"iris-pgwire/internal/irisdev/value"
)

func vec(t testing.TB, e sqltype.Element, text string) value.Value {
	t.Helper()
	v, err := ParseVector(text, e, 0)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestParseVector(t *testing.T) {
	for _, x := range []struct {
		in     string
		e      sqltype.Element
		length int
		want   string
	}{
		{"1,2,3", sqltype.ElementDouble, 0, "1,2,3"}, {"[1, 2.5 ,-3e2]", sqltype.ElementDouble, 0, "1,2.5,-300"},
		{"1,2", sqltype.ElementFloat, 4, "1,2,0,0"}, {"1,2,3", sqltype.ElementFloat, 2, "1,2"}, // padded and cut without a word
		{"1.9,-1.9", sqltype.ElementInteger, 0, "1,-1"}, {"0.1", sqltype.ElementFloat, 0, ".1"}, {"a,b", sqltype.ElementString, 0, "a,b"},
	} {
		v, err := ParseVector(x.in, x.e, x.length)
		if err != nil || v.Vec().Text() != x.want {
			t.Errorf("TO_VECTOR('%s',%s,%d) = %s, %v; want %s", x.in, x.e, x.length, v.Text(), err, x.want)
		}
	}
	for _, bad := range []string{"1,x", "1,,2", "1,2,", "nan", "inf"} {
		if _, err := ParseVector(bad, sqltype.ElementDouble, 0); codeOf(t, err) != -400 {
			t.Errorf("TO_VECTOR('%s'): %v, want -400", bad, err)
		}
	}
}

func TestVectorFunctions(t *testing.T) {
	d := func(text string) value.Value { return vec(t, sqltype.ElementDouble, text) }
	run(t, Context{}, []example{
		{"VECTOR_DOT_PRODUCT", args(d("1,2,3"), d("4,5,6")), "32"},
		{"VECTOR_COSINE", args(d("1,0"), d("0,1")), "0"}, {"VECTOR_COSINE", args(d("1,1"), d("2,2")), 1.0}, {"VECTOR_COSINE", args(d("1,2"), d("-1,-2")), -1.0},
		{"VECTOR_COSINE", args(d("3,4"), d("4,3")), 0.96},
		{"VECTOR_DOT_PRODUCT", args(d("1,2"), d("1,2,3")), -257},
		{"VECTOR_DOT_PRODUCT", args(vec(t, sqltype.ElementString, "a,b"), vec(t, sqltype.ElementString, "a,b")), -258},
		{"VECTOR_COSINE", args(d("1,2"), vec(t, sqltype.ElementFloat, "1,2")), -259},
		{"VECTOR_COSINE", args("1,2", d("1,2")), -400},
	})
	v, _, code := call(t, Context{}, "VECTOR_COSINE", args(d("0,0"), d("1,2")))
	if code != 0 || v.Approx() != 0 || math.IsNaN(v.Approx()) {
		t.Errorf("a zero vector: %q (SQLCODE %d)", v.Text(), code)
	}
}

func BenchmarkCosine1536(b *testing.B) {
	x, y := make([]float64, 1536), make([]float64, 1536)
	for n := range x {
		x[n], y[n] = float64(n%7), float64(n%5)
	}
	for b.Loop() {
		cosine(x, y)
	}
}
