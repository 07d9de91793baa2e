package parse

// nameExpr parses what begins with a name: a column, a function call, or a constant of a type ('2024-01-01' behind date).
func (p *parser) nameExpr() Expr {
	first := p.tok
	at := p.at()
	next := p.peek(1)
	switch next.kind {
	case '.', '[':
	case '(':
		if !isFuncName(first) {
			p.next()
			p.fail()
		}
		return p.call(at, []string{p.takeText()})
	case tokString:
		if isFuncName(first) {
			return p.typed(at, []string{p.takeText()}, nil)
		}
		fallthrough
	default:
		if !isName(first) {
			p.next()
			p.fail()
		}
		return &ColumnRef{At: at, Parts: []string{p.takeText()}}
	}
	if !isName(first) {
		p.next()
		p.fail()
	}
	return p.dottedExpr(at)
}

// dottedExpr parses a.b.c with what may follow it.
func (p *parser) dottedExpr(at At) Expr {
	ref := &ColumnRef{At: at, Parts: make([]string, 1, 2)}
	ref.Parts[0] = p.takeText()
	for p.tok.kind == '.' {
		p.next()
		if p.accept('*') {
			ref.Star = true
			break
		}
		ref.Parts = append(ref.Parts, p.label())
	}
	switch p.tok.kind {
	case '(':
		if !ref.Star {
			return p.call(at, ref.Parts)
		}
	case tokString:
		if !ref.Star {
			return p.typed(at, ref.Parts, nil)
		}
	case '.', '[':
		if ref.Star {
			p.checkStar([]Step{{Star: true}, {}})
		}
		return &Indirection{At: at, Arg: ref, Path: p.path(nil)}
	}
	return ref
}

// typed parses the string of a constant of a type.
func (p *parser) typed(at At, names []string, mods []Expr) Expr {
	value := p.stringLiteral()
	return &Cast{At: at, Arg: value, Type: &TypeName{At: at, Names: names, Mods: mods}, Form: CastTyped}
}

// call parses a function call's parentheses and what follows them.
func (p *parser) call(at At, name []string) Expr {
	c := &FuncCall{At: at, Name: name}
	p.arguments(c)
	if p.tok.kind == tokString && !c.Star && !c.Distinct && !c.Variadic && len(c.Args) > 0 {
		return p.typedWithMods(c)
	}
	p.callSuffix(c)
	return c
}

// arguments parses the parentheses of a call.
func (p *parser) arguments(c *FuncCall) {
	p.expect('(')
	switch {
	case p.accept(')'):
		return
	case p.tok.kind == '*':
		p.next()
		c.Star = true
		p.expect(')')
		return
	case p.acceptKw(kwDistinct):
		c.Distinct = true
	case p.acceptKw(kwAll):
		// ALL is what happens without it.
	}
	for first := true; first || p.accept(','); first = false {
		if !c.Distinct && p.acceptKw(kwVariadic) {
			c.Variadic = true
			c.Args = append(c.Args, p.argument())
			break
		}
		c.Args = append(c.Args, p.argument())
	}
	if p.is(kwOrder) {
		c.OrderBy = p.orderBy()
	}
	p.expect(')')
}

// argument parses value, name => value or name := value.
func (p *parser) argument() Arg {
	at := p.at()
	if k := p.peek(1).kind; (k == tokArrow || k == tokColonEqual) && isFuncName(p.tok) {
		name := p.takeText()
		p.next()
		return Arg{At: at, Name: name, Value: p.expr()}
	}
	return Arg{At: at, Value: p.expr()}
}

// typedWithMods turns name(args) 'text' into a constant of a type with modifiers.
func (p *parser) typedWithMods(c *FuncCall) Expr {
	mods := make([]Expr, len(c.Args))
	for i, a := range c.Args {
		if a.Name != "" {
			p.errorf("42601", a.Pos(), "type modifier cannot have parameter name")
		}
		mods[i] = a.Value
	}
	if c.OrderBy != nil {
		p.errorf("42601", c.Pos(), "type modifier cannot have ORDER BY")
	}
	return p.typed(c.At, c.Name, mods)
}

// callSuffix parses WITHIN GROUP, FILTER and OVER.
func (p *parser) callSuffix(c *FuncCall) {
	if p.tok.kind != tokIdent || p.tok.kw == noKeyword {
		return
	}
	if p.is(kwWithin) {
		p.withinGroup(c)
	}
	c.Filter, c.Over = p.filterOver()
}

// withinGroup parses WITHIN GROUP (ORDER BY …).
func (p *parser) withinGroup(c *FuncCall) {
	at := p.pos()
	p.next()
	p.expectKw(kwGroup)
	p.expect('(')
	if !p.is(kwOrder) {
		p.fail()
	}
	sort := p.orderBy()
	p.expect(')')
	switch {
	case c.OrderBy != nil:
		p.errorf("42601", at, "cannot use multiple ORDER BY clauses with WITHIN GROUP")
	case c.Distinct:
		p.errorf("42601", at, "cannot use DISTINCT with WITHIN GROUP")
	case c.Variadic:
		p.errorf("42601", at, "cannot use VARIADIC with WITHIN GROUP")
	}
	c.OrderBy, c.WithinGroup = sort, true
}

// filterOver parses FILTER (WHERE …) and OVER.
func (p *parser) filterOver() (filter Expr, over *WindowDef) {
	if p.acceptKw(kwFilter) {
		p.expect('(')
		p.expectKw(kwWhere)
		filter = p.expr()
		p.expect(')')
	}
	if p.is(kwOver) {
		p.next()
		if p.tok.kind == '(' {
			w := p.windowSpec()
			over = &w
		} else {
			over = &WindowDef{At: p.at(), Name: p.name()}
		}
	}
	return filter, over
}
