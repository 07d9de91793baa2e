package parse

import (
	"strings"

	"iris-pgwire/internal/pgerr"
)

// upper is strings.ToUpper for keyword words.
func upper(s string) string { return strings.ToUpper(s) }

// copy parses COPY.
func (p *parser) copy() Stmt {
	n := &Copy{At: p.at()}
	p.next()
	if p.tok.kind == '(' {
		p.next()
		n.Query = p.preparable()
		p.expect(')')
		p.expectKw(kwTo)
	} else {
		if p.is(kwBinary) {
			n.Options = append(n.Options, formatOption(p.at(), "binary"))
			p.next()
		}
		n.Table = p.qualifiedPtr()
		n.Columns = p.optParenNames()
		if n.From = p.acceptKw(kwFrom); !n.From {
			p.expectKw(kwTo)
		}
	}
	p.copyFile(n)
	if n.Table != nil {
		p.copyDelimiters(n)
	}
	p.acceptKw(kwWith)
	if p.tok.kind == '(' {
		n.Options = append(n.Options, p.utilityOptions(true)...)
	} else {
		p.oldCopyOptions(n)
	}
	if n.Table != nil && p.is(kwWhere) {
		at := p.pos()
		p.next()
		n.Where = p.expr()
		if !n.From {
			p.errorf(pgerr.SyntaxError, at, "WHERE clause not allowed with COPY TO")
		}
	}
	return n
}

// formatOption is FORMAT name.
func formatOption(at At, name string) Option {
	return Option{At: at, Name: "format", Value: &Literal{At: at, Kind: StringLiteral, Text: name}}
}

// copyFile parses [PROGRAM] 'file', STDIN or STDOUT. PostgreSQL takes STDIN and STDOUT for one another.
func (p *parser) copyFile(n *Copy) {
	n.Program = p.acceptKw(kwProgram)
	if p.isAny(kwStdin, kwStdout) {
		p.next()
		if n.Program {
			p.errGrammar("STDIN/STDOUT not allowed with PROGRAM")
		}
		return
	}
	n.File = p.stringText()
}

// copyDelimiters parses [USING] DELIMITERS 'c'.
func (p *parser) copyDelimiters(n *Copy) {
	at := p.at()
	if !p.acceptKws(kwUsing, kwDelimiters) && !p.acceptKw(kwDelimiters) {
		return
	}
	n.Options = append(n.Options, Option{At: at, Name: "delimiter", Value: p.stringLiteral()})
}

// copyStrings are the options of the old syntax that take a string.
var copyStrings = map[kw]string{kwDelimiter: "delimiter", kwNull: "null", kwQuote: "quote", kwEscape: "escape"}

// oldCopyOptions parses COPY's options without parentheses and gives them their new names.
func (p *parser) oldCopyOptions(n *Copy) {
	for {
		at, k := p.at(), p.tok.kw
		name, takesString := copyStrings[k]
		switch {
		case takesString:
			p.next()
			p.acceptKw(kwAs)
			n.Options = append(n.Options, Option{At: at, Name: name, Value: p.stringLiteral()})
		case k == kwBinary || k == kwCsv:
			n.Options = append(n.Options, formatOption(at, p.takeText()))
		case k == kwFreeze || k == kwHeader:
			yes := &ColumnRef{At: at, Parts: []string{"true"}}
			n.Options = append(n.Options, Option{At: at, Name: p.takeText(), Value: yes})
		case k == kwEncoding:
			p.next()
			n.Options = append(n.Options, Option{At: at, Name: "encoding", Value: p.stringLiteral()})
		case k == kwForce:
			n.Options = append(n.Options, p.forceOption(at))
		default:
			return
		}
	}
}

// forceOption parses FORCE QUOTE, FORCE NOT NULL, FORCE NULL.
func (p *parser) forceOption(at At) Option {
	p.next()
	o := Option{At: at}
	switch {
	case p.acceptKw(kwQuote):
		o.Name = "force_quote"
	case p.acceptKw(kwNull):
		o.Name = "force_null"
	default:
		p.expectKw(kwNot, kwNull)
		o.Name = "force_not_null"
	}
	if p.tok.kind == '*' && o.Name == "force_quote" || p.tok.kind == '*' {
		o.Value = &ColumnRef{At: p.at(), Star: true}
		p.next()
		return o
	}
	row := &Row{At: p.at()}
	for _, c := range p.names() {
		row.Args = append(row.Args, &ColumnRef{At: c.At, Parts: []string{c.Text}})
	}
	o.Value = row
	return o
}
