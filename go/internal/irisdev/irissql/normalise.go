package irissql

import (
	"sort"
	"strings"
)

// normalise makes the cached-query key of a statement that has been parsed: one blank between tokens, known words in
// upper case, comments gone, literals replaced by ? unless they stand in double parentheses or where a constant is
// needed (IRIS docs, "Cached Queries"). DDL keeps its literals.
func normalise(text string, kept []int, ddl bool) string {
	sort.Ints(kept)
	var b strings.Builder
	b.Grow(min(len(text), 1<<16))
	l := lexer{text: text}
	parens := 0 // opening parentheses directly before
	for {
		t, err := l.next()
		if err != nil || t.kind == endToken {
			return b.String()
		}
		s := keyText(text, t)
		literal := t.kind == stringToken || t.kind == numberToken
		if literal && !ddl && !(parens >= 2 && closesTwice(l)) && !contains(kept, t.pos) {
			s = "?"
		}
		if s == "(" {
			parens++
		} else {
			parens = 0
		}
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		if s == ":" && skipParam(&l) {
			s = "?"
		}
		b.WriteString(s)
	}
}

// skipParam passes %qpar(n) behind a colon if it is there.
func skipParam(l *lexer) bool {
	ahead := *l
	t, err := ahead.next()
	if err != nil || t.kind != nameToken || !strings.EqualFold(l.text[t.pos:t.end], "%qpar") {
		return false
	}
	for range 3 {
		if _, err := ahead.next(); err != nil {
			return false
		}
	}
	*l = ahead
	return true
}

func keyText(text string, t token) string {
	if t.kind == nameToken && t.word != "" {
		return t.word
	}
	return text[t.pos:t.end]
}

// closesTwice reports two closing parentheses as the next tokens; l is a copy.
func closesTwice(l lexer) bool {
	for range 2 {
		t, err := l.next()
		if err != nil || t.word != ")" {
			return false
		}
	}
	return true
}

func contains(sorted []int, x int) bool {
	i := sort.SearchInts(sorted, x)
	return i < len(sorted) && sorted[i] == x
}

// longestPrefix is how much statement text an error message repeats.
const longestPrefix = 2000

// prefixText is the end of a parser's %msg: ^ and the normalised statement up to the offset, as IRIS shows where it
// stopped (IRIS docs, "SQL Shell Interface").
func prefixText(text string, end int) string {
	var b strings.Builder
	b.WriteByte('^')
	l := lexer{text: text}
	for b.Len() < longestPrefix {
		t, err := l.next()
		if err != nil || t.kind == endToken || t.pos >= end {
			break
		}
		b.WriteByte(' ')
		if t.kind == stringToken || t.kind == numberToken {
			b.WriteByte('?')
		} else {
			b.WriteString(keyText(text, t))
		}
	}
	return b.String()
}

// Prefix is prefixText with one more token after the offset's own, the form of errors about names.
func Prefix(text string, at Pos) string {
	l := lexer{text: text, at: int(at)}
	end := int(at)
	for range 2 {
		if t, err := l.next(); err == nil && t.kind != endToken {
			end = t.end
		}
	}
	return prefixText(text, end)
}
