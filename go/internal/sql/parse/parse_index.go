package parse

// createIndex parses CREATE [UNIQUE] INDEX behind CREATE.
func (p *parser) createIndex(at At) Stmt {
	n := &CreateIndex{At: at, Unique: p.acceptKw(kwUnique)}
	p.expectKw(kwIndex)
	n.Concurrently = p.acceptKw(kwConcurrently)
	if p.ifNotExists() {
		n.IfNotExists = true
		n.Name = p.name()
	} else if !p.is(kwOn) {
		n.Name = p.name()
	}
	p.expectKw(kwOn)
	t := p.relation()
	n.Table, n.Only = t.Name, t.Only
	if p.acceptKw(kwUsing) {
		n.Method = p.name()
	}
	p.expect('(')
	n.Keys = p.indexKeys()
	p.expect(')')
	if p.acceptKw(kwInclude) {
		p.expect('(')
		n.Include = p.indexKeys()
		p.expect(')')
	}
	n.NullsNotDistinct = p.nullsNotDistinct()
	if p.acceptKw(kwWith) {
		n.Options = p.relOptions()
	}
	if p.acceptKw(kwTablespace) {
		n.Tablespace = p.name()
	}
	if p.acceptKw(kwWhere) {
		n.Where = p.expr()
	}
	return n
}

// nullsNotDistinct parses NULLS [NOT] DISTINCT.
func (p *parser) nullsNotDistinct() bool {
	if !p.is(kwNulls) || p.peek(1).kw != kwNot && p.peek(1).kw != kwDistinct {
		return false
	}
	p.next()
	not := p.acceptKw(kwNot)
	p.expectKw(kwDistinct)
	return not
}

// indexKeys parses the columns and expressions of an index.
func (p *parser) indexKeys() []IndexKey {
	list := []IndexKey{p.indexKey()}
	for p.accept(',') {
		list = append(list, p.indexKey())
	}
	return list
}

// indexKey parses one of them, with its collation, operator class and order.
func (p *parser) indexKey() IndexKey {
	k := p.keyBase()
	if isName(p.tok) && !(p.is(kwNulls) && (p.peek(1).kw == kwFirst || p.peek(1).kw == kwLast)) {
		k.OpClass = p.dotted()
		if p.tok.kind == '(' {
			k.OpClassOptions = p.relOptions()
		}
	}
	k.Order = p.sortOrder()
	k.Nulls = p.nullsOrder()
	return k
}

// keyBase parses a column, a function call or (expression), and COLLATE.
func (p *parser) keyBase() IndexKey {
	k := IndexKey{At: p.at()}
	switch {
	case p.accept('('):
		k.Expr = p.expr()
		p.expect(')')
	case p.startsFunction():
		k.Expr = p.windowless()
	default:
		k.Column = p.name()
	}
	if p.acceptKw(kwCollate) {
		at := p.at()
		n := p.qualify(at, p.dotted())
		k.Collation = &n
	}
	return k
}
