package parse

import (
	"strings"

	"iris-pgwire/internal/irisdev/objectscript/ast"
)

// dollar reads what begins with $: a function, a special variable, $$label or $SYSTEM.Class.Method().
func (p *parser) dollar() ast.Expr {
	at, from := p.here(), p.pos
	p.expect("$")
	if p.accept("$") {
		if p.peek() == '$' {
			p.pos = from
			p.fail("a macro is not known here")
		}
		return &ast.Extrinsic{Pos: at, Entry: p.entry(true)}
	}
	word := strings.ToUpper(p.word())
	switch {
	case word == "SYSTEM" && p.peek() == '.':
		return p.systemCall(at)
	case p.peek() == '(':
		name, ok := functions[word]
		if !ok {
			p.failAt(from, "SYNTAX", "there is no function $%s", word)
		}
		p.pos++
		return p.function(at, name)
	}
	name, ok := specials[word]
	if !ok {
		p.failAt(from, "SYNTAX", "there is no special variable $%s", word)
	}
	return &ast.Special{Pos: at, Name: name}
}

// function reads the arguments of a function.
func (p *parser) function(at ast.Pos, name string) ast.Expr {
	switch name {
	case "$SELECT":
		return p.selectOf(at)
	case "$CASE":
		return p.caseOf(at)
	case "$TEXT":
		return p.textOf(at)
	case "$BITLOGIC":
		return p.bitLogic(at)
	}
	p.conditional = name == "$LISTUPDATE"
	f := &ast.Func{Pos: at, Name: name, Args: p.args()}
	if takesReference[name] && len(f.Args) > 0 {
		f.Args[0].X = reference(f.Args[0].X)
	}
	for _, a := range f.Args {
		if _, star := a.X.(*ast.Star); star && !takesStar[name] {
			p.failAt(p.pos, "SYNTAX", "* is no argument of %s", name)
		}
	}
	return f
}

// takesReference are the functions whose first argument is a place and not a value.
var takesReference = map[string]bool{"$DATA": true, "$GET": true, "$ORDER": true, "$QUERY": true, "$NAME": true,
	"$INCREMENT": true, "$SEQUENCE": true, "$NEXT": true, "$ZPREVIOUS": true, "$VECTOR": true, "$VECTORDEFINED": true}

// takesStar are the functions with positions that may count from the end.
var takesStar = map[string]bool{"$EXTRACT": true, "$PIECE": true, "$LIST": true, "$LISTGET": true, "$WEXTRACT": true}

// reference turns obj.name(subs), read as a method call, into the node of a property that it is as a place.
func reference(x ast.Expr) ast.Expr {
	m, ok := x.(*ast.Method)
	if !ok {
		return x
	}
	subs := make([]ast.Expr, 0, len(m.Args))
	for _, a := range m.Args {
		if a.Omitted || a.ByRef || a.Variadic {
			return x
		}
		subs = append(subs, a.X)
	}
	return &ast.Prop{Pos: m.Pos, Obj: m.Obj, Name: m.Name, Subs: subs}
}

// selectOf reads c:v,… of $SELECT.
func (p *parser) selectOf(at ast.Pos) ast.Expr {
	s := &ast.Select{Pos: at}
	p.inner(func() {
		for {
			s.Cases = append(s.Cases, p.branch())
			if !p.accept(",") {
				return
			}
		}
	})
	p.expect(")")
	return s
}

// branch reads a:b inside parentheses.
func (p *parser) branch() ast.Branch {
	p.space()
	when := p.expr()
	p.space()
	p.expect(":")
	p.space()
	b := ast.Branch{When: when, Then: p.expr()}
	p.space()
	return b
}

// caseOf reads x,m:v,…,:default of $CASE.
func (p *parser) caseOf(at ast.Pos) ast.Expr {
	c := &ast.Case{Pos: at}
	p.inner(func() {
		p.space()
		c.X = p.expr()
		for p.space(); p.accept(","); {
			if p.space(); !p.accept(":") {
				c.Cases = append(c.Cases, p.branch())
				continue
			}
			p.space()
			c.Default = p.expr()
			p.space()
			return
		}
	})
	p.expect(")")
	if c.Cases == nil && c.Default == nil {
		p.fail("$CASE without a case")
	}
	return c
}

// textOf reads the place of $TEXT.
func (p *parser) textOf(at ast.Pos) ast.Expr {
	t := &ast.Text{Pos: at}
	p.inner(func() {
		p.space()
		t.Entry = p.entry(false)
		p.space()
	})
	p.expect(")")
	return t
}
