package pgfunc

import (
	"strings"

	"iris-pgwire/internal/iris"
)

// bitFamily has the operators of bit strings (PostgreSQL docs, 9.6).
func bitFamily(t table) {
	for id, f := range map[string]struct {
		word string
		op   func(a, b byte) byte
	}{
		"bitand": {"AND", func(a, b byte) byte { return a & b }},
		"bitor":  {"OR", func(a, b byte) byte { return a | b }},
		"bitxor": {"XOR", func(a, b byte) byte { return a ^ b }},
	} {
		t.strict(id, func(_ *Context, a []iris.Value) (iris.Value, error) {
			x, y := a[0].Raw(), a[1].Raw()
			if len(x) != len(y) {
				return failed("22026", "cannot %s bit strings of different sizes", f.word)
			}
			out := make([]byte, len(x))
			for i := range x {
				out[i] = '0' + f.op(x[i]-'0', y[i]-'0')
			}
			return iris.TextBytes(out), nil
		})
	}
	t.strict("bitnot", func(_ *Context, a []iris.Value) (iris.Value, error) {
		return textResult(strings.Map(func(r rune) rune { return '0' + '1' - r }, textArg(a[0])))
	})
	t.strict("bitcat", func(_ *Context, a []iris.Value) (iris.Value, error) { return textResult(textArg(a[0]) + textArg(a[1])) })
	t.strict("bitshiftleft", func(_ *Context, a []iris.Value) (iris.Value, error) { return shiftBits(textArg(a[0]), intArg(a[1])) })
	t.strict("bitshiftright", func(_ *Context, a []iris.Value) (iris.Value, error) { return shiftBits(textArg(a[0]), -intArg(a[1])) })
}

// shiftBits keeps the length; what is moved out is lost.
func shiftBits(s string, left int64) (iris.Value, error) {
	n := int64(len(s))
	if left >= 0 {
		left = min(left, n)
		return textResult(s[left:] + strings.Repeat("0", int(left)))
	}
	right := min(-left, n)
	return textResult(strings.Repeat("0", int(right)) + s[:n-right])
}
