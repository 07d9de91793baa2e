package parse

import "iris-pgwire/internal/pgerr"

// binary parses the operator at the current token, whose left operand is there, with the rest of it.
func (p *parser) binary(left Expr, prec int, mode exprMode) Expr {
	at := p.at()
	switch prec {
	case precAnd, precOr:
		return p.logic(left, prec)
	case precIs:
		e := p.isTest(left, mode)
		return e
	case precMatch:
		return p.match(left)
	case precCast:
		p.next()
		return &Cast{At: at, Arg: left, Type: p.typeName(), Form: CastColons}
	case precCollate:
		p.next()
		nameAt := p.at()
		return &Collate{At: at, Arg: left, Name: p.qualify(nameAt, p.dotted())}
	case precAt:
		return p.atTimeZone(left)
	}
	schema, name := p.operatorName()
	if mode == fullExpr && p.isAny(kwAny, kwSome, kwAll) {
		return p.quantified(at, left, schema, name)
	}
	e := &Operator{At: at, Schema: operatorSchema(schema), Name: name, Left: left, Right: p.expression(prec+1, mode)}
	if prec == precCompare {
		p.noChain(precCompare, mode)
	}
	return e
}

// noChain fails if another operator of a precedence that does not associate follows.
func (p *parser) noChain(prec int, mode exprMode) {
	if p.infix(mode) == prec {
		p.fail()
	}
}

// logic parses AND and OR; a AND b AND c is one node.
func (p *parser) logic(left Expr, prec int) Expr {
	at, op := p.at(), And
	if prec == precOr {
		op = Or
	}
	p.next()
	right := p.expression(prec+1, fullExpr)
	if l, ok := left.(*Logic); ok && l.Op == op {
		l.Args = append(l.Args, right)
		return l
	}
	return &Logic{At: at, Op: op, Args: []Expr{left, right}}
}

// quantified parses ANY, SOME or ALL behind an operator.
func (p *parser) quantified(at At, left Expr, schema []string, name string) Expr {
	q := &Quantified{At: at, Left: left, Schema: schema, Op: name, All: p.is(kwAll)}
	p.next()
	if p.tok.kind != '(' {
		p.fail()
	}
	q.Query, q.Array = p.parenOne()
	return q
}

// atTimeZone parses AT TIME ZONE zone and AT LOCAL.
func (p *parser) atTimeZone(left Expr) Expr {
	at := p.at()
	p.next()
	call := &FuncCall{At: at, Name: systemName("timezone"), Form: FormAtLocal, Args: []Arg{{At: At(Leftmost(left)), Value: left}}}
	if p.acceptKw(kwLocal) {
		return call
	}
	p.expectKw(kwTime, kwZone)
	zone := p.expression(precAt+1, fullExpr)
	call.Form = FormAtTimeZone
	call.Args = []Arg{{At: At(Leftmost(zone)), Value: zone}, call.Args[0]}
	return call
}

// match parses [NOT] BETWEEN, IN, LIKE, ILIKE, SIMILAR TO.
func (p *parser) match(left Expr) Expr {
	at, not := p.at(), p.acceptKw(kwNot)
	switch p.tok.kw {
	case kwBetween:
		return p.between(at, left, not)
	case kwIn:
		return p.in(at, left, not)
	}
	kind := LikePlain
	switch p.tok.kw {
	case kwIlike:
		kind = LikeFold
	case kwSimilar:
		kind = SimilarTo
		p.next()
		if !p.is(kwTo) {
			p.fail()
		}
	}
	p.next()
	if kind != SimilarTo && p.isAny(kwAny, kwSome, kwAll) {
		return p.quantified(at, left, nil, likeOperator(kind, not))
	}
	l := &Like{At: at, Kind: kind, Arg: left, Not: not, Pattern: p.expression(precEscape, fullExpr)}
	if p.acceptKw(kwEscape) {
		l.Escape = p.expression(precEscape, fullExpr)
	}
	p.noChain(precMatch, fullExpr)
	return l
}

// likeOperator is the operator that LIKE ANY and its relatives stand for.
func likeOperator(kind LikeKind, not bool) string {
	op := "~~"
	if kind == LikeFold {
		op = "~~*"
	}
	if not {
		op = "!" + op
	}
	return op
}

// between parses BETWEEN.
func (p *parser) between(at At, left Expr, not bool) Expr {
	p.next()
	b := &Between{At: at, Arg: left, Not: not}
	if p.acceptKw(kwSymmetric) {
		b.Symmetric = true
	} else {
		p.acceptKw(kwAsymmetric)
	}
	b.Low = p.basic()
	p.expectKw(kwAnd)
	b.High = p.expression(precMatch+1, fullExpr)
	p.noChain(precMatch, fullExpr)
	return b
}

// in parses IN (list) and IN (query).
func (p *parser) in(at At, left Expr, not bool) Expr {
	p.next()
	n := &In{At: at, Arg: left, Not: not}
	if p.tok.kind != '(' {
		p.fail()
	}
	open := p.pos()
	query, value := p.parenthesized()
	if query != nil {
		n.Query = query
		return n
	}
	if r, ok := value.(*Row); ok && !r.Explicit && r.Pos() == open {
		n.List = r.Args
		return n
	}
	n.List = []Expr{value}
	return n
}

// isTest parses IS …, ISNULL and NOTNULL.
func (p *parser) isTest(left Expr, mode exprMode) Expr {
	at := p.at()
	switch {
	case p.acceptKw(kwIsnull):
		return &NullTest{At: at, Arg: left}
	case p.acceptKw(kwNotnull):
		return &NullTest{At: at, Arg: left, Not: true}
	}
	p.next()
	not := p.acceptKw(kwNot)
	k := p.tok.kw
	switch k {
	case kwNull:
		p.next()
		return &NullTest{At: at, Arg: left, Not: not}
	case kwTrue, kwFalse, kwUnknown:
		p.next()
		want := map[kw]BoolWant{kwTrue: WantTrue, kwFalse: WantFalse, kwUnknown: WantUnknown}[k]
		return &BoolTest{At: at, Arg: left, Want: want, Not: not}
	case kwDistinct:
		p.next()
		p.expectKw(kwFrom)
		d := &Distinct{At: at, Left: left, Not: not, Right: p.expression(precIs+1, mode)}
		p.noChain(precIs, mode)
		return d
	case kwDocument:
		p.next()
		return negated(at, &XMLIsDocument{At: at, Arg: left}, not)
	case kwJson:
		return p.isJSON(at, left, not)
	}
	return negated(at, p.isNormalized(at, left), not)
}

// negated wraps e into NOT if asked.
func negated(at At, e Expr, not bool) Expr {
	if !not {
		return e
	}
	return &Logic{At: at, Op: Not, Args: []Expr{e}}
}

// isNormalized parses [NFC|NFD|NFKC|NFKD] NORMALIZED behind IS.
func (p *parser) isNormalized(at At, left Expr) Expr {
	call := &FuncCall{At: at, Name: systemName("is_normalized"), Form: FormIsNormalized, Args: []Arg{{At: At(Leftmost(left)), Value: left}}}
	if form, ok := p.normalForm(); ok {
		call.Args = append(call.Args, form)
	}
	if !p.is(kwNormalized) {
		p.fail()
	}
	p.next()
	return call
}

// normalForm parses the name of a Unicode normal form as a string argument.
func (p *parser) normalForm() (Arg, bool) {
	if !p.isAny(kwNfc, kwNfd, kwNfkc, kwNfkd) {
		return Arg{}, false
	}
	at := p.at()
	arg := Arg{At: at, Value: &Literal{At: at, Kind: StringLiteral, Text: p.word()}}
	p.next()
	return arg, true
}

// systemName is a name in pg_catalog.
func systemName(name string) []string { return []string{"pg_catalog", name} }

// errNotYet raises PostgreSQL's own refusal of what its grammar has but it does not do.
func (p *parser) errNotYet(at int, what string) {
	p.errorf(pgerr.FeatureNotSupported, at, "%s", what)
}
