package parse

import (
	"errors"

	"iris-pgwire/internal/pgerr"
)

// Parse splits a text into its statements. A text of blanks and comments gives none. The error is a *pgerr.Error with
// PostgreSQL's message, SQLSTATE and position; as in PostgreSQL, one wrong statement fails the whole text.
func Parse(text string) (statements []Statement, err error) {
	s, err := scan(text)
	if err != nil {
		return nil, err
	}
	p := &parser{text: text, scanner: s, tokens: s.tokens}
	defer func() {
		if r := recover(); r != nil {
			stop, ok := r.(bailout)
			if !ok {
				panic(r)
			}
			statements, err = nil, stop.err
		}
	}()
	p.load()
	return p.statements(), nil
}

// ParseExpr parses a text that is one expression, as column defaults and check conditions are kept.
func ParseExpr(text string) (Expr, error) {
	const before = "SELECT "
	list, err := Parse(before + text)
	if err != nil {
		var e *pgerr.Error
		if errors.As(err, &e) && e.Position > len(before) {
			e.Position -= len(before)
		}
		return nil, err
	}
	if len(list) == 1 {
		if s, ok := list[0].Node.(*Select); ok && s.With == nil && s.OrderBy == nil && s.Limit == nil && s.Locking == nil {
			if c, ok := s.Body.(*SelectCore); ok && len(c.Targets) == 1 && c.From == nil && c.Where == nil && c.Targets[0].Name == "" {
				return c.Targets[0].Expr, nil
			}
		}
	}
	return nil, pgerr.New(pgerr.SyntaxError, "not an expression: %s", text)
}

// statements parses the text's statements.
func (p *parser) statements() []Statement {
	var list []Statement
	for {
		for p.accept(';') {
		}
		if p.tok.kind == tokEOF {
			return list
		}
		start := p.pos()
		p.height = 0
		node := p.statement()
		end := p.lastEnd()
		list = append(list, Statement{Node: node, Start: start, End: end, Text: p.text[start:end]})
		if p.tok.kind != tokEOF && p.tok.kind != ';' {
			p.fail()
		}
	}
}
