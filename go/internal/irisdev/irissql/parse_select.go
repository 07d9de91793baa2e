package irissql

// selectCore parses SELECT … HAVING.
func (p *parser) selectCore() *Select {
	p.enter()
	defer p.leave()
	s := &Select{Pos: p.pos()}
	p.expect("SELECT")
	s.Keywords = p.keywords(selectKeywords)
	if p.accept("DISTINCT") {
		s.Distinct = true
		if p.accept("BY") {
			s.DistinctBy = p.scalarList()
		}
	} else {
		p.accept("ALL")
	}
	if p.is("TOP") {
		s.Top = p.top()
	}
	for {
		s.Items = append(s.Items, p.item())
		if !p.accept(",") {
			break
		}
	}
	if p.is("INTO") {
		p.fail(-422, "SELECT may not contain an INTO clause here")
	}
	if p.accept("FROM") {
		p.from(s)
	}
	if p.accept("WHERE") {
		s.Where = p.condition()
	}
	if p.is("GROUP") {
		p.next()
		p.expect("BY")
		s.GroupBy = p.exprs()
	}
	if p.accept("HAVING") {
		s.Having = p.condition()
	}
	return s
}

// top parses TOP n, TOP ?, TOP (n) and TOP ALL.
func (p *parser) top() *Top {
	t := &Top{Pos: p.pos()}
	p.next()
	if p.accept("ALL") {
		return t
	}
	t.Count = p.count()
	return t
}

// item parses one select item. A condition is no value (-11).
func (p *parser) item() Item {
	it := Item{Pos: p.pos()}
	if p.accept("*") {
		it.Star = true
		return it
	}
	if p.isIdentifier() || p.isPercentName() {
		if star, ok := p.qualifiedStar(it); ok {
			return star
		}
	}
	if it.X == nil {
		it.X = p.scalar()
	}
	it.Alias = p.alias()
	return it
}

// qualifiedStar parses t.* and s.t.*; if there is no star the lexer is where it was.
func (p *parser) qualifiedStar(it Item) (Item, bool) {
	if p.peek().word != "." {
		return it, false
	}
	ahead := lexer{text: p.text, at: p.ahead.end}
	parts := []token{p.tok}
	for len(parts) < 3 {
		t, err := ahead.next()
		if err != nil {
			return it, false
		}
		if t.word == "*" && t.kind == symbolToken {
			return p.takeStar(it, parts), true
		}
		parts = append(parts, t)
		if dot, err := ahead.next(); err != nil || dot.word != "." {
			return it, false
		}
	}
	return it, false
}

func (p *parser) takeStar(it Item, parts []token) Item {
	var names []string
	for range parts {
		names = append(names, p.takeName().Text)
		p.expect(".")
	}
	p.expect("*")
	it.Star = true
	it.Table = names[len(names)-1]
	if len(names) == 2 {
		it.Schema = names[0]
	}
	return it
}

// alias parses [AS] name; without AS only what cannot start the next clause.
func (p *parser) alias() string {
	if p.accept("AS") {
		return p.name().Text
	}
	if !p.isIdentifier() || p.startsLimit() || p.is("STORAGETYPE") && p.peek().word == "=" {
		return ""
	}
	return p.name().Text
}
