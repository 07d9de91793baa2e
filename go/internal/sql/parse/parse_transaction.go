package parse

// transaction parses BEGIN, START TRANSACTION, COMMIT, END, ROLLBACK, ABORT, SAVEPOINT and RELEASE.
func (p *parser) transaction() Stmt {
	t := &Transaction{At: p.at()}
	k := p.tok.kw
	p.next()
	switch k {
	case kwBegin:
		p.work()
		t.Modes = p.optTransactionModes()
	case kwStart:
		p.expectKw(kwTransaction)
		t.Kind, t.Modes = StartTransaction, p.optTransactionModes()
	case kwSavepoint:
		t.Kind, t.Name = Savepoint, p.name()
	case kwRelease:
		// SAVEPOINT is a word, and may be the name.
		if p.is(kwSavepoint) && isName(p.peek(1)) {
			p.next()
		}
		t.Kind, t.Name = ReleaseSavepoint, p.name()
	case kwCommit, kwEnd:
		t.Kind = Commit
		if k == kwCommit && p.acceptKw(kwPrepared) {
			t.Kind, t.GID = CommitPrepared, p.stringText()
			return t
		}
		p.work()
		p.chain(t)
	default:
		p.rollback(t, k == kwRollback)
	}
	return t
}

// work passes WORK or TRANSACTION.
func (p *parser) work() {
	if p.isAny(kwWork, kwTransaction) {
		p.next()
	}
}

// chain parses AND [NO] CHAIN.
func (p *parser) chain(t *Transaction) {
	if !p.acceptKw(kwAnd) {
		return
	}
	t.NoChain = p.acceptKw(kwNo)
	p.expectKw(kwChain)
	t.Chain = !t.NoChain
}

// rollback parses what follows ROLLBACK or ABORT.
func (p *parser) rollback(t *Transaction, full bool) {
	t.Kind = Rollback
	if full && p.acceptKw(kwPrepared) {
		t.Kind, t.GID = RollbackPrepared, p.stringText()
		return
	}
	p.work()
	if full && p.acceptKw(kwTo) {
		if p.is(kwSavepoint) && isName(p.peek(1)) {
			p.next()
		}
		t.Kind, t.Name = RollbackTo, p.name()
		return
	}
	p.chain(t)
}

// startsTransactionMode says whether a transaction mode comes next.
func (p *parser) startsTransactionMode() bool {
	return p.isAny(kwIsolation, kwRead, kwDeferrable) || p.is2(kwNot, kwDeferrable)
}

// optTransactionModes parses a list of modes, with or without commas, that may be empty.
func (p *parser) optTransactionModes() []TransactionMode {
	if !p.startsTransactionMode() {
		return nil
	}
	return p.transactionModes()
}

// transactionModes parses a list of modes, with or without commas.
func (p *parser) transactionModes() []TransactionMode {
	list := []TransactionMode{p.transactionMode()}
	for p.accept(',') || p.startsTransactionMode() {
		list = append(list, p.transactionMode())
	}
	return list
}

// transactionMode parses one mode.
func (p *parser) transactionMode() TransactionMode {
	m := TransactionMode{At: p.at()}
	switch {
	case p.acceptKw(kwIsolation):
		p.expectKw(kwLevel)
		m.Name, m.Value = "ISOLATION LEVEL", p.isolationLevel()
	case p.acceptKw(kwRead):
		m.Name = "READ ONLY"
		if p.acceptKw(kwWrite) {
			m.Name = "READ WRITE"
		} else {
			p.expectKw(kwOnly)
		}
	case p.acceptKw(kwDeferrable):
		m.Name = "DEFERRABLE"
	default:
		p.expectKw(kwNot, kwDeferrable)
		m.Name = "NOT DEFERRABLE"
	}
	return m
}

// isolationLevel parses the name of an isolation level.
func (p *parser) isolationLevel() string {
	switch {
	case p.acceptKw(kwSerializable):
		return "serializable"
	case p.acceptKw(kwRepeatable):
		p.expectKw(kwRead)
		return "repeatable read"
	}
	p.expectKw(kwRead)
	if p.acceptKw(kwCommitted) {
		return "read committed"
	}
	p.expectKw(kwUncommitted)
	return "read uncommitted"
}
