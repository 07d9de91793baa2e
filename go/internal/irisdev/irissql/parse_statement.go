package irissql

import "strings"

// statement dispatches on the first word; a word that starts no statement is -51.
func (p *parser) statement() Statement {
	if p.is("SELECT") || p.is("(") {
		return p.query()
	}
	if p.tok.kind != nameToken {
		p.fail(-51, "SQL statement expected, %s found", p.found())
	}
	if parse, ok := statements[strings.ToUpper(p.tokenText())]; ok {
		return parse(p)
	}
	if parse, ok := ddlStatements[strings.ToUpper(p.tokenText())]; ok {
		p.ddl = true
		return parse(p)
	}
	p.fail(-51, "SQL statement expected, %s found", p.found())
	return nil
}

type statementParser func(p *parser) Statement

// statements and ddlStatements are filled in init: their functions refer back to statement through EXPLAIN.
var statements, ddlStatements map[string]statementParser

func init() {
	statements = map[string]statementParser{
		"WITH":           (*parser).with,
		"INSERT":         (*parser).insert,
		"UPDATE":         (*parser).update,
		"DELETE":         (*parser).delete,
		"TRUNCATE":       (*parser).truncate,
		"EXPLAIN":        (*parser).explain,
		"CALL":           (*parser).procedure,
		"START":          (*parser).startTransaction,
		"%BEGTRANS":      (*parser).startTransaction,
		"COMMIT":         (*parser).commit,
		"ROLLBACK":       (*parser).rollback,
		"SAVEPOINT":      (*parser).savepoint,
		"SET":            (*parser).set,
		"%INTRANSACTION": (*parser).inTransaction,
		"%INTRANS":       (*parser).inTransaction,
		"LOCK":           (*parser).lock,
		"UNLOCK":         (*parser).lock,
		"CANCEL":         (*parser).cancel,
		"%CHECKPRIV":     (*parser).checkPrivilege,
	}
	ddlStatements = map[string]statementParser{
		"CREATE": (*parser).create,
		"ALTER":  (*parser).alter,
		"DROP":   (*parser).drop,
		"BUILD":  (*parser).buildIndex,
		"GRANT":  (*parser).grant,
		"REVOKE": (*parser).grant,
		"TUNE":   (*parser).tune,
		"PURGE":  (*parser).purge,
		"USE":    (*parser).use,
	}
}

// with parses WITH n AS (query), … before SELECT, and from 2024.3 before INSERT, UPDATE and DELETE.
func (p *parser) with() Statement {
	pos := p.pos()
	p.next()
	if !p.version.AtLeast(v2024_1) {
		p.fail(-51, "SQL statement expected, WITH found")
	}
	ctes := p.ctes()
	if p.is("SELECT") || p.is("(") {
		q := p.query()
		q.Pos, q.With = pos, ctes
		return q
	}
	if !p.is("INSERT") && !p.is("UPDATE") && !p.is("DELETE") {
		p.expected("SELECT")
	}
	if !p.version.AtLeast(v2024_3) {
		p.fail(-383, "WITH not allowed before %s", p.found())
	}
	switch s := statements[p.tok.word](p).(type) {
	case *Insert:
		s.With = ctes
		return s
	case *Update:
		s.With = ctes
		return s
	case *Delete:
		s.With = ctes
		return s
	}
	return nil
}

func (p *parser) ctes() []CTE {
	var list []CTE
	seen := map[string]bool{}
	for {
		var c CTE
		c.Name = p.name()
		key := strings.ToUpper(c.Name.Text)
		if seen[key] {
			p.fail(-382, "WITH name %s given twice", c.Name.Text)
		}
		seen[key] = true
		p.expect("AS", "(")
		if !p.startsQuery() {
			p.expected("SELECT")
		}
		c.Query = p.subquery()
		list = append(list, c)
		if !p.accept(",") {
			return list
		}
	}
}

func (p *parser) explain() Statement {
	e := &Explain{Pos: p.pos()}
	p.next()
	e.Alt = p.acceptName("ALT")
	e.Stat = p.acceptName("STAT")
	e.Text = p.text[p.tok.pos:]
	switch p.tok.word {
	case "SELECT", "(", "WITH", "INSERT", "UPDATE", "DELETE":
		e.Statement = p.statement()
		return e
	}
	if p.isName("EXPLAIN") || p.isName("ANALYZE") || p.isName("VERBOSE") {
		p.expected("SELECT")
	}
	p.fail(-481, "Statement kind not allowed for a plan, %s found", p.found())
	return nil
}

func (p *parser) procedure() Statement {
	c := &Procedure{Pos: p.pos()}
	p.next()
	c.Name = p.objectName()
	if p.is("(") {
		c.Args = p.arguments()
	}
	return c
}
