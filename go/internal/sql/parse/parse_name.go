package parse

import (
	"strconv"

	"iris-pgwire/internal/pgerr"
)

// isIdent says whether t is an identifier that is no keyword.
func isIdent(t token) bool {
	return t.kind == tokQuoted || t.kind == tokIdent && t.kw == noKeyword
}

// isName says whether t may be the name of a column, table or most other things (ColId of the grammar).
func isName(t token) bool {
	return isIdent(t) || t.kw != noKeyword && keywords[t.kw].class <= colName
}

// isFuncName says whether t may be the name of a function or type (type_function_name).
func isFuncName(t token) bool {
	if isIdent(t) {
		return true
	}
	return t.kw != noKeyword && (keywords[t.kw].class == unreserved || keywords[t.kw].class == typeFunc)
}

// isLabel says whether t may stand behind AS or a dot (ColLabel).
func isLabel(t token) bool { return t.kind == tokQuoted || t.kind == tokIdent }

// isBareLabel says whether t may label a select item without AS (BareColLabel).
func isBareLabel(t token) bool {
	return isIdent(t) || t.kw != noKeyword && keywords[t.kw].bare
}

// isNonReserved says whether t is a word that is not reserved (NonReservedWord).
func isNonReserved(t token) bool {
	return isIdent(t) || t.kw != noKeyword && keywords[t.kw].class != reserved
}

// name parses ColId.
func (p *parser) name() string {
	if !isName(p.tok) {
		p.fail()
	}
	return p.takeText()
}

// nameNode parses ColId with its place.
func (p *parser) nameNode() Name {
	at := p.at()
	return Name{At: at, Text: p.name()}
}

// label parses ColLabel.
func (p *parser) label() string {
	if !isLabel(p.tok) {
		p.fail()
	}
	return p.takeText()
}

// nonReserved parses NonReservedWord.
func (p *parser) nonReserved() string {
	if !isNonReserved(p.tok) {
		p.fail()
	}
	return p.takeText()
}

// takeText passes the current token and gives its text.
func (p *parser) takeText() string {
	text := p.tokenText(p.tok)
	p.next()
	return text
}

// names parses a list of ColIds.
func (p *parser) names() []Name {
	list := []Name{p.nameNode()}
	for p.accept(',') {
		list = append(list, p.nameNode())
	}
	return list
}

// parenNames parses a list of ColIds in parentheses.
func (p *parser) parenNames() []Name {
	p.expect('(')
	list := p.names()
	p.expect(')')
	return list
}

// optParenNames is parenNames if a parenthesis comes next.
func (p *parser) optParenNames() []Name {
	if p.tok.kind != '(' {
		return nil
	}
	return p.parenNames()
}

// dotted parses a ColId and further labels behind dots (any_name).
func (p *parser) dotted() []string {
	parts := []string{p.name()}
	for p.accept('.') {
		parts = append(parts, p.label())
	}
	return parts
}

// qualified parses a name of up to three parts (qualified_name).
func (p *parser) qualified() QualifiedName {
	at := p.at()
	first := p.name()
	if p.tok.kind != '.' && p.tok.kind != '[' {
		return QualifiedName{At: at, Name: first}
	}
	parts := []string{first}
	for _, s := range p.path(nil) {
		if s.Field == "" {
			// PostgreSQL's grammar has subscripts and .* here, and refuses them behind the whole name.
			p.fail()
		}
		parts = append(parts, s.Field)
	}
	return p.qualify(at, parts)
}

// qualify makes a QualifiedName of parts.
func (p *parser) qualify(at At, parts []string) QualifiedName {
	n := QualifiedName{At: at, Name: parts[len(parts)-1]}
	switch len(parts) {
	case 1:
	case 2:
		n.Schema = parts[0]
	case 3:
		n.Catalog, n.Schema = parts[0], parts[1]
	default:
		text := parts[0]
		for _, part := range parts[1:] {
			text += "." + part
		}
		p.errorf(pgerr.SyntaxError, int(at), "improper qualified name (too many dotted names): %s", text)
	}
	return n
}

// qualifiedList parses a list of qualified names.
func (p *parser) qualifiedList() []QualifiedName {
	list := []QualifiedName{p.qualified()}
	for p.accept(',') {
		list = append(list, p.qualified())
	}
	return list
}

// optQualifiedPtr gives the address of a parsed name, for optional fields.
func (p *parser) qualifiedPtr() *QualifiedName {
	n := p.qualified()
	return &n
}

// stringText parses a string constant.
func (p *parser) stringText() string {
	if p.tok.kind != tokString {
		p.fail()
	}
	return p.takeText()
}

// stringLiteral parses a string constant as a node.
func (p *parser) stringLiteral() *Literal {
	at := p.at()
	return &Literal{At: at, Kind: StringLiteral, Text: p.stringText()}
}

// isInt says whether the current token is a whole number that fits PostgreSQL's integer.
func (p *parser) isInt() bool {
	if p.tok.kind != tokInt {
		return false
	}
	_, ok := numberText(p.text[p.tok.start:p.tok.end], tokInt)
	return ok
}

// integer parses a whole number that fits PostgreSQL's integer (Iconst).
func (p *parser) integer() int {
	if !p.isInt() {
		p.fail()
	}
	text, _ := numberText(p.text[p.tok.start:p.tok.end], tokInt)
	n, _ := strconv.Atoi(text)
	p.next()
	return n
}

// signedInteger parses a whole number with an optional sign (SignedIconst).
func (p *parser) signedInteger() int {
	if p.accept('-') {
		return -p.integer()
	}
	p.accept('+')
	return p.integer()
}

// number parses a number token.
func (p *parser) number() *Literal {
	text, int4 := numberText(p.text[p.tok.start:p.tok.end], p.tok.kind)
	l := &Literal{At: p.at(), Kind: FloatLiteral, Text: text}
	if int4 {
		l.Kind = IntLiteral
	}
	p.next()
	return l
}

// signedNumber parses a number with an optional sign (NumericOnly).
func (p *parser) signedNumber() *Literal {
	at, minus := p.at(), false
	if p.tok.kind == '-' || p.tok.kind == '+' {
		minus = p.tok.kind == '-'
		p.next()
	}
	if p.tok.kind != tokInt && p.tok.kind != tokFloat {
		p.fail()
	}
	l := p.number()
	l.At = at
	if minus {
		negate(l)
	}
	return l
}

// negate puts a minus into a number.
func negate(l *Literal) {
	if l.Text[0] == '-' {
		l.Text = l.Text[1:]
		return
	}
	l.Text = "-" + l.Text
}
