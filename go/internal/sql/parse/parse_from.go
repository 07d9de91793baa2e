package parse

import "iris-pgwire/internal/pgerr"

// fromList parses a list of FROM items.
func (p *parser) fromList() []FromItem {
	list := []FromItem{p.fromItem()}
	for p.accept(',') {
		list = append(list, p.fromItem())
	}
	return list
}

// fromItem parses an item with the joins behind it (table_ref).
func (p *parser) fromItem() FromItem {
	p.enter()
	defer p.leave()
	return p.joins(p.fromPrimary())
}

// joins parses the joins behind left.
func (p *parser) joins(left FromItem) FromItem {
	height := 0
	for {
		j := p.joinKind()
		if j == nil {
			return left
		}
		j.Left = left
		p.height = 0
		if j.Natural || j.Kind == CrossJoin {
			j.Right = p.fromPrimary()
		} else {
			j.Right = p.fromItem()
			p.joinCondition(j)
		}
		p.grow(height + 1)
		height = p.height
		left = j
	}
}

// joinKind parses the words of a join; nil if there is none.
func (p *parser) joinKind() *FromJoin {
	j := &FromJoin{At: p.at()}
	switch p.tok.kw {
	case kwCross:
		j.Kind = CrossJoin
		p.next()
		p.expectKw(kwJoin)
		return j
	case kwNatural:
		j.Natural = true
		p.next()
	}
	switch p.tok.kw {
	case kwJoin:
		p.next()
		return j
	case kwInner:
		p.next()
		p.expectKw(kwJoin)
		return j
	case kwLeft:
		j.Kind = LeftJoin
	case kwRight:
		j.Kind = RightJoin
	case kwFull:
		j.Kind = FullJoin
	default:
		if j.Natural {
			p.fail()
		}
		return nil
	}
	p.next()
	p.acceptKw(kwOuter)
	p.expectKw(kwJoin)
	return j
}

// joinCondition parses ON or USING.
func (p *parser) joinCondition(j *FromJoin) {
	if p.acceptKw(kwOn) {
		j.On = p.expr()
		return
	}
	if !p.is(kwUsing) {
		p.fail()
	}
	p.next()
	j.Using = p.parenNames()
	if p.acceptKw(kwAs) {
		j.UsingAlias = &Alias{At: p.at(), Name: p.name()}
	}
}

// fromPrimary parses an item without joins.
func (p *parser) fromPrimary() FromItem {
	lateral := p.is(kwLateral)
	at := p.at()
	if lateral {
		p.next()
	}
	switch {
	case p.tok.kind == '(':
		if lateral {
			return p.fromSubquery(at, p.subquery(), true)
		}
		query, item := p.fromParen()
		if query != nil {
			return p.fromSubquery(at, query, false)
		}
		return item
	case p.is(kwXmltable) && p.peek(1).kind == '(':
		return p.xmlTable(at, lateral)
	case p.is(kwJsonTable) && p.peek(1).kind == '(':
		return p.jsonTable(at, lateral)
	case p.is2(kwRows, kwFrom):
		return p.rowsFrom(at, lateral)
	case p.is(kwOnly):
		if lateral {
			p.fail()
		}
		t := p.relation()
		return p.tableSuffix(t)
	}
	if p.startsFunction() {
		return p.fromFunction(at, lateral)
	}
	if !isName(p.tok) && isFuncName(p.tok) {
		p.next()
		p.fail()
	}
	t := p.relation()
	if lateral {
		p.fail()
	}
	return p.tableSuffix(t)
}

// fromParen parses a query or a join in parentheses. A query may be the operand of a larger one, or the first item of
// the join.
func (p *parser) fromParen() (query *Select, item FromItem) {
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
		query, item = p.fromParen()
		if query != nil {
			if p.continuesSelect() {
				query = p.selectRest(query)
			}
			if p.accept(')') {
				return query, nil
			}
			item = p.fromSubquery(innerAt, query, false)
		}
		item = p.joins(item)
	default:
		item = p.fromItem()
	}
	join, ok := item.(*FromJoin)
	if !ok || p.tok.kind != ')' {
		p.fail()
	}
	p.next()
	if alias := p.optAlias(); alias != nil {
		join.Alias, join.At = alias, at
	}
	return nil, join
}

// fromSubquery parses the alias behind a query.
func (p *parser) fromSubquery(at At, query *Select, lateral bool) FromItem {
	return &FromSubquery{At: at, Lateral: lateral, Query: query, Alias: p.optAlias()}
}

// relation parses a table: name, name *, ONLY name, ONLY (name).
func (p *parser) relation() *FromTable {
	t := &FromTable{At: p.at()}
	if !p.acceptKw(kwOnly) {
		t.Name = p.qualified()
		p.accept('*')
		return t
	}
	t.Only = true
	if p.accept('(') {
		t.Name = p.qualified()
		p.expect(')')
	} else {
		t.Name = p.qualified()
	}
	return t
}

// tableSuffix parses a table's alias and TABLESAMPLE.
func (p *parser) tableSuffix(t *FromTable) FromItem {
	t.Alias = p.optAlias()
	if !p.is(kwTablesample) {
		return t
	}
	s := &TableSample{At: p.at()}
	p.next()
	if !isFuncName(p.tok) && !isName(p.tok) {
		p.fail()
	}
	s.At = p.at()
	s.Method = []string{p.takeText()}
	for p.accept('.') {
		s.Method = append(s.Method, p.label())
	}
	s.Args = p.parenExprs()
	if p.acceptKw(kwRepeatable) {
		p.expect('(')
		s.Seed = p.expr()
		p.expect(')')
	}
	t.Sample = s
	return t
}

// optAlias parses [AS] name [(columns)].
func (p *parser) optAlias() *Alias {
	if p.acceptKw(kwAs) {
		if !isName(p.tok) {
			p.fail()
		}
	} else if !isName(p.tok) {
		return nil
	}
	a := &Alias{At: p.at(), Name: p.name()}
	a.Columns = p.optParenNames()
	return a
}

// startsFunction says whether the item at the current token is a function call.
func (p *parser) startsFunction() bool {
	if p.tok.kw != noKeyword && p.specialForm() != nil || p.is2(kwCollation, kwFor) {
		return true
	}
	if !isFuncName(p.tok) && !isName(p.tok) {
		return false
	}
	n := 1
	for p.peek(n).kind == '.' && isLabel(p.peek(n+1)) {
		n += 2
	}
	return p.peek(n).kind == '(' && (n > 1 || isFuncName(p.tok))
}

// windowless parses a function call without FILTER and OVER (func_expr_windowless).
func (p *parser) windowless() Expr {
	at := p.at()
	if form := p.specialForm(); form != nil && p.tok.kw != noKeyword {
		return form(p)
	}
	if p.is2(kwCollation, kwFor) {
		return p.collationFor()
	}
	if !isFuncName(p.tok) && !isName(p.tok) {
		p.fail()
	}
	c := &FuncCall{At: at, Name: []string{p.takeText()}}
	for p.accept('.') {
		c.Name = append(c.Name, p.label())
	}
	p.arguments(c)
	return c
}

// fromFunction parses a function call in FROM.
func (p *parser) fromFunction(at At, lateral bool) FromItem {
	f := &FromFunction{At: at, Lateral: lateral, Items: []RowsFromItem{{At: p.at(), Call: p.windowless()}}}
	p.functionSuffix(f)
	return f
}

// rowsFrom parses ROWS FROM (…).
func (p *parser) rowsFrom(at At, lateral bool) FromItem {
	f := &FromFunction{At: at, Lateral: lateral, RowsFrom: true}
	p.next()
	p.next()
	p.expect('(')
	for first := true; first || p.accept(','); first = false {
		item := RowsFromItem{At: p.at(), Call: p.windowless()}
		if p.acceptKw(kwAs) {
			item.Columns = p.parenColumnDefs()
		}
		f.Items = append(f.Items, item)
	}
	p.expect(')')
	p.functionSuffix(f)
	return f
}

// functionSuffix parses WITH ORDINALITY and the alias, or the column definitions.
func (p *parser) functionSuffix(f *FromFunction) {
	if p.acceptKws(kwWith, kwOrdinality) {
		f.Ordinality = true
	}
	as := p.acceptKw(kwAs)
	if as && p.tok.kind == '(' {
		f.Columns = p.parenColumnDefs()
		return
	}
	if !isName(p.tok) {
		if as {
			p.fail()
		}
		return
	}
	f.Alias = &Alias{At: p.at(), Name: p.name()}
	if p.tok.kind != '(' {
		return
	}
	if next := p.peek(2).kind; next == ',' || next == ')' || next == tokEOF {
		f.Alias.Columns = p.parenNames()
		return
	}
	f.Columns = p.parenColumnDefs()
}

// parenColumnDefs parses (name type [COLLATE c], …).
func (p *parser) parenColumnDefs() []*ColumnDef {
	var list []*ColumnDef
	p.expect('(')
	for first := true; first || p.accept(','); first = false {
		c := &ColumnDef{At: p.at(), Name: p.name()}
		c.Type = p.typeName()
		if p.acceptKw(kwCollate) {
			at := p.at()
			n := p.qualify(at, p.dotted())
			c.Collation = &n
		}
		list = append(list, c)
	}
	p.expect(')')
	return list
}

// whereOrCurrent parses WHERE condition or WHERE CURRENT OF cursor.
func (p *parser) whereOrCurrent() Expr {
	if !p.acceptKw(kwWhere) {
		return nil
	}
	if !p.is2(kwCurrent, kwOf) {
		return p.expr()
	}
	at := p.at()
	p.next()
	p.next()
	return &CurrentOf{At: at, Cursor: p.name()}
}

// errGrammar raises a 42601 without a position, as some of PostgreSQL's rules do.
func (p *parser) errGrammar(message string) { p.raise(pgerr.New(pgerr.SyntaxError, "%s", message)) }
