package parse

import (
	"fmt"
	"unicode/utf16"
	"unicode/utf8"

	"iris-pgwire/internal/pgerr"
)

// escapeString scans E'…' (PostgreSQL docs, 4.1.2.2).
func (s *scanner) escapeString(start, from int) bool {
	var b []byte
	high := rune(0) // the first half of a surrogate pair
	i := from
	for {
		if i >= len(s.text) {
			return s.fail(pgerr.SyntaxError, start, len(s.text), "unterminated quoted string")
		}
		c := s.text[i]
		if high != 0 && !(c == '\\' && (s.at(i+1)|0x20) == 'u') {
			return s.fail(pgerr.SyntaxError, i, i+1, "invalid Unicode surrogate pair")
		}
		switch {
		case c == '\'' && s.at(i+1) == '\'':
			b = append(b, c)
			i += 2
		case c == '\'':
			s.pos = i + 1
			if next, ok := s.continuation(); ok {
				i = next
				continue
			}
			return s.endEscapeString(start, b)
		case c != '\\':
			b = append(b, c)
			i++
		case i+1 >= len(s.text):
			i++
		case s.text[i+1]|0x20 == 'u':
			r, n, err := s.unicodeEscape(i)
			if err != nil {
				return s.failPlain(err, i)
			}
			var ok bool
			if r, high, ok = joinSurrogates(high, r); !ok {
				return s.fail(pgerr.SyntaxError, i, i+n, "invalid Unicode surrogate pair")
			}
			if high == 0 {
				b = utf8.AppendRune(b, r)
			}
			i += n
		default:
			var n int
			b, n = s.simpleEscape(b, i)
			i += n
		}
	}
}

// endEscapeString checks the bytes that numeric escapes made.
func (s *scanner) endEscapeString(start int, b []byte) bool {
	for i := 0; i < len(b); {
		r, n := utf8.DecodeRune(b[i:])
		if b[i] == 0 || r == utf8.RuneError && n == 1 {
			return s.failPlain(invalidUTF8(b[i:]), start)
		}
		i += n
	}
	s.addValue(tokString, start, string(b))
	return true
}

// invalidUTF8 is PostgreSQL's error for a byte sequence.
func invalidUTF8(b []byte) *pgerr.Error {
	n := 1
	switch {
	case b[0] >= 0xf0:
		n = 4
	case b[0] >= 0xe0:
		n = 3
	case b[0] >= 0xc0:
		n = 2
	}
	text := ""
	for i := 0; i < n && i < len(b); i++ {
		text += fmt.Sprintf(" 0x%02x", b[i])
	}
	return pgerr.New(pgerr.CharacterNotInRepertoire, "invalid byte sequence for encoding \"UTF8\":%s", text)
}

// joinSurrogates puts the halves of a UTF-16 pair together: with high set it waits for the second half.
func joinSurrogates(high, r rune) (joined, pending rune, ok bool) {
	isHigh, isLow := r >= 0xd800 && r < 0xdc00, r >= 0xdc00 && r < 0xe000
	switch {
	case high != 0 && isLow:
		return utf16.DecodeRune(high, r), 0, true
	case high != 0 || isLow:
		return 0, 0, false
	case isHigh:
		return 0, r, true
	}
	return r, 0, true
}

// unicodeEscape reads \uXXXX or \UXXXXXXXX at i and gives its length.
func (s *scanner) unicodeEscape(i int) (r rune, n int, err *pgerr.Error) {
	n = 6
	if s.text[i+1] == 'U' {
		n = 10
	}
	v, ok := hexValue(s.text, i+2, n-2)
	if !ok {
		return 0, 0, pgerr.New(pgerr.InvalidEscapeSequence, "invalid Unicode escape").
			WithHint(`Unicode escapes must be \uXXXX or \UXXXXXXXX.`)
	}
	if v == 0 || v > utf8.MaxRune {
		end := min(i+n, len(s.text))
		return 0, 0, pgerr.New(pgerr.SyntaxError, "invalid Unicode escape value at or near \"%s\"", s.text[i:end])
	}
	return rune(v), n, nil
}

// hexValue reads exactly n hexadecimal digits.
func hexValue(text string, i, n int) (v uint32, ok bool) {
	if i+n > len(text) {
		return 0, false
	}
	for _, c := range []byte(text[i : i+n]) {
		d, ok := hexDigit(c)
		if !ok {
			return 0, false
		}
		v = v<<4 | uint32(d)
	}
	return v, true
}

func hexDigit(c byte) (byte, bool) {
	switch {
	case c >= '0' && c <= '9':
		return c - '0', true
	case c|0x20 >= 'a' && c|0x20 <= 'f':
		return c | 0x20 - 'a' + 10, true
	}
	return 0, false
}

// simpleEscape appends what the escape at i means and gives its length.
func (s *scanner) simpleEscape(b []byte, i int) ([]byte, int) {
	c := s.text[i+1]
	switch c {
	case 'b':
		return append(b, '\b'), 2
	case 'f':
		return append(b, '\f'), 2
	case 'n':
		return append(b, '\n'), 2
	case 'r':
		return append(b, '\r'), 2
	case 't':
		return append(b, '\t'), 2
	case 'v':
		return append(b, '\v'), 2
	case 'x':
		if d, ok := hexDigit(s.at(i + 2)); ok {
			if e, ok := hexDigit(s.at(i + 3)); ok {
				return append(b, d<<4|e), 4
			}
			return append(b, d), 3
		}
	}
	if c >= '0' && c <= '7' {
		v, n := 0, 1
		for ; n <= 3 && s.at(i+n) >= '0' && s.at(i+n) <= '7'; n++ {
			v = v*8 + int(s.at(i+n)-'0')
		}
		return append(b, byte(v)), n
	}
	return append(b, c), 2
}
