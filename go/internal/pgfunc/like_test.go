package pgfunc_test

import (
	"testing"
	"unicode/utf8"

	"iris-pgwire/internal/pgfunc"
)

func TestLikeKnowsItsEscape(t *testing.T) {
	for _, x := range []struct {
		s, pattern string
		escape     rune
		want       bool
	}{
		{"a%c", "a!%c", '!', true},
		{"abc", "a!%c", '!', false},
		{"a!c", "a!!c", '!', true},
		{`a\c`, `a\c`, 0, true},
		{`a\c`, `a\\c`, '\\', true},
		{"100é", "100éé", 'é', true},
		{"", "%%", '\\', true},
		{"aab", "%ab", '\\', true},
	} {
		got, err := pgfunc.Like(x.s, x.pattern, x.escape, false)
		if err != nil || got != x.want {
			t.Errorf("%q LIKE %q ESCAPE %q: %v %v, want %v", x.s, x.pattern, x.escape, got, err, x.want)
		}
	}
	if _, err := pgfunc.Like("abc", `ab\`, '\\', false); err == nil {
		t.Error("a pattern that ends in its escape character passes")
	}
}

// naiveLike is the definition of LIKE without an escape.
func naiveLike(s, p []rune) bool {
	switch {
	case len(p) == 0:
		return len(s) == 0
	case p[0] == '%':
		return naiveLike(s, p[1:]) || len(s) > 0 && naiveLike(s[1:], p)
	case len(s) == 0:
		return false
	}
	return (p[0] == '_' || p[0] == s[0]) && naiveLike(s[1:], p[1:])
}

func FuzzLikeIsItsDefinition(f *testing.F) {
	f.Add("abcabc", "a%b_")
	f.Add("héé", "%é")
	f.Fuzz(func(t *testing.T, s, p string) {
		if len(s) > 12 || len(p) > 12 || !utf8.ValidString(s) || !utf8.ValidString(p) {
			return
		}
		got, err := pgfunc.Like(s, p, 0, false)
		if want := naiveLike([]rune(s), []rune(p)); err != nil || got != want {
			t.Errorf("%q LIKE %q: %v %v, want %v", s, p, got, err, want)
		}
	})
}
