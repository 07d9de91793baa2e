package parse

import "iris-pgwire/internal/pgerr"

// xmlForm gives the rule of an XML function with its own syntax.
func xmlForm(k kw) func(*parser) Expr {
	switch k {
	case kwXmlconcat, kwXmlforest:
		return (*parser).xmlList
	case kwXmlelement:
		return (*parser).xmlElement
	case kwXmlpi:
		return (*parser).xmlPI
	case kwXmlroot:
		return (*parser).xmlRoot
	case kwXmlparse:
		return (*parser).xmlParse
	case kwXmlserialize:
		return (*parser).xmlSerialize
	case kwXmlexists:
		return (*parser).xmlExists
	}
	return nil
}

// xmlCall starts an XMLCall and passes its word and parenthesis.
func (p *parser) xmlCall() *XMLCall {
	c := &XMLCall{At: p.at(), Func: p.word()}
	p.next()
	p.expect('(')
	return c
}

// xmlList parses XMLCONCAT and XMLFOREST.
func (p *parser) xmlList() Expr {
	c := p.xmlCall()
	if c.Func == "XMLFOREST" {
		c.Attributes = p.xmlAttributes()
	} else {
		c.Args = p.exprs()
	}
	p.expect(')')
	return c
}

// xmlAttributes parses value [AS name], ….
func (p *parser) xmlAttributes() []XMLAttribute {
	var list []XMLAttribute
	for first := true; first || p.accept(','); first = false {
		a := XMLAttribute{At: p.at(), Value: p.expr()}
		if p.acceptKw(kwAs) {
			a.Name = p.label()
		}
		list = append(list, a)
	}
	return list
}

// xmlElement parses XMLELEMENT.
func (p *parser) xmlElement() Expr {
	c := p.xmlCall()
	p.expectKw(kwName)
	c.Name = p.label()
	if p.accept(',') {
		more := true
		if p.is(kwXmlattributes) && p.peek(1).kind == '(' {
			p.next()
			p.next()
			c.Attributes = p.xmlAttributes()
			p.expect(')')
			more = p.accept(',')
		}
		if more {
			c.Args = p.exprs()
		}
	}
	p.expect(')')
	return c
}

// xmlPI parses XMLPI.
func (p *parser) xmlPI() Expr {
	c := p.xmlCall()
	p.expectKw(kwName)
	c.Name = p.label()
	if p.accept(',') {
		c.Args = []Expr{p.expr()}
	}
	p.expect(')')
	return c
}

// xmlRoot parses XMLROOT.
func (p *parser) xmlRoot() Expr {
	c := p.xmlCall()
	c.Args = []Expr{p.expr()}
	p.expect(',')
	p.expectKw(kwVersion)
	if !p.acceptKws(kwNo, kwValue) {
		c.Version = p.expr()
	}
	if p.accept(',') {
		p.expectKw(kwStandalone)
		switch {
		case p.acceptKw(kwYes):
			c.Standalone = "YES"
		case p.acceptKws(kwNo, kwValue):
			c.Standalone = "NO VALUE"
		default:
			p.expectKw(kwNo)
			c.Standalone = "NO"
		}
	}
	p.expect(')')
	return c
}

// documentOrContent parses DOCUMENT or CONTENT.
func (p *parser) documentOrContent() (document bool) {
	if p.acceptKw(kwDocument) {
		return true
	}
	p.expectKw(kwContent)
	return false
}

// xmlParse parses XMLPARSE.
func (p *parser) xmlParse() Expr {
	x := &XMLParse{At: p.at()}
	p.next()
	p.expect('(')
	x.Document = p.documentOrContent()
	x.Arg = p.expr()
	if p.isAny(kwPreserve, kwStrip) {
		x.Preserve = p.is(kwPreserve)
		p.next()
		p.expectKw(kwWhitespace)
	}
	p.expect(')')
	return x
}

// xmlSerialize parses XMLSERIALIZE.
func (p *parser) xmlSerialize() Expr {
	x := &XMLSerialize{At: p.at()}
	p.next()
	p.expect('(')
	x.Document = p.documentOrContent()
	x.Arg = p.expr()
	p.expectKw(kwAs)
	x.Type = p.simpleType()
	if !p.acceptKws(kwNo, kwIndent) {
		x.Indent = p.acceptKw(kwIndent)
	}
	p.expect(')')
	return x
}

// xmlExists parses XMLEXISTS.
func (p *parser) xmlExists() Expr {
	c := p.begin("xmlexists", FormXMLExists)
	at := p.at()
	path := Arg{At: at, Value: p.primary(fullExpr)}
	at, document := p.passing()
	c.Args = []Arg{path, {At: at, Value: document}}
	p.expect(')')
	return c
}

// passing parses PASSING [BY REF|VALUE] document [BY REF|VALUE].
func (p *parser) passing() (At, Expr) {
	p.expectKw(kwPassing)
	p.passingBy()
	at := p.at()
	document := p.primary(fullExpr)
	p.passingBy()
	return at, document
}

// passingBy passes BY REF or BY VALUE.
func (p *parser) passingBy() {
	if !p.acceptKws(kwBy, kwRef) {
		p.acceptKws(kwBy, kwValue)
	}
}

// xmlTable parses XMLTABLE.
func (p *parser) xmlTable(at At, lateral bool) FromItem {
	x := &XMLTable{At: at, Lateral: lateral}
	p.next()
	p.expect('(')
	if p.is(kwXmlnamespaces) && p.peek(1).kind == '(' {
		p.next()
		p.next()
		x.Namespaces = p.xmlNamespaces()
		p.expect(')')
		p.expect(',')
	}
	x.Row = p.primary(fullExpr)
	_, x.Document = p.passing()
	p.expectKw(kwColumns)
	for first := true; first || p.accept(','); first = false {
		x.Columns = append(x.Columns, p.xmlColumn())
	}
	p.expect(')')
	x.Alias = p.optAlias()
	return x
}

// xmlNamespaces parses uri AS name and DEFAULT uri.
func (p *parser) xmlNamespaces() []XMLAttribute {
	var list []XMLAttribute
	for first := true; first || p.accept(','); first = false {
		a := XMLAttribute{At: p.at()}
		if p.acceptKw(kwDefault) {
			a.Value = p.basic()
		} else {
			a.Value = p.basic()
			p.expectKw(kwAs)
			a.Name = p.label()
		}
		list = append(list, a)
	}
	return list
}

// xmlColumn parses a column of XMLTABLE.
func (p *parser) xmlColumn() XMLColumn {
	c := XMLColumn{At: p.at(), Name: p.name()}
	if p.is2(kwFor, kwOrdinality) {
		p.next()
		p.next()
		c.Ordinality = true
		return c
	}
	c.Type = p.typeName()
	nullGiven := false
	for {
		at := p.pos()
		switch {
		case p.acceptKw(kwDefault):
			p.once(at, c.Default != nil, "only one DEFAULT value is allowed")
			c.Default = p.basic()
		case p.acceptKw(kwPath):
			p.once(at, c.Path != nil, "only one PATH value per column is allowed")
			c.Path = p.basic()
		case p.is2(kwNot, kwNull), p.is(kwNull):
			p.once(at, nullGiven, "conflicting or redundant NULL / NOT NULL declarations for column \""+c.Name+"\"")
			nullGiven = true
			c.NotNull = p.acceptKw(kwNot)
			p.next()
		case isIdent(p.tok):
			name := p.takeText()
			p.basic()
			if name == "__pg__is_not_null" {
				p.errorf(pgerr.SyntaxError, at, "option name \"%s\" cannot be used in XMLTABLE", name)
			}
			p.errorf(pgerr.SyntaxError, at, "unrecognized column option \"%s\"", name)
		default:
			return c
		}
	}
}

// once raises message if an option was given before.
func (p *parser) once(at int, given bool, message string) {
	if given {
		p.errSyntax(at, message)
	}
}
