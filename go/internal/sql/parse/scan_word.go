package parse

import (
	"strings"

	"iris-pgwire/internal/pgerr"
)

// word scans an identifier or keyword, or a string with a letter before its quote.
func (s *scanner) word(start int) bool {
	if done, more := s.prefixed(start); done {
		return more
	}
	text, i, upper := s.text, start+1, isUpper(s.text[start])
	for i < len(text) {
		c := text[i]
		class := classes[c]
		if class != classIdent && class != classDigit && c != '$' {
			break
		}
		upper = upper || isUpper(c)
		i++
	}
	s.pos = i
	name := text[start:i]
	if id := lookupKeyword(name); id != noKeyword {
		s.tokens = append(s.tokens, token{start: uint32(start), end: uint32(i), kind: tokIdent, kw: id})
		return true
	}
	if upper || len(name) > maxIdentifier {
		s.addValue(tokIdent, start, truncate(foldASCII(name)))
		return true
	}
	s.add(tokIdent, start)
	return true
}

// prefixed scans E'…', B'…', X'…', N'…', U&'…' and U&"…".
func (s *scanner) prefixed(start int) (done, more bool) {
	next := s.at(start + 1)
	if next != '\'' && next != '&' {
		return false, false
	}
	switch s.text[start] | 0x20 {
	case 'e':
		if next == '\'' {
			return true, s.escapeString(start, start+2)
		}
	case 'b':
		if next == '\'' {
			return true, s.plainString(start, start+2, tokBits, "bit string literal")
		}
	case 'x':
		if next == '\'' {
			return true, s.plainString(start, start+2, tokBits, "hexadecimal string literal")
		}
	case 'n':
		// N'…' is the keyword nchar and a string.
		if next == '\'' {
			s.pos = start + 1
			s.tokens = append(s.tokens, token{start: uint32(start), end: uint32(start + 1), kind: tokIdent, kw: kwNchar})
			return true, true
		}
	case 'u':
		if next == '&' && s.at(start+2) == '\'' {
			return true, s.unicodeString(start)
		}
		if next == '&' && s.at(start+2) == '"' {
			return true, s.unicodeIdent(start)
		}
	}
	return false, false
}

func isUpper(c byte) bool { return c >= 'A' && c <= 'Z' }

// foldASCII folds A–Z and leaves every other character, as PostgreSQL does for UTF-8.
func foldASCII(name string) string {
	for i := 0; i < len(name); i++ {
		if isUpper(name[i]) {
			b := []byte(name)
			for ; i < len(b); i++ {
				if isUpper(b[i]) {
					b[i] |= 0x20
				}
			}
			return string(b)
		}
	}
	return name
}

// quotedIdent scans "identifier".
func (s *scanner) quotedIdent(start int) bool {
	raw, ok := s.delimited(start, start+1, '"')
	if !ok {
		return s.fail(pgerr.SyntaxError, start, len(s.text), "unterminated quoted identifier")
	}
	if raw == "" {
		return s.fail(pgerr.SyntaxError, start, s.pos, "zero-length delimited identifier")
	}
	if len(raw) <= maxIdentifier && strings.IndexByte(raw, '"') < 0 {
		s.add(tokQuoted, start)
		return true
	}
	s.addValue(tokQuoted, start, truncate(strings.ReplaceAll(raw, `""`, `"`)))
	return true
}

// delimited reads up to a quote that is not doubled and gives what is before it, doubled quotes as they are.
func (s *scanner) delimited(start, from int, quote byte) (string, bool) {
	for i := from; ; i++ {
		n := strings.IndexByte(s.text[i:], quote)
		if n < 0 {
			s.pos = start
			return "", false
		}
		i += n
		if s.at(i+1) != quote {
			s.pos = i + 1
			return s.text[from:i], true
		}
		i++
	}
}

// bare reads up to the next quote: bit strings know no doubled ones.
func (s *scanner) bare(start, from int, quote byte) (string, bool) {
	n := strings.IndexByte(s.text[from:], quote)
	if n < 0 {
		s.pos = start
		return "", false
	}
	s.pos = from + n + 1
	return s.text[from : from+n], true
}
