package pgfunc

import (
	"math/bits"
	"strings"
	"unicode/utf8"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgerr"
)

// lengthFamily has what counts and finds in strings, and single characters (PostgreSQL docs, 9.4, 9.5).
func lengthFamily(t table) {
	t.each(func(_ *Context, a []iris.Value) (iris.Value, error) { return intResult(utf8.RuneCount(a[0].Raw())) },
		"length(text)", "length(bpchar)", "char_length(text)", "char_length(bpchar)",
		"character_length(text)", "character_length(bpchar)")
	t.each(func(_ *Context, a []iris.Value) (iris.Value, error) { return intResult(len(a[0].Raw())) },
		"octet_length(text)", "octet_length(bytea)", "length(bytea)", "length(bit)")
	t.each(func(_ *Context, a []iris.Value) (iris.Value, error) { return intResult(8 * len(a[0].Raw())) },
		"bit_length(text)", "bit_length(bytea)")
	// char(n) counts its padding here.
	t.strict("octet_length(bpchar)", func(c *Context, a []iris.Value) (iris.Value, error) {
		s, err := display(c, 0, a[0])
		return iris.Int(int64(len(s))), err
	})
	t.strict("bit_length(bit)", func(_ *Context, a []iris.Value) (iris.Value, error) { return intResult(len(a[0].Raw())) })
	t.strict("octet_length(bit)", func(_ *Context, a []iris.Value) (iris.Value, error) { return intResult((len(a[0].Raw()) + 7) / 8) })
	t.strict("bit_count(bit)", func(_ *Context, a []iris.Value) (iris.Value, error) {
		return intResult(strings.Count(textArg(a[0]), "1"))
	})
	t.strict("bit_count(bytea)", func(_ *Context, a []iris.Value) (iris.Value, error) {
		n := 0
		for _, b := range a[0].Raw() {
			n += bits.OnesCount8(b)
		}
		return intResult(n)
	})
	t.strict("position(text,text)", func(_ *Context, a []iris.Value) (iris.Value, error) {
		return intResult(charIndex(textArg(a[0]), textArg(a[1])))
	})
	t.strict("strpos", func(_ *Context, a []iris.Value) (iris.Value, error) {
		return intResult(charIndex(textArg(a[0]), textArg(a[1])))
	})
	for _, of := range []string{"bytea,bytea", "bit,bit"} {
		t.strict("position("+of+")", func(_ *Context, a []iris.Value) (iris.Value, error) {
			return intResult(strings.Index(textArg(a[0]), textArg(a[1])) + 1)
		})
	}
	t.strict("ascii", func(_ *Context, a []iris.Value) (iris.Value, error) {
		if len(a[0].Raw()) == 0 {
			return iris.Int(0), nil
		}
		r, _ := utf8.DecodeRune(a[0].Raw())
		return intResult(int(r))
	})
	t.strict("chr", chr)
}

// charIndex gives the place of the first match in characters from 1, or 0.
func charIndex(s, part string) int {
	at := strings.Index(s, part)
	if at < 0 {
		return 0
	}
	return utf8.RuneCountInString(s[:at]) + 1
}

func chr(_ *Context, a []iris.Value) (iris.Value, error) {
	n := intArg(a[0])
	switch {
	case n < 0:
		return failed(pgerr.InvalidParameterValue, "character number must be positive")
	case n == 0:
		return failed(pgerr.ProgramLimitExceeded, "null character not permitted")
	case n > utf8.MaxRune:
		return failed(pgerr.ProgramLimitExceeded, "requested character too large for encoding: %d", n)
	case !utf8.ValidRune(rune(n)):
		return failed(pgerr.ProgramLimitExceeded, "requested character not valid for encoding: %d", n)
	}
	return textResult(string(rune(n)))
}
