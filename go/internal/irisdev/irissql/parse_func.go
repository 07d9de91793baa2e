package irissql

import (
	"strings"

	"iris-pgwire/internal/irisdev/irissql/sqltype"
)

// construct parses what starts with a word and has a grammar of its own; nil if the current word is not one of these.
func (p *parser) construct() Node {
	w := p.tok.word
	switch w {
	case "NULL":
		n := &NullLiteral{Pos: p.pos()}
		p.next()
		return n
	case "CASE":
		return p.caseExpr()
	case "EXISTS":
		return p.exists()
	case "FOR":
		p.fail(-16, "FOR SOME is not available on this server")
	}
	if c, ok := collationFunctions[w]; ok {
		return p.collate(c)
	}
	if p.peek().word != "(" {
		return nil
	}
	switch w {
	case "CAST":
		return p.cast()
	case "CONVERT":
		return p.convert()
	case "TRIM":
		return p.trim()
	case "SUBSTRING":
		return p.substring()
	case "AVG", "COUNT", "MAX", "MIN", "SUM":
		return p.aggregate(w)
	}
	if p.tok.kind != nameToken || p.tok.reserved {
		return nil
	}
	upper := strings.ToUpper(p.text[p.tok.pos:p.tok.end])
	if aggregates[upper] && (upper != "APPROX_COUNT_DISTINCT" || p.version.AtLeast(v2025_1)) {
		return p.aggregate(upper)
	}
	if windowFunctions[upper] {
		return p.windowFunction(upper)
	}
	switch upper {
	case "POSITION":
		return p.position()
	case "TO_VECTOR":
		return p.toVector()
	case "JSON_OBJECT", "JSON_ARRAY":
		return p.json(upper == "JSON_OBJECT")
	case "TIMESTAMPADD", "TIMESTAMPDIFF":
		return p.wordCall(upper, false)
	}
	return nil
}

var collationFunctions = map[string]sqltype.Collation{
	"%EXACT": sqltype.Exact, "%SQLUPPER": sqltype.SQLUpper, "%SQLSTRING": sqltype.SQLString, "%TRUNCATE": sqltype.Truncate,
	"%PLUS": sqltype.Plus, "%MINUS": sqltype.Minus, "%STRING": sqltype.SQLString, "%UPPER": sqltype.Upper,
	"%ALPHAUP": sqltype.AlphaUp, "%MVR": sqltype.MVR,
}

func (p *parser) exists() Node {
	e := &Exists{Pos: p.pos()}
	p.next()
	p.expect("(")
	if !p.startsQuery() && !p.is("(") { // sqlalchemy-iris writes EXISTS((SELECT …))
		p.expected("SELECT")
	}
	e.Query = p.subquery()
	return e
}

func (p *parser) caseExpr() Node {
	p.enter()
	defer p.leave()
	c := &Case{Pos: p.pos()}
	p.next()
	if !p.is("WHEN") {
		c.Operand = p.scalar()
	}
	for p.accept("WHEN") {
		var w When
		if c.Operand != nil {
			w.Value = p.scalar()
		} else {
			w.Cond = p.condition()
		}
		p.expect("THEN")
		w.Then = p.scalar()
		c.Whens = append(c.Whens, w)
	}
	if c.Whens == nil {
		p.expected("WHEN")
	}
	if p.accept("ELSE") {
		c.Else = p.scalar()
	}
	p.expect("END")
	return c
}

// collate parses %EXACT(x), %EXACT x and %SQLUPPER(x, n).
func (p *parser) collate(c sqltype.Collation) Node {
	n := &Collate{Pos: p.pos(), Collation: c}
	word := p.tok.word
	p.next()
	if !p.is("(") {
		n.X = p.asExpr(p.primary())
	} else {
		p.enter()
		defer p.leave()
		p.next()
		n.X = p.scalar()
		if p.accept(",") {
			n.Length = p.scalar()
		}
		p.expect(")")
	}
	if _, nested := n.X.(*Collate); nested {
		p.fail(-1, "Collation function nested in %s", word)
	}
	return n
}

func (p *parser) cast() Node {
	c := &Cast{Pos: p.pos()}
	p.enter()
	defer p.leave()
	p.next()
	p.next()
	c.X = p.scalar()
	p.expect("AS")
	c.Type = p.dataType()
	p.expect(")")
	return c
}

// convert parses CONVERT(type, x [, style]).
func (p *parser) convert() Node {
	c := &Cast{Pos: p.pos(), Convert: true}
	p.enter()
	defer p.leave()
	p.next()
	p.next()
	c.Type = p.dataType()
	p.expect(",")
	c.X = p.scalar()
	if p.accept(",") {
		c.Style = p.scalar()
	}
	p.expect(")")
	return c
}

func (p *parser) trim() Node {
	t := &Trim{Pos: p.pos(), Spec: "BOTH"}
	p.next()
	p.next()
	given := p.is("LEADING") || p.is("TRAILING") || p.is("BOTH")
	if given {
		t.Spec = p.tok.word
		p.next()
	}
	if p.is("FROM") && !given {
		p.fail(-75, "TRIM needs a specification or characters before FROM")
	}
	if !p.is("FROM") {
		t.X = p.scalar()
	}
	if p.accept("FROM") {
		t.Chars, t.X = t.X, p.scalar()
	} else if given {
		p.expected("FROM")
	}
	p.expect(")")
	return t
}

// substring parses both SUBSTRING(s, a, b) and SUBSTRING(s FROM a FOR b).
func (p *parser) substring() Node {
	c := &Call{Pos: p.pos(), Name: "SUBSTRING"}
	p.enter()
	defer p.leave()
	p.next()
	p.next()
	c.Args = []Expr{p.scalar()}
	if p.accept("FROM") {
		c.Args = append(c.Args, p.scalar())
		if p.accept("FOR") {
			c.Args = append(c.Args, p.scalar())
		}
	} else {
		for p.accept(",") {
			c.Args = append(c.Args, p.scalar())
		}
	}
	p.expect(")")
	return c
}

// position parses POSITION(x IN s).
func (p *parser) position() Node {
	c := &Call{Pos: p.pos(), Name: "POSITION"}
	p.enter()
	defer p.leave()
	p.next()
	p.next()
	c.Args = []Expr{p.asExpr(p.sum())}
	p.expect("IN")
	c.Args = append(c.Args, p.asExpr(p.sum()))
	p.expect(")")
	return c
}

// toVector parses TO_VECTOR(x [, type [, length]]); the type is a bare word.
func (p *parser) toVector() Node {
	v := &VectorCall{Pos: p.pos()}
	p.enter()
	defer p.leave()
	p.next()
	p.next()
	v.X = p.scalar()
	if p.accept(",") {
		e, ok := sqltype.ElementByWord(strings.ToUpper(p.tokenText()))
		if !ok || p.tok.kind != nameToken {
			p.expected("vector element type")
		}
		v.Element = e
		p.next()
		if p.accept(",") {
			p.kept = append(p.kept, p.tok.pos)
			v.Length = p.scalar()
		}
	}
	p.expect(")")
	return v
}

// call parses the arguments of an ordinary call; the name has been passed.
func (p *parser) call(schema string, name Name) Node {
	c := &Call{Pos: name.Pos, Schema: schema, Name: name.Text, Parens: true}
	if schema == "" {
		c.Name = strings.ToUpper(name.Text)
	}
	if datePartFunctions[c.Name] && schema == "" {
		p.datePart(c)
		return c
	}
	c.Args = p.arguments()
	return c
}

// datePartFunctions take a date part as their first argument, which may be a bare word.
var datePartFunctions = wordSet("DATEADD DATEDIFF DATENAME DATEPART DATE_TRUNC")

// datePart parses the arguments of a function whose first one may be a reserved word such as HOUR.
func (p *parser) datePart(c *Call) {
	p.enter()
	defer p.leave()
	p.expect("(")
	if p.tok.reserved && functionWords[p.tok.word] && p.peek().word == "," {
		c.Args = append(c.Args, &Column{Pos: p.pos(), Name: p.takeName().Text})
		p.expect(",")
	}
	c.Args = append(c.Args, p.exprs()...)
	p.expect(")")
}

// arguments parses ( [a, b, …] ).
func (p *parser) arguments() []Expr {
	p.enter()
	defer p.leave()
	p.expect("(")
	if p.accept(")") {
		return nil
	}
	var list []Expr
	for {
		list = append(list, p.scalar())
		if !p.accept(",") {
			break
		}
	}
	p.expect(")")
	return list
}

// wordCall parses a call whose first argument is a keyword.
func (p *parser) wordCall(name string, escape bool) Node {
	c := &Call{Pos: p.pos(), Name: name, Escape: escape}
	p.enter()
	defer p.leave()
	p.next()
	p.expect("(")
	if p.tok.kind != nameToken {
		p.expected("interval type")
	}
	c.Word = strings.ToUpper(p.tokenText())
	p.next()
	for p.accept(",") {
		c.Args = append(c.Args, p.scalar())
	}
	p.expect(")")
	return c
}
