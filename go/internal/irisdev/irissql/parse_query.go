package irissql

// selectKeywords are the %words that may follow SELECT.
const selectKeywords = "%NOFPLAN %NOLOCK %NORUNTIME %RUNTIME %PROFILE %PROFILE_ALL"

// startsQuery reports the start of a subquery: WITH is no part of one.
func (p *parser) startsQuery() bool { return p.is("SELECT") }

// startsSetOp reports UNION, and EXCEPT and INTERSECT where the version has them.
func (p *parser) startsSetOp() bool {
	return p.is("UNION") || p.version.AtLeast(v2025_3) && (p.is("EXCEPT") || p.is("INTERSECT"))
}

// subquery parses a query up to and including its closing parenthesis; the opening one has been passed.
func (p *parser) subquery() *Query {
	p.enter()
	defer p.leave()
	q := p.queryRest(p.leg(), true)
	q.Paren = true
	p.expect(")")
	return q
}

// setOpRest continues a query whose first leg was met as a subquery in parentheses; the closing one is left.
func (p *parser) setOpRest(first *Query) *Query {
	first.Paren = true
	return p.queryRest(first, true)
}

// query parses an outermost query.
func (p *parser) query() *Query { return p.queryRest(p.leg(), false) }

// leg parses one leg of a set operation: SELECT … or a query in parentheses.
func (p *parser) leg() *Query {
	if p.accept("(") {
		if p.is("(") {
			p.enter()
			defer p.leave()
			q := p.queryRest(p.leg(), true)
			q.Paren = true
			p.expect(")")
			return q
		}
		if !p.startsQuery() {
			p.expected("SELECT")
		}
		return p.subquery()
	}
	if !p.startsQuery() {
		p.expected("SELECT")
	}
	s := p.selectCore()
	return &Query{Pos: s.Pos, Body: s}
}

// queryRest parses what may follow the first leg: set operations, ORDER BY, row limits. In a subquery ORDER BY needs TOP
// (IRIS docs, "ORDER BY") and excludes LIMIT.
func (p *parser) queryRest(q *Query, sub bool) *Query {
	first := q
	for i := 1; p.startsSetOp(); i++ {
		p.chain(i)
		q = p.setOp(q, first)
	}
	if q.Paren && (p.is("ORDER") || p.startsLimit()) {
		q = &Query{Pos: q.Pos, Body: &Select{Pos: q.Pos, Items: []Item{{Pos: q.Pos, Star: true}},
			From: []TableRef{&Derived{Pos: q.Pos, Query: q}}}}
	}
	if p.is("ORDER") && (!sub || hasTop(q)) {
		q.OrderBy = p.orderBy()
	}
	if p.startsLimit() {
		p.limit(q, sub)
	}
	return q
}

func hasTop(q *Query) bool {
	s, ok := q.Body.(*Select)
	return ok && s.Top != nil
}

// setOp parses one operator and its right leg. An unparenthesised leg takes a LIMIT that follows it directly (IRIS docs,
// "LIMIT", scoping).
func (p *parser) setOp(left, first *Query) *Query {
	op := &SetOp{Pos: p.pos()}
	switch p.tok.word {
	case "EXCEPT":
		op.Kind = Except
	case "INTERSECT":
		op.Kind = Intersect
	}
	p.next()
	if op.Kind == Union {
		op.All = p.accept("ALL")
		p.accept("%PARALLEL")
	}
	if before, ok := left.Body.(*SetOp); ok && left != first && before.Kind != op.Kind &&
		(before.Kind == Intersect || op.Kind == Intersect) {
		p.fail(-1, "Parentheses expected: INTERSECT beside another set operation")
	}
	op.Left, op.Right = left, p.leg()
	if !op.Right.Paren && p.startsLimit() {
		p.limit(op.Right, true)
	}
	return &Query{Pos: left.Pos, Body: op}
}

// orderBy parses ORDER BY; there is no NULLS FIRST.
func (p *parser) orderBy() []OrderItem {
	p.expect("ORDER", "BY")
	var list []OrderItem
	for {
		p.kept = append(p.kept, p.tok.pos)
		it := OrderItem{X: p.scalar()}
		if p.accept("DESC") {
			it.Desc = true
		} else {
			p.accept("ASC")
		}
		list = append(list, it)
		if !p.accept(",") {
			return list
		}
	}
}

// startsLimit reports LIMIT, OFFSET or FETCH in its place: from 2025.1, and only before what can follow it, because
// LIMIT and OFFSET are free as names.
func (p *parser) startsLimit() bool {
	if !p.version.AtLeast(v2025_1) {
		return false
	}
	if p.is("FETCH") {
		return true
	}
	if !p.is("LIMIT") && !p.is("OFFSET") {
		return false
	}
	t := p.peek()
	return t.kind == numberToken || t.word == "?" || t.word == ":" || t.word == "-" || t.word == "(" || t.word == "ALL" ||
		t.word == "NULL" || t.kind == stringToken
}

// limit parses LIMIT [ALL] n [OFFSET m [ROWS]] or [OFFSET m [ROWS]] FETCH [FIRST|NEXT] n [ROWS] [ONLY].
func (p *parser) limit(q *Query, sub bool) {
	if sub && q.OrderBy != nil {
		p.expected(")")
	}
	if s, ok := q.Body.(*Select); ok && s.Top != nil {
		p.fail(-386, "TOP, LIMIT and FETCH may not be used in one query")
	}
	l := &Limit{Pos: p.pos()}
	q.Limit = l
	if p.accept("LIMIT") {
		p.accept("ALL")
		l.Count = p.count()
		if p.accept("OFFSET") {
			l.Offset = p.count()
			p.rows()
		}
		if p.is("FETCH") || p.is("LIMIT") {
			p.fail(-386, "TOP, LIMIT and FETCH may not be used in one query")
		}
		return
	}
	l.Fetch = true
	if p.accept("OFFSET") {
		l.Offset = p.count()
		p.rows()
	}
	p.expect("FETCH")
	if !p.accept("FIRST") {
		p.accept("NEXT")
	}
	l.Count = p.count()
	p.rows()
	p.accept("ONLY")
}

func (p *parser) rows() {
	if !p.accept("ROWS") {
		p.accept("ROW")
	}
}

// count parses the number of a row limit: a whole number, perhaps signed, or a parameter; no expression.
func (p *parser) count() Expr {
	if p.accept("(") {
		p.enter()
		defer p.leave()
		x := p.count()
		p.expect(")")
		return x
	}
	pos := p.pos()
	negative := p.accept("-")
	switch {
	case p.tok.kind == numberToken && !p.tok.double:
		n := p.primary().(*Number)
		if negative {
			return &Unary{Pos: pos, Op: '-', X: n}
		}
		return n
	case (p.is("?") || p.is(":")) && !negative:
		return p.asExpr(p.param())
	}
	p.fail(-65, "Positive integer constant or variable expected, %s found", p.found())
	return nil
}
