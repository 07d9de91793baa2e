package parse

import (
	"strings"

	"iris-pgwire/internal/irisdev/objectscript/ast"
)

// write reads WRITE.
func (p *parser) write(at ast.Pos, post ast.Post, bare bool) ast.Command {
	w := &ast.Write{Pos: at, Post: post}
	if bare {
		return w
	}
	for more := true; more; more = p.more() {
		if items := p.format(); items != nil {
			w.Items = append(w.Items, items...)
			continue
		}
		item := ast.IOItem{Pos: p.here(), Kind: 'x'}
		switch {
		case p.accept("*"):
			item.Kind, item.X = '*', p.expr()
		case p.accept("/"):
			p.mnemonic(&item)
		default:
			item.X = p.expr()
		}
		w.Items = append(w.Items, item)
	}
	return w
}

// format reads a run of !, # and ?n, which need no comma between them.
func (p *parser) format() []ast.IOItem {
	var items []ast.IOItem
	for {
		item := ast.IOItem{Pos: p.here(), Kind: p.peek()}
		switch item.Kind {
		case '!':
			for p.accept("!") {
				item.Count++
			}
		case '#':
			if p.at(1) == '#' && isLetter(p.at(2)) {
				return items
			}
			p.pos++
		case '?':
			p.pos++
			item.X = p.expr()
		default:
			return items
		}
		items = append(items, item)
	}
}

// mnemonic reads the word and the arguments of /word(a,b).
func (p *parser) mnemonic(item *ast.IOItem) {
	item.Kind, item.Word = '/', strings.ToUpper(p.name("mnemonic"))
	if p.accept("(") {
		item.Args = p.args()
	}
}

// read reads READ.
func (p *parser) read(at ast.Pos, post ast.Post) ast.Command {
	r := &ast.Read{Pos: at, Post: post}
	for more := true; more; more = p.more() {
		if items := p.format(); items != nil {
			r.Items = append(r.Items, items...)
			continue
		}
		r.Items = append(r.Items, p.readItem())
	}
	return r
}

// readItem reads a prompt, *x, x#n or x:timeout.
func (p *parser) readItem() ast.IOItem {
	item := ast.IOItem{Pos: p.here(), Kind: 'x'}
	switch {
	case p.peek() == '"':
		item.Kind, item.X = '"', p.primary()
		return item
	case p.accept("/"):
		p.mnemonic(&item)
		return item
	case p.accept("*"):
		item.Kind = '*'
	}
	item.X = p.target()
	if item.Kind == 'x' && p.accept("#") {
		item.Length = p.expr()
	}
	if p.accept(":") {
		item.Timeout = p.expr()
	}
	return item
}

// device reads OPEN, USE and CLOSE.
func (p *parser) device(at ast.Pos, s spec, post ast.Post) ast.Command {
	d := &ast.Device{Pos: at, Post: post, Name: s.name}
	for more := true; more; more = p.more() {
		d.Args = append(d.Args, p.deviceArg(s.name))
	}
	return d
}

// deviceArg reads device:(parameters):timeout:mnemonicspace; USE and CLOSE have no time-out.
func (p *parser) deviceArg(command string) ast.DeviceArg {
	a := ast.DeviceArg{Device: p.expr()}
	if !p.accept(":") {
		return a
	}
	if c := p.peek(); c == '(' {
		p.pos++
		p.inner(func() { a.Params = p.deviceParams() })
		p.expect(")")
	} else if c != ':' {
		a.Params = []ast.DeviceParam{p.deviceParam()}
	}
	if command == "OPEN" && p.accept(":") && p.peek() != ':' {
		a.Timeout = p.expr()
	}
	if p.accept(":") {
		a.Mnemonics = p.expr()
	}
	return a
}

// deviceParams reads parameters with colons between them.
func (p *parser) deviceParams() []ast.DeviceParam {
	var list []ast.DeviceParam
	for {
		p.space()
		if c := p.peek(); c == ':' || c == ')' {
			list = append(list, ast.DeviceParam{})
		} else {
			list = append(list, p.deviceParam())
		}
		p.space()
		if !p.accept(":") {
			return list
		}
	}
}

// deviceParam reads a value, /KEYWORD, /KEYWORD=value or /KEYWORD=array... .
func (p *parser) deviceParam() ast.DeviceParam {
	if !p.accept("/") {
		return ast.DeviceParam{X: p.expr()}
	}
	d := ast.DeviceParam{Keyword: strings.ToUpper(p.name("keyword"))}
	if p.accept("=") {
		d.X = p.expr()
		d.Variadic = p.accept("...")
		for d.Keyword == "ARGS" && p.accept(",") {
			d.More = append(d.More, p.expr())
		}
	}
	return d
}

// zwrite reads ZWRITE.
func (p *parser) zwrite(at ast.Pos, post ast.Post, bare bool) ast.Command {
	z := &ast.ZWrite{Pos: at, Post: post}
	if bare {
		return z
	}
	for more := true; more; more = p.more() {
		z.Items = append(z.Items, p.expr())
	}
	return z
}
