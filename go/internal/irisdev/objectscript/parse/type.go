package parse

import (
	"strings"

	"iris-pgwire/internal/irisdev/objectscript/ast"
)

// typeUse is a type as a declaration names it.
type typeUse struct {
	name, collection string
	params           map[string]string
}

// typeName reads a type and gives its class only.
func (p *parser) typeName() string { return p.typeUse().name }

// typeUse reads Class(PARAM = value), list Of Class, array Of Class.
func (p *parser) typeUse() typeUse {
	t := typeUse{name: p.dotted("name of a class")}
	if word := strings.ToLower(t.name); word == "list" || word == "array" {
		p.space()
		if p.keyword("OF") {
			p.space()
			t.collection, t.name = word, p.dotted("name of a class")
		}
	}
	end := p.pos
	p.space()
	if p.accept("(") { // blanks may stand before it
		t.params = p.typeParams()
	} else {
		p.pos = end
	}
	return t
}

// typeParams reads NAME = value,… and the ) after them. Values are as written, strings without their quotes.
func (p *parser) typeParams() map[string]string {
	m := map[string]string{}
	for {
		p.space()
		if p.accept(")") {
			return m
		}
		key := p.name("name of a parameter")
		p.space()
		p.expect("=")
		p.space()
		m[key] = p.plainValue(",)")
		p.space()
		if !p.accept(",") {
			p.space()
			p.expect(")")
			return m
		}
	}
}

// plainValue reads a value of a declaration: a string, {code} or a text up to one of the characters in ends.
func (p *parser) plainValue(ends string) string {
	switch p.peek() {
	case '"':
		return p.longString()
	case '{':
		return p.braced(false)
	}
	return strings.TrimSpace(p.upTo(ends))
}

// longString reads a string that may go on over lines, as values in class definitions may.
func (p *parser) longString() string {
	from := p.pos
	p.expect(`"`)
	var b strings.Builder
	for {
		i := strings.IndexByte(p.src[p.pos:], '"')
		if i < 0 {
			p.failAt(from, "SYNTAX", "string without end")
		}
		b.WriteString(p.src[p.pos : p.pos+i])
		p.pos += i + 1
		if p.peek() != '"' {
			return b.String()
		}
		b.WriteByte('"')
		p.pos++
	}
}

// upTo reads up to one of the characters in ends that is in no string and no parentheses.
func (p *parser) upTo(ends string) string {
	from, depth := p.pos, 0
	for p.pos < len(p.src) {
		c := p.src[p.pos]
		switch {
		case c == '"':
			p.longString()
			continue
		case depth == 0 && strings.IndexByte(ends, c) >= 0:
			return p.src[from:p.pos]
		case c == '(' || c == '{':
			depth++
		case c == ')' || c == '}':
			depth--
		}
		p.pos++
	}
	p.failAt(from, "SYNTAX", "one of %s expected", ends)
	return ""
}

// defaultExpr reads the default of a formal parameter: a literal, or an expression in braces. One with macros is left to
// whoever knows them.
func (p *parser) defaultExpr(from int) (ast.Expr, string) {
	braces := p.peek() == '{'
	text := strings.TrimSpace(p.upTo(",)"))
	end := p.pos
	if braces {
		if text = strings.TrimSpace(strings.TrimSuffix(text[1:], "}")); text == "" {
			p.failAt(from, "SYNTAX", "expression expected")
		}
		from++
	}
	if strings.Contains(text, "$$$") {
		return nil, text
	}
	p.pos = from
	p.space()
	x := p.expr()
	if p.space(); braces {
		p.expect("}")
		p.space()
	}
	if p.pos != end {
		p.fail("unexpected %s", p.around(p.pos))
	}
	return x, text
}
