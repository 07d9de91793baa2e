package pgfunc

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgerr"
)

// substringFamily has what takes parts out of strings (PostgreSQL docs, 9.4). Strings are counted in characters, bytea
// and bit strings in their units.
func substringFamily(t table) {
	t.each(func(_ *Context, a []iris.Value) (iris.Value, error) {
		return cutChars(a, func(b []byte) iris.Value { return iris.TextBytes(b) })
	}, "substr(text,int4)", "substring(text,int4)", "substr(text,int4,int4)", "substring(text,int4,int4)")
	t.each(func(_ *Context, a []iris.Value) (iris.Value, error) { return cutUnits(a, iris.Binary) },
		"substr(bytea,int4)", "substring(bytea,int4)", "substr(bytea,int4,int4)", "substring(bytea,int4,int4)")
	t.each(func(_ *Context, a []iris.Value) (iris.Value, error) { return cutUnits(a, iris.TextBytes) },
		"substring(bit,int4)", "substring(bit,int4,int4)")
	t.strict("left", func(_ *Context, a []iris.Value) (iris.Value, error) {
		s, n := textArg(a[0]), intArg(a[1])
		return textResult(firstChars(s, clampChars(s, n)))
	})
	t.strict("right", func(_ *Context, a []iris.Value) (iris.Value, error) {
		s, n := textArg(a[0]), intArg(a[1])
		skip := utf8.RuneCountInString(s) - clampChars(s, n)
		return textResult(s[len(firstChars(s, skip)):])
	})
	t.each(overlayText, "overlay(text,text,int4)", "overlay(text,text,int4,int4)")
	t.each(func(_ *Context, a []iris.Value) (iris.Value, error) { return overlayUnits(a, iris.Binary) },
		"overlay(bytea,bytea,int4)", "overlay(bytea,bytea,int4,int4)")
	t.each(func(_ *Context, a []iris.Value) (iris.Value, error) { return overlayUnits(a, iris.TextBytes) },
		"overlay(bit,bit,int4)", "overlay(bit,bit,int4,int4)")
	t.strict("split_part", splitPart)
}

// clampChars turns left's and right's count, negative from the other end, into a number of characters.
func clampChars(s string, n int64) int {
	count := int64(utf8.RuneCountInString(s))
	if n < 0 {
		n = count + n
	}
	return int(max(0, min(n, count)))
}

// window turns a start from 1 and an optional length into bounds within n; a negative length is 22011.
func window(a []iris.Value, n int) (from, to int, err error) {
	start := intArg(a[1])
	end := int64(n) + 1
	if len(a) > 2 {
		length := intArg(a[2])
		if length < 0 {
			return 0, 0, pgerr.New(pgerr.SubstringError, "negative substring length not allowed")
		}
		end = start + length
	}
	from = int(max(1, min(start, int64(n)+1))) - 1
	to = int(max(1, min(end, int64(n)+1))) - 1
	return from, max(from, to), nil
}

func cutUnits(a []iris.Value, make func([]byte) iris.Value) (iris.Value, error) {
	from, to, err := window(a, len(a[0].Raw()))
	if err != nil {
		return iris.Null(), err
	}
	return make(a[0].Raw()[from:to:to]), nil
}

func cutChars(a []iris.Value, make func([]byte) iris.Value) (iris.Value, error) {
	s := textArg(a[0])
	from, to, err := window(a, utf8.RuneCountInString(s))
	if err != nil {
		return iris.Null(), err
	}
	head := len(firstChars(s, from))
	rest := s[head:]
	return make([]byte(firstChars(rest, to-from))), nil
}

func overlayText(_ *Context, a []iris.Value) (iris.Value, error) {
	s, with := textArg(a[0]), textArg(a[1])
	start, length := intArg(a[2]), int64(utf8.RuneCountInString(with))
	if len(a) > 3 {
		length = intArg(a[3])
	}
	if start <= 0 {
		return iris.Null(), pgerr.New(pgerr.SubstringError, "negative substring length not allowed")
	}
	count := int64(utf8.RuneCountInString(s))
	head := firstChars(s, int(min(start-1, count)))
	skip := max(0, min(start-1+length, count))
	return textResult(head + with + s[len(firstChars(s, int(skip))):])
}

func overlayUnits(a []iris.Value, make func([]byte) iris.Value) (iris.Value, error) {
	s, with := a[0].Raw(), a[1].Raw()
	start, length := intArg(a[2]), int64(len(with))
	if len(a) > 3 {
		length = intArg(a[3])
	}
	if start <= 0 {
		return iris.Null(), pgerr.New(pgerr.SubstringError, "negative substring length not allowed")
	}
	n := int64(len(s))
	out := append([]byte(nil), s[:min(start-1, n)]...)
	out = append(out, with...)
	return make(append(out, s[max(0, min(start-1+length, n)):]...)), nil
}

func splitPart(_ *Context, a []iris.Value) (iris.Value, error) {
	s, separator, n := textArg(a[0]), textArg(a[1]), int(intArg(a[2]))
	if n == 0 {
		return iris.Null(), invalidParameter("field position must not be zero")
	}
	parts := []string{s}
	switch {
	case s == "":
		return textResult("")
	case separator != "":
		parts = strings.Split(s, separator)
	}
	if n < 0 {
		n += len(parts) + 1
	}
	if n < 1 || n > len(parts) {
		return textResult("")
	}
	return textResult(parts[n-1])
}

// unistr turns \XXXX, \+XXXXXX, \uXXXX and \UXXXXXXXX into characters (PostgreSQL docs, 9.4).
func unistr(_ *Context, a []iris.Value) (iris.Value, error) {
	s := textArg(a[0])
	bad := func() (iris.Value, error) {
		return failed(pgerr.SyntaxError, "invalid Unicode escape")
	}
	var out []byte
	for len(s) > 0 {
		at := strings.IndexByte(s, '\\')
		if at < 0 {
			break
		}
		out, s = append(out, s[:at]...), s[at+1:]
		if strings.HasPrefix(s, `\`) {
			out, s = append(out, '\\'), s[1:]
			continue
		}
		digits := 4
		if len(s) > 0 && strings.IndexByte("+uU", s[0]) >= 0 {
			digits = map[byte]int{'+': 6, 'u': 4, 'U': 8}[s[0]]
			s = s[1:]
		}
		if len(s) < digits {
			return bad()
		}
		n, err := strconv.ParseUint(s[:digits], 16, 32)
		if err != nil || n == 0 || !utf8.ValidRune(rune(n)) {
			return bad()
		}
		out, s = utf8.AppendRune(out, rune(n)), s[digits:]
	}
	return iris.TextBytes(append(out, s...)), nil
}
