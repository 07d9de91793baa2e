package parse

// merge parses MERGE.
func (p *parser) merge(with *With) *Merge {
	m := &Merge{At: p.at(), With: with}
	if with != nil {
		m.At = with.At
	}
	p.expectKw(kwMerge, kwInto)
	m.Table = p.changedTable()
	p.expectKw(kwUsing)
	m.Source = p.fromItem()
	p.expectKw(kwOn)
	m.On = p.expr()
	if !p.is(kwWhen) {
		p.fail()
	}
	for p.is(kwWhen) {
		m.Whens = append(m.Whens, p.mergeWhen())
	}
	m.Returning = p.returning()
	return m
}

// mergeWhen parses one WHEN clause.
func (p *parser) mergeWhen() MergeWhen {
	w := MergeWhen{At: p.at()}
	p.next()
	if p.acceptKw(kwMatched) {
		w.Match = Matched
	} else {
		p.expectKw(kwNot, kwMatched)
		w.Match = NotMatchedByTarget
		if p.acceptKw(kwBy) {
			if p.acceptKw(kwSource) {
				w.Match = NotMatchedBySource
			} else {
				p.expectKw(kwTarget)
			}
		}
	}
	if p.acceptKw(kwAnd) {
		w.Cond = p.expr()
	}
	p.expectKw(kwThen)
	p.mergeAct(&w)
	return w
}

// mergeAct parses what a WHEN clause does.
func (p *parser) mergeAct(w *MergeWhen) {
	switch {
	case p.acceptKw(kwDo):
		p.expectKw(kwNothing)
	case p.is(kwInsert) && w.Match == NotMatchedByTarget:
		p.next()
		w.Action = MergeInsert
		p.mergeInsert(w)
	case p.is(kwUpdate) && w.Match != NotMatchedByTarget:
		p.expectKw(kwUpdate, kwSet)
		w.Action = MergeUpdate
		w.Set = p.setClauses()
	case p.is(kwDelete) && w.Match != NotMatchedByTarget:
		p.next()
		w.Action = MergeDelete
	default:
		p.fail()
	}
}

// mergeInsert parses what follows INSERT.
func (p *parser) mergeInsert(w *MergeWhen) {
	if p.is(kwDefault) {
		p.expectKw(kwDefault, kwValues)
		return
	}
	if p.tok.kind == '(' {
		w.Columns = p.targetColumns()
	}
	w.Overriding = p.overriding()
	p.expectKw(kwValues)
	w.Values = p.parenExprs()
}
