package parse

import (
	"strconv"
	"strings"
)

// Format prints a statement, expression or type as PostgreSQL SQL on one line. What it prints parses to an equal tree
// (positions aside). Operands that are not simple are put in parentheses rather than left to precedence.
func Format(n Node) string {
	var p printer
	switch n := n.(type) {
	case Stmt:
		p.stmt(n)
	case Expr:
		p.expr(n)
	case *TypeName:
		p.typeName(n)
	case FromItem:
		p.from(n)
	}
	return p.b.String()
}

// QuoteIdent prints an identifier, in quotes where it needs them.
func QuoteIdent(name string) string {
	if plainIdent(name) {
		return name
	}
	return `"` + strings.ReplaceAll(name, `"`, `""`) + `"`
}

// plainIdent says whether a name means itself without quotes wherever a name may stand.
func plainIdent(name string) bool {
	if name == "" {
		return false
	}
	for i := 0; i < len(name); i++ {
		c := name[i]
		letter := c >= 'a' && c <= 'z' || c == '_'
		if !letter && (i == 0 || !(c >= '0' && c <= '9' || c == '$')) {
			return false
		}
	}
	id := lookupKeyword(name)
	if id == noKeyword {
		return true
	}
	return keywords[id].class == unreserved && !delicate(id)
}

// delicate lists the words that are not reserved, but mean something else in places where a name may stand.
func delicate(id kw) bool {
	switch id {
	case kwPartition, kwRange, kwRows, kwGroups, kwCube, kwRollup, kwUnbounded, kwCurrent, kwNulls, kwDouble, kwOperator,
		kwInsert, kwUpdate, kwDelete, kwSet, kwSchema, kwDomain, kwNested, kwTemp, kwTemporary, kwUnlogged, kwLocal, kwGlobal,
		kwOver, kwFilter, kwWithin, kwLateral, kwRecursive, kwIf, kwAdd, kwDrop, kwAlter, kwPath, kwExclude, kwNo, kwAbsent,
		kwValue, kwKeys, kwEmpty, kwError, kwUescape, kwSession, kwTransaction, kwSavepoint, kwMaterialized, kwStdin, kwStdout,
		kwProgram, kwBinary, kwNext, kwPrior, kwFirst, kwLast, kwForward, kwBackward, kwAbsolute, kwRelative, kwPrepare,
		kwColumns, kwEncoding, kwFormat, kwNormalized, kwSearch, kwCycle, kwAt, kwEscape, kwUsing, kwType, kwSystem:
		return true
	}
	return false
}

// printer collects the text.
type printer struct{ b strings.Builder }

// w writes texts as they are.
func (p *printer) w(texts ...string) {
	for _, t := range texts {
		p.b.WriteString(t)
	}
}

// when writes text if cond.
func (p *printer) when(cond bool, text string) {
	if cond {
		p.w(text)
	}
}

// ident writes an identifier.
func (p *printer) ident(name string) { p.w(QuoteIdent(name)) }

// opt writes before and an identifier, if there is one.
func (p *printer) opt(before, name string) {
	if name != "" {
		p.w(before)
		p.ident(name)
	}
}

// idents writes a dotted name.
func (p *printer) idents(parts []string) {
	for i, part := range parts {
		p.when(i > 0, ".")
		p.ident(part)
	}
}

// names writes before and a list of names in parentheses, if there are any.
func (p *printer) names(before string, list []Name) {
	if len(list) == 0 {
		return
	}
	p.w(before, "(")
	p.nameList(list)
	p.w(")")
}

// nameList writes a list of names.
func (p *printer) nameList(list []Name) {
	for i, n := range list {
		p.comma(i)
		p.ident(n.Text)
	}
}

// qualified writes a qualified name.
func (p *printer) qualified(n QualifiedName) {
	if n.Catalog != "" {
		p.ident(n.Catalog)
		p.w(".")
	}
	if n.Schema != "" {
		p.ident(n.Schema)
		p.w(".")
	}
	p.ident(n.Name)
}

// qualifieds writes a list of qualified names.
func (p *printer) qualifieds(list []QualifiedName) {
	for i, n := range list {
		p.comma(i)
		p.qualified(n)
	}
}

// comma writes what stands before item i of a list.
func (p *printer) comma(i int) { p.when(i > 0, ", ") }

// text writes a string constant.
func (p *printer) text(s string) { p.w("'", strings.ReplaceAll(s, "'", "''"), "'") }

// number writes an integer.
func (p *printer) number(n int) { p.w(strconv.Itoa(n)) }

// exprs writes a list of expressions.
func (p *printer) exprs(list []Expr) {
	for i, e := range list {
		p.comma(i)
		p.expr(e)
	}
}

// parens writes a list of expressions in parentheses.
func (p *printer) parens(list []Expr) {
	p.w("(")
	p.exprs(list)
	p.w(")")
}

// optExpr writes before and an expression, if there is one.
func (p *printer) optExpr(before string, e Expr) {
	if e != nil {
		p.w(before)
		p.expr(e)
	}
}
