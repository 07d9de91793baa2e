package parse

// statement parses one statement.
func (p *parser) statement() Stmt {
	switch p.tok.kw {
	case kwSelect, kwValues, kwTable, kwWith, kwInsert, kwUpdate, kwDelete, kwMerge:
		return p.preparable()
	case noKeyword:
		if p.tok.kind == '(' {
			return p.preparable()
		}
		p.fail()
	}
	if rule := utilityRule(p.tok.kw); rule != nil {
		return rule(p)
	}
	if s := p.unsupported(); s != nil {
		return s
	}
	if alternatives, ok := outside[p.tok.kw]; ok {
		p.failBehind(1, alternatives)
	}
	p.fail()
	return nil
}

// utilityRule gives the rule of the statement that begins with a keyword.
func utilityRule(k kw) func(*parser) Stmt {
	switch k {
	case kwCreate:
		return (*parser).create
	case kwAlter:
		return (*parser).alter
	case kwDrop:
		return (*parser).drop
	case kwComment:
		return (*parser).comment
	case kwGrant:
		return (*parser).grant
	case kwRevoke:
		return (*parser).revoke
	case kwBegin, kwStart, kwCommit, kwEnd, kwRollback, kwAbort, kwSavepoint, kwRelease:
		return (*parser).transaction
	case kwDeclare:
		return (*parser).declareCursor
	case kwFetch, kwMove:
		return (*parser).fetch
	case kwClose:
		return (*parser).closeCursor
	case kwSet:
		return (*parser).set
	case kwShow:
		return (*parser).show
	case kwReset:
		return (*parser).reset
	case kwPrepare:
		return (*parser).prepare
	case kwExecute:
		return (*parser).execute
	case kwDeallocate:
		return (*parser).deallocate
	case kwExplain:
		return (*parser).explain
	case kwCopy:
		return (*parser).copy
	case kwTruncate:
		return (*parser).truncate
	case kwDiscard:
		return (*parser).discard
	case kwLock:
		return (*parser).lock
	case kwListen, kwUnlisten, kwNotify:
		return (*parser).listen
	case kwVacuum, kwAnalyze, kwAnalyse:
		return (*parser).vacuum
	case kwCheckpoint:
		return (*parser).checkpoint
	}
	return nil
}

// create parses what begins with CREATE.
func (p *parser) create() Stmt {
	if s := p.unsupported(); s != nil {
		return s
	}
	at := p.at()
	p.next()
	replace := false
	if p.is(kwOr) {
		p.expectKw(kwOr, kwReplace)
		replace = true
	}
	persistence, given := p.persistence(true)
	switch {
	case p.isAny(kwView, kwRecursive):
		return p.createView(at, replace, persistence)
	case replace:
		p.failBehind(0, outside[kwCreate])
	case p.is(kwTable):
		return p.createTable(at, persistence)
	case p.is(kwSequence):
		return p.createSequence(at, persistence)
	case p.is(kwMaterialized) && (!given || persistence == Unlogged):
		return p.createMaterializedView(at, persistence)
	case given:
		p.fail()
	case p.isAny(kwUnique, kwIndex):
		return p.createIndex(at)
	case p.is(kwSchema):
		return p.createSchema(at)
	}
	return p.createOther(at)
}
