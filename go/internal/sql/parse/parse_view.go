package parse

import "iris-pgwire/internal/pgerr"

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
	n.Query = p.query()
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
	n.IfNotExists = p.ifNotExists()
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
	n.Query = p.query()
	n.WithNoData = p.withData()
	return n
}

// createSchema parses CREATE SCHEMA.
func (p *parser) createSchema(at At) Stmt {
	n := &CreateSchema{At: at}
	p.next()
	n.IfNotExists = p.ifNotExists()
	if !p.is(kwAuthorization) {
		n.Name = p.name()
	}
	if p.acceptKw(kwAuthorization) {
		n.Owner = p.role()
	}
	for p.isAny(kwCreate, kwGrant) {
		n.Elements = append(n.Elements, p.statement())
	}
	if n.IfNotExists && n.Elements != nil {
		p.errorf(pgerr.FeatureNotSupported, n.Elements[0].Pos(), "CREATE SCHEMA IF NOT EXISTS cannot include schema elements")
	}
	return n
}
