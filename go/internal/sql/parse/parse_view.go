package parse

// createView parses CREATE VIEW behind [RECURSIVE].
func (p *parser) createView(at At, replace bool, persistence Persistence) Stmt {
	n := &CreateView{At: at, Replace: replace, Persistence: persistence, Recursive: p.acceptKw(kwRecursive)}
	p.expectKw(kwView)
	n.Name = p.qualified()
	if n.Recursive {
		n.Columns = p.parenNames()
	} else {
		n.Columns = p.optParenNames()
	}
	if p.acceptKw(kwWith) {
		n.Options = p.relOptions()
	}
	p.expectKw(kwAs)
	if !p.startsSelect() && p.tok.kind != '(' {
		p.fail()
	}
	n.Query = p.selectStatement()
	if p.acceptKw(kwWith) {
		n.Check = "CASCADED"
		if p.acceptKw(kwLocal) {
			n.Check = "LOCAL"
		} else {
			p.acceptKw(kwCascaded)
		}
		p.expectKw(kwCheck, kwOption)
	}
	return n
}

// createMaterializedView parses CREATE MATERIALIZED VIEW.
func (p *parser) createMaterializedView(at At, persistence Persistence) Stmt {
	n := &CreateTableAs{At: at, Materialized: true, Persistence: persistence}
	p.expectKw(kwMaterialized, kwView)
	n.IfNotExists = p.acceptKws(kwIf, kwNot, kwExists)
	n.Name = p.qualified()
	n.Columns = p.optParenNames()
	if p.acceptKw(kwUsing) {
		n.Method = p.name()
	}
	if p.acceptKw(kwWith) {
		n.Options = p.relOptions()
	}
	if p.acceptKw(kwTablespace) {
		n.Tablespace = p.name()
	}
	p.expectKw(kwAs)
	if !p.startsSelect() && p.tok.kind != '(' {
		p.fail()
	}
	n.Query = p.selectStatement()
	n.WithNoData = p.withData()
	return n
}

// createSchema parses CREATE SCHEMA.
func (p *parser) createSchema(at At) Stmt {
	n := &CreateSchema{At: at}
	p.next()
	n.IfNotExists = p.acceptKws(kwIf, kwNot, kwExists)
	if !p.is(kwAuthorization) {
		n.Name = p.name()
	}
	if p.acceptKw(kwAuthorization) {
		n.Owner = p.role()
	}
	for p.isAny(kwCreate, kwGrant) {
		if n.IfNotExists {
			p.errorf("0A000", p.pos(), "CREATE SCHEMA IF NOT EXISTS cannot include schema elements")
		}
		n.Elements = append(n.Elements, p.statement())
	}
	return n
}
