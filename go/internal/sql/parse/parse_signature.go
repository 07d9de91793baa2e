package parse

// signature parses a function's name with or without its argument types (function_with_argtypes).
func (p *parser) signature() GrantObject {
	o := GrantObject{At: p.at()}
	if !isFuncName(p.tok) && !isName(p.tok) {
		p.fail()
	}
	o.Name = []string{p.takeText()}
	for p.accept('.') {
		o.Name = append(o.Name, p.label())
	}
	if !p.accept('(') {
		return o
	}
	o.HasArgs = true
	if p.accept(')') {
		return o
	}
	for first := true; first || p.accept(','); first = false {
		o.Args = append(o.Args, p.funcArg())
	}
	p.expect(')')
	return o
}

// funcArg parses [mode] [name] type.
func (p *parser) funcArg() FuncArg {
	a := FuncArg{At: p.at()}
	a.Mode = p.argMode()
	if next := p.peek(1); isFuncName(p.tok) && startsType(next) && !p.isTypeWord(next) {
		a.Name = p.takeText()
		if a.Mode == "" {
			a.Mode = p.argMode()
		}
	}
	a.Type = p.funcType()
	return a
}

// argMode parses IN, OUT, INOUT, VARIADIC.
func (p *parser) argMode() string {
	mode := ""
	switch {
	case p.acceptKws(kwIn, kwOut):
		return "INOUT"
	case p.isAny(kwIn, kwOut, kwInout, kwVariadic):
		mode = p.word()
		p.next()
	}
	return mode
}

// startsType says whether t can begin a type.
func startsType(t token) bool {
	return isFuncName(t) || startsConstType(t.kw) || t.kw == kwSetof || t.kw == kwIn || t.kw == kwOut || t.kw == kwInout || t.kw == kwVariadic
}

// isTypeWord says whether the current token and next are the two words of one type: double precision.
func (p *parser) isTypeWord(next token) bool { return p.is(kwDouble) && next.kw == kwPrecision }

// funcType parses a type, or name%TYPE.
func (p *parser) funcType() *TypeName {
	t := p.typeName()
	if p.tok.kind == '%' && p.peek(1).kw == kwType {
		p.next()
		p.next()
		t.ColumnType = true
	}
	return t
}
