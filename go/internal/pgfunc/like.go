package pgfunc

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/pgtypes"
)

// likeFamily has LIKE and ILIKE as operators, with backslash as the escape (PostgreSQL docs, 9.7.1).
func likeFamily(t table) {
	for _, kind := range []string{"text", "bpchar", "name"} {
		for _, f := range []struct {
			id        string
			fold, not bool
		}{{"like", false, false}, {"nlike", false, true}, {"iclike", true, false}, {"icnlike", true, true}} {
			t.strict(kind+f.id, func(c *Context, a []iris.Value) (iris.Value, error) {
				s, err := display(c, 0, a[0])
				if err != nil {
					return iris.Null(), err
				}
				ok, err := Like(s, textArg(a[1]), '\\', f.fold)
				return iris.Bool(ok != f.not), err
			})
		}
	}
	for id, not := range map[string]bool{"bytealike": false, "byteanlike": true} {
		t.strict(id, func(_ *Context, a []iris.Value) (iris.Value, error) {
			// One character a byte, so that bytes are compared.
			ok, err := Like(latin1(a[0].Raw()), latin1(a[1].Raw()), '\\', false)
			return iris.Bool(ok != not), err
		})
	}
}

func latin1(b []byte) string { return iris.Latin1(b).String() }

// Like matches s against a LIKE pattern; escape 0 is none, fold ignores case. A pattern that ends in its escape character
// is 22025.
func Like(s, pattern string, escape rune, fold bool) (bool, error) {
	m := likeMatcher{escape: escape, fold: fold}
	ok := m.match(s, pattern)
	if m.broken {
		return false, pgerr.New(pgerr.InvalidEscapeSequence, "LIKE pattern must not end with escape character")
	}
	return ok, nil
}

// LikeText is the text that LIKE sees of a value: char(n) with its padding.
func LikeText(t pgtypes.Type, v iris.Value) (string, error) { return displayAs(t, v, pgtypes.Style{}) }

type likeMatcher struct {
	escape rune
	fold   bool
	broken bool
}

// match goes back only to the last %, which is enough: an earlier one could not match more.
func (m *likeMatcher) match(s, p string) bool {
	retryS, retryP, wild := "", "", false
	for {
		if s == "" {
			p = strings.TrimLeft(p, "%")
			return p == ""
		}
		r, n := utf8.DecodeRuneInString(p)
		switch {
		case p != "" && r == m.escape && m.escape != 0:
			c, width := utf8.DecodeRuneInString(p[n:])
			if width == 0 {
				m.broken = true
				return false
			}
			if rest, ok := m.same(s, c); ok {
				s, p = rest, p[n+width:]
				continue
			}
		case p != "" && r == '%':
			p = p[1:]
			if p == "" {
				return true
			}
			retryS, retryP, wild = s, p, true
			continue
		case p != "" && r == '_':
			_, width := utf8.DecodeRuneInString(s)
			s, p = s[width:], p[1:]
			continue
		case p != "":
			if rest, ok := m.same(s, r); ok {
				s, p = rest, p[n:]
				continue
			}
		}
		if !wild {
			return false
		}
		_, width := utf8.DecodeRuneInString(retryS)
		retryS = retryS[width:]
		s, p = retryS, retryP
	}
}

func (m *likeMatcher) same(s string, c rune) (rest string, ok bool) {
	r, n := utf8.DecodeRuneInString(s)
	if r == c || m.fold && unicode.ToLower(r) == unicode.ToLower(c) {
		return s[n:], true
	}
	return s, false
}
