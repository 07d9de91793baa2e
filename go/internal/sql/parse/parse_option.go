package parse

// relOptions parses ( [namespace.]name [= value], … ) of WITH.
func (p *parser) relOptions() []Option {
	var list []Option
	p.expect('(')
	for first := true; first || p.accept(','); first = false {
		o := Option{At: p.at(), Name: p.label()}
		if p.accept('.') {
			o.Namespace, o.Name = o.Name, p.label()
		}
		if p.accept('=') {
			o.Value = p.optionArg()
		}
		list = append(list, o)
	}
	p.expect(')')
	return list
}

// optionArg parses a value of WITH or a definition: a type, word, operator, number or string (def_arg).
func (p *parser) optionArg() Expr {
	at := p.at()
	switch {
	case p.tok.kind == tokString:
		return p.stringLiteral()
	case p.tok.kind == tokInt, p.tok.kind == tokFloat:
		return p.signedNumber()
	case (p.tok.kind == '-' || p.tok.kind == '+') && (p.peek(1).kind == tokInt || p.peek(1).kind == tokFloat):
		return p.signedNumber()
	case isOperatorSymbol(p.tok.kind) || p.is(kwOperator) && p.peek(1).kind == '(':
		schema, name := p.operatorName()
		return &ColumnRef{At: at, Parts: append(schema, name)}
	case p.tok.kw != noKeyword && keywords[p.tok.kw].class == reserved, p.is(kwNone):
		return &ColumnRef{At: at, Parts: []string{p.takeText()}}
	}
	t := p.typeName()
	if p.tok.kind == '%' && p.peek(1).kw == kwType {
		p.next()
		p.next()
		t.ColumnType = true
	}
	return &TypeArg{At: at, Type: t}
}

// utilityOptions parses ( name [value], … ) of EXPLAIN and VACUUM; in COPY any word may be a name, and values may be
// lists, DEFAULT and *.
func (p *parser) utilityOptions(copyOptions bool) []Option {
	var list []Option
	p.expect('(')
	for first := true; first || p.accept(','); first = false {
		if !isNonReserved(p.tok) && !p.isAny(kwAnalyze, kwAnalyse) && !(copyOptions && isLabel(p.tok)) {
			p.fail()
		}
		o := Option{At: p.at(), Name: p.takeText()}
		if o.Name == "analyse" {
			o.Name = "analyze"
		}
		if p.tok.kind != ',' && p.tok.kind != ')' {
			o.Value = p.utilityArg(copyOptions)
		}
		list = append(list, o)
	}
	p.expect(')')
	return list
}

// utilityArg parses the value of such an option.
func (p *parser) utilityArg(copyOptions bool) Expr {
	at := p.at()
	switch k := p.tok.kind; {
	case k == tokInt || k == tokFloat || k == '-' || k == '+':
		return p.signedNumber()
	case !copyOptions:
		return p.wordOrString()
	case k == '*':
		p.next()
		return &ColumnRef{At: at, Star: true}
	case k == '(':
		row := &Row{At: at}
		p.next()
		for first := true; first || p.accept(','); first = false {
			row.Args = append(row.Args, p.wordOrString())
		}
		p.expect(')')
		return row
	case p.is(kwDefault):
		return &ColumnRef{At: at, Parts: []string{p.takeText()}}
	}
	return p.wordOrString()
}

// wordOrString parses TRUE, FALSE, ON, another word or a string (opt_boolean_or_string): a word is a ColumnRef.
func (p *parser) wordOrString() Expr {
	at := p.at()
	if p.tok.kind == tokString {
		return p.stringLiteral()
	}
	if !isNonReserved(p.tok) && !p.isAny(kwTrue, kwFalse, kwOn) {
		p.fail()
	}
	return &ColumnRef{At: at, Parts: []string{p.takeText()}}
}

// genericOptions parses OPTIONS ([ADD|SET|DROP] name 'value', …).
func (p *parser) genericOptions() []Option {
	var list []Option
	p.expectKw(kwOptions)
	p.expect('(')
	for first := true; first || p.accept(','); first = false {
		o := Option{At: p.at()}
		if p.isAny(kwAdd, kwSet, kwDrop) && isLabel(p.peek(1)) {
			o.Action = p.word()
			p.next()
		}
		o.Name = p.label()
		if o.Action != "DROP" {
			o.Value = p.stringLiteral()
		}
		list = append(list, o)
	}
	p.expect(')')
	return list
}

// ifExists parses IF EXISTS; IF alone is a name.
func (p *parser) ifExists() bool { return p.acceptKws(kwIf, kwExists) }

// ifNotExists parses IF NOT EXISTS; IF alone is a name.
func (p *parser) ifNotExists() bool {
	if !p.is2(kwIf, kwNot) {
		return false
	}
	p.expectKw(kwIf, kwNot, kwExists)
	return true
}

// dropBehavior parses CASCADE or RESTRICT.
func (p *parser) dropBehavior() (cascade, restrict bool) {
	if p.acceptKw(kwCascade) {
		return true, false
	}
	return false, p.acceptKw(kwRestrict)
}

// role parses a role's name; PUBLIC, CURRENT_USER and the like are kept as words in upper case.
func (p *parser) role() string {
	switch p.tok.kw {
	case kwCurrentUser, kwCurrentRole, kwSessionUser:
		w := p.word()
		p.next()
		return w
	}
	at := p.pos()
	quoted := p.tok.kind == tokQuoted
	name := p.nonReserved()
	if name == "public" {
		return "PUBLIC"
	}
	if name == "none" && !quoted {
		p.errorf("42939", at, "role name \"none\" is reserved")
	}
	return name
}
