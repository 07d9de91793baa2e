package parse

import "iris-pgwire/internal/pgerr"

// jsonTable parses JSON_TABLE.
func (p *parser) jsonTable(at At, lateral bool) FromItem {
	t := &JSONTable{At: at, Lateral: lateral}
	p.next()
	p.expect('(')
	t.Context = p.jsonValue()
	p.expect(',')
	pathAt := p.pos()
	t.Path = p.expr()
	if p.acceptKw(kwAs) {
		t.PathName = p.name()
	}
	t.Passing = p.jsonPassing()
	t.Columns = p.jsonColumns()
	t.OnError = p.jsonOnError()
	p.expect(')')
	if l, ok := t.Path.(*Literal); !ok || l.Kind != StringLiteral {
		p.errorf(pgerr.FeatureNotSupported, pathAt, "only string constants are supported in JSON_TABLE path specification")
	}
	t.Alias = p.optAlias()
	return t
}

// jsonColumns parses COLUMNS (…).
func (p *parser) jsonColumns() []JSONColumn {
	p.enter()
	defer p.leave()
	p.expectKw(kwColumns)
	p.expect('(')
	var list []JSONColumn
	for first := true; first || p.accept(','); first = false {
		list = append(list, p.jsonColumn())
	}
	p.expect(')')
	return list
}

// jsonColumn parses one column.
func (p *parser) jsonColumn() JSONColumn {
	c := JSONColumn{At: p.at()}
	if p.is(kwNested) && (p.peek(1).kw == kwPath || p.peek(1).kind == tokString) {
		p.next()
		p.acceptKw(kwPath)
		c.Nested = true
		c.Path = p.stringLiteral()
		if p.acceptKw(kwAs) {
			c.PathName = p.name()
		}
		c.Columns = p.jsonColumns()
		return c
	}
	c.Name = p.name()
	if p.is2(kwFor, kwOrdinality) {
		p.next()
		p.next()
		c.Ordinality = true
		return c
	}
	c.Type = p.typeName()
	if c.Exists = p.acceptKw(kwExists); !c.Exists {
		c.Format, c.Encoding = p.jsonFormat()
	}
	if p.acceptKw(kwPath) {
		c.Path = p.stringLiteral()
	}
	if c.Exists {
		c.OnError = p.jsonOnError()
		return c
	}
	c.Wrapper, c.Quotes = p.jsonWrapper(), p.jsonQuotes()
	c.OnEmpty, c.OnError = p.jsonBehaviors()
	return c
}
