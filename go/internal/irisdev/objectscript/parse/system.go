package parse

import (
	"strings"

	"iris-pgwire/internal/irisdev/objectscript/ast"
)

// lock reads LOCK.
func (p *parser) lock(at ast.Pos, post ast.Post, bare bool) ast.Command {
	l := &ast.Lock{Pos: at, Post: post}
	if bare {
		return l
	}
	for more := true; more; more = p.more() {
		l.Args = append(l.Args, p.lockArg())
	}
	return l
}

// lockArg reads +(a,b)#"S":timeout.
func (p *parser) lockArg() ast.LockArg {
	var a ast.LockArg
	if c := p.peek(); c == '+' || c == '-' {
		a.Op = c
		p.pos++
	}
	if p.peek() == '(' {
		p.expect("(")
		p.inner(func() {
			for more := true; more; more = p.more() {
				p.space()
				a.Refs = append(a.Refs, p.lockRef())
				p.space()
			}
		})
		p.expect(")")
	} else {
		a.Refs = []ast.Expr{p.lockRef()}
	}
	if p.accept("#") {
		a.Types = p.expr()
	}
	if p.accept(":") {
		a.Timeout = p.expr()
	}
	return a
}

// lockRef reads the name of a lock.
func (p *parser) lockRef() ast.Expr {
	switch p.peek() {
	case '^':
		return p.global()
	case '@':
		return p.indirect()
	}
	if !p.atName() {
		p.fail("name of a lock expected")
	}
	return p.local()
}

// xecute reads XECUTE.
func (p *parser) xecute(at ast.Pos, post ast.Post) ast.Command {
	x := &ast.Xecute{Pos: at, Post: post}
	for more := true; more; more = p.more() {
		item := p.xecuteItem()
		if p.accept(":") {
			item.Cond = p.tightExpr()
		}
		x.Items = append(x.Items, item)
	}
	return x
}

// xecuteItem reads code or (code,args). Parentheses alone are only an expression.
func (p *parser) xecuteItem() ast.XecuteItem {
	save := p.pos
	if p.accept("(") {
		var item ast.XecuteItem
		p.inner(func() {
			p.space()
			item.Code = p.expr()
			p.space()
		})
		if p.accept(",") {
			item.Args = p.args()
			return item
		}
		p.pos = save
	}
	return ast.XecuteItem{Code: p.expr()}
}

// job reads JOB.
func (p *parser) job(at ast.Pos, post ast.Post) ast.Command {
	j := &ast.Job{Pos: at, Post: post}
	for more := true; more; more = p.more() {
		item := ast.JobItem{Call: p.call(true)}
		if p.accept(":") {
			p.jobParams(&item)
			if p.accept(":") {
				item.Timeout = p.expr()
			}
		}
		j.Items = append(j.Items, item)
	}
	return j
}

// jobParams reads (nspace:switch:…) or one parameter.
func (p *parser) jobParams(item *ast.JobItem) {
	switch p.peek() {
	case ':':
		return
	case '(':
		p.pos++
		p.inner(func() {
			for _, d := range p.deviceParams() {
				item.Params = append(item.Params, d.X)
			}
		})
		p.expect(")")
	default:
		item.Params = []ast.Expr{p.expr()}
	}
}

// view reads VIEW address:offset:mode:length:value, of which nothing is kept: package run refuses the command.
func (p *parser) view(at ast.Pos, post ast.Post) ast.Command {
	for more := true; more; more = p.more() {
		for colon := true; colon; colon = p.accept(":") {
			if c := p.peek(); c != ':' && c != ',' {
				p.expr()
			}
		}
	}
	return &ast.Simple{Pos: at, Post: post, Name: "VIEW"}
}

// embedded reads &sql(…) and ##sql(…); other embedded languages are refused.
func (p *parser) embedded() ast.Command {
	at, from := p.here(), p.pos
	if !p.acceptFold("&sql") && !p.acceptFold("##sql") {
		for _, w := range []string{"&html", "&javascript", "&js"} {
			if p.acceptFold(w) {
				p.failAt(from, "UNIMPLEMENTED", "embedded %s", strings.ToUpper(w[1:]))
			}
		}
		p.fail("there is no command %s", p.around(from))
	}
	open := strings.IndexByte(p.src[p.pos:], '(')
	if open < 0 || strings.ContainsAny(p.src[p.pos:p.pos+open], " \t\n") {
		p.fail("( expected")
	}
	marker := p.src[p.pos : p.pos+open]
	p.pos += open + 1
	n := sqlEnd(p.src[p.pos:], reverse(marker))
	if n < 0 {
		p.failAt(from, "SYNTAX", "embedded SQL without end")
	}
	text := p.src[p.pos : p.pos+n]
	p.pos += n + 1 + len(marker)
	return &ast.SQL{Pos: at, Text: text}
}

// reverse turns the marker of &sql##a(…)a## around.
func reverse(s string) string {
	b := []byte(s)
	for i, j := 0, len(b)-1; i < j; i, j = i+1, j-1 {
		b[i], b[j] = b[j], b[i]
	}
	return string(b)
}

// sqlEnd finds the ) of embedded SQL, before its marker; -1 without one. Parentheses in quotes and comments do not count.
func sqlEnd(s, marker string) int {
	depth := 0
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '\'', '"':
			n := strings.IndexByte(s[i+1:], s[i])
			if n < 0 {
				return -1
			}
			i += n + 1
		case '(':
			depth++
		case ')':
			if depth == 0 && strings.HasPrefix(s[i+1:], marker) {
				return i
			}
			depth--
		}
	}
	return -1
}
