package parse

import (
	"cmp"
	"strings"

	"iris-pgwire/internal/irisdev/objectscript/ast"
)

// parameter reads Parameter NAME As Type [ keywords ] = value; .
func (p *parser) parameter(c *ast.Class, at ast.Pos, doc string) {
	d := &ast.ParamDef{Pos: at, Name: p.member(), Doc: doc, Keywords: ast.Keywords{}}
	if p.keyword("As") {
		p.space()
		d.Type = p.typeName()
	}
	p.keywords(d.Keywords)
	p.space()
	if p.accept("=") {
		p.space()
		d.HasValue = true
		if p.peek() == '{' {
			d.Computed = strings.TrimSpace(p.braced(true))
		} else {
			d.Value = p.plainValue(";")
		}
	}
	p.semicolon()
	c.Parameters = append(c.Parameters, d)
}

// semicolon reads the ; that ends a member without a body.
func (p *parser) semicolon() {
	p.space()
	p.expect(";")
}

func (p *parser) property(c *ast.Class, at ast.Pos, doc string)     { p.propertyOf(c, at, doc, false) }
func (p *parser) relationship(c *ast.Class, at ast.Pos, doc string) { p.propertyOf(c, at, doc, true) }

// propertyOf reads Property name As Type [ keywords ]; and Relationship alike.
func (p *parser) propertyOf(c *ast.Class, at ast.Pos, doc string, relationship bool) {
	d := &ast.PropDef{Pos: at, Name: p.member(), Doc: doc, Relationship: relationship, Keywords: ast.Keywords{}}
	if p.accept("(") { // without a type: parameters of %String
		d.TypeParams = p.typeParams()
	}
	if p.keyword("As") {
		p.space()
		t := p.typeUse()
		d.Type, d.Collection, d.TypeParams = t.name, t.collection, t.params
	}
	p.keywords(d.Keywords)
	p.semicolon()
	c.Properties = append(c.Properties, d)
}

func (p *parser) method(c *ast.Class, at ast.Pos, doc string)      { p.methodOf(c, at, doc, false) }
func (p *parser) classMethod(c *ast.Class, at ast.Pos, doc string) { p.methodOf(c, at, doc, true) }

// methodOf reads Method name(formals) As Type [ keywords ] { body }.
func (p *parser) methodOf(c *ast.Class, at ast.Pos, doc string, classMethod bool) {
	m := &ast.MethodDef{Pos: at, Name: p.member(), Doc: doc, ClassMethod: classMethod, Keywords: ast.Keywords{}}
	p.space()
	p.expect("(")
	m.Formals = p.formals()
	if p.keyword("As") {
		p.space()
		m.Returns = p.typeName()
	}
	p.keywords(m.Keywords)
	m.Body, m.BodyLine = p.bodyOf(c, m.Keywords)
	c.Methods = append(c.Methods, m)
}

// bodyOf reads the { body } of a method or trigger and says in which line it begins. A member may end with ; instead. The
// class may say which language all its methods are in.
func (p *parser) bodyOf(c *ast.Class, k ast.Keywords) (text string, line int) {
	p.docs()
	if p.accept(";") {
		return "", p.here().Line
	}
	lang := strings.ToLower(cmp.Or(k["language"], c.Keywords["language"]))
	code := lang == "" || lang == "objectscript" || lang == "cache"
	line = p.here().Line
	text = p.braced(code)
	// The line of the { itself holds no code as a rule; dropping it makes the first line the one below.
	if first, rest, ok := strings.Cut(text, "\n"); ok && strings.TrimSpace(first) == "" {
		return rest, line + 1
	}
	return text, line
}

// clientMethod reads a method in JavaScript, which runs in a browser and not in IRIS: it is kept as text.
func (p *parser) clientMethod(c *ast.Class, at ast.Pos, _ string) {
	d := &ast.OtherDef{Pos: at, Kind: "ClientMethod", Name: p.member(), Keywords: ast.Keywords{}}
	p.upTo("[{")
	p.keywords(d.Keywords)
	p.docs()
	d.Text = strings.TrimPrefix(p.braced(false), "\n")
	c.Others = append(c.Others, d)
}

// query reads Query name(formals) As %SQLQuery(…) [ keywords ] { SQL }.
func (p *parser) query(c *ast.Class, at ast.Pos, doc string) {
	d := &ast.QueryDef{Pos: at, Name: p.member(), Doc: doc, Keywords: ast.Keywords{}}
	p.space()
	if p.accept("(") {
		d.Formals = p.formals()
	}
	if p.keyword("As") {
		p.space()
		t := p.typeUse()
		d.Type, d.TypeParams = t.name, t.params
	}
	p.keywords(d.Keywords)
	p.docs()
	if !p.accept(";") {
		d.Text = p.braced(false)
	}
	c.Queries = append(c.Queries, d)
}

// xdata reads XData name [ keywords ] { data }.
func (p *parser) xdata(c *ast.Class, at ast.Pos, doc string) {
	d := &ast.XDataDef{Pos: at, Name: p.member(), Doc: doc, Keywords: ast.Keywords{}}
	p.keywords(d.Keywords)
	p.docs()
	d.Text = strings.TrimPrefix(p.braced(false), "\n")
	c.XData = append(c.XData, d)
}

func (p *parser) index(c *ast.Class, at ast.Pos, _ string)      { p.plainMember(c, at, "Index") }
func (p *parser) foreignKey(c *ast.Class, at ast.Pos, _ string) { p.plainMember(c, at, "ForeignKey") }
func (p *parser) projection(c *ast.Class, at ast.Pos, _ string) { p.plainMember(c, at, "Projection") }

// plainMember reads a member whose text matters to few: up to its keywords and ; .
func (p *parser) plainMember(c *ast.Class, at ast.Pos, kind string) {
	d := &ast.OtherDef{Pos: at, Kind: kind, Name: p.member(), Keywords: ast.Keywords{}}
	d.Text = strings.TrimSpace(p.upTo("[;"))
	p.keywords(d.Keywords)
	p.semicolon()
	c.Others = append(c.Others, d)
}

// trigger reads Trigger name [ keywords ] { body }.
func (p *parser) trigger(c *ast.Class, at ast.Pos, _ string) {
	d := &ast.OtherDef{Pos: at, Kind: "Trigger", Name: p.member(), Keywords: ast.Keywords{}}
	p.keywords(d.Keywords)
	d.Text, d.BodyLine = p.bodyOf(c, d.Keywords)
	c.Others = append(c.Others, d)
}

// storage reads Storage name { XML }.
func (p *parser) storage(c *ast.Class, at ast.Pos, _ string) {
	d := &ast.OtherDef{Pos: at, Kind: "Storage", Name: p.member(), Keywords: ast.Keywords{}}
	p.keywords(d.Keywords)
	p.space()
	d.Text = strings.TrimPrefix(p.braced(false), "\n")
	c.Others = append(c.Others, d)
}
