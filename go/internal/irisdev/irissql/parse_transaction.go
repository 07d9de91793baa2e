package irissql

import "strings"

// startTransaction parses START TRANSACTION and %BEGTRANS with their modes.
func (p *parser) startTransaction() Statement {
	s := &StartTransaction{Pos: p.pos()}
	if !p.accept("%BEGTRANS") {
		p.next()
		p.expect("TRANSACTION")
	}
	p.transactionModes(s)
	return s
}

// set parses SET TRANSACTION and SET OPTION; there is no other SET.
func (p *parser) set() Statement {
	pos := p.pos()
	p.next()
	if p.accept("TRANSACTION") {
		s := &StartTransaction{Pos: pos, Set: true}
		p.transactionModes(s)
		if s.CommitMode == "" && s.Isolation == NoIsolation && s.Access == "" {
			p.expected("transaction mode")
		}
		return s
	}
	if !p.accept("OPTION") {
		p.expected("TRANSACTION or OPTION")
	}
	o := &SetOption{Pos: pos, Name: strings.ToUpper(p.name().Text)}
	p.expect("=")
	switch {
	case p.tok.kind == stringToken:
		o.Value = p.str()
	case p.tok.kind == numberToken, p.tok.kind == nameToken:
		o.Value = strings.ToUpper(p.tokenText())
		p.next()
	default:
		p.expected("option value")
	}
	return o
}

// transactionModes parses %COMMITMODE m, or ISOLATION LEVEL and an access mode; not both kinds in one statement.
func (p *parser) transactionModes(s *StartTransaction) {
	if p.acceptName("%COMMITMODE") {
		for _, m := range []string{"IMPLICIT", "EXPLICIT", "NONE"} {
			if p.acceptName(m) {
				s.CommitMode = m
				return
			}
		}
		p.expected("IMPLICIT, EXPLICIT or NONE")
	}
	if !p.is("ISOLATION") && !p.is("READ") {
		return
	}
	for {
		p.transactionMode(s)
		if !p.accept(",") {
			break
		}
	}
	if s.Access == "READ WRITE" && s.Isolation != NoIsolation && s.Isolation != ReadCommitted {
		p.fail(-92, "READ WRITE needs ISOLATION LEVEL READ COMMITTED")
	}
}

func (p *parser) transactionMode(s *StartTransaction) {
	if p.accept("ISOLATION") {
		if s.Isolation != NoIsolation {
			p.fail(-91, "ISOLATION LEVEL given twice")
		}
		p.expect("LEVEL")
		if !p.accept("READ") {
			p.fail(-96, "Unknown isolation level, %s found", p.found())
		}
		switch {
		case p.acceptName("UNCOMMITTED"):
			s.Isolation = ReadUncommitted
		case p.acceptName("COMMITTED"):
			s.Isolation = ReadCommitted
		case p.acceptName("VERIFIED"):
			s.Isolation = ReadVerified
		default:
			p.fail(-96, "Unknown isolation level, %s found", p.found())
		}
		return
	}
	if s.Access != "" {
		p.fail(-91, "READ ONLY or READ WRITE given twice")
	}
	p.expect("READ")
	switch {
	case p.accept("ONLY"):
		s.Access = "READ ONLY"
	case p.accept("WRITE"):
		s.Access = "READ WRITE"
	default:
		p.expected("ONLY or WRITE")
	}
}

func (p *parser) commit() Statement {
	s := &Commit{Pos: p.pos()}
	p.next()
	p.accept("WORK")
	return s
}

// rollback parses ROLLBACK [WORK] and ROLLBACK TO SAVEPOINT n; the word SAVEPOINT is required.
func (p *parser) rollback() Statement {
	s := &Rollback{Pos: p.pos()}
	p.next()
	p.accept("WORK")
	if p.accept("TO") {
		p.expect("SAVEPOINT")
		s.Savepoint = p.savepointName()
	}
	return s
}

func (p *parser) savepoint() Statement {
	s := &Savepoint{Pos: p.pos()}
	p.next()
	s.Name = p.savepointName()
	if strings.HasPrefix(strings.ToUpper(s.Name), "SYS") {
		p.fail(-302, "Savepoint name %s starts with SYS", s.Name)
	}
	return s
}

func (p *parser) savepointName() string {
	if !p.isIdentifier() {
		p.fail(-301, "Savepoint name expected, %s found", p.found())
	}
	return p.name().Text
}

func (p *parser) inTransaction() Statement {
	s := &InTransaction{Pos: p.pos()}
	p.next()
	return s
}

// lock parses LOCK [TABLE] t IN {SHARE|EXCLUSIVE} MODE [WAIT n] and UNLOCK … [IMMEDIATE].
func (p *parser) lock() Statement {
	s := &LockTable{Pos: p.pos(), Unlock: p.is("UNLOCK"), Wait: -1}
	p.next()
	p.accept("TABLE")
	s.Table = p.objectName()
	p.expect("IN")
	switch {
	case p.acceptName("SHARE"):
		s.Share = true
	case p.acceptName("EXCLUSIVE"):
	default:
		p.expected("SHARE or EXCLUSIVE")
	}
	p.expect("MODE")
	switch {
	case !s.Unlock && p.acceptName("WAIT"):
		s.Wait = p.integer()
	case s.Unlock && p.accept("IMMEDIATE"):
		s.Immediate = true
	}
	return s
}

// cancel parses CANCEL QUERY pid [IDENTIFIED BY id] [TIMEOUT n].
func (p *parser) cancel() Statement {
	s := &CancelQuery{Pos: p.pos(), Timeout: -1}
	p.next()
	p.expect("QUERY")
	s.PID = p.asExpr(p.primary())
	if p.acceptName("IDENTIFIED") {
		p.expect("BY")
		s.ID = p.asExpr(p.primary())
	}
	if p.acceptName("TIMEOUT") {
		s.Timeout = p.integer()
	}
	return s
}
