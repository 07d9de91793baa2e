package parse

// xmlExpr writes the XML functions.
func (p *printer) xmlExpr(e Expr) {
	switch n := e.(type) {
	case *XMLCall:
		p.xmlCall(n)
	case *XMLParse:
		p.w("XMLPARSE(")
		p.document(n.Document)
		p.expr(n.Arg)
		p.when(n.Preserve, " PRESERVE WHITESPACE")
		p.w(")")
	case *XMLSerialize:
		p.w("XMLSERIALIZE(")
		p.document(n.Document)
		p.expr(n.Arg)
		p.w(" AS ")
		p.typeName(n.Type)
		p.when(n.Indent, " INDENT")
		p.w(")")
	}
}

// document writes DOCUMENT or CONTENT.
func (p *printer) document(document bool) {
	p.when(document, "DOCUMENT ")
	p.when(!document, "CONTENT ")
}

// xmlCall writes XMLCONCAT, XMLELEMENT, XMLFOREST, XMLPI and XMLROOT.
func (p *printer) xmlCall(c *XMLCall) {
	p.w(c.Func, "(")
	p.opt("NAME ", c.Name)
	switch c.Func {
	case "XMLFOREST":
		p.attributes(c.Attributes)
	case "XMLELEMENT":
		if c.Attributes != nil {
			p.w(", XMLATTRIBUTES(")
			p.attributes(c.Attributes)
			p.w(")")
		}
	}
	p.when(c.Name != "" && c.Args != nil, ", ")
	p.exprs(c.Args)
	if c.Func == "XMLROOT" {
		p.w(", VERSION ")
		p.when(c.Version == nil, "NO VALUE")
		p.optExpr("", c.Version)
		p.when(c.Standalone != "", ", STANDALONE "+c.Standalone)
	}
	p.w(")")
}

// attributes writes value AS name, ….
func (p *printer) attributes(list []XMLAttribute) {
	for i, a := range list {
		p.comma(i)
		p.expr(a.Value)
		p.opt(" AS ", a.Name)
	}
}

// xmlTable writes XMLTABLE.
func (p *printer) xmlTable(x *XMLTable) {
	p.when(x.Lateral, "LATERAL ")
	p.w("XMLTABLE(")
	for i, n := range x.Namespaces {
		p.when(i == 0, "XMLNAMESPACES(")
		p.comma(i)
		p.when(n.Name == "", "DEFAULT ")
		p.operand(n.Value)
		p.opt(" AS ", n.Name)
	}
	p.when(x.Namespaces != nil, "), ")
	p.operand(x.Row)
	p.w(" PASSING ")
	p.operand(x.Document)
	for i, c := range x.Columns {
		p.when(i == 0, " COLUMNS ")
		p.comma(i)
		p.ident(c.Name)
		if c.Ordinality {
			p.w(" FOR ORDINALITY")
			continue
		}
		p.w(" ")
		p.typeName(c.Type)
		if c.Path != nil {
			p.w(" PATH ")
			p.operand(c.Path)
		}
		if c.Default != nil {
			p.w(" DEFAULT ")
			p.operand(c.Default)
		}
		p.when(c.NotNull, " NOT NULL")
	}
	p.w(")")
	p.alias(x.Alias)
}
