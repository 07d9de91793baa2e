package parse

import (
	"strings"

	"iris-pgwire/internal/pgerr"
)

// plainString scans '…' and the forms in which a backslash means itself; from is the first byte behind the quote.
func (s *scanner) plainString(start, from int, kind tokenKind, what string) bool {
	read := s.delimited
	if kind == tokBits {
		read = s.bare
	}
	raw, ok := read(start, from, '\'')
	if !ok {
		return s.fail(pgerr.SyntaxError, start, len(s.text), "unterminated "+what)
	}
	next, continued := s.continuation()
	doubled := strings.IndexByte(raw, '\'') >= 0
	if !continued && !doubled && kind == tokString {
		s.add(kind, start)
		return true
	}
	var b strings.Builder
	if kind == tokBits {
		b.WriteByte(s.text[start] | 0x20)
	}
	b.WriteString(strings.ReplaceAll(raw, "''", "'"))
	for continued {
		raw, ok = read(start, next, '\'')
		if !ok {
			return s.fail(pgerr.SyntaxError, start, len(s.text), "unterminated "+what)
		}
		b.WriteString(strings.ReplaceAll(raw, "''", "'"))
		next, continued = s.continuation()
	}
	s.addValue(kind, start, b.String())
	return true
}

// continuation looks behind a closing quote for white space with a line break and another quote: the string goes on
// there (PostgreSQL docs, 4.1.2.1). It gives the first byte behind that quote and does not move otherwise.
func (s *scanner) continuation() (from int, ok bool) {
	i, line := s.pos, false
	for i < len(s.text) {
		c := s.text[i]
		switch {
		case c == '\n' || c == '\r':
			line = true
			i++
		case classes[c] == classSpace:
			i++
		case c == '-' && s.at(i+1) == '-':
			for i < len(s.text) && s.text[i] != '\n' && s.text[i] != '\r' {
				i++
			}
		case c == '\'' && line:
			return i + 1, true
		default:
			return 0, false
		}
	}
	return 0, false
}

// dollar scans $1, $$…$$ and $tag$…$tag$.
func (s *scanner) dollar(start int) bool {
	i := start + 1
	if classes[s.at(i)] == classDigit {
		for classes[s.at(i)] == classDigit {
			i++
		}
		if classes[s.at(i)] == classIdent {
			return s.fail(pgerr.SyntaxError, start, s.identEnd(i), "trailing junk after parameter")
		}
		s.pos = i
		s.add(tokParam, start)
		return true
	}
	if classes[s.at(i)] == classIdent {
		for classes[s.at(i)] == classIdent || classes[s.at(i)] == classDigit {
			i++
		}
	}
	if s.at(i) != '$' {
		s.pos = start + 1
		s.add('$', start)
		return true
	}
	tag := s.text[start : i+1]
	n := strings.Index(s.text[i+1:], tag)
	if n < 0 {
		return s.fail(pgerr.SyntaxError, start, len(s.text), "unterminated dollar-quoted string")
	}
	body := s.text[i+1 : i+1+n]
	s.pos = i + 1 + n + len(tag)
	s.addValue(tokString, start, body)
	return true
}
