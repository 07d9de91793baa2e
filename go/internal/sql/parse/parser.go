package parse

import (
	"strings"

	"iris-pgwire/internal/pgerr"
)

// parser walks the tokens. Its methods are the grammar's rules; an error leaves them by a panic with a bailout that
// Parse recovers, so that rules read like the grammar.
type parser struct {
	text    string
	scanner *scanner
	tokens  []token
	i       int
	tok     token // tokens[i]
	depth   int   // nesting of rules
	// substringArg: SIMILAR may also separate the arguments of SUBSTRING.
	substringArg bool
	// labelDepth is the depth of the expression that is a select item.
	labelDepth int
	height     int // of the highest expression since it was last reset; see expression
}

// bailout carries the first error out of the rules.
type bailout struct{ err *pgerr.Error }

// raise stops parsing.
func (p *parser) raise(err *pgerr.Error) { panic(bailout{err}) }

// load makes tokens[i] the current token; a lexer's error is raised when it is reached.
func (p *parser) load() {
	p.tok = p.tokens[p.i]
	if p.tok.kind == tokError {
		p.raise(p.scanner.err)
	}
}

// next passes the current token.
func (p *parser) next() {
	if p.i+1 < len(p.tokens) {
		p.i++
	}
	p.load()
}

// peek looks n tokens ahead.
func (p *parser) peek(n int) token {
	if p.i+n < len(p.tokens) {
		return p.tokens[p.i+n]
	}
	return p.tokens[len(p.tokens)-1]
}

// pos is the current token's byte offset.
func (p *parser) pos() int { return int(p.tok.start) }

// at is pos as what nodes embed.
func (p *parser) at() At { return At(p.tok.start) }

// lastEnd is where the token before the current one ends.
func (p *parser) lastEnd() int {
	if p.i == 0 {
		return 0
	}
	if p.tok.kind == tokEOF && p.i < len(p.tokens)-1 {
		return int(p.tok.start)
	}
	return int(p.tokens[p.i-1].end)
}

// fail raises PostgreSQL's syntax error at the current token.
func (p *parser) fail() { p.failAt(p.tok) }

// failAt raises PostgreSQL's syntax error at t.
func (p *parser) failAt(t token) {
	if t.kind == tokEOF {
		p.raise(pgerr.New(pgerr.SyntaxError, "syntax error at end of input").At(p.charPos(int(t.start))))
	}
	p.raise(pgerr.New(pgerr.SyntaxError, "syntax error at or near \"%s\"", p.text[t.start:t.end]).At(p.charPos(int(t.start))))
}

// charPos is CharPos in this text.
func (p *parser) charPos(offset int) int { return CharPos(p.text, offset) }

// errorf raises another error of the grammar at a byte offset.
func (p *parser) errorf(code string, at int, format string, args ...any) {
	p.raise(pgerr.New(code, format, args...).At(p.charPos(at)))
}

// enter counts nesting; every recursive rule begins with it and ends with leave.
func (p *parser) enter() {
	p.depth++
	if p.depth > maxDepth {
		p.tooDeep()
	}
}

func (p *parser) leave() { p.depth-- }

// tooDeep raises PostgreSQL's error for what exceeds its stack.
func (p *parser) tooDeep() {
	p.raise(pgerr.New(pgerr.StatementTooComplex, "stack depth limit exceeded").
		WithDetail("The statement nests deeper than %d levels.", maxDepth).At(p.charPos(p.pos())))
}

// is says whether the current token is keyword k.
func (p *parser) is(k kw) bool { return p.tok.kw == k }

// isAny says whether the current token is one of the keywords.
func (p *parser) isAny(list ...kw) bool {
	for _, k := range list {
		if p.tok.kw == k {
			return true
		}
	}
	return false
}

// is2 says whether the next two tokens are these keywords.
func (p *parser) is2(a, b kw) bool { return p.tok.kw == a && p.peek(1).kw == b }

// accept passes a token of that kind.
func (p *parser) accept(kind tokenKind) bool {
	if p.tok.kind == kind {
		p.next()
		return true
	}
	return false
}

// acceptKw passes keyword k.
func (p *parser) acceptKw(k kw) bool {
	if p.tok.kw == k {
		p.next()
		return true
	}
	return false
}

// acceptKws passes the keywords if all come next; if only the first ones do, nothing is passed.
func (p *parser) acceptKws(list ...kw) bool {
	for n, k := range list {
		if p.peek(n).kw != k {
			return false
		}
	}
	for range list {
		p.next()
	}
	return true
}

// expect passes a token of that kind or fails.
func (p *parser) expect(kind tokenKind) {
	if p.tok.kind != kind {
		p.fail()
	}
	p.next()
}

// expectKw passes the keywords or fails at the first that differs.
func (p *parser) expectKw(list ...kw) {
	for _, k := range list {
		if p.tok.kw != k {
			p.fail()
		}
		p.next()
	}
}

// tokenText is the value of an identifier (folded), quoted identifier, string or bit string.
func (p *parser) tokenText(t token) string {
	switch {
	case t.computed:
		return p.scanner.values[t.start]
	case t.kw != noKeyword:
		return keywords[t.kw].word
	case t.kind == tokQuoted || t.kind == tokString:
		return p.text[t.start+1 : t.end-1]
	}
	return p.text[t.start:t.end]
}

// word is the current token as upper-case word, for the names that nodes keep of keywords.
func (p *parser) word() string { return strings.ToUpper(p.tokenText(p.tok)) }
