package irissql

import "strings"

// specialVariables are usable as expressions (IRIS docs, "ObjectScript special variables" of the SQL Reference).
var specialVariables = wordSet("$HOROLOG $JOB $NAMESPACE $TLEVEL $USERNAME $ZHOROLOG $ZJOB $ZPI $ZTIMESTAMP $ZTIMEZONE $ZVERSION")

// special parses $HOROLOG and $LENGTH(…).
func (p *parser) special() Node {
	pos := p.pos()
	name := strings.ToUpper(p.text[p.tok.pos:p.tok.end])
	if strings.HasPrefix(name, "$$") {
		p.fail(-372, "Calls of ObjectScript functions are not allowed")
	}
	if name == "$" || p.peek().word != "(" && !specialVariables[name] {
		return p.noTerm()
	}
	p.next()
	if p.is("(") && !specialVariables[name] {
		return &Call{Pos: pos, Name: name, Args: p.arguments(), Parens: true}
	}
	return &Special{Pos: pos, Name: name}
}

// escape parses {fn …}, {d …}, {t …} and {ts …}; others are -40.
func (p *parser) escape() Node {
	pos := p.pos()
	p.enter()
	defer p.leave()
	p.next()
	kind := strings.ToUpper(p.tokenText())
	switch kind {
	case "D", "T", "TS":
		p.next()
		n := &TimeLiteral{Pos: pos, Kind: kind}
		if p.tok.kind != stringToken && !p.is("?") && !p.is(":") {
			p.expected("STRING CONSTANT")
		}
		n.X = p.asExpr(p.primary())
		p.expect("}")
		return n
	case "FN":
		p.next()
		n := p.escapedCall()
		p.expect("}")
		return n
	}
	p.fail(-40, "Unsupported ODBC escape {%s", kind)
	return nil
}

// escapedCall parses the function inside {fn …}.
func (p *parser) escapedCall() Node {
	if p.tok.kind != nameToken {
		p.expected("function name")
	}
	pos := p.pos()
	upper := strings.ToUpper(p.tokenText())
	switch upper {
	case "CONVERT":
		return p.escapedConvert()
	case "TIMESTAMPADD", "TIMESTAMPDIFF":
		return p.wordCall(upper, true)
	case "SUBSTRING", "POSITION":
		c := p.construct().(*Call)
		c.Escape = true
		return c
	}
	p.next()
	c := &Call{Pos: pos, Name: upper, Escape: true, Bare: true}
	if p.is("(") {
		c.Bare = false
		c.Args = p.arguments()
	}
	return c
}

// odbcTypes are the type words of {fn CONVERT(x, SQL_…)}.
var odbcTypes = map[string]string{
	"SQL_VARCHAR": "VARCHAR", "SQL_INTEGER": "INTEGER", "SQL_BIGINT": "BIGINT", "SQL_SMALLINT": "SMALLINT",
	"SQL_TINYINT": "TINYINT", "SQL_BIT": "BIT", "SQL_DOUBLE": "DOUBLE", "SQL_NUMERIC": "NUMERIC", "SQL_DECIMAL": "DECIMAL",
	"SQL_DATE": "DATE", "SQL_TIME": "TIME", "SQL_TIMESTAMP": "TIMESTAMP", "SQL_CHAR": "CHAR",
}

func (p *parser) escapedConvert() Node {
	c := &Cast{Pos: p.pos(), Convert: true}
	p.next()
	p.expect("(")
	c.X = p.scalar()
	p.expect(",")
	name, ok := odbcTypes[strings.ToUpper(p.tokenText())]
	if !ok {
		p.expected("SQL data type")
	}
	c.Type.Pos, c.Type.Spelling.Name = p.pos(), name
	p.next()
	p.expect(")")
	return c
}
