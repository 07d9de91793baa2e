package irissql

import (
	"strings"

	"iris-pgwire/internal/irisdev/irissql/sqltype"
)

// typeTails are the words that may follow a type's first word.
var typeTails = map[string][]string{
	"DOUBLE": {"PRECISION"}, "CHAR": {"VARYING"}, "CHARACTER": {"VARYING"}, "BINARY": {"VARYING"},
	"LONG":     {"VARCHAR", "BINARY", "RAW"},
	"NATIONAL": {"CHAR", "CHARACTER", "VARCHAR"}, "NATIONAL CHAR": {"VARYING"}, "NATIONAL CHARACTER": {"VARYING"},
}

// reservedTypes are the reserved words that start a type.
var reservedTypes = wordSet("BIT CHAR CHARACTER DATE DEC DECIMAL DOUBLE FLOAT INT INTEGER NATIONAL NCHAR NUMERIC REAL SMALLINT " +
	"TIME VARCHAR")

// dataType parses a type as DDL and CAST write it. Whether IRIS knows it is decided by the checker.
func (p *parser) dataType() DataType {
	t := DataType{Pos: p.pos()}
	switch {
	case p.tok.kind != nameToken, p.tok.reserved && !reservedTypes[p.tok.word] && p.tokenText()[0] != '%':
		p.expected("data type")
	case p.text[p.tok.pos] == '%' || p.peek().word == ".":
		t.Spelling.Name = p.className()
	default:
		t.Spelling.Name = p.typeWords()
	}
	if !p.accept("(") {
		return t
	}
	for {
		t.Spelling.Args = append(t.Spelling.Args, p.typeArg())
		if !p.accept(",") {
			break
		}
	}
	p.expect(")")
	return t
}

func (p *parser) className() string {
	name := p.takeName().Text
	for p.accept(".") {
		name += "." + p.takeName().Text
	}
	return name
}

func (p *parser) typeWords() string {
	name := strings.ToUpper(p.takeName().Text)
	for {
		more := ""
		for _, w := range typeTails[name] {
			if p.isName(w) {
				more = w
			}
		}
		if more == "" {
			return name
		}
		name += " " + more
		p.next()
	}
}

// typeArg parses 10, -5, MAX, ”, DOUBLE or NAME=value.
func (p *parser) typeArg() sqltype.Arg {
	var a sqltype.Arg
	if p.tok.kind == nameToken && p.peek().word == "=" {
		a.Key = strings.ToUpper(p.takeName().Text)
		p.next()
	}
	switch {
	case p.tok.kind == nameToken:
		a.Word = strings.ToUpper(p.takeName().Text)
	case p.tok.kind == stringToken:
		p.kept = append(p.kept, p.tok.pos)
		a.Word = p.str()
	default:
		negative := p.accept("-")
		a.IsNumber, a.Number = true, p.integer()
		if negative {
			a.Number = -a.Number
		}
	}
	return a
}
