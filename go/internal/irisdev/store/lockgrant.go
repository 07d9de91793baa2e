package store

// grant adds a want to the process' holds. Under mu.
func (t *lockTable) grant(p *Process, w want) {
	if t.covered(p, w) {
		t.add(p, want{key: w.parent, mode: w.mode, txn: w.txn})
		return
	}
	h := t.add(p, w)
	if w.parent == "" {
		return
	}
	h.parent = w.parent
	if p.children == nil {
		p.children = map[string]map[string]*hold{}
	}
	if p.children[w.parent] == nil {
		p.children[w.parent] = map[string]*hold{}
	}
	p.children[w.parent][w.key] = h
	if len(p.children[w.parent]) > t.threshold {
		t.escalate(p, w.parent)
	}
}

// covered reports that an escalating lock is held by the escalated one above it already. Under mu.
func (t *lockTable) covered(p *Process, w want) bool {
	if w.parent == "" {
		return false
	}
	h := p.locks[w.parent]
	return h != nil && (h.has(0) || w.mode == 1 && h.has(1))
}

// add counts one more hold of a name. Under mu.
func (t *lockTable) add(p *Process, w want) *hold {
	h := p.locks[w.key]
	if h == nil {
		e := t.entry(w.key)
		if e == nil {
			e = &lockEntry{key: w.key}
			t.names.Set(e)
		}
		h = &hold{p: p, entry: e}
		e.holds = append(e.holds, h)
		p.locks[w.key] = h
	}
	if w.txn {
		h.txn[w.mode]++
	} else {
		h.count[w.mode]++
	}
	return h
}

// escalate replaces the process' escalating locks below a name by one of the name, unless somebody else is in the way:
// then they stay, and the next one tries again (IRIS docs, "Escalating Locks"). Under mu.
func (t *lockTable) escalate(p *Process, parent string) {
	var total hold
	for _, h := range p.children[parent] {
		for m := range 2 {
			total.count[m] += h.count[m]
			total.deferred[m] += h.deferred[m]
			total.txn[m] += h.txn[m]
		}
	}
	mode := 0
	if !total.has(0) {
		mode = 1
	}
	if t.conflict(p, parent, mode) {
		return
	}
	h := t.add(p, want{key: parent, mode: mode})
	h.count[mode]--
	for m := range 2 {
		h.count[m] += total.count[m]
		h.deferred[m] += total.deferred[m]
		h.txn[m] += total.txn[m]
	}
	for _, child := range p.children[parent] {
		t.drop(child)
	}
}

// drop takes a hold out of the table. Under mu.
func (t *lockTable) drop(h *hold) {
	delete(h.p.locks, h.entry.key)
	if kids := h.p.children[h.parent]; kids != nil {
		delete(kids, h.entry.key)
		if len(kids) == 0 {
			delete(h.p.children, h.parent)
		}
	}
	e := h.entry
	for i, other := range e.holds {
		if other == h {
			e.holds = append(e.holds[:i], e.holds[i+1:]...)
			break
		}
	}
	if len(e.holds) == 0 {
		t.names.Delete(e)
	}
}
