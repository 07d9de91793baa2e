package parse

import (
	"strings"

	"iris-pgwire/internal/irisdev/objectscript/ast"
)

// command reads one command with its arguments.
func (p *parser) command() ast.Command {
	p.enter()
	defer p.leave()
	if c := p.peek(); c == '&' || c == '#' {
		return p.embedded()
	}
	at, from := p.here(), p.pos
	word := p.word()
	s, ok := commands[strings.ToUpper(word)]
	if !ok {
		p.failAt(from, "SYNTAX", "there is no command %s", p.around(from))
	}
	post := p.post(s)
	switch s.kind {
	case kIf:
		return p.ifCommand(at)
	case kElse:
		return p.elseCommand(at)
	case kFor:
		return p.forCommand(at)
	case kWhile:
		return p.whileCommand(at)
	case kTry:
		return p.tryCommand(at)
	case kDo:
		return p.doCommand(at, post)
	case kMisplaced:
		p.failAt(from, "SYNTAX", "%s without what it belongs to", s.name)
	case kUnbuilt:
		p.failAt(from, "UNIMPLEMENTED", "command %s", s.name)
	}
	bare := p.bare()
	if bare && !s.bare {
		p.fail("%s needs an argument", s.name)
	}
	return p.plain(at, s, post, bare)
}

// around gives some of the text at an offset, for a message.
func (p *parser) around(at int) string {
	end := strings.IndexAny(p.src[at:], " \t\n")
	if end < 0 || end > 40 {
		end = min(40, len(p.src)-at)
	}
	return strings.ToValidUTF8(p.src[at:at+end], "")
}

// post reads a postconditional, which a blank ends.
func (p *parser) post(s spec) ast.Post {
	if !p.accept(":") {
		return ast.Post{}
	}
	if !s.post {
		p.fail("%s has no postconditional", s.name)
	}
	return ast.Post{Cond: p.tightExpr()}
}

// tightExpr reads an expression that a blank ends.
func (p *parser) tightExpr() ast.Expr {
	old := p.tight
	p.tight = true
	x := p.expr()
	p.tight = old
	return x
}

// bare moves to the arguments of a command, or reports that it has none: at the end of the line, before a brace, or when two
// blanks follow. A command that needs arguments may have more blanks before them.
func (p *parser) bare() bool {
	n := p.blanks()
	switch c := p.peek(); {
	case p.ended() || c == '\n' || c == '}':
		return true
	case n == 0:
		p.fail("a blank expected")
	}
	return n > 1
}

// plain reads the commands that have no blocks.
func (p *parser) plain(at ast.Pos, s spec, post ast.Post, bare bool) ast.Command {
	switch s.kind {
	case kSet:
		return &ast.Set{Pos: at, Post: post, Items: p.setItems()}
	case kQuit:
		return &ast.Quit{Pos: at, Post: post, Value: p.optional(bare)}
	case kReturn:
		return &ast.Return{Pos: at, Post: post, Value: p.optional(bare)}
	case kThrow:
		return &ast.Throw{Pos: at, Post: post, Value: p.optional(bare)}
	case kContinue:
		if !bare {
			p.fail("CONTINUE has no argument")
		}
		return &ast.Continue{Pos: at, Post: post}
	case kNew, kKill:
		return p.names(at, s, post, bare)
	case kMerge:
		return &ast.Merge{Pos: at, Post: post, Pairs: p.mergePairs()}
	case kLock:
		return p.lock(at, post, bare)
	case kWrite:
		return p.write(at, post, bare)
	case kRead:
		return p.read(at, post)
	case kDevice:
		return p.device(at, s, post)
	case kXecute:
		return p.xecute(at, post)
	case kGoto:
		return &ast.Goto{Pos: at, Post: post, Calls: p.calls(false)}
	case kJob:
		return p.job(at, post)
	case kZWrite:
		return p.zwrite(at, post, bare)
	case kView:
		return p.view(at, post)
	case kHalt:
		if !bare {
			s.name = "HANG"
		}
	case kSimple:
		if !bare {
			p.fail("%s has no argument", s.name)
		}
	}
	return &ast.Simple{Pos: at, Post: post, Name: s.name, Value: p.optional(bare)}
}

// optional reads a value unless the command is bare.
func (p *parser) optional(bare bool) ast.Expr {
	if bare {
		return nil
	}
	return p.expr()
}

// more reads the comma before another argument; a line may end on either side of it, since no command begins with one.
func (p *parser) more() bool {
	save := p.pos
	if p.blanks(); p.peek() == '\n' {
		p.space()
	}
	if !p.accept(",") {
		p.pos = save
		return false
	}
	p.space()
	return true
}
