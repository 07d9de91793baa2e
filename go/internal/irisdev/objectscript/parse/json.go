package parse

import (
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"iris-pgwire/internal/irisdev/objectscript/ast"
	"iris-pgwire/internal/irisdev/value"
)

// jsonObject reads {"key":value,…}, the literal of a dynamic object.
func (p *parser) jsonObject() ast.Expr {
	p.enter()
	defer p.leave()
	o := &ast.JSONObject{Pos: p.here()}
	p.expect("{")
	p.inner(func() {
		if p.space(); p.peek() == '}' {
			return
		}
		for {
			p.space()
			o.Keys = append(o.Keys, p.jsonString())
			p.space()
			p.expect(":")
			o.Values = append(o.Values, p.jsonValue())
			if !p.accept(",") {
				return
			}
		}
	})
	p.expect("}")
	return o
}

// jsonArray reads [value,…], the literal of a dynamic array.
func (p *parser) jsonArray() ast.Expr {
	p.enter()
	defer p.leave()
	a := &ast.JSONArray{Pos: p.here()}
	p.expect("[")
	p.inner(func() {
		if p.space(); p.peek() == ']' {
			return
		}
		for {
			a.Items = append(a.Items, p.jsonValue())
			if !p.accept(",") {
				return
			}
		}
	})
	p.expect("]")
	return a
}

// jsonValue reads one value: JSON, an expression in parentheses, or a member of the current object.
func (p *parser) jsonValue() ast.Expr {
	p.space()
	at := p.here()
	var x ast.Expr
	switch c := p.peek(); {
	case c == '"':
		x = &ast.Literal{Pos: at, Value: value.Text(p.jsonString())}
	case c == '{':
		x = p.jsonObject()
	case c == '[':
		x = p.jsonArray()
	case c == '(':
		x = p.parenExpr()
	case c == '.' && p.at(1) == '.':
		x = p.operand()
	case c == '-' || isDigit(c):
		x = &ast.Literal{Pos: at, Value: p.jsonNumber()}
	default:
		w := p.word()
		if w != "true" && w != "false" && w != "null" {
			p.fail("JSON value expected")
		}
		x = &ast.JSONWord{Pos: at, Word: w}
	}
	p.space()
	return x
}

// jsonNumber reads a number of JSON.
func (p *parser) jsonNumber() value.Value {
	from := p.pos
	p.accept("-")
	if !isDigit(p.peek()) {
		p.fail("number expected")
	}
	for strings.IndexByte("0123456789+-.eE", p.peek()) >= 0 && p.peek() != 0 {
		p.pos++
	}
	v, rest := value.ParseNumber(p.src[from:p.pos])
	if rest != 0 {
		p.fail("number expected")
	}
	return v
}

// jsonEscapes are the characters after \ in a string of JSON.
var jsonEscapes = map[byte]string{'"': `"`, '\\': `\`, '/': "/", 'b': "\b", 'f': "\f", 'n': "\n", 'r': "\r", 't': "\t"}

// jsonString reads a string by the rules of JSON, not of ObjectScript.
func (p *parser) jsonString() string {
	from := p.pos
	p.expect(`"`)
	var b strings.Builder
	for {
		c := p.peek()
		p.pos++
		switch {
		case c == '\n' || p.pos > len(p.src):
			p.pos = from
			p.fail("string without end")
		case c == '"':
			return b.String()
		case c != '\\':
			b.WriteByte(c)
		case p.peek() == 'u':
			p.pos++
			p.jsonUnit(&b)
		default:
			s, ok := jsonEscapes[p.peek()]
			if !ok {
				p.fail("\\ is not followed by a JSON escape")
			}
			p.pos++
			b.WriteString(s)
		}
	}
}

// jsonUnit reads the digits of \u; two that make a surrogate pair are one character.
func (p *parser) jsonUnit(b *strings.Builder) {
	high := p.hexUnit()
	if utf16.IsSurrogate(high) && strings.HasPrefix(p.src[p.pos:], `\u`) {
		save := p.pos
		p.pos += 2
		if r := utf16.DecodeRune(high, p.hexUnit()); r != utf8.RuneError {
			b.WriteRune(r)
			return
		}
		p.pos = save
	}
	b.WriteString(value.FromUnits([]uint16{uint16(high)}))
}

func (p *parser) hexUnit() rune {
	if p.pos+4 > len(p.src) {
		p.fail("four hexadecimal digits expected")
	}
	n, err := strconv.ParseUint(p.src[p.pos:p.pos+4], 16, 16)
	if err != nil {
		p.fail("four hexadecimal digits expected")
	}
	p.pos += 4
	return rune(n)
}
