package parse

// insert parses INSERT.
func (p *parser) insert(with *With) *Insert {
	n := &Insert{At: p.at(), With: with}
	if with != nil {
		n.At = with.At
	}
	p.expectKw(kwInsert, kwInto)
	n.Table = p.qualified()
	if p.acceptKw(kwAs) {
		alias := p.nameNode()
		n.Alias = &alias
	}
	p.insertSource(n)
	if p.is(kwOn) {
		n.Conflict = p.conflict()
	}
	n.Returning = p.returning()
	return n
}

// insertSource parses the columns and DEFAULT VALUES or the query.
func (p *parser) insertSource(n *Insert) {
	if p.is(kwDefault) {
		p.expectKw(kwDefault, kwValues)
		return
	}
	if p.tok.kind == '(' && p.peek(1).kind != '(' && !p.parenStartsSelect() {
		n.Columns = p.targetColumns()
	}
	n.Overriding = p.overriding()
	n.Source = p.query()
}

// overriding parses OVERRIDING SYSTEM|USER VALUE.
func (p *parser) overriding() Overriding {
	if !p.acceptKw(kwOverriding) {
		return OverridingNone
	}
	kind := OverridingUser
	if p.acceptKw(kwSystem) {
		kind = OverridingSystem
	} else {
		p.expectKw(kwUser)
	}
	p.expectKw(kwValue)
	return kind
}

// targetColumns parses (column, column[1], …).
func (p *parser) targetColumns() []TargetColumn {
	var list []TargetColumn
	p.expect('(')
	for first := true; first || p.accept(','); first = false {
		list = append(list, p.targetColumn())
	}
	p.expect(')')
	return list
}

// targetColumn parses a column that is assigned to.
func (p *parser) targetColumn() TargetColumn {
	c := TargetColumn{At: p.at(), Name: p.name()}
	c.Path = p.path(nil)
	return c
}

// conflict parses ON CONFLICT.
func (p *parser) conflict() *Conflict {
	c := &Conflict{At: p.at()}
	p.expectKw(kwOn, kwConflict)
	switch {
	case p.tok.kind == '(':
		p.next()
		c.Keys = p.indexKeys()
		p.expect(')')
		if p.acceptKw(kwWhere) {
			c.KeysWhere = p.expr()
		}
	case p.acceptKw(kwOn):
		p.expectKw(kwConstraint)
		name := p.nameNode()
		c.Constraint = &name
	}
	p.expectKw(kwDo)
	if p.acceptKw(kwNothing) {
		return c
	}
	p.expectKw(kwUpdate, kwSet)
	c.Update = true
	c.Set = p.setClauses()
	if p.acceptKw(kwWhere) {
		c.Where = p.expr()
	}
	return c
}

// setClauses parses the assignments behind SET.
func (p *parser) setClauses() []SetClause {
	list := []SetClause{p.setClause()}
	for p.accept(',') {
		list = append(list, p.setClause())
	}
	return list
}

// setClause parses one assignment.
func (p *parser) setClause() SetClause {
	s := SetClause{At: p.at()}
	if p.tok.kind == '(' {
		s.Multi = true
		s.Columns = p.targetColumns()
	} else {
		s.Columns = []TargetColumn{p.targetColumn()}
	}
	p.expect('=')
	s.Value = p.expr()
	return s
}

// returning parses RETURNING.
func (p *parser) returning() []Target {
	if !p.acceptKw(kwReturning) {
		return nil
	}
	return p.targets()
}
