package parse

// update parses UPDATE.
func (p *parser) update(with *With) *Update {
	n := &Update{At: p.at(), With: with}
	if with != nil {
		n.At = with.At
	}
	p.next()
	n.Table = p.changedTable()
	p.expectKw(kwSet)
	n.Set = p.setClauses()
	if p.acceptKw(kwFrom) {
		n.From = p.fromList()
	}
	n.Where = p.whereOrCurrent()
	n.Returning = p.returning()
	return n
}

// changedTable parses the table of UPDATE, DELETE and MERGE; SET is never its alias.
func (p *parser) changedTable() *FromTable {
	t := p.relation()
	if p.acceptKw(kwAs) {
		t.Alias = &Alias{At: p.at(), Name: p.name()}
		return t
	}
	if isName(p.tok) && !p.is(kwSet) {
		t.Alias = &Alias{At: p.at(), Name: p.name()}
	}
	return t
}

// delete parses DELETE.
func (p *parser) delete(with *With) *Delete {
	n := &Delete{At: p.at(), With: with}
	if with != nil {
		n.At = with.At
	}
	p.expectKw(kwDelete, kwFrom)
	n.Table = p.changedTable()
	if p.acceptKw(kwUsing) {
		n.Using = p.fromList()
	}
	n.Where = p.whereOrCurrent()
	n.Returning = p.returning()
	return n
}
