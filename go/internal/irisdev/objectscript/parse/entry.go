package parse

import (
	"strings"

	"iris-pgwire/internal/irisdev/objectscript/ast"
)

// entry reads label+offset^routine with, if allowed, arguments.
func (p *parser) entry(args bool) ast.EntryRef {
	e := ast.EntryRef{Pos: p.here()}
	switch {
	case p.accept("@"):
		e.LabelInd = p.indirectName()
	case p.atName() || isDigit(p.peek()):
		e.Label = p.word()
	}
	if p.peek() == '+' {
		p.pos++
		e.Offset = p.unary()
	}
	hasRoutine := p.accept("^")
	if hasRoutine {
		p.routineOf(&e)
	}
	if !hasRoutine && e.Label == "" && e.LabelInd == nil && e.Offset == nil {
		p.fail("label or routine expected")
	}
	if args && p.accept("(") {
		e.HasArgs, e.Args = true, p.args()
	}
	return e
}

// routineOf reads the routine after ^.
func (p *parser) routineOf(e *ast.EntryRef) {
	var g ast.Global
	if p.peek() == '|' || p.peek() == '[' {
		p.environment(&g)
	}
	e.Env = g.Env
	if p.accept("@") {
		e.RoutInd = p.routineName()
		return
	}
	e.Routine = p.dotted("name of a routine")
}

// indirectName reads the operand of @ in an entry: a variable or an expression in parentheses.
func (p *parser) indirectName() ast.Expr {
	if p.peek() == '(' {
		return p.parenExpr()
	}
	return p.primary()
}

// routineName reads the operand of @ in place of a routine: parentheses behind a variable are arguments, not subscripts.
func (p *parser) routineName() ast.Expr {
	at := p.here()
	if n := p.wordLen(p.pos, false); p.atName() && p.pos+n < len(p.src) && p.src[p.pos+n] == '(' {
		return &ast.Local{Pos: at, Name: p.word()}
	}
	return p.indirectName()
}

// call reads one argument of DO, GOTO or JOB.
func (p *parser) call(args bool) ast.Call {
	var c ast.Call
	switch {
	case p.peek() == '@' && !p.indirectEntry():
		p.pos++
		c.Indirect = p.operand()
		if p.peek() == '@' && p.at(1) == '(' {
			p.pos++
			ind := &ast.Indirect{Pos: c.Indirect.Position(), X: c.Indirect, HasSubs: true, Subs: p.subscripts()}
			c.Indirect = ind
		}
	case p.isObjectCall():
		c.X = p.operand()
	default:
		e := p.entry(args)
		c.Entry = &e
	}
	return c
}

// indirectEntry reports that @x is followed by ^, + or (, so that it names a label only.
func (p *parser) indirectEntry() bool {
	save := p.pos
	defer func() { p.pos = save }()
	p.pos++
	p.indirectName()
	c := p.peek()
	return c == '^' || c == '+' || c == '('
}

// isObjectCall tells a method call or function from a label.
func (p *parser) isObjectCall() bool {
	switch p.peek() {
	case '$', '#', '.', '{', '[', '(':
		return true
	}
	n := p.wordLen(p.pos, false)
	if n == 0 {
		return false
	}
	end := p.pos + n
	if strings.HasPrefix(p.src[end:], "%") && n == 1 {
		return true
	}
	if strings.HasPrefix(p.src[end:], "(") {
		end = p.closing(end)
	}
	return strings.HasPrefix(p.src[end:], ".")
}

// closing gives the offset behind the ) that closes the ( at an offset.
func (p *parser) closing(at int) int {
	depth, quoted := 0, false
	for i := at; i < len(p.src); i++ {
		switch c := p.src[i]; {
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '(':
			depth++
		case c == ')':
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return len(p.src)
}
