package parse

import (
	"strings"

	"iris-pgwire/internal/irisdev/objectscript/ast"
)

// structures are the structured system variables, ^$NAME, by name and abbreviation.
var structures = map[string]string{"GLOBAL": "GLOBAL", "G": "GLOBAL", "JOB": "JOB", "J": "JOB", "LOCK": "LOCK", "L": "LOCK",
	"ROUTINE": "ROUTINE", "R": "ROUTINE"}

// global reads a global in any of its forms.
func (p *parser) global() ast.Expr {
	g := &ast.Global{Pos: p.here()}
	p.expect("^")
	if p.peek() == '(' {
		g.Naked, g.Subs = true, p.subscripts()
		return g
	}
	if p.accept("$") {
		g.Structure = true
	}
	p.environment(g)
	if g.Structure {
		word := strings.ToUpper(p.word())
		full, ok := structures[word]
		if !ok {
			p.fail("there is no ^$%s", word)
		}
		g.Name, g.Subs = full, p.subscripts()
		return g
	}
	g.Name = p.dotted("name of a global")
	g.Subs = p.subscripts()
	return g
}

// environment reads |"ns"|, || or ["dir","sys"].
func (p *parser) environment(g *ast.Global) {
	switch {
	case p.accept("||"):
		g.Private = true
	case p.accept("|"):
		p.inner(func() { g.Env = p.expr() })
		p.expect("|")
		p.private(g)
	case p.accept("["):
		p.inner(func() {
			p.square = true
			g.Env = p.expr()
			if p.accept(",") {
				g.Env2 = p.expr()
			}
		})
		p.expect("]")
		p.private(g)
	}
}

// private recognises ^|"^"|x, which is ^||x.
func (p *parser) private(g *ast.Global) {
	if l, ok := g.Env.(*ast.Literal); ok && l.Value.Text() == "^" && g.Env2 == nil {
		g.Env, g.Private = nil, true
	}
}
