package irissql

import (
	"strings"
	"testing"

	"iris-pgwire/internal/iris"
)

// FuzzLikePattern checks that a rewritten pattern means the same: both are turned into a list of literal characters and
// wildcards, the first by PostgreSQL's rules for the escape character, the second by IRIS's for a backslash.
func FuzzLikePattern(f *testing.F) {
	f.Add(`a\%b`, `\`)
	f.Add("100!%%", "!")
	f.Add(`\\_`, "")
	f.Fuzz(func(t *testing.T, pattern, escape string) {
		var mark rune
		for _, r := range escape {
			mark = r
			break
		}
		want, ok := wildcards(pattern, mark)
		v, err := likePattern(mark)(iris.Text(pattern))
		if (err == nil) != ok {
			t.Fatalf("%q escape %q: %v", pattern, mark, err)
		}
		if err != nil {
			return
		}
		got, ok := wildcards(v.String(), '\\')
		if !ok || got != want {
			t.Errorf("%q escape %q became %q", pattern, mark, v.String())
		}
	})
}

// wildcards writes * for %, ? for _ and =x for a literal x.
func wildcards(pattern string, escape rune) (string, bool) {
	var b strings.Builder
	escaped := false
	for _, r := range pattern {
		switch {
		case escaped:
			escaped = false
			b.WriteString("=" + string(r))
		case escape != 0 && r == escape:
			escaped = true
		case r == '%':
			b.WriteByte('*')
		case r == '_':
			b.WriteByte('?')
		default:
			b.WriteString("=" + string(r))
		}
	}
	return b.String(), !escaped
}
