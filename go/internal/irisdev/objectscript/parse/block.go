package parse

import (
	"strings"

	"iris-pgwire/internal/irisdev/objectscript/ast"
	"iris-pgwire/internal/irisdev/objectscript/macro"
)

// Code parses the body of a method. Its error is an *Error.
func Code(lines []macro.Line) (block *ast.Block, err error) {
	defer catch(&err)
	p := newParser(lines)
	block = &ast.Block{Lines: p.body(0, true)}
	if p.pos < len(p.src) {
		p.fail("} without {")
	}
	block.End = p.here()
	return block, nil
}

// block reads { lines }.
func (p *parser) block() *ast.Block {
	p.enter()
	defer p.leave()
	return p.braces(false)
}

// braces reads { lines }; labels says that a line may have a label, as in a procedure.
func (p *parser) braces(labels bool) *ast.Block {
	from, pending, paren := p.pos, p.pending, p.paren
	p.paren = 0
	p.expect("{")
	b := &ast.Block{Lines: p.body(0, labels)}
	if p.peek() != '}' {
		p.failAt(from, "SYNTAX", "{ without }")
	}
	b.End = p.here()
	p.pos++
	p.pending, p.paren = pending, paren
	return b
}

// body reads lines of one level of dots, up to a } or a line of fewer dots.
func (p *parser) body(level int, labels bool) []ast.Line {
	p.enter()
	defer p.leave()
	var lines []ast.Line
	for {
		p.space()
		if p.pos >= len(p.src) || p.peek() == '}' {
			return lines
		}
		save := p.pos
		if dots := p.dots(); dots < level && !(labels && p.atLabel(save)) {
			p.pos = save
			return lines
		} else if dots > level {
			p.pos = save
			p.deeper(dots, labels)
			continue
		}
		p.pending = nil
		p.pos = save
		line, end := p.line(level, labels)
		if end {
			p.pos = save
			return lines
		}
		if line.Label != nil || line.Commands != nil {
			lines = append(lines, line)
		}
	}
}

// dots counts the dots at the start of a line and moves behind them.
func (p *parser) dots() int {
	n := 0
	for p.peek() == '.' {
		n++
		p.pos++
		p.blanks()
	}
	return n
}

// deeper reads the lines of a deeper level. They belong to the argumentless DO commands of the line before; without one IRIS
// never runs them.
func (p *parser) deeper(level int, labels bool) {
	owners := p.pending
	at := p.here()
	lines := p.body(level, labels)
	for _, d := range owners {
		d.Block = &ast.Block{Lines: append(d.Block.Lines, lines...), End: at}
	}
	p.pending = owners
}

// atLabel reports that a line whose text begins at an offset has a label: it begins in column 1.
func (p *parser) atLabel(at int) bool {
	if at > 0 && p.src[at-1] != '\n' {
		return false
	}
	return p.wordLen(at, false) > 0
}

// line reads one line; end says that a line with a label ends the dotted block.
func (p *parser) line(level int, labels bool) (line ast.Line, end bool) {
	line = ast.Line{Pos: p.here(), Level: level}
	if p.atLabel(p.pos) {
		if !labels {
			p.fail("a label cannot stand in a block")
		}
		line.Label = p.label()
		p.blanks()
		if n := p.dots(); n != level {
			if level > 0 {
				return line, true
			}
			p.fail("dots behind a label")
		}
	} else {
		p.dots()
	}
	line.Commands = p.rest()
	return line, false
}

// label reads a label with its formal parameters and, for a procedure, its body.
func (p *parser) label() *ast.Label {
	l := &ast.Label{Name: p.word()}
	if p.accept("(") {
		l.HasList, l.Formals = true, p.formals()
	}
	save := p.pos
	p.blanks()
	if p.peek() == '[' {
		p.pos++
		l.Public = p.publicList()
		p.blanks()
	}
	word := p.pos
	switch strings.ToUpper(p.word()) {
	case "PUBLIC", "METHODS":
	case "PRIVATE":
		l.Private = true
	default:
		p.pos = word
	}
	switch {
	case p.atBrace():
		if word == p.pos || !strings.EqualFold("PUBLIC", p.src[word:min(word+6, len(p.src))]) {
			l.Private = true
		}
		l.Body = p.braces(true)
	case l.Public != nil:
		p.fail("{ expected")
	case !l.Private && word == p.pos:
		p.pos = save
	}
	return l
}

// publicList reads a,b] of a procedure.
func (p *parser) publicList() []string {
	list := []string{}
	for {
		p.blanks()
		if p.accept("]") {
			return list
		}
		list = append(list, p.name("name of a variable"))
		p.blanks()
		if !p.accept(",") {
			p.blanks()
			p.expect("]")
			return list
		}
	}
}
