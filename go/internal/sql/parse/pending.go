package parse

// XMLIsDocument is Arg IS DOCUMENT.
type XMLIsDocument struct {
	At
	Arg Expr
}

func (*XMLIsDocument) expr() {}

func (p *parser) skipAs(construct string) Stmt {
	s := &Unsupported{At: p.at(), Construct: construct}
	p.skipStatement()
	return s
}
func (p *parser) grant() Stmt   { return p.skipAs("GRANT") }
func (p *parser) revoke() Stmt  { return p.skipAs("REVOKE") }
func (p *parser) comment() Stmt { return p.skipAs("COMMENT") }

func (p *parser) createOther(at At) Stmt {
	if !p.isAny(kwRole, kwUser, kwGroup, kwType, kwDomain, kwExtension) {
		p.fail()
	}
	return p.skipAs("CREATE " + p.word())
}
func (p *parser) alterOther(at At) Stmt {
	if !p.isAny(kwRole, kwUser, kwGroup, kwType, kwDomain, kwExtension, kwSchema) {
		p.fail()
	}
	return p.skipAs("ALTER " + p.word())
}
func xmlForm(kw) func(*parser) Expr  { return nil }
func jsonForm(kw) func(*parser) Expr { return nil }
func (p *parser) xmlTable(at At, lateral bool) FromItem {
	p.errNotYet(int(at), "XMLTABLE is not supported")
	return nil
}
func (p *parser) jsonTable(at At, lateral bool) FromItem {
	p.errNotYet(int(at), "JSON_TABLE is not supported")
	return nil
}
func (p *parser) isJSON(at At, left Expr, not bool) Expr {
	p.errNotYet(int(at), "IS JSON is not supported")
	return nil
}
