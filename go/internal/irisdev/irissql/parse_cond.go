package irissql

// condition parses a condition; a scalar in its place is -14.
func (p *parser) condition() Cond { return p.asCond(p.disjunction()) }

// scalar parses an expression with a value; a condition in its place is -11.
func (p *parser) scalar() Expr { return p.asExpr(p.disjunction()) }

func (p *parser) asCond(n Node) Cond {
	c, ok := n.(Cond)
	if !ok {
		p.fail(-14, "A comparison operator is required here")
	}
	return c
}

func (p *parser) asExpr(n Node) Expr {
	e, ok := n.(Expr)
	if !ok {
		p.fail(-11, "A scalar expression expected, not a condition")
	}
	return e
}

// disjunction parses any expression: OR binds weakest. ! is OR, & is AND.
func (p *parser) disjunction() Node {
	n := p.conjunction()
	if !p.is("OR") && !p.is("!") {
		return n
	}
	or := &Or{Pos: Pos(n.At()), Conds: []Cond{p.asCond(n)}}
	for p.accept("OR") || p.accept("!") {
		or.Conds = append(or.Conds, p.asCond(p.conjunction()))
	}
	return or
}

func (p *parser) conjunction() Node {
	n := p.negation()
	if !p.is("AND") && !p.is("&") {
		return n
	}
	and := &And{Pos: Pos(n.At()), Conds: []Cond{p.asCond(n)}}
	for p.accept("AND") || p.accept("&") {
		and.Conds = append(and.Conds, p.asCond(p.negation()))
	}
	return and
}

func (p *parser) negation() Node {
	if !p.is("NOT") {
		return p.predicate()
	}
	p.enter()
	defer p.leave()
	pos := p.pos()
	p.next()
	x, ok := p.negation().(Cond)
	if !ok {
		p.fail(-15, "A condition expected after NOT")
	}
	return &Not{Pos: pos, X: x}
}

var compareOps = map[string]CompareOp{
	"=": Equal, "<>": NotEqual, "!=": NotEqual, "<": Less, "<=": LessEqual, ">": Greater, ">=": GreaterEqual,
	"[": Contains, "]": Follows,
}

// predicate parses a scalar and the predicate behind it, if there is one.
func (p *parser) predicate() Node {
	if p.is("%NOINDEX") { // a hint before a condition
		p.next()
	}
	n := p.sum()
	if _, ok := n.(Cond); ok {
		return n
	}
	x := n.(Expr)
	negated := false
	if p.is("NOT") && p.startsNegatable() {
		p.next()
		negated = true
	}
	if op, ok := compareOps[p.tok.word]; ok && p.tok.kind == symbolToken {
		return p.comparison(x, op, negated)
	}
	switch p.tok.word {
	case "BETWEEN":
		p.next()
		b := &Between{Pos: x.At(), Negated: negated, X: x, Low: p.asExpr(p.sum())}
		p.expect("AND")
		b.High = p.asExpr(p.sum())
		return b
	case "IN":
		p.next()
		return p.in(x, negated)
	case "LIKE", "%STARTSWITH", "%MATCHES":
		return p.match(x, negated)
	case "%INLIST":
		p.next()
		in := &InList{Pos: x.At(), Negated: negated, X: x, List: p.asExpr(p.sum())}
		if p.acceptName("SIZE") {
			p.size()
		}
		return in
	case "IS":
		return p.isPredicate(x)
	}
	return x
}

// startsNegatable reports a predicate behind the current NOT.
func (p *parser) startsNegatable() bool {
	t := p.peek()
	if _, ok := compareOps[t.word]; ok && t.kind == symbolToken {
		return true
	}
	switch t.word {
	case "BETWEEN", "IN", "LIKE", "%STARTSWITH", "%MATCHES", "%INLIST":
		return true
	}
	return false
}

// size is %INLIST's SIZE ((n)): a hint.
func (p *parser) size() {
	p.expect("(", "(")
	p.integer()
	p.expect(")", ")")
}

func (p *parser) comparison(x Expr, op CompareOp, negated bool) Node {
	p.next()
	if p.is("ALL") || p.is("ANY") || p.is("SOME") {
		q := &Quantified{Pos: x.At(), Op: op, All: p.is("ALL"), L: x}
		p.next()
		p.expect("(")
		if !p.startsQuery() {
			p.expected("SELECT")
		}
		q.Query = p.subquery()
		if negated {
			return &Not{Pos: x.At(), X: q}
		}
		return q
	}
	return &Compare{Pos: x.At(), Op: op, Negated: negated, L: x, R: p.asExpr(p.sum())}
}

// in parses what is behind IN.
func (p *parser) in(x Expr, negated bool) Node {
	in := &In{Pos: x.At(), Negated: negated, X: x}
	p.expect("(")
	if p.startsQuery() {
		in.Query = p.subquery()
		return in
	}
	for {
		in.List = append(in.List, p.scalar())
		if !p.accept(",") {
			break
		}
	}
	if s, ok := in.List[0].(*Subquery); ok && len(in.List) == 1 && p.startsSetOp() {
		in.List, in.Query = nil, p.setOpRest(s.Query)
	}
	p.expect(")")
	return in
}

func (p *parser) match(x Expr, negated bool) Node {
	m := &Match{Pos: x.At(), Negated: negated, X: x}
	switch p.tok.word {
	case "%STARTSWITH":
		m.Op = StartsWith
	case "%MATCHES":
		m.Op = Matches
	}
	p.next()
	m.Pattern = p.asExpr(p.sum())
	if m.Op != StartsWith && p.accept("ESCAPE") {
		m.Escape = p.asExpr(p.primary())
	}
	return m
}

// isPredicate parses IS [NOT] NULL and IS [NOT] JSON; there is no IS TRUE and no IS DISTINCT FROM.
func (p *parser) isPredicate(x Expr) Node {
	p.next()
	negated := p.accept("NOT")
	switch {
	case p.accept("NULL"):
		return &IsNull{Pos: x.At(), Negated: negated, X: x}
	case p.accept("JSON"):
		return &IsJSON{Pos: x.At(), Negated: negated, X: x}
	}
	p.expected("NULL or JSON")
	return nil
}
