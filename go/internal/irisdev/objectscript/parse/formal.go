package parse

import (
	"strings"

	"iris-pgwire/internal/irisdev/objectscript/ast"
)

// formals reads formal parameters and the ) after them; the ( has been read.
func (p *parser) formals() []ast.Formal {
	list := []ast.Formal{}
	p.inner(func() {
		p.space()
		if p.peek() == ')' {
			return
		}
		for {
			list = append(list, p.formal())
			p.space()
			if !p.accept(",") {
				return
			}
		}
	})
	p.expect(")")
	return list
}

// modes are the words before a formal parameter.
var modes = map[string]byte{"BYREF": 'R', "OUTPUT": 'O', "BYVAL": 0}

// formal reads ByRef a As Type = default, or a... .
func (p *parser) formal() ast.Formal {
	var f ast.Formal
	p.space()
	f.Name = p.name("name of a parameter")
	if mode, ok := modes[strings.ToUpper(f.Name)]; ok {
		p.space()
		if p.atName() {
			f.Mode, f.Name = mode, p.word()
		}
	}
	p.space()
	if f.Variadic = p.accept("..."); f.Variadic {
		p.space()
	}
	if p.keyword("AS") {
		p.space()
		f.Type = p.typeName()
		p.space()
	}
	if p.accept("=") {
		p.space()
		from := p.pos
		f.Default, f.DefaultText = p.defaultExpr(from)
	}
	return f
}
