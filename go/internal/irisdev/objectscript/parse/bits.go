package parse

import "iris-pgwire/internal/irisdev/objectscript/ast"

// bitLogic reads $BITLOGIC, whose first argument has operators of its own: & | ^ and ~.
func (p *parser) bitLogic(at ast.Pos) ast.Expr {
	f := &ast.Func{Pos: at, Name: "$BITLOGIC"}
	p.inner(func() {
		p.space()
		f.Args = []ast.Arg{{Pos: p.here(), X: p.bitExpr()}}
		if p.accept(",") {
			f.Args = append(f.Args, p.arg())
		}
		p.space()
	})
	p.expect(")")
	return f
}

// bitExpr reads operands with & | ^ between them, from left to right.
func (p *parser) bitExpr() ast.Expr {
	p.enter()
	defer p.leave()
	left := p.bitOperand()
	for {
		p.space()
		c := p.peek()
		if c != '&' && c != '|' && c != '^' {
			return left
		}
		at := p.here()
		p.pos++
		p.space()
		left = &ast.Binary{Pos: at, Op: string(c), L: left, R: p.bitOperand()}
	}
}

// bitOperand reads a bit string, ~x or a part in parentheses.
func (p *parser) bitOperand() ast.Expr {
	p.enter()
	defer p.leave()
	at := p.here()
	switch {
	case p.accept("~"):
		p.space()
		return &ast.Unary{Pos: at, Op: '~', X: p.bitOperand()}
	case p.accept("("):
		p.space()
		x := p.bitExpr()
		p.expect(")")
		return x
	}
	return p.operand()
}
