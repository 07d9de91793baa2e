package parse

import "iris-pgwire/internal/pgerr"

// keywordPrimary parses an operand that begins with a keyword.
func (p *parser) keywordPrimary(mode exprMode) Expr {
	k, at := p.tok.kw, p.at()
	if form := p.specialForm(); form != nil {
		return form(p)
	}
	next := p.peek(1)
	switch k {
	case kwNull:
		p.next()
		return &Literal{At: at, Kind: NullLiteral}
	case kwTrue, kwFalse:
		return &Literal{At: at, Kind: BoolLiteral, Text: p.takeText()}
	case kwCase:
		return p.caseExpr()
	case kwArray:
		return p.array()
	case kwRow:
		if next.kind == '(' {
			return p.overlaps(p.row(), mode)
		}
	case kwCast:
		p.next()
		p.fail()
	case kwExists:
		if next.kind == '(' {
			p.next()
			return &Exists{At: at, Query: p.subquery()}
		}
	case kwUnique:
		p.uniquePredicate()
	case kwCollation:
		if next.kw == kwFor {
			return p.collationFor()
		}
	}
	if startsConstType(k) && p.startsTyped() {
		return p.builtinTyped()
	}
	if keywords[k].class == reserved {
		p.fail()
	}
	return p.nameExpr()
}

// uniquePredicate parses UNIQUE (query), which PostgreSQL's grammar has but refuses.
func (p *parser) uniquePredicate() {
	at := p.pos()
	p.next()
	p.nullsNotDistinct()
	p.subquery()
	p.errNotYet(at, "UNIQUE predicate is not yet implemented")
}

// caseExpr parses CASE.
func (p *parser) caseExpr() Expr {
	c := &Case{At: p.at()}
	p.next()
	if !p.is(kwWhen) {
		c.Arg = p.expr()
	}
	if !p.is(kwWhen) {
		p.fail()
	}
	for p.is(kwWhen) {
		w := When{At: p.at()}
		p.next()
		w.Cond = p.expr()
		p.expectKw(kwThen)
		w.Result = p.expr()
		c.Whens = append(c.Whens, w)
	}
	if p.acceptKw(kwElse) {
		c.Else = p.expr()
	}
	p.expectKw(kwEnd)
	return c
}

// array parses ARRAY[…] and ARRAY(query).
func (p *parser) array() Expr {
	at := p.at()
	p.next()
	if p.tok.kind == '(' {
		return &ArrayQuery{At: at, Query: p.subquery()}
	}
	if p.tok.kind != '[' {
		p.fail()
	}
	a := p.arrayElems()
	a.At, a.Inner = at, false
	return a
}

// arrayElems parses […]: expressions, or arrays in brackets of their own.
func (p *parser) arrayElems() *Array {
	p.enter()
	defer p.leave()
	a := &Array{At: p.at(), Inner: true}
	p.expect('[')
	if p.accept(']') {
		return a
	}
	nested := p.tok.kind == '['
	for first := true; first || p.accept(','); first = false {
		if nested {
			a.Elems = append(a.Elems, p.arrayElems())
		} else {
			a.Elems = append(a.Elems, p.expr())
		}
	}
	p.expect(']')
	return a
}

// collationFor parses COLLATION FOR (expression).
func (p *parser) collationFor() Expr {
	at := p.at()
	p.next()
	p.next()
	p.expect('(')
	arg := p.arg()
	p.expect(')')
	return &FuncCall{At: at, Name: systemName("pg_collation_for"), Form: FormCollationFor, Args: []Arg{arg}}
}

// arg parses an expression as an unnamed argument.
func (p *parser) arg() Arg {
	at := p.at()
	return Arg{At: at, Value: p.expr()}
}

// startsTyped says whether the built-in type's name at the current token begins a constant of that type; many of these
// names may be columns, too.
func (p *parser) startsTyped() bool {
	next := p.peek(1)
	if next.kind == tokString {
		return true
	}
	switch p.tok.kw {
	case kwDouble:
		return next.kw == kwPrecision
	case kwNational:
		return next.kw == kwCharacter || next.kw == kwChar
	case kwInt, kwInteger, kwSmallint, kwBigint, kwReal, kwBoolean, kwJson:
		return false
	case kwTime, kwTimestamp:
		if (next.kw == kwWith || next.kw == kwWithout) && p.peek(2).kw == kwTime {
			return true
		}
	case kwBit, kwCharacter, kwChar, kwNchar:
		if next.kw == kwVarying {
			k := p.peek(2).kind
			return k == '(' || k == tokString
		}
	}
	return next.kind == '('
}

// builtinTyped parses a constant of a type that has its own grammar: int '1', timestamp(3) with time zone '…'.
func (p *parser) builtinTyped() Expr {
	at := p.at()
	t := p.constType()
	value := p.stringLiteral()
	if isInterval(t) && t.Mods == nil {
		p.intervalFields(t)
	}
	return &Cast{At: at, Arg: value, Type: t, Form: CastTyped}
}

// isInterval says whether t is pg_catalog.interval from its keyword.
func isInterval(t *TypeName) bool { return len(t.Names) == 2 && t.Names[1] == "interval" }

// precision parses (n) behind CURRENT_TIME and its like; −1 is none.
func (p *parser) precision() int {
	if !p.accept('(') {
		return -1
	}
	n := p.integer()
	p.expect(')')
	return n
}

// errSyntax raises an error of class 42601 with PostgreSQL's words at an offset.
func (p *parser) errSyntax(at int, message string) {
	p.errorf(pgerr.SyntaxError, at, "%s", message)
}
