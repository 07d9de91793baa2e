package parse

import "iris-pgwire/internal/irisdev/objectscript/ast"

// args reads actual arguments and the ) after them; the ( has been read.
func (p *parser) args() []ast.Arg {
	var args []ast.Arg
	conditional := p.conditional // not for the arguments of what stands in these
	p.conditional = false
	p.inner(func() {
		p.space()
		if p.peek() == ')' {
			return
		}
		for {
			a := p.arg()
			if conditional && a.X != nil && p.accept(":") {
				a.When, a.X = a.X, p.expr()
			}
			args = append(args, a)
			p.space()
			if !p.accept(",") {
				return
			}
		}
	})
	p.expect(")")
	return args
}

// arg reads one argument: left out, by reference (.x), an array (x...), * as a position, or a value.
func (p *parser) arg() ast.Arg {
	p.space()
	a := ast.Arg{Pos: p.here()}
	switch c := p.peek(); {
	case c == ',' || c == ')':
		a.Omitted = true
		return a
	case c == '.' && p.at(1) != '.' && !isDigit(p.at(1)):
		p.pos++
		a.ByRef, a.X = true, p.byRef()
		return a
	case c == '*':
		a.X = p.star()
		return a
	}
	a.X = p.expr()
	a.Variadic = p.accept("...")
	return a
}

// byRef reads what may follow the point of an argument by reference.
func (p *parser) byRef() ast.Expr {
	var x ast.Expr
	switch {
	case p.peek() == '@':
		x = p.indirect()
	case p.atName():
		x = p.local()
	default:
		p.fail("name of a variable expected")
	}
	if l, ok := x.(*ast.Local); ok && l.Subs != nil {
		p.fail("only a whole variable is passed by reference")
	}
	return x
}

// star reads *, *-n or *+n.
func (p *parser) star() ast.Expr {
	s := &ast.Star{Pos: p.here()}
	p.expect("*")
	p.space()
	if c := p.peek(); c == '-' || c == '+' {
		s.Minus = c == '-'
		p.pos++
		p.space()
		s.Offset = p.expr()
	}
	return s
}
