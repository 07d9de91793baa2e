package irissql

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"iris-pgwire/internal/irisdev/sqlerr"
)

// lexer reads tokens from a text (IRIS docs, "Language Elements" and "Identifiers").
type lexer struct {
	text string
	at   int
}

// symbols of more than one character, longest first.
var longSymbols = [...]string{"<=", ">=", "<>", "!=", "||", "->", "*="}

// next reads the next token. Its errors are *sqlerr.Error without the text so far.
func (l *lexer) next() (token, *sqlerr.Error) {
	if err := l.skipBlanks(); err != nil {
		return token{pos: l.at, end: l.at}, err
	}
	start := l.at
	if start >= len(l.text) {
		return token{kind: endToken, pos: start, end: start}, nil
	}
	c := l.text[start]
	switch {
	case c == '\'':
		return l.quoted(stringToken, '\'')
	case c == '"':
		return l.quoted(quotedToken, '"')
	case c >= '0' && c <= '9', c == '.' && start+1 < len(l.text) && isDigit(l.text[start+1]):
		return l.number()
	case c == '$':
		return l.special(), nil
	case isNameStart(l.text[start:]):
		return l.name(), nil
	}
	for _, s := range longSymbols {
		if strings.HasPrefix(l.text[start:], s) {
			l.at += len(s)
			return token{kind: symbolToken, pos: start, end: l.at, word: s}, nil
		}
	}
	_, size := utf8.DecodeRuneInString(l.text[start:])
	l.at += size
	return token{kind: symbolToken, pos: start, end: l.at, word: l.text[start:l.at]}, nil
}

// skipBlanks passes white space and comments. Comments do not nest.
func (l *lexer) skipBlanks() *sqlerr.Error {
	for l.at < len(l.text) {
		c := l.text[l.at]
		switch {
		case c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f':
			l.at++
		case c == '-' && strings.HasPrefix(l.text[l.at:], "--"):
			end := strings.IndexByte(l.text[l.at:], '\n')
			if end < 0 {
				l.at = len(l.text)
				return nil
			}
			l.at += end + 1
		case c == '/' && strings.HasPrefix(l.text[l.at:], "/*"):
			end := strings.Index(l.text[l.at+2:], "*/")
			if end < 0 {
				return sqlerr.New(-1, "Comment is not closed")
			}
			if err := checkOptions(l.text[l.at : l.at+end+4]); err != nil {
				return err
			}
			l.at += end + 4
		default:
			return nil
		}
	}
	return nil
}

func (l *lexer) quoted(kind tokenKind, quote byte) (token, *sqlerr.Error) {
	start := l.at
	t := token{kind: kind, pos: start}
	for i := start + 1; ; i++ {
		n := strings.IndexByte(l.text[i:], quote)
		if n < 0 {
			l.at = len(l.text)
			return t, sqlerr.New(-3, "Closing quote (%c) missing", quote)
		}
		i += n
		if i+1 < len(l.text) && l.text[i+1] == quote {
			t.doubled = true
			i++
			continue
		}
		l.at, t.end = i+1, i+1
		return t, nil
	}
}

func (l *lexer) number() (token, *sqlerr.Error) {
	start := l.at
	l.digits()
	if l.at < len(l.text) && l.text[l.at] == '.' {
		l.at++
		l.digits()
	}
	t := token{kind: numberToken, pos: start}
	if l.at < len(l.text) && (l.text[l.at] == 'e' || l.text[l.at] == 'E') {
		l.at++
		if l.at < len(l.text) && (l.text[l.at] == '+' || l.text[l.at] == '-') {
			l.at++
		}
		from := l.at
		l.digits()
		if l.at == from {
			return t, sqlerr.New(-2, "Exponent digits missing after '%s'", l.text[start:l.at])
		}
		if len(strings.TrimLeft(l.text[from:l.at], "0")) > 3 {
			return t, sqlerr.New(-7, "Exponent out of range in '%s'", l.text[start:l.at])
		}
		t.double = true
	}
	t.end = l.at
	return t, nil
}

func (l *lexer) digits() {
	for l.at < len(l.text) && isDigit(l.text[l.at]) {
		l.at++
	}
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// isNameStart reports a letter, % or _.
func isNameStart(s string) bool {
	c := s[0]
	if c < utf8.RuneSelf {
		return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c == '%' && len(s) > 1 && isWordByte(s[1])
	}
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLetter(r)
}

func isWordByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_'
}

// nameEnd finds the end of a name: letters, digits, _ @ # and $.
func nameEnd(s string) int {
	i := 0
	for i < len(s) {
		c := s[i]
		switch {
		case isWordByte(c), c == '@', c == '#', c == '$':
			i++
		case c < utf8.RuneSelf:
			return i
		default:
			r, size := utf8.DecodeRuneInString(s[i:])
			if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
				return i
			}
			i += size
		}
	}
	return i
}

func (l *lexer) name() token {
	start := l.at
	_, size := utf8.DecodeRuneInString(l.text[start:])
	l.at = start + size + nameEnd(l.text[start+size:])
	t := token{kind: nameToken, pos: start, end: l.at}
	if n := l.at - start; n <= 24 {
		var buf [24]byte
		for i := 0; i < n; i++ {
			c := l.text[start+i]
			if c >= 'a' && c <= 'z' {
				c -= 'a' - 'A'
			}
			buf[i] = c
		}
		w := words[string(buf[:n])]
		t.word, t.reserved = w.text, w.reserved
	}
	return t
}

func (l *lexer) special() token {
	start := l.at
	l.at++
	l.at += nameEnd(l.text[l.at:])
	return token{kind: specialToken, pos: start, end: l.at}
}
