package parse

import "iris-pgwire/internal/irisdev/objectscript/ast"

// self reads ..name, ..name(args) and ..#name.
func (p *parser) self() ast.Expr {
	at := p.here()
	if !p.accept("..") {
		p.fail("expression expected")
	}
	return p.memberOf(&ast.Self{Pos: at}, at)
}

// memberOf reads the member of obj whose point has been read.
func (p *parser) memberOf(obj ast.Expr, at ast.Pos) ast.Expr {
	if p.accept("#") {
		return &ast.Param{Pos: at, Obj: obj, Name: p.member()}
	}
	name := p.member()
	if p.accept("(") {
		return &ast.Method{Pos: at, Obj: obj, Name: name, Args: p.args()}
	}
	return &ast.Prop{Pos: at, Obj: obj, Name: name}
}

// postfix reads the members that follow x.
func (p *parser) postfix(x ast.Expr) ast.Expr {
	for p.peek() == '.' {
		save := p.pos
		p.pos++
		if !p.atName() && p.peek() != '"' && p.peek() != '#' {
			p.pos = save
			return x
		}
		if !hasMembers(x) {
			p.pos = save
			p.fail("this has no members")
		}
		x = p.memberOf(x, p.place(save))
	}
	return x
}

// hasMembers reports what a point may follow.
func hasMembers(x ast.Expr) bool {
	switch x.(type) {
	case *ast.Literal, *ast.Binary, *ast.Unary, *ast.Match:
		return false
	}
	return true
}

// hash reads ##class(…) and ##super(…).
func (p *parser) hash() ast.Expr {
	at := p.here()
	switch {
	case p.acceptFold("##class("):
		return p.class(at)
	case p.acceptFold("##super"):
		s := &ast.Super{Pos: at}
		if p.accept("(") {
			s.HasArgs, s.Args = true, p.args()
		}
		return s
	}
	p.fail("expression expected")
	return nil
}

// class reads what follows ##class( .
func (p *parser) class(at ast.Pos) ast.Expr {
	var class string
	p.inner(func() {
		p.space()
		if p.peek() == '"' {
			class = p.quoted()
		} else {
			class = p.dotted("name of a class")
		}
		p.space()
	})
	p.expect(")")
	if p.peek() != '.' || p.at(1) == '.' {
		return &ast.Cast{Pos: at, Class: class, X: p.primary()}
	}
	p.pos++
	if p.accept("#") {
		return &ast.ClassParam{Pos: at, Class: class, Name: p.member()}
	}
	name := p.member()
	if p.accept("(") {
		return &ast.ClassCall{Pos: at, Class: class, Method: name, Args: p.args()}
	}
	return &ast.ClassProp{Pos: at, Class: class, Name: name}
}

// systemCall reads what follows $SYSTEM: the class is %SYSTEM and all names but the last.
func (p *parser) systemCall(at ast.Pos) ast.Expr {
	class := "%SYSTEM"
	for {
		p.expect(".")
		if p.accept("#") {
			return &ast.ClassParam{Pos: at, Class: class, Name: p.member()}
		}
		name := p.member()
		if p.accept("(") {
			return &ast.ClassCall{Pos: at, Class: class, Method: name, Args: p.args()}
		}
		if p.peek() != '.' {
			return &ast.ClassProp{Pos: at, Class: class, Name: name}
		}
		class += "." + name
	}
}
