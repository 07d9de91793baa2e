package irissql

// sum parses + - and || (one level, as in IRIS's ANSI precedence).
func (p *parser) sum() Node {
	n := p.product()
	for i := 1; p.tok.kind == symbolToken && (p.is("+") || p.is("-") || p.is("||")); i++ {
		p.chain(i)
		l := p.asExpr(n)
		op := p.tok.word[0]
		p.next()
		n = &Binary{Pos: l.At(), Op: op, L: l, R: p.asExpr(p.product())}
	}
	return n
}

// product parses * / \ and #.
func (p *parser) product() Node {
	n := p.signed()
	for i := 1; p.tok.kind == symbolToken && (p.is("*") || p.is("/") || p.is(`\`) || p.is("#")); i++ {
		p.chain(i)
		l := p.asExpr(n)
		op := p.tok.word[0]
		p.next()
		n = &Binary{Pos: l.At(), Op: op, L: l, R: p.asExpr(p.signed())}
	}
	return n
}

func (p *parser) signed() Node {
	if p.tok.kind != symbolToken || !p.is("-") && !p.is("+") {
		return p.primary()
	}
	p.enter()
	defer p.leave()
	u := &Unary{Pos: p.pos(), Op: p.tok.word[0]}
	p.next()
	u.X = p.asExpr(p.signed())
	return u
}

// primary parses a term.
func (p *parser) primary() Node {
	pos := p.pos()
	switch p.tok.kind {
	case numberToken:
		n := &Number{Pos: pos, Text: p.text[p.tok.pos:p.tok.end], Double: p.tok.double}
		p.next()
		return n
	case stringToken:
		return &String{Pos: pos, Text: p.str()}
	case quotedToken:
		return p.column()
	case specialToken:
		return p.special()
	case nameToken:
		return p.nameTerm()
	case symbolToken:
		switch p.tok.word {
		case "(":
			return p.parenthesised()
		case "?", ":":
			return p.param()
		case "{":
			return p.escape()
		}
	}
	return p.noTerm()
}

// noTerm is the error for what cannot start a term.
func (p *parser) noTerm() Node {
	p.fail(-12, "A term expected, beginning with an identifier, a constant, an aggregate, $$, (, :, +, -, "+
		"a collation function, NOT, EXISTS or FOR; %s found", p.found())
	return nil
}

// param parses ? and :%qpar(n), the form that drivers send a replaced literal in.
func (p *parser) param() Node {
	x := &Param{Pos: p.pos()}
	if p.accept("?") {
		x.Index = p.numbers
		p.numbers++
	} else {
		p.next()
		if !p.acceptName("%QPAR") {
			p.fail(-28, "Host variable name must be valid here, %s found", p.found())
		}
		p.expect("(")
		x.Index = p.integer() - 1
		p.expect(")")
	}
	if x.Index < 0 || x.Index >= maxParams {
		p.fail(-400, "Unexpected error occurred: <SUBSCRIPT>, parameter %d", x.Index+1)
	}
	p.params = max(p.params, x.Index+1)
	return x
}

// maxParams bounds the parameter numbers that a text may name; values passed are counted by the server.
const maxParams = 100000

// parenthesised parses ( … ): a scalar, a condition or a subquery, itself perhaps the first leg of a longer query.
func (p *parser) parenthesised() Node {
	p.enter()
	defer p.leave()
	pos := p.pos()
	p.next()
	if p.startsQuery() {
		return &Subquery{Pos: pos, Query: p.subquery()}
	}
	n := p.disjunction()
	if s, ok := n.(*Subquery); ok && p.startsSetOp() {
		n = &Subquery{Pos: pos, Query: p.setOpRest(s.Query)}
	}
	p.expect(")")
	return n
}

// functionWords are reserved words that are functions with parentheses.
var functionWords = wordSet("BIT_LENGTH CHAR CHARACTER_LENGTH CHAR_LENGTH COALESCE DATE EXTRACT HOUR LEFT LOWER " +
	"MINUTE NULLIF OCTET_LENGTH RIGHT SECOND SPACE UPPER USER %EXTERNAL %INTERNAL %ODBCIN %ODBCOUT")

// bareWords are reserved words with a value of their own; some take a precision in parentheses.
var bareWords = wordSet("CURRENT_DATE CURRENT_TIME CURRENT_TIMESTAMP CURRENT_USER SESSION_USER SYSTEM_USER USER SYSDATE")

func wordSet(list string) map[string]bool {
	m := map[string]bool{}
	for start, i := 0, 0; i <= len(list); i++ {
		if i == len(list) || list[i] == ' ' {
			m[list[start:i]] = true
			start = i + 1
		}
	}
	return m
}

// nameTerm parses a term that starts with a name: column, function, or one of the constructs with their own grammar.
func (p *parser) nameTerm() Node {
	if n := p.construct(); n != nil {
		return n
	}
	next := p.peek().word
	switch {
	case p.tok.reserved && functionWords[p.tok.word] && next == "(":
		return p.call("", p.takeName())
	case p.tok.reserved && bareWords[p.tok.word]:
		return p.bare()
	case pseudoColumns[p.tok.word]:
		return &Column{Pos: p.pos(), Name: p.takeName().Text}
	case p.isIdentifier():
		return p.column()
	case p.isPercentName() && next == ".":
		return p.column()
	}
	return p.noTerm()
}

// pseudoColumns are columns that every table or subquery has.
var pseudoColumns = wordSet("%ID %TABLENAME %CLASSNAME %VID")

// column parses a column reference, or a call when a parenthesis follows.
func (p *parser) column() Node {
	pos := p.pos()
	first := p.takeName()
	if !p.is(".") {
		if p.is("(") && !first.Delimited {
			return p.call("", first)
		}
		p.noArrow()
		return &Column{Pos: pos, Name: first.Text, Delimited: first.Delimited}
	}
	p.next()
	second := p.member()
	if p.is("(") {
		return p.call(first.Text, second)
	}
	if !p.accept(".") {
		p.noArrow()
		return &Column{Pos: pos, Table: first.Text, Name: second.Text, Delimited: second.Delimited}
	}
	third := p.member()
	p.noArrow()
	return &Column{Pos: pos, Schema: first.Text, Table: second.Text, Name: third.Text, Delimited: third.Delimited}
}

// noArrow refuses ref->col: this server has no reference columns, so no column can stand before an arrow.
func (p *parser) noArrow() {
	if p.is("->") {
		p.fail(-67, "Implicit join (arrow) not supported on a field that is no reference")
	}
}

// member is a name behind a point: pseudo columns are allowed there.
func (p *parser) member() Name {
	if pseudoColumns[p.tok.word] {
		return p.takeName()
	}
	return p.name()
}

// bare parses CURRENT_DATE and its like, perhaps with a precision.
func (p *parser) bare() Node {
	c := &Call{Pos: p.pos(), Name: p.tok.word, Bare: true}
	p.next()
	if p.is("(") {
		p.next()
		c.Bare = false
		c.Args = []Expr{p.scalar()}
		p.expect(")")
	}
	return c
}
