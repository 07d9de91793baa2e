package parse

import (
	"strings"

	"iris-pgwire/internal/irisdev/objectscript/ast"
	"iris-pgwire/internal/irisdev/objectscript/macro"
)

// Class parses a class definition in UDL, the text form of .cls files (IRIS docs, "Class Definitions"). Bodies of methods stay
// text. Its error is an *Error.
func Class(text string) (c *ast.Class, err error) {
	defer catch(&err)
	p := classParser(text)
	c = &ast.Class{Keywords: ast.Keywords{}}
	for p.head(c) {
	}
	c.Doc = p.docs()
	c.Pos = p.here()
	if !p.keyword("Class") {
		p.fail("Class expected")
	}
	p.space()
	c.Name = p.dotted("name of a class")
	p.supers(c)
	p.docs()
	p.keywords(c.Keywords)
	p.docs()
	p.expect("{")
	for {
		doc := p.docs()
		if p.accept("}") {
			break
		}
		p.memberDef(c, doc)
	}
	p.docs()
	if p.pos < len(p.src) {
		p.fail("nothing may follow the } of a class")
	}
	return c, nil
}

// classParser reads a text where an end of line is a blank.
func classParser(text string) *parser {
	text = strings.TrimPrefix(strings.ReplaceAll(text, "\r\n", "\n"), "\ufeff")
	rows := strings.Split(text, "\n")
	lines := make([]macro.Line, len(rows))
	for i, r := range rows {
		lines[i] = macro.Line{Text: r, Line: i + 1}
	}
	p := newParser(lines)
	p.paren = 1
	return p
}

// docs moves over blanks and comments and gives the text of the /// lines right before what follows.
func (p *parser) docs() string {
	var doc []string
	for {
		p.space()
		switch {
		case p.accept("///"):
			doc = append(doc, strings.TrimPrefix(p.restOfLine(), " "))
		case strings.HasPrefix(p.src[p.pos:], "//"), strings.HasPrefix(p.src[p.pos:], "#;"):
			p.restOfLine()
		case p.accept("/*"):
			n := strings.Index(p.src[p.pos:], "*/")
			if n < 0 {
				p.fail("comment without end")
			}
			p.pos += n + 2
		default:
			return strings.Join(doc, "\n")
		}
	}
}

// restOfLine reads up to the end of the line.
func (p *parser) restOfLine() string {
	n := strings.IndexByte(p.src[p.pos:], '\n')
	if n < 0 {
		n = len(p.src) - p.pos
	}
	p.pos += n
	return p.src[p.pos-n : p.pos]
}

// head reads an Include, IncludeGenerator or Import line before the class.
func (p *parser) head(c *ast.Class) bool {
	save := p.pos
	p.docs()
	switch {
	case p.keyword("IncludeGenerator"):
		c.GeneratorIncludes = append(c.GeneratorIncludes, p.nameList()...)
	case p.keyword("Include"):
		c.Includes = append(c.Includes, p.nameList()...)
	case p.keyword("Import"):
		c.Imports = append(c.Imports, p.nameList()...)
	default:
		p.pos = save
		return false
	}
	return true
}

// nameList reads A or (A, B).
func (p *parser) nameList() []string {
	p.space()
	if !p.accept("(") {
		return []string{p.dotted("name")}
	}
	var list []string
	for {
		p.space()
		if p.accept(")") {
			return list
		}
		list = append(list, p.dotted("name"))
		p.space()
		if !p.accept(",") {
			p.space()
			p.expect(")")
			return list
		}
	}
}

// supers reads Extends A or Extends (A, B).
func (p *parser) supers(c *ast.Class) {
	if p.keyword("Extends") {
		c.Supers = p.nameList()
	}
}

// memberKinds read the members of a class by the word that begins them.
var memberKinds = map[string]func(p *parser, c *ast.Class, at ast.Pos, doc string){
	"parameter":    (*parser).parameter,
	"property":     (*parser).property,
	"relationship": (*parser).relationship,
	"method":       (*parser).method,
	"classmethod":  (*parser).classMethod,
	"clientmethod": (*parser).clientMethod,
	"query":        (*parser).query,
	"xdata":        (*parser).xdata,
	"index":        (*parser).index,
	"foreignkey":   (*parser).foreignKey,
	"projection":   (*parser).projection,
	"trigger":      (*parser).trigger,
	"storage":      (*parser).storage,
}

// memberDef reads one member.
func (p *parser) memberDef(c *ast.Class, doc string) {
	at, from := p.here(), p.pos
	word := p.word()
	read, ok := memberKinds[strings.ToLower(word)]
	if !ok {
		p.failAt(from, "SYNTAX", "a class has no member %s", p.around(from))
	}
	p.space()
	read(p, c, at, doc)
}
