package parse

import "iris-pgwire/internal/pgerr"

// selectClauses parses ORDER BY, LIMIT, OFFSET, FETCH FIRST and locking clauses. A parenthesised query takes them over
// as its own, as in PostgreSQL.
func (p *parser) selectClauses(s *Select) {
	if p.is(kwOrder) {
		list := p.orderBy()
		p.checkSingle(s.OrderBy != nil, Leftmost(list[0].Expr), "ORDER BY")
		s.OrderBy = list
	}
	if p.is(kwFor) {
		p.lockings(s)
		p.limits(s)
	} else {
		p.limits(s)
		p.lockings(s)
	}
	if s.WithTies {
		p.checkTies(s)
	}
}

// limits parses LIMIT or FETCH FIRST, and OFFSET, in either order.
func (p *parser) limits(s *Select) {
	hadLimit, hadOffset := s.Limit != nil || s.LimitAll, s.Offset != nil
	limit, offset := false, false
	for {
		at := p.pos()
		switch {
		case p.is(kwLimit) && !limit:
			limit = true
			p.limit(s, at)
			p.checkSingle(hadLimit, limitPos(s, at), "LIMIT")
		case p.is(kwFetch) && !limit:
			limit = true
			p.fetchFirst(s)
			p.checkSingle(hadLimit, limitPos(s, at), "LIMIT")
		case p.is(kwOffset) && !offset:
			offset = true
			p.next()
			s.Offset = p.expr()
			p.checkSingle(hadOffset, Leftmost(s.Offset), "OFFSET")
			if p.isAny(kwRow, kwRows) {
				p.next()
			}
		default:
			return
		}
	}
}

// limitPos is where PostgreSQL sees a limit: its number, else its word.
func limitPos(s *Select, at int) int {
	if s.Limit != nil {
		return Leftmost(s.Limit)
	}
	return at
}

// checkTies raises the errors of WITH TIES.
func (p *parser) checkTies(s *Select) {
	if s.OrderBy == nil {
		p.errGrammar("WITH TIES cannot be specified without ORDER BY clause")
	}
	for _, l := range s.Locking {
		if l.Wait == SkipLocked {
			p.errGrammar("SKIP LOCKED and WITH TIES options cannot be used together")
		}
	}
}

// limit parses LIMIT.
func (p *parser) limit(s *Select, at int) {
	p.next()
	if p.acceptKw(kwAll) {
		s.LimitAll = true
	} else {
		s.Limit = p.expr()
	}
	if p.tok.kind == ',' {
		p.raise(pgerr.New(pgerr.SyntaxError, "LIMIT #,# syntax is not supported").
			WithHint("Use separate LIMIT and OFFSET clauses.").At(p.charPos(at)))
	}
}

// fetchFirst parses FETCH FIRST [n] ROWS ONLY | WITH TIES.
func (p *parser) fetchFirst(s *Select) {
	p.next()
	if !p.isAny(kwFirst, kwNext) {
		p.fail()
	}
	p.next()
	if p.isAny(kwRow, kwRows) {
		s.Limit = &Literal{At: p.at(), Kind: IntLiteral, Text: "1"}
	} else {
		s.Limit = p.fetchCount()
	}
	if !p.isAny(kwRow, kwRows) {
		p.fail()
	}
	p.next()
	if p.acceptKw(kwWith) {
		p.expectKw(kwTies)
		s.WithTies = true
		return
	}
	p.expectKw(kwOnly)
}

// fetchCount parses the number of FETCH FIRST: an operand with an optional sign.
func (p *parser) fetchCount() Expr {
	at := p.at()
	switch {
	case p.accept('+'):
		return &Operator{At: at, Name: "+", Right: p.primary(fullExpr)}
	case p.accept('-'):
		return minus(at, p.primary(fullExpr))
	}
	return p.primary(fullExpr)
}

// lockings parses FOR UPDATE and its relatives; FOR READ ONLY means nothing.
func (p *parser) lockings(s *Select) {
	if p.is(kwFor) && p.peek(1).kw == kwRead {
		p.expectKw(kwFor, kwRead, kwOnly)
		return
	}
	for p.is(kwFor) {
		l := Locking{At: p.at()}
		p.next()
		switch {
		case p.acceptKw(kwUpdate):
		case p.acceptKw(kwShare):
			l.Strength = ForShare
		case p.acceptKw(kwNo):
			p.expectKw(kwKey, kwUpdate)
			l.Strength = ForNoKeyUpdate
		default:
			p.expectKw(kwKey, kwShare)
			l.Strength = ForKeyShare
		}
		if p.acceptKw(kwOf) {
			l.Of = p.qualifiedList()
		}
		switch {
		case p.acceptKw(kwNowait):
			l.Wait = NoWait
		case p.acceptKw(kwSkip):
			p.expectKw(kwLocked)
			l.Wait = SkipLocked
		}
		s.Locking = append(s.Locking, l)
	}
}
