package parse

// with parses a WITH clause.
func (p *parser) with() *With {
	w := &With{At: p.at()}
	p.next()
	if p.is(kwRecursive) && p.peek(1).kw != kwAs && p.peek(1).kind != '(' {
		p.next()
		w.Recursive = true
	}
	for first := true; first || p.accept(','); first = false {
		w.CTEs = append(w.CTEs, p.cte())
	}
	return w
}

// cte parses one query of WITH.
func (p *parser) cte() CTE {
	c := CTE{At: p.at(), Name: p.name()}
	c.Columns = p.optParenNames()
	p.expectKw(kwAs)
	switch {
	case p.acceptKw(kwMaterialized):
		c.Materialized = MaterializeAlways
	case p.is(kwNot):
		p.expectKw(kwNot, kwMaterialized)
		c.Materialized = MaterializeNever
	}
	p.expect('(')
	c.Query = p.preparable()
	p.expect(')')
	if p.is(kwSearch) {
		c.Search = p.search()
	}
	if p.is(kwCycle) {
		c.Cycle = p.cycle()
	}
	return c
}

// search parses SEARCH.
func (p *parser) search() *CTESearch {
	s := &CTESearch{At: p.at()}
	p.next()
	if p.acceptKw(kwBreadth) {
		s.Breadth = true
	} else {
		p.expectKw(kwDepth)
	}
	p.expectKw(kwFirst, kwBy)
	s.Columns = p.names()
	p.expectKw(kwSet)
	s.Sequence = p.name()
	return s
}

// cycle parses CYCLE.
func (p *parser) cycle() *CTECycle {
	c := &CTECycle{At: p.at()}
	p.next()
	c.Columns = p.names()
	p.expectKw(kwSet)
	c.Mark = p.name()
	if p.acceptKw(kwTo) {
		c.Value = p.constant()
		p.expectKw(kwDefault)
		c.Other = p.constant()
	}
	p.expectKw(kwUsing)
	c.Path = p.name()
	return c
}

// constant parses a constant (AexprConst).
func (p *parser) constant() Expr {
	t := p.tok
	e := p.primary(fullExpr)
	switch n := e.(type) {
	case *Literal:
		return e
	case *Cast:
		if n.Form == CastTyped {
			return e
		}
	}
	p.failAt(t)
	return nil
}

// preparable parses a statement that WITH, PREPARE, EXPLAIN, COPY and DECLARE may hold (PreparableStmt).
func (p *parser) preparable() Stmt {
	p.enter()
	defer p.leave()
	switch p.tok.kw {
	case kwInsert:
		return p.insert(nil)
	case kwUpdate:
		return p.update(nil)
	case kwDelete:
		return p.delete(nil)
	case kwMerge:
		return p.merge(nil)
	case kwWith:
		return p.withStatement()
	case kwSelect, kwValues, kwTable:
		return p.selectStatement()
	}
	if p.tok.kind == '(' {
		return p.selectStatement()
	}
	p.fail()
	return nil
}

// withStatement parses a statement that begins with WITH.
func (p *parser) withStatement() Stmt {
	with := p.with()
	switch p.tok.kw {
	case kwInsert:
		return p.insert(with)
	case kwUpdate:
		return p.update(with)
	case kwDelete:
		return p.delete(with)
	case kwMerge:
		return p.merge(with)
	}
	s := p.selectRest(p.selectOperand())
	p.attachWith(s, with)
	return s
}
