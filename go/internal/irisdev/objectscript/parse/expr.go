package parse

import (
	"strings"

	"iris-pgwire/internal/irisdev/objectscript/ast"
)

// operators are the binary ones, longer ones before those they begin with.
var operators = []string{"]]", "&&", "||", "**", "<=", ">=", "+", "-", "*", "/", "\\", "#", "_", "<", ">", "=", "[", "]", "&", "!", "?"}

// negatable are the operators that may follow ' (NOT).
const negatable = "=<>[]?&!"

// continuing are the operators that may begin a line that continues an expression; no command begins so.
const continuing = "+-*/\\_<>=[]&|?'!"

// expr reads an expression: operands joined by operators, strictly from left to right.
func (p *parser) expr() ast.Expr {
	p.enter()
	defer p.leave()
	left := p.unary()
	for {
		from := p.pos
		if !p.toOperator() {
			p.pos = from
			return left
		}
		at, not := p.here(), false
		if p.peek() == '\'' && strings.IndexByte(negatable, p.at(1)) >= 0 && p.at(1) != 0 {
			not = true
			p.pos++
		}
		op := p.operator(not)
		if op == "" {
			p.pos = from
			return left
		}
		if op == "?" {
			left = p.match(at, left, not)
			continue
		}
		if !p.tight {
			p.space()
		}
		left = &ast.Binary{Pos: at, Op: op, Not: not, L: left, R: p.unary()}
	}
}

// toOperator moves over what may stand before an operator. At the end of a line it looks whether the next one continues the
// expression.
func (p *parser) toOperator() bool {
	p.gap()
	if p.peek() != '\n' || p.tight {
		return true
	}
	p.space()
	c := p.peek()
	if c == '&' && isLetter(p.at(1)) || p.src[p.pos-1] == '\n' {
		return false
	}
	return c != 0 && strings.IndexByte(continuing, c) >= 0
}

// operator reads a binary operator, or "" if there is none.
func (p *parser) operator(not bool) string {
	for _, op := range operators {
		if !strings.HasPrefix(p.src[p.pos:], op) {
			continue
		}
		if op[0] == ']' && p.square {
			return ""
		}
		if not && (op == "&&" || op == "||" || op == "<=" || op == ">=") {
			op = op[:1]
		}
		if op == "#" && p.at(1) == '#' || op == "&" && p.atEmbedded() {
			return ""
		}
		p.pos += len(op)
		return op
	}
	return ""
}

// atEmbedded reports a blank and &sql( or another embedded language here: the next command, and no operator.
func (p *parser) atEmbedded() bool {
	if p.pos == 0 || p.src[p.pos-1] != ' ' && p.src[p.pos-1] != '\t' {
		return false
	}
	rest := p.src[p.pos+1:]
	for _, w := range []string{"sql(", "sql#", "html<", "js<", "javascript<"} {
		if len(rest) >= len(w) && strings.EqualFold(rest[:len(w)], w) {
			return true
		}
	}
	return false
}

// unary reads an operand with the signs before it.
func (p *parser) unary() ast.Expr {
	c := p.peek()
	if c != '+' && c != '-' && c != '\'' {
		return p.operand()
	}
	p.enter()
	defer p.leave()
	at := p.here()
	p.pos++
	p.gap()
	return &ast.Unary{Pos: at, Op: c, X: p.unary()}
}

// match reads what follows ? of a pattern match.
func (p *parser) match(at ast.Pos, x ast.Expr, not bool) ast.Expr {
	m := &ast.Match{Pos: at, X: x, Not: not}
	p.gap()
	if p.accept("@") {
		m.Indirect = p.operand()
		return m
	}
	m.Pattern = p.pattern()
	return m
}

// paren reads ( expression ).
func (p *parser) parenExpr() ast.Expr {
	p.expect("(")
	var x ast.Expr
	p.inner(func() {
		p.space()
		x = p.expr()
		p.space()
	})
	p.expect(")")
	return x
}
