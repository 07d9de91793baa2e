package parse

import (
	"strings"
	"unicode/utf8"

	"iris-pgwire/internal/pgerr"
)

// unicodeString scans U&'…' [UESCAPE 'c'] (PostgreSQL docs, 4.1.2.3).
func (s *scanner) unicodeString(start int) bool {
	from := start + 3
	var raw string
	for {
		part, ok := s.delimited(start, from, '\'')
		if !ok {
			return s.fail(pgerr.SyntaxError, start, len(s.text), "unterminated quoted string")
		}
		raw += strings.ReplaceAll(part, "''", "'")
		next, ok := s.continuation()
		if !ok {
			break
		}
		from = next
	}
	return s.unicodeValue(tokString, start, start+3, raw)
}

// unicodeIdent scans U&"…" [UESCAPE 'c'].
func (s *scanner) unicodeIdent(start int) bool {
	raw, ok := s.delimited(start, start+3, '"')
	if !ok {
		return s.fail(pgerr.SyntaxError, start, len(s.text), "unterminated quoted identifier")
	}
	if raw == "" {
		return s.fail(pgerr.SyntaxError, start, s.pos, "zero-length delimited identifier")
	}
	return s.unicodeValue(tokQuoted, start, start+3, strings.ReplaceAll(raw, `""`, `"`))
}

// unicodeValue decodes raw and appends the token. from is where raw begins, for error positions.
func (s *scanner) unicodeValue(kind tokenKind, start, from int, raw string) bool {
	escape, ok := s.uescape()
	if !ok {
		return false
	}
	value, at, err := decodeUnicode(raw, escape)
	if err != nil {
		return s.failPlain(err, from+at)
	}
	if kind == tokQuoted {
		value = truncate(value)
	}
	s.addValue(kind, start, value)
	return true
}

// uescape reads UESCAPE 'c' if it comes next.
func (s *scanner) uescape() (escape byte, ok bool) {
	back := s.pos
	if !s.skipBlanks() {
		return 0, false
	}
	end := s.identEnd(s.pos)
	if !strings.EqualFold(s.text[s.pos:end], "uescape") {
		s.pos = back
		return '\\', true
	}
	s.pos = end
	if !s.skipBlanks() {
		return 0, false
	}
	at := s.pos
	if s.at(at) != '\'' {
		if !s.next() && len(s.tokens) > 0 && s.tokens[len(s.tokens)-1].kind == tokError {
			return 0, false
		}
		last := s.tokens[len(s.tokens)-1]
		s.tokens = s.tokens[:len(s.tokens)-1]
		return 0, s.fail(pgerr.SyntaxError, at, int(last.end), "UESCAPE must be followed by a simple string literal")
	}
	value, found := s.delimited(at, at+1, '\'')
	value = strings.ReplaceAll(value, "''", "'")
	if !found {
		return 0, s.fail(pgerr.SyntaxError, at, len(s.text), "unterminated quoted string")
	}
	if len(value) != 1 || !validEscape(value[0]) {
		return 0, s.fail(pgerr.SyntaxError, at, s.pos, "invalid Unicode escape character")
	}
	return value[0], true
}

// validEscape says what may be a UESCAPE character.
func validEscape(c byte) bool {
	_, hex := hexDigit(c)
	return !hex && c != '+' && c != '\'' && c != '"' && classes[c] != classSpace
}

// decodeUnicode replaces \XXXX and \+XXXXXX; at is the offset of what err is about.
func decodeUnicode(raw string, escape byte) (value string, at int, err *pgerr.Error) {
	if strings.IndexByte(raw, escape) < 0 {
		return raw, 0, nil
	}
	var b []byte
	high := rune(0)
	for i := 0; i < len(raw); {
		if raw[i] != escape || i+1 < len(raw) && raw[i+1] == escape {
			if high != 0 {
				return "", i, pgerr.New(pgerr.SyntaxError, "invalid Unicode surrogate pair")
			}
			b = append(b, raw[i])
			if raw[i] == escape {
				i++
			}
			i++
			continue
		}
		n, from := 5, i+1
		if i+1 < len(raw) && raw[i+1] == '+' {
			n, from = 8, i+2
		}
		v, ok := hexValue(raw, from, n-(from-i))
		if !ok {
			return "", i, pgerr.New(pgerr.SyntaxError, "invalid Unicode escape").
				WithHint(`Unicode escapes must be \XXXX or \+XXXXXX.`)
		}
		if v == 0 || v > utf8.MaxRune {
			return "", i, pgerr.New(pgerr.SyntaxError, "invalid Unicode escape value")
		}
		r, pending, ok := joinSurrogates(high, rune(v))
		if !ok {
			return "", i, pgerr.New(pgerr.SyntaxError, "invalid Unicode surrogate pair")
		}
		if high = pending; high == 0 {
			b = utf8.AppendRune(b, r)
		}
		i += n
	}
	if high != 0 {
		return "", len(raw), pgerr.New(pgerr.SyntaxError, "invalid Unicode surrogate pair")
	}
	return string(b), 0, nil
}
