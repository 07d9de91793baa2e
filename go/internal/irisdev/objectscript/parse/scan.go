package parse

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"iris-pgwire/internal/irisdev/objectscript/ast"
	"iris-pgwire/internal/irisdev/objectscript/macro"
)

// maxDepth is the nesting of expressions and blocks beyond which IRIS says <FRAMESTACK> or <COMPLEX PATTERN>.
const maxDepth = 250

// parser reads ObjectScript by characters, not by tokens: a blank may end a command, a postconditional or nothing at all.
type parser struct {
	src    string
	pos    int
	starts []int // where each line begins in src
	lines  []int // its number in the file
	depth  int
	paren  int  // inside parentheses or a JSON literal, where a line may end anywhere
	tight  bool // in a postconditional, which a blank ends
	square bool // in ^["ns"]name, where ] is no operator
	// pending are the argumentless DO commands of the current line, whose dotted lines follow.
	pending     []*ast.Do
	conditional bool // the next arguments may be when:value
}

func newParser(lines []macro.Line) *parser {
	p := &parser{starts: make([]int, len(lines)), lines: make([]int, len(lines))}
	var b strings.Builder
	for i, l := range lines {
		p.starts[i], p.lines[i] = b.Len(), l.Line
		b.WriteString(strings.TrimRight(l.Text, "\r"))
		b.WriteByte('\n')
	}
	p.src = b.String()
	return p
}

// textParser reads a text that stands by itself, such as an argument of XECUTE; comments in it are no code.
func textParser(text string) *parser {
	text = strings.NewReplacer("\r", " ", "\n", " ").Replace(text)
	return newParser([]macro.Line{{Text: macro.StripLine(text), Line: 1}})
}

// place gives line and column of an offset.
func (p *parser) place(at int) ast.Pos {
	i := sort.Search(len(p.starts), func(i int) bool { return p.starts[i] > at }) - 1
	if i < 0 {
		return ast.Pos{Line: 1, Col: at + 1}
	}
	return ast.Pos{Line: p.lines[i], Col: at - p.starts[i] + 1}
}

func (p *parser) here() ast.Pos { return p.place(p.pos) }

// at gives the byte n places on, 0 behind the end.
func (p *parser) at(n int) byte {
	if p.pos+n >= len(p.src) {
		return 0
	}
	return p.src[p.pos+n]
}

// ended reports the end of the source; a byte 0 may stand in it.
func (p *parser) ended() bool { return p.pos >= len(p.src) }

func (p *parser) peek() byte { return p.at(0) }

// accept moves over s if it comes next.
func (p *parser) accept(s string) bool {
	if !strings.HasPrefix(p.src[p.pos:], s) {
		return false
	}
	p.pos += len(s)
	return true
}

// acceptFold does it without regard to case.
func (p *parser) acceptFold(s string) bool {
	if len(p.src)-p.pos < len(s) || !strings.EqualFold(p.src[p.pos:p.pos+len(s)], s) {
		return false
	}
	p.pos += len(s)
	return true
}

func (p *parser) expect(s string) {
	if !p.accept(s) {
		p.fail("%s expected", s)
	}
}

// blanks moves over blanks of this line and says how many there were.
func (p *parser) blanks() int {
	from := p.pos
	for p.peek() == ' ' || p.peek() == '\t' {
		p.pos++
	}
	return p.pos - from
}

// space moves over blanks and ends of lines.
func (p *parser) space() {
	for p.pos < len(p.src) && strings.IndexByte(" \t\n", p.src[p.pos]) >= 0 {
		p.pos++
	}
}

// gap moves over what may stand between two parts of an expression.
func (p *parser) gap() {
	switch {
	case p.paren > 0:
		p.space()
	case !p.tight:
		p.blanks()
	}
}

func (p *parser) enter() {
	if p.depth++; p.depth > maxDepth {
		p.fail("nested too deeply")
	}
}

func (p *parser) leave() { p.depth-- }

// inner reads something in parentheses, where blanks and ends of lines mean nothing.
func (p *parser) inner(read func()) {
	tight, square := p.tight, p.square
	p.tight, p.square = false, false
	p.paren++
	read()
	p.paren--
	p.tight, p.square = tight, square
}

// isStart reports a letter, which begins a name; % is for the caller.
func isStart(r rune) bool {
	return r < utf8.RuneSelf && isLetter(byte(r)) || r >= utf8.RuneSelf && unicode.IsLetter(r)
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// wordLen gives the length of letters and digits at an offset, with a % before them.
func (p *parser) wordLen(at int, dots bool) int {
	i := at
	if i < len(p.src) && p.src[i] == '%' {
		i++
	}
	for i < len(p.src) {
		r, n := utf8.DecodeRuneInString(p.src[i:])
		dot := dots && r == '.' && i > at && i+1 < len(p.src) && (isStart(rune(p.src[i+1])) || isDigit(p.src[i+1]))
		if !isStart(r) && !(r < utf8.RuneSelf && isDigit(byte(r))) && !dot {
			break
		}
		i += n
	}
	return i - at
}

// atName reports that a name begins here.
func (p *parser) atName() bool {
	r, _ := utf8.DecodeRuneInString(p.src[p.pos:])
	return r == '%' || isStart(r)
}

// word reads letters and digits, perhaps after %; it may be empty.
func (p *parser) word() string {
	n := p.wordLen(p.pos, false)
	p.pos += n
	return p.src[p.pos-n : p.pos]
}

// name reads the name of a variable or label.
func (p *parser) name(what string) string {
	if !p.atName() {
		p.fail("%s expected", what)
	}
	return p.word()
}

// dotted reads a name that may have points inside: a global, routine or class.
func (p *parser) dotted(what string) string {
	if !p.atName() {
		p.fail("%s expected", what)
	}
	n := p.wordLen(p.pos, true)
	p.pos += n
	return p.src[p.pos-n : p.pos]
}

// member reads the name of a member, which may stand in quotes.
func (p *parser) member() string {
	if p.peek() == '"' {
		return p.quoted()
	}
	return p.name("name of a member")
}

// quoted reads a string literal.
func (p *parser) quoted() string {
	from := p.pos
	p.expect(`"`)
	var b strings.Builder
	for {
		i := strings.IndexAny(p.src[p.pos:], "\"\n")
		if i < 0 || p.src[p.pos+i] == '\n' {
			p.pos = from
			p.fail("string without end")
		}
		b.WriteString(p.src[p.pos : p.pos+i])
		p.pos += i + 1
		if p.peek() != '"' {
			return b.String()
		}
		b.WriteByte('"')
		p.pos++
	}
}
