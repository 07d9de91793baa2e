package parse

import (
	"strings"

	"iris-pgwire/internal/irisdev/objectscript/ast"
	"iris-pgwire/internal/irisdev/value"
)

// operand reads one operand with the members that follow it.
func (p *parser) operand() ast.Expr {
	p.enter()
	defer p.leave()
	return p.postfix(p.primary())
}

// primary reads an operand without what follows a point.
func (p *parser) primary() ast.Expr {
	at := p.here()
	switch c := p.peek(); {
	case c == '"':
		return &ast.Literal{Pos: at, Value: value.Text(p.quoted())}
	case isDigit(c), c == '.' && isDigit(p.at(1)):
		return &ast.Literal{Pos: at, Value: p.number()}
	case c == '(':
		return p.parenExpr()
	case c == '$':
		return p.dollar()
	case c == '^':
		return p.global()
	case c == '@':
		return p.indirect()
	case c == '{':
		return p.jsonObject()
	case c == '[':
		return p.jsonArray()
	case c == '.':
		return p.self()
	case c == '#':
		return p.hash()
	case p.atName():
		return p.local()
	}
	p.fail("expression expected")
	return nil
}

// number reads a numeric literal. A letter right after it is an error, except E of an exponent.
func (p *parser) number() value.Value {
	v, rest := value.ParseNumber(p.src[p.pos:])
	end := len(p.src) - rest
	// A point that no digit follows belongs to what comes next (1.3N is a pattern's business, 2...).
	if p.src[end-1] == '.' && strings.HasPrefix(p.src[end:], "..") {
		p.fail("number expected")
	}
	p.pos = end
	if p.atName() && p.peek() != '%' {
		p.fail("a name must not begin with a digit")
	}
	return v
}

// local reads a local variable, or i%name: the raw property.
func (p *parser) local() ast.Expr {
	at := p.here()
	name := p.word()
	if p.peek() == '%' && len(name) == 1 && strings.Contains("irms", name) {
		p.pos++
		iv := &ast.IVar{Pos: at, Kind: name[0]}
		iv.Name = p.member()
		iv.Subs = p.subscripts()
		return iv
	}
	if name == "%" && p.atName() {
		p.fail("name of a variable expected")
	}
	return &ast.Local{Pos: at, Name: name, Subs: p.subscripts()}
}

// subscripts reads (a,b), if it comes next.
func (p *parser) subscripts() []ast.Expr {
	if p.peek() != '(' {
		return nil
	}
	p.pos++
	var subs []ast.Expr
	p.inner(func() {
		for {
			p.space()
			subs = append(subs, p.expr())
			p.space()
			if !p.accept(",") {
				return
			}
		}
	})
	p.expect(")")
	return subs
}

// indirect reads @x and @x@(subscripts).
func (p *parser) indirect() ast.Expr {
	at := p.here()
	p.expect("@")
	x := &ast.Indirect{Pos: at, X: p.operand()}
	if p.peek() == '@' && p.at(1) == '(' {
		p.pos++
		x.HasSubs, x.Subs = true, p.subscripts()
	}
	return x
}
