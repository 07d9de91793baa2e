package irissql

import "strings"

// defaultFunctions may stand in DEFAULT; NOW() and other calls may not (IRIS docs, "CREATE TABLE").
var defaultFunctions = wordSet("CURRENT_DATE CURRENT_TIME CURRENT_TIMESTAMP GETDATE GETUTCDATE SYSDATE USER CURRENT_USER " +
	"SESSION_USER SYSTEM_USER TO_DATE TO_TIMESTAMP TO_POSIXTIME NEWID $TSQL_NEWID")

// defaultSpec parses what may follow DEFAULT and ON UPDATE.
func (p *parser) defaultSpec() Default {
	from := p.tok.pos
	d := Default{Kind: DefaultLiteral}
	switch {
	case p.tok.kind == stringToken, p.tok.kind == numberToken, p.is("NULL"):
		d.X = p.asExpr(p.primary())
	case p.is("-"), p.is("+"):
		u := &Unary{Pos: p.pos(), Op: p.tok.word[0]}
		p.next()
		if p.tok.kind != numberToken {
			p.expected("NUMERIC CONSTANT")
		}
		u.X = p.asExpr(p.primary())
		d.X = u
	case p.is("("):
		p.enter()
		defer p.leave()
		p.next()
		d = p.defaultSpec()
		p.expect(")")
		return d
	case defaultFunctions[strings.ToUpper(p.tokenText())]:
		d.Kind = DefaultFunction
		d.X = p.defaultCall()
	default:
		p.fail(-1, "Default value expected, %s found", p.found())
	}
	d.Text = trimEnd(p.text[from:p.tok.pos])
	return d
}

// defaultCall parses one of the allowed functions with literal arguments, parentheses being optional.
func (p *parser) defaultCall() Expr {
	c := &Call{Pos: p.pos(), Name: strings.ToUpper(p.tokenText()), Bare: true}
	p.next()
	if !p.accept("(") {
		return c
	}
	c.Bare, c.Parens = false, true
	for !p.is(")") {
		if p.tok.kind != stringToken && p.tok.kind != numberToken {
			p.expected("constant")
		}
		c.Args = append(c.Args, p.asExpr(p.primary()))
		if !p.accept(",") {
			break
		}
	}
	p.expect(")")
	return c
}
