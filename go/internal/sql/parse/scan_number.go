package parse

import (
	"strconv"
	"strings"

	"iris-pgwire/internal/pgerr"
)

// number scans an integer or a decimal number (PostgreSQL docs, 4.1.2.6); start is a digit, or a point before one.
func (s *scanner) number(start int) bool {
	if s.text[start] == '0' {
		if digits, name := radix(s.at(start + 1)); digits != nil {
			return s.radixInteger(start, digits, name)
		}
	}
	i, kind := s.digits(start), tokInt
	if s.at(i) == '.' && s.at(i+1) != '.' {
		i, kind = s.digits(i+1), tokFloat
	}
	if c := s.at(i); c == 'e' || c == 'E' {
		j := i + 1
		if d := s.at(j); d == '+' || d == '-' {
			j++
		}
		switch {
		case classes[s.at(j)] == classDigit:
			i, kind = s.digits(j), tokFloat
		case j > i+1:
			return s.fail(pgerr.SyntaxError, start, j, "trailing junk after numeric literal")
		}
	}
	return s.endNumber(kind, start, i)
}

// endNumber ends a number at end; a letter right behind it is an error.
func (s *scanner) endNumber(kind tokenKind, start, end int) bool {
	if classes[s.at(end)] == classIdent && end < len(s.text) {
		return s.fail(pgerr.SyntaxError, start, s.identEnd(end), "trailing junk after numeric literal")
	}
	s.pos = end
	s.add(kind, start)
	return true
}

// identEnd is the end of the identifier that begins at i.
func (s *scanner) identEnd(i int) int {
	for i < len(s.text) {
		c := s.text[i]
		if class := classes[c]; class != classIdent && class != classDigit && c != '$' {
			break
		}
		i++
	}
	return i
}

// digits passes digits with single underscores between them.
func (s *scanner) digits(i int) int {
	for {
		switch {
		case classes[s.at(i)] == classDigit:
			i++
		case s.at(i) == '_' && i > 0 && classes[s.text[i-1]] == classDigit && classes[s.at(i+1)] == classDigit:
			i++
		default:
			return i
		}
	}
}

// radix gives the digits and the name of the integers after 0x, 0o, 0b.
func radix(c byte) (isDigit func(byte) bool, name string) {
	switch c | 0x20 {
	case 'x':
		return func(c byte) bool { return classes[c] == classDigit || c|0x20 >= 'a' && c|0x20 <= 'f' }, "hexadecimal"
	case 'o':
		return func(c byte) bool { return c >= '0' && c <= '7' }, "octal"
	case 'b':
		return func(c byte) bool { return c == '0' || c == '1' }, "binary"
	}
	return nil, ""
}

// radixInteger scans 0x…, 0o…, 0b….
func (s *scanner) radixInteger(start int, isDigit func(byte) bool, name string) bool {
	i := start + 2
	for {
		switch {
		case isDigit(s.at(i)) && i < len(s.text):
			i++
			continue
		case s.at(i) == '_' && isDigit(s.at(i+1)):
			i++
			continue
		}
		break
	}
	if i == start+2 {
		if s.at(i) == '_' {
			i++
		}
		if junk := s.identEnd(i); junk > i {
			return s.fail(pgerr.SyntaxError, start, junk, "trailing junk after numeric literal")
		}
		return s.fail(pgerr.SyntaxError, start, i, "invalid "+name+" integer")
	}
	return s.endNumber(tokInt, start, i)
}

// numberText gives a number's value: decimal digits, no underscores; of a decimal number its spelling otherwise. int4
// says that it is whole and fits PostgreSQL's integer.
func numberText(text string, kind tokenKind) (value string, int4 bool) {
	if strings.IndexByte(text, '_') >= 0 {
		text = strings.ReplaceAll(text, "_", "")
	}
	if kind == tokFloat {
		return text, false
	}
	if len(text) > 2 && text[0] == '0' && text[1] > '9' {
		return radixText(text)
	}
	_, err := strconv.ParseInt(text, 10, 32)
	return text, err == nil
}
