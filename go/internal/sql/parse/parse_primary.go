package parse

import "strconv"

import "iris-pgwire/internal/pgerr"

// primary parses an operand without operators (c_expr).
func (p *parser) primary(mode exprMode) Expr {
	at := p.at()
	switch p.tok.kind {
	case tokInt, tokFloat:
		return p.number()
	case tokString:
		return &Literal{At: at, Kind: StringLiteral, Text: p.takeText()}
	case tokBits:
		return &Literal{At: at, Kind: BitLiteral, Text: p.takeText()}
	case tokParam:
		return p.indirection(p.param())
	case '(':
		return p.parenPrimary(mode)
	case tokQuoted:
		return p.nameExpr()
	case tokIdent:
		if p.tok.kw == noKeyword {
			return p.nameExpr()
		}
		return p.keywordPrimary(mode)
	}
	p.fail()
	return nil
}

// param parses $Number.
func (p *parser) param() Expr {
	at, text := p.at(), p.text[p.tok.start+1:p.tok.end]
	n, err := strconv.ParseInt(text, 10, 32)
	if err != nil {
		p.errorf(pgerr.SyntaxError, int(at), "parameter number too large at or near \"$%s\"", text)
	}
	p.next()
	return &ParamRef{At: at, Number: int(n)}
}

// parenPrimary parses an operand in parentheses: an expression, a row or a subquery.
func (p *parser) parenPrimary(mode exprMode) Expr {
	at := p.at()
	query, e := p.parenthesized()
	if query != nil {
		return p.indirection(&Subquery{At: at, Query: query})
	}
	if r, ok := e.(*Row); ok && !r.Explicit && r.At == at {
		return p.overlaps(r, mode)
	}
	return p.indirection(e)
}

// parenthesized parses what stands in parentheses: a query, or an expression; (a, b) is a Row. A query may itself be
// parenthesised, and the operand of what follows it: ((SELECT 1) UNION SELECT 2), ((SELECT 1) + 2).
func (p *parser) parenthesized() (query *Select, e Expr) {
	p.enter()
	defer p.leave()
	at := p.at()
	p.expect('(')
	switch {
	case p.startsSelect():
		query = p.selectStatement()
		p.expect(')')
		return query, nil
	case p.tok.kind == '(':
		innerAt := p.at()
		outer := p.height
		p.height = 0
		query, e = p.parenthesized()
		if query != nil {
			if p.continuesSelect() {
				query = p.selectRest(query)
			}
			if p.accept(')') {
				return query, nil
			}
			e = p.indirection(&Subquery{At: innerAt, Query: query})
		} else if r, ok := e.(*Row); ok && !r.Explicit && r.At == innerAt {
			e = p.overlaps(r, fullExpr)
		} else {
			e = p.indirection(e)
		}
		e = p.operators(e, precLowest, fullExpr)
		p.height = max(outer, p.height+1)
	default:
		e = p.expr()
	}
	if p.tok.kind == ',' {
		row := &Row{At: at, Args: []Expr{e}}
		for p.accept(',') {
			row.Args = append(row.Args, p.expr())
		}
		e = row
	}
	p.expect(')')
	return nil, e
}

// parenOne parses a query or exactly one expression in parentheses.
func (p *parser) parenOne() (query *Select, e Expr) {
	start := p.i
	open := p.at()
	query, e = p.parenthesized()
	if r, ok := e.(*Row); ok && !r.Explicit && r.At == open {
		p.failAt(p.firstComma(start))
	}
	return query, e
}

// firstComma finds the first comma inside the parenthesis that is token i.
func (p *parser) firstComma(i int) token {
	depth := 0
	for _, t := range p.tokens[i:] {
		switch t.kind {
		case '(', '[':
			depth++
		case ')', ']':
			depth--
		case ',':
			if depth == 1 {
				return t
			}
		}
	}
	return p.tok
}

// subquery parses a query in parentheses (select_with_parens).
func (p *parser) subquery() *Select {
	if p.tok.kind != '(' || !p.parenStartsSelect() {
		if p.tok.kind == '(' {
			p.next()
			for p.tok.kind == '(' {
				p.next()
			}
			p.acceptKw(kwValues)
		}
		p.fail()
	}
	p.enter()
	defer p.leave()
	p.next()
	var query *Select
	if p.tok.kind == '(' {
		query = p.subquery()
		if p.continuesSelect() {
			query = p.selectRest(query)
		}
	} else {
		query = p.selectStatement()
	}
	p.expect(')')
	return query
}

// parenStartsSelect looks past opening parentheses for the beginning of a query.
func (p *parser) parenStartsSelect() bool {
	n := 0
	for p.peek(n).kind == '(' {
		n++
	}
	return startsSelect(p.peek(n), p.peek(n+1))
}

// overlaps parses OVERLAPS behind a row.
func (p *parser) overlaps(left *Row, mode exprMode) Expr {
	if mode == basicExpr || !p.is(kwOverlaps) || p.peek(1).kind != '(' && p.peek(1).kw != kwRow {
		return left
	}
	at := p.at()
	p.next()
	if p.tok.kind != '(' && !p.is(kwRow) {
		p.fail()
	}
	rightAt := p.pos()
	right, ok := p.rowOperand().(*Row)
	if !ok {
		p.failAt(p.tokens[p.i-1])
	}
	if len(left.Args) != 2 {
		p.errorf(pgerr.SyntaxError, left.Pos(), "wrong number of parameters on left side of OVERLAPS expression")
	}
	if len(right.Args) != 2 {
		p.errorf(pgerr.SyntaxError, rightAt, "wrong number of parameters on right side of OVERLAPS expression")
	}
	call := &FuncCall{At: at, Name: systemName("overlaps"), Form: FormOverlaps}
	for _, e := range append(left.Args[:2:2], right.Args...) {
		call.Args = append(call.Args, Arg{At: At(Leftmost(e)), Value: e})
	}
	return call
}

// rowOperand parses ROW(…) or (a, b).
func (p *parser) rowOperand() Expr {
	if p.is(kwRow) {
		return p.row()
	}
	query, e := p.parenthesized()
	if query != nil {
		p.fail()
	}
	return e
}

// row parses ROW(…).
func (p *parser) row() *Row {
	r := &Row{At: p.at(), Explicit: true}
	p.next()
	p.expect('(')
	if p.accept(')') {
		return r
	}
	r.Args = p.exprs()
	p.expect(')')
	return r
}

// indirection parses subscripts and field selections behind e.
func (p *parser) indirection(e Expr) Expr {
	if p.tok.kind != '.' && p.tok.kind != '[' {
		return e
	}
	n := &Indirection{At: At(Leftmost(e)), Arg: e}
	n.Path = p.path(nil)
	return n
}

// path parses .field, .* and [subscripts] until something else comes. After .* nothing may follow; PostgreSQL says so
// in these words.
func (p *parser) path(steps []Step) []Step {
	for {
		at := p.at()
		switch p.tok.kind {
		case '.':
			p.next()
			if p.accept('*') {
				steps = append(steps, Step{At: at, Star: true})
				continue
			}
			steps = append(steps, Step{At: at, Field: p.label()})
		case '[':
			p.next()
			steps = append(steps, p.subscript(at))
		default:
			return p.checkStar(steps)
		}
	}
}

// checkStar raises the grammar's error for .* that is not last.
func (p *parser) checkStar(steps []Step) []Step {
	for i, s := range steps {
		if s.Star && i < len(steps)-1 {
			p.errorf(pgerr.SyntaxError, p.pos(), "improper use of \"*\" at or near \"%s\"", p.text[p.tok.start:p.tok.end])
		}
	}
	return steps
}

// subscript parses the rest of [index] or [lower:upper].
func (p *parser) subscript(at At) Step {
	s := Step{At: at}
	if p.tok.kind != ':' {
		s.Index = p.expr()
	}
	if p.accept(':') {
		s.Slice = true
		if p.tok.kind != ']' {
			s.Upper = p.expr()
		}
	}
	p.expect(']')
	return s
}
