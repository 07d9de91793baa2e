package store

import "strconv"

// maxLevel is the deepest nesting of transactions (IRIS docs, "$TLEVEL").
const maxLevel = 255

// TLevel is $TLEVEL: 0 outside transactions.
func (p *Process) TLevel() int { return len(p.levels) }

// TStart begins a transaction, or one more level of it: a savepoint. <TRANSACTION LEVEL> beyond 255.
func (p *Process) TStart() error {
	if len(p.levels) >= maxLevel {
		return &Error{Name: "TRANSACTION LEVEL", Detail: strconv.Itoa(maxLevel)}
	}
	if len(p.levels) == 0 {
		p.txn = p.store.lastTxn.Add(1)
	}
	p.levels = append(p.levels, len(p.undo))
	return nil
}

// TCommit ends one level; the end of the outermost makes the changes final and frees the locks that were held for it.
// Outside a transaction it does nothing.
func (p *Process) TCommit() error {
	switch len(p.levels) {
	case 0:
		return nil
	case 1:
		return p.finish()
	}
	p.levels = p.levels[:len(p.levels)-1]
	return nil
}

// TCommitAll ends all levels, as SQL's COMMIT does.
func (p *Process) TCommitAll() error {
	if len(p.levels) == 0 {
		return nil
	}
	return p.finish()
}

// TRollback takes back the whole transaction. Outside one it does nothing.
func (p *Process) TRollback() error { return p.TRollbackTo(0) }

// TRollbackTo takes back what happened since $TLEVEL was level and leaves it at level; locks stay until the end of the
// transaction. A level that is not below $TLEVEL does nothing.
func (p *Process) TRollbackTo(level int) error {
	if level < 0 || level >= len(p.levels) {
		return nil
	}
	p.store.gate.RLock()
	err := p.revert(p.levels[level])
	p.store.gate.RUnlock()
	if level > 0 {
		p.levels = p.levels[:level]
		return err
	}
	if end := p.finish(); err == nil {
		err = end
	}
	return err
}

// finish closes the transaction in the journal and frees its locks.
func (p *Process) finish() error {
	p.store.gate.RLock()
	var err error
	if p.wrote {
		if err = p.store.journal.append(record{op: opEnd, txn: p.txn}); err == nil {
			err = p.store.journal.commit()
		}
	}
	clear(p.undo)
	p.undo, p.levels, p.txn, p.wrote = p.undo[:0], p.levels[:0], 0, false
	if cap(p.undo) > 4096 {
		p.undo = nil
	}
	p.store.gate.RUnlock()
	p.store.locks.endTransaction(p)
	return err
}

// Mark is the present place in the open transaction, for RevertTo; unlike TStart it takes no level.
func (p *Process) Mark() int { return len(p.undo) }

// RevertTo takes back what the transaction changed since a Mark and goes on with it, as a failed SQL statement does. It
// must not be called after a rollback that went behind the mark.
func (p *Process) RevertTo(mark int) error {
	if mark >= len(p.undo) {
		return nil
	}
	p.store.gate.RLock()
	defer p.store.gate.RUnlock()
	return p.revert(mark)
}
