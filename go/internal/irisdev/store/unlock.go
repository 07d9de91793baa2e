package store

// UnlockMode says when a lock that a transaction gives back is free (IRIS docs, "LOCK").
type UnlockMode uint8

// The modes.
const (
	AtEnd     UnlockMode = iota // at the end of the transaction
	Immediate                   // at once: type "I"
	Deferred                    // as the last unlock of the name in this transaction did: type "D"
)

// Unlock takes one from the count of a name, LOCK -. Escalating and Shared of the request must be as it was locked; a name
// that is not held does nothing.
func (p *Process) Unlock(mode UnlockMode, reqs ...LockRequest) error {
	wants, err := p.wants(reqs)
	if err != nil {
		return err
	}
	t := &p.store.locks
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, w := range wants {
		t.release(p, w, mode)
	}
	t.wake()
	return nil
}

// release takes back one count. Under mu.
func (t *lockTable) release(p *Process, w want, mode UnlockMode) {
	key := w.key
	h := p.locks[key]
	if h == nil && w.parent != "" {
		key = w.parent // it was escalated
		h = p.locks[key]
	}
	if h == nil || h.count[w.mode] == 0 {
		return
	}
	h.count[w.mode]--
	inTxn := len(p.levels) > 0
	switch {
	case inTxn && mode == Immediate:
		if p.immediate == nil {
			p.immediate = map[string]bool{}
		}
		p.immediate[key] = true
	case inTxn && !(mode == Deferred && p.immediate[key]) && h.count[w.mode] == 0:
		h.deferred[w.mode]++
	}
	if h.free() {
		t.drop(h)
	}
}

// UnlockAll gives back everything at once, the argumentless LOCK.
func (p *Process) UnlockAll() {
	t := &p.store.locks
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, h := range p.locks {
		t.drop(h)
	}
	t.wake()
}

// endTransaction frees what was held for the transaction only.
func (t *lockTable) endTransaction(p *Process) {
	t.mu.Lock()
	defer t.mu.Unlock()
	freed := false
	for _, h := range p.locks {
		if h.deferred == [2]int{} && h.txn == [2]int{} {
			continue
		}
		h.deferred, h.txn, freed = [2]int{}, [2]int{}, true
		if h.free() {
			t.drop(h)
		}
	}
	p.immediate = nil
	if freed {
		t.wake()
	}
}
