package irissql

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxName is the longest identifier in characters (IRIS docs, "Identifiers").
const maxName = 128

// isIdentifier reports whether the current token can be an identifier.
func (p *parser) isIdentifier() bool {
	switch p.tok.kind {
	case quotedToken:
		return true
	case nameToken:
		return !p.tok.reserved && (p.text[p.tok.pos] != '%' || p.isUserPercent())
	}
	return false
}

// isUserPercent: names in %Z and %z are the user's.
func (p *parser) isUserPercent() bool {
	s := p.text[p.tok.pos:p.tok.end]
	return len(s) > 1 && (s[1] == 'Z' || s[1] == 'z')
}

// name passes an identifier.
func (p *parser) name() Name {
	if !p.isIdentifier() {
		p.expected("IDENTIFIER")
	}
	return p.takeName()
}

// takeName passes the current token as a name, whatever word it is.
func (p *parser) takeName() Name {
	n := Name{Pos: p.pos(), Text: p.text[p.tok.pos:p.tok.end]}
	if p.tok.kind == quotedToken {
		n.Text, n.Delimited = unquote(n.Text, p.tok.doubled, `"`), true
		p.checkDelimited(n.Text)
	}
	if utf8.RuneCountInString(n.Text) > maxName {
		p.fail(-1, "IDENTIFIER of at most 128 characters expected, a longer one found")
	}
	p.next()
	return n
}

// checkDelimited refuses what even a delimited identifier may not hold.
func (p *parser) checkDelimited(s string) {
	bad := strings.ContainsAny(s, ",.^") || strings.Contains(s, "->") || strings.HasPrefix(s, "*") ||
		strings.EqualFold(s, "%vid") || strings.IndexFunc(s, func(r rune) bool {
		return unicode.IsLetter(r) || unicode.IsDigit(r)
	}) < 0
	if bad {
		p.fail(-1, "IDENTIFIER expected, invalid delimited identifier found")
	}
}

// unquote strips the quotes and undoubles the ones inside.
func unquote(s string, doubled bool, quote string) string {
	s = s[1 : len(s)-1]
	if doubled {
		s = strings.ReplaceAll(s, quote+quote, quote)
	}
	return s
}

// isPercentName reports a system name such as the schemas %Dictionary and %SYS: only allowed before a point.
func (p *parser) isPercentName() bool {
	return p.tok.kind == nameToken && !p.tok.reserved && p.text[p.tok.pos] == '%'
}

// objectName passes [schema.]name. A third part does not exist (-1 at the point).
func (p *parser) objectName() ObjectName {
	pos := p.pos()
	if p.isPercentName() && p.peek().word == "." {
		schema := p.takeName()
		p.expect(".")
		return ObjectName{Pos: pos, Schema: schema.Text, Name: p.memberName().Text}
	}
	first := p.name()
	if !p.accept(".") {
		return ObjectName{Pos: pos, Name: first.Text}
	}
	return ObjectName{Pos: pos, Schema: first.Text, Name: p.memberName().Text}
}

// memberName is a name behind a point: reserved words still have to be delimited.
func (p *parser) memberName() Name { return p.name() }

// names passes (a, b, …).
func (p *parser) names() []Name {
	p.expect("(")
	list := []Name{p.name()}
	for p.accept(",") {
		list = append(list, p.name())
	}
	p.expect(")")
	return list
}

// keywords passes %words that the statement allows; another one is an error.
func (p *parser) keywords(allowed string) Keywords {
	var list Keywords
	for p.tok.kind == nameToken && p.text[p.tok.pos] == '%' {
		w := strings.ToUpper(p.tokenText())
		if !strings.Contains(" "+allowed+" ", " "+w+" ") {
			break
		}
		list = append(list, w)
		p.next()
	}
	return list
}

// integer passes an unsigned whole number.
func (p *parser) integer() int {
	s := p.text[p.tok.pos:p.tok.end]
	if p.tok.kind != numberToken || strings.ContainsAny(s, ".eE") || len(s) > 9 {
		p.fail(-80, "Integer expected, %s found", p.found())
	}
	n := 0
	for _, c := range s {
		n = n*10 + int(c-'0')
	}
	p.kept = append(p.kept, p.tok.pos)
	p.next()
	return n
}

// str passes a string literal.
func (p *parser) str() string {
	if p.tok.kind != stringToken {
		p.expected("STRING CONSTANT")
	}
	s := unquote(p.text[p.tok.pos:p.tok.end], p.tok.doubled, "'")
	p.next()
	return s
}
