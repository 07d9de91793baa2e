package irissql

import (
	"strings"

	"iris-pgwire/internal/irisdev/sqlerr"
)

// Limits that keep deep or wide texts from taking the process down; IRIS answers them with <FRAMESTACK>.
const (
	maxDepth = 400  // parentheses, subqueries, signs, NOT
	maxChain = 5000 // operators, joins and set operations in a row
)

// parser holds the current token and one token of lookahead.
type parser struct {
	lexer
	version Version
	tok     token
	ahead   token
	hasNext bool
	depth   int
	params  int
	numbers int // params met as ?
	// kept are the positions of literals that stay in the cached-query key.
	kept []int
	ddl  bool
}

// failure carries a *sqlerr.Error out of the parser's recursion; Parse turns it back into an error.
type failure struct{ err *sqlerr.Error }

// Parse parses one statement of the given version. Its error is a *sqlerr.Error.
func Parse(text string, version Version) (parsed *Parsed, err error) {
	p := &parser{lexer: lexer{text: text}, version: version}
	defer func() {
		if r := recover(); r != nil {
			f, ok := r.(failure)
			if !ok {
				panic(r)
			}
			parsed, err = nil, f.err
		}
	}()
	p.tok = p.read()
	statement := p.statement()
	if p.tok.kind != endToken {
		p.fail(-25, "Input (%s) encountered after end of query", p.tokenText())
	}
	parsed = &Parsed{Statement: statement, Text: text, Version: version, Params: p.params}
	parsed.Key = normalise(text, p.kept, p.ddl)
	return parsed, nil
}

// fail ends the parse with an error at the current token.
func (p *parser) fail(code int, format string, args ...any) {
	err := sqlerr.New(code, format, args...)
	err.Message += prefixText(p.text, p.tok.end)
	panic(failure{err})
}

func (p *parser) read() token {
	t, err := p.lexer.next()
	if err != nil {
		err.Message += prefixText(p.text, t.pos)
		panic(failure{err})
	}
	return t
}

// next moves to the next token.
func (p *parser) next() {
	if p.hasNext {
		p.tok, p.hasNext = p.ahead, false
		return
	}
	p.tok = p.read()
}

// peek gives the token after the current one.
func (p *parser) peek() token {
	if !p.hasNext {
		p.ahead, p.hasNext = p.read(), true
	}
	return p.ahead
}

// enter counts a level of nesting; the caller leaves it again.
func (p *parser) enter() {
	p.depth++
	if p.depth > maxDepth {
		p.tooDeep()
	}
}

func (p *parser) leave() { p.depth-- }

func (p *parser) tooDeep() {
	panic(failure{sqlerr.New(-400, "Unexpected error occurred: <FRAMESTACK>")})
}

// chain counts the members of a chain that becomes a deep tree.
func (p *parser) chain(n int) {
	if n > maxChain {
		p.tooDeep()
	}
}

// is reports whether the current token is the word or symbol.
func (p *parser) is(word string) bool { return p.tok.word == word }

// isName reports a name of any spelling that equals the upper-case word, known to the lexer or not.
func (p *parser) isName(upper string) bool {
	return p.tok.kind == nameToken && (p.tok.word == upper || strings.EqualFold(p.text[p.tok.pos:p.tok.end], upper))
}

// accept passes the word or symbol if it is there.
func (p *parser) accept(word string) bool {
	if p.tok.word == word {
		p.next()
		return true
	}
	return false
}

// acceptName is accept for words that the lexer need not know.
func (p *parser) acceptName(upper string) bool {
	if p.isName(upper) {
		p.next()
		return true
	}
	return false
}

// expect passes the words or symbols, or fails with -1.
func (p *parser) expect(words ...string) {
	for _, w := range words {
		if !p.accept(w) && !p.acceptName(w) {
			p.expected(w)
		}
	}
}

// expected fails with IRIS's "X expected, Y found".
func (p *parser) expected(what string) { p.fail(-1, "%s expected, %s found", what, p.found()) }

// found describes the current token as IRIS does in messages.
func (p *parser) found() string {
	switch p.tok.kind {
	case endToken:
		return "end of query"
	case nameToken:
		if p.tok.reserved {
			return p.tok.word
		}
		return "IDENTIFIER (" + p.tokenText() + ")"
	case quotedToken:
		return "IDENTIFIER (" + p.tokenText() + ")"
	case stringToken:
		return "STRING CONSTANT"
	case numberToken:
		return "NUMERIC CONSTANT"
	}
	return p.tokenText()
}

// tokenText is the current token as written, shortened.
func (p *parser) tokenText() string {
	s := p.text[p.tok.pos:p.tok.end]
	if len(s) > 100 {
		s = strings.ToValidUTF8(s[:100], "")
	}
	return s
}

func (p *parser) pos() Pos { return Pos(p.tok.pos) }
