package store

import (
	"iris-pgwire/internal/irisdev/value"
)

// change is the way back from one change of one node.
type change struct {
	g   *global
	key string
	old value.Value
	had bool
}

// change runs a change of a global; outside a transaction it is final at once.
func (p *Process) change(g *global, do func(*global) error) error {
	p.store.gate.RLock()
	defer p.store.gate.RUnlock()
	g.mu.Lock()
	err := do(g)
	g.mu.Unlock()
	if err == nil && len(p.levels) == 0 && !g.scratch {
		err = p.store.journal.flush()
	}
	return err
}

// set, remove and kill run under the global's lock, so that the journal has changes of a node in their order.
func (p *Process) set(g *global, key string, v value.Value) error {
	old, had := g.tree.Set(node{key, v})
	p.remember(g, old, key, had)
	return p.store.log(g, record{op: opSet, txn: p.txnFor(g), key: key, val: v})
}

func (p *Process) remove(g *global, key string) error {
	old, had := g.tree.Delete(node{key: key})
	if !had {
		return nil
	}
	p.remember(g, old, key, true)
	return p.store.log(g, record{op: opRemove, txn: p.txnFor(g), key: key})
}

func (p *Process) kill(g *global, key string) error {
	gone := g.below(key)
	if len(gone) == 0 {
		return nil
	}
	for _, n := range gone {
		g.tree.Delete(n)
		p.remember(g, n, n.key, true)
	}
	return p.store.log(g, record{op: opKill, txn: p.txnFor(g), key: key})
}

// remember keeps the way back while a transaction is open.
func (p *Process) remember(g *global, old node, key string, had bool) {
	if len(p.levels) > 0 && !g.scratch {
		p.undo = append(p.undo, change{g, key, old.val, had})
	}
}

// txnFor is the transaction number of a journal record.
func (p *Process) txnFor(g *global) uint64 {
	if len(p.levels) > 0 && !g.scratch {
		p.wrote = true
	}
	return p.txn
}

// revert takes back the changes from an index on, newest first.
func (p *Process) revert(from int) error {
	var failed error
	for i := len(p.undo) - 1; i >= from; i-- {
		c := p.undo[i]
		c.g.mu.Lock()
		r := record{op: opRemove, txn: p.txn, key: c.key}
		if c.had {
			c.g.tree.Set(node{c.key, c.old})
			r.op, r.val = opSet, c.old
		} else {
			c.g.tree.Delete(node{key: c.key})
		}
		if err := p.store.log(c.g, r); err != nil {
			failed = err
		}
		c.g.mu.Unlock()
	}
	clear(p.undo[from:])
	p.undo = p.undo[:from]
	return failed
}
