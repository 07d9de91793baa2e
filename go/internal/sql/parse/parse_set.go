package parse

import (
	"strings"

	"iris-pgwire/internal/pgerr"
)

// set parses SET.
func (p *parser) set() Stmt {
	s := &Set{At: p.at()}
	p.next()
	switch {
	case p.is(kwConstraints):
		return p.setConstraints(s.At)
	case p.is(kwLocal) && settingFollows(p.peek(1)):
		p.next()
		s.Scope = LocalScope
	case p.is(kwSession) && settingFollows(p.peek(1)) && p.peek(1).kw != kwCharacteristics && p.peek(1).kw != kwAuthorization:
		p.next()
	}
	p.setRest(s)
	return s
}

// settingFollows says whether t can begin a setting, so that the word before it was a scope.
func settingFollows(t token) bool { return isName(t) && t.kw != kwTo || t.kw == kwAuthorization }

// setRest parses what follows SET [SESSION|LOCAL].
func (p *parser) setRest(s *Set) {
	next := p.peek(1)
	plain := next.kind == '=' || next.kind == '.' || next.kw == kwTo || next.kw == kwFrom
	if plain {
		p.setVariable(s)
		return
	}
	switch p.tok.kw {
	case kwTransaction:
		p.setTransaction(s)
	case kwSession:
		p.setSession(s)
	case kwTime:
		p.expectKw(kwTime, kwZone)
		s.Name = "timezone"
		p.zone(s)
	case kwCatalog:
		p.next()
		p.errNotYet(p.pos(), "current database cannot be changed")
	case kwSchema:
		p.next()
		s.Name, s.Values = "search_path", []Expr{p.stringLiteral()}
	case kwNames:
		p.next()
		s.Name = "client_encoding"
		p.stringOrDefault(s)
	case kwRole:
		p.next()
		s.Name, s.Values = "role", []Expr{p.nonReservedOrString()}
	case kwXml:
		p.expectKw(kwXml, kwOption)
		s.Name = "xmloption"
		if !p.isAny(kwDocument, kwContent) {
			p.fail()
		}
		s.Values = []Expr{&Literal{At: p.at(), Kind: StringLiteral, Text: p.takeText()}}
	default:
		p.setVariable(s)
	}
}

// setTransaction parses TRANSACTION modes and TRANSACTION SNAPSHOT.
func (p *parser) setTransaction(s *Set) {
	p.next()
	if p.acceptKw(kwSnapshot) {
		s.Kind, s.Values = SetTransactionSnapshot, []Expr{p.stringLiteral()}
		return
	}
	s.Kind, s.Modes = SetTransaction, p.transactionModes()
}

// setSession parses SESSION CHARACTERISTICS and SESSION AUTHORIZATION.
func (p *parser) setSession(s *Set) {
	p.next()
	if p.acceptKw(kwCharacteristics) {
		p.expectKw(kwAs, kwTransaction)
		s.Kind, s.Modes = SetSessionCharacteristics, p.transactionModes()
		return
	}
	p.expectKw(kwAuthorization)
	s.Name = "session_authorization"
	if p.acceptKw(kwDefault) {
		s.Kind = SetDefault
		return
	}
	s.Values = []Expr{p.nonReservedOrString()}
}

// nonReservedOrString parses a word or string as a string.
func (p *parser) nonReservedOrString() Expr {
	at := p.at()
	if p.tok.kind == tokString {
		return p.stringLiteral()
	}
	return &Literal{At: at, Kind: StringLiteral, Text: p.nonReserved()}
}

// stringOrDefault parses a string, DEFAULT or nothing, which is DEFAULT.
func (p *parser) stringOrDefault(s *Set) {
	if p.tok.kind == tokString {
		s.Values = []Expr{p.stringLiteral()}
		return
	}
	p.acceptKw(kwDefault)
	s.Kind = SetDefault
}

// setVariable parses name TO|= values, name TO DEFAULT, name FROM CURRENT.
func (p *parser) setVariable(s *Set) {
	s.Name = p.variable()
	if p.acceptKw(kwFrom) {
		p.expectKw(kwCurrent)
		s.Kind = SetFromCurrent
		return
	}
	if !p.accept('=') {
		p.expectKw(kwTo)
	}
	if p.acceptKw(kwDefault) {
		s.Kind = SetDefault
		return
	}
	for first := true; first || p.accept(','); first = false {
		s.Values = append(s.Values, p.settingValue())
	}
}

// variable parses a setting's name, with dots.
func (p *parser) variable() string {
	name := p.name()
	if p.tok.kind != '.' {
		return name
	}
	parts := []string{name}
	for p.accept('.') {
		parts = append(parts, p.name())
	}
	return strings.Join(parts, ".")
}

// settingValue parses one value: a number, or a word or string as a string.
func (p *parser) settingValue() Expr {
	at := p.at()
	switch p.tok.kind {
	case tokInt, tokFloat, '-', '+':
		return p.signedNumber()
	case tokString:
		return p.stringLiteral()
	}
	if !isNonReserved(p.tok) && !p.isAny(kwTrue, kwFalse, kwOn) {
		p.fail()
	}
	return &Literal{At: at, Kind: StringLiteral, Text: p.takeText()}
}

// zone parses the value of TIME ZONE.
func (p *parser) zone(s *Set) {
	switch {
	case p.isAny(kwDefault, kwLocal):
		p.next()
		s.Kind = SetDefault
	case p.is(kwInterval):
		s.Values = []Expr{p.zoneInterval()}
	case p.tok.kind == tokInt || p.tok.kind == tokFloat || p.tok.kind == '-' || p.tok.kind == '+':
		s.Values = []Expr{p.signedNumber()}
	case p.tok.kind == tokString:
		s.Values = []Expr{p.stringLiteral()}
	case isIdent(p.tok):
		s.Values = []Expr{&Literal{At: p.at(), Kind: StringLiteral, Text: p.takeText()}}
	default:
		p.fail()
	}
}

// zoneInterval parses INTERVAL '…' [fields]: a time zone may have hours and minutes only.
func (p *parser) zoneInterval() Expr {
	at := p.at()
	t := p.constType()
	value := p.stringLiteral()
	fieldsAt := p.pos()
	if t.Mods == nil {
		p.intervalFields(t)
	}
	switch t.Interval {
	case "", "HOUR", "HOUR TO MINUTE":
	default:
		p.errorf(pgerr.SyntaxError, fieldsAt, "time zone interval must be HOUR or HOUR TO MINUTE")
	}
	return &Cast{At: at, Arg: value, Type: t, Form: CastTyped}
}

// setConstraints parses SET CONSTRAINTS.
func (p *parser) setConstraints(at At) Stmt {
	n := &SetConstraints{At: at}
	p.next()
	if !p.acceptKw(kwAll) {
		n.Names = p.qualifiedList()
	}
	if p.acceptKw(kwDeferred) {
		n.Deferred = true
	} else {
		p.expectKw(kwImmediate)
	}
	return n
}

// show parses SHOW.
func (p *parser) show() Stmt {
	at := p.at()
	p.next()
	return &Show{At: at, Name: p.shownName()}
}

// reset parses RESET.
func (p *parser) reset() Stmt {
	at := p.at()
	p.next()
	return &Reset{At: at, Name: p.shownName()}
}

// shownName parses the name behind SHOW or RESET.
func (p *parser) shownName() string {
	switch {
	case p.acceptKw(kwAll):
		return "all"
	case p.acceptKws(kwTime, kwZone):
		return "timezone"
	case p.is2(kwTransaction, kwIsolation):
		p.expectKw(kwTransaction, kwIsolation, kwLevel)
		return "transaction_isolation"
	case p.acceptKws(kwSession, kwAuthorization):
		return "session_authorization"
	}
	return p.variable()
}
