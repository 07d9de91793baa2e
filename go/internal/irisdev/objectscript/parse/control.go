package parse

import (
	"strings"

	"iris-pgwire/internal/irisdev/objectscript/ast"
)

// conditions reads a,b.
func (p *parser) conditions() []ast.Expr {
	var list []ast.Expr
	for more := true; more; more = p.more() {
		list = append(list, p.expr())
	}
	return list
}

// atBrace moves to a { that comes next, perhaps on a later line.
func (p *parser) atBrace() bool {
	save := p.pos
	p.space()
	if p.peek() == '{' {
		return true
	}
	p.pos = save
	return false
}

// ifCommand reads IF in both forms.
func (p *parser) ifCommand(at ast.Pos) ast.Command {
	if p.peek() != '(' && p.bare() {
		return &ast.IfLine{Pos: at, Rest: p.rest()}
	}
	conds := p.conditions()
	if !p.atBrace() {
		return &ast.IfLine{Pos: at, Conds: conds, Rest: p.rest()}
	}
	x := &ast.If{Pos: at, Branches: []ast.IfBranch{{Conds: conds, Body: p.block()}}}
	for p.keyword("ELSEIF") {
		p.blanks()
		conds = p.conditions()
		if !p.atBrace() {
			p.fail("{ expected")
		}
		x.Branches = append(x.Branches, ast.IfBranch{Conds: conds, Body: p.block()})
	}
	save := p.pos
	if (p.keyword("ELSE") || p.keyword("E")) && p.atBrace() {
		x.Else = p.block()
	} else {
		p.pos = save
	}
	return x
}

// keyword moves over a word that comes next, perhaps on a later line.
func (p *parser) keyword(word string) bool {
	save := p.pos
	p.space()
	if p.acceptFold(word) && p.wordLen(p.pos, false) == 0 {
		return true
	}
	p.pos = save
	return false
}

// elseCommand reads ELSE of the old form.
func (p *parser) elseCommand(at ast.Pos) ast.Command {
	if p.atBrace() {
		p.fail("ELSE without IF")
	}
	if !p.bare() {
		p.fail("two blanks expected behind ELSE")
	}
	return &ast.ElseLine{Pos: at, Rest: p.rest()}
}

// rest reads the commands up to the end of the line.
func (p *parser) rest() []ast.Command {
	var list []ast.Command
	for {
		p.blanks()
		if c := p.peek(); p.ended() || c == '\n' || c == '}' {
			return list
		}
		list = append(list, p.command())
		p.behind()
	}
}

// behind checks that a command ends where it should.
func (p *parser) behind() {
	if !p.ended() && strings.IndexByte(" \t\n}", p.peek()) < 0 && strings.IndexByte(" \t\n}", p.src[p.pos-1]) < 0 {
		p.fail("a command does not go on like this: %s", p.around(p.pos))
	}
}

// forCommand reads FOR in both forms.
func (p *parser) forCommand(at ast.Pos) ast.Command {
	f := &ast.For{Pos: at}
	if p.atBrace() {
		f.Body = p.block()
		return f
	}
	if !p.bare() {
		f.Var = p.target()
		p.blanks()
		p.expect("=")
		p.space()
		for more := true; more; more = p.more() {
			f.Ranges = append(f.Ranges, p.forRange())
		}
		if p.atBrace() {
			f.Body = p.block()
			return f
		}
	}
	f.Body = &ast.Block{}
	line := ast.Line{Pos: p.here()}
	if line.Commands = p.rest(); line.Commands != nil {
		f.Body.Lines = []ast.Line{line}
	}
	f.Body.End = p.here()
	return f
}

// forRange reads from:step:to.
func (p *parser) forRange() ast.Range {
	r := ast.Range{From: p.expr()}
	part := func() ast.Expr {
		save := p.pos
		p.blanks()
		if !p.accept(":") {
			p.pos = save
			return nil
		}
		p.blanks()
		return p.expr()
	}
	if r.Step = part(); r.Step != nil {
		r.To = part()
	}
	return r
}

// whileCommand reads WHILE.
func (p *parser) whileCommand(at ast.Pos) ast.Command {
	p.blanks()
	conds := p.conditions()
	if !p.atBrace() {
		p.fail("{ expected")
	}
	return &ast.While{Pos: at, Conds: conds, Body: p.block()}
}

// tryCommand reads TRY and its CATCH.
func (p *parser) tryCommand(at ast.Pos) ast.Command {
	if !p.atBrace() {
		p.fail("{ expected")
	}
	t := &ast.Try{Pos: at, Body: p.block()}
	if !p.keyword("CATCH") {
		return t
	}
	p.blanks()
	if p.accept("(") {
		p.blanks()
		t.Var = p.name("name of a variable")
		p.blanks()
		p.expect(")")
	} else if p.atName() {
		t.Var = p.word()
	}
	if !p.atBrace() {
		p.fail("{ expected")
	}
	t.Catch = p.block()
	return t
}

// doCommand reads DO with arguments, DO WHILE, or the old DO before dotted lines.
func (p *parser) doCommand(at ast.Pos, post ast.Post) ast.Command {
	if post.Cond == nil && p.atBrace() {
		d := &ast.DoWhile{Pos: at, Body: p.block()}
		if !p.keyword("WHILE") {
			p.fail("WHILE expected")
		}
		p.blanks()
		d.Conds = p.conditions()
		return d
	}
	if p.bare() {
		d := &ast.Do{Pos: at, Post: post, Block: &ast.Block{End: at}}
		p.pending = append(p.pending, d)
		return d
	}
	return &ast.Do{Pos: at, Post: post, Calls: p.calls(true)}
}

// calls reads the arguments of DO or GOTO, each with its own postconditional.
func (p *parser) calls(args bool) []ast.Call {
	var calls []ast.Call
	for more := true; more; more = p.more() {
		c := p.call(args)
		if p.accept(":") {
			c.Cond = p.tightExpr()
		}
		calls = append(calls, c)
	}
	return calls
}
