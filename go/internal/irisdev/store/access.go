package store

import (
	"iter"

	"iris-pgwire/internal/irisdev/value"
)

// Get reads a node; false if it has no value. A reference that can't be encoded has none.
func (p *Process) Get(r Ref) (value.Value, bool) {
	g := p.find(r)
	if g == nil {
		return value.Value{}, false
	}
	key, err := r.key()
	if err != nil {
		return value.Value{}, false
	}
	return g.get(key)
}

// Set gives a node a value. In a transaction it can be rolled back; outside one it is final.
func (p *Process) Set(r Ref, v value.Value) error {
	if err := r.checkName(); err != nil {
		return err
	}
	key, err := r.key()
	if err != nil {
		return err
	}
	name := r.name()
	return p.change(p.home(name).make(name), func(g *global) error { return p.set(g, key, v) })
}

// Kill removes a node and everything below it; without subscripts the whole global.
func (p *Process) Kill(r Ref) error {
	g := p.find(r)
	if g == nil {
		return nil
	}
	key, err := r.key()
	if err != nil {
		return err
	}
	return p.change(g, func(g *global) error { return p.kill(g, key) })
}

// KillNode removes a node and keeps what is below it (ZKILL).
func (p *Process) KillNode(r Ref) error {
	g := p.find(r)
	if g == nil {
		return nil
	}
	key, err := r.key()
	if err != nil {
		return err
	}
	return p.change(g, func(g *global) error { return p.remove(g, key) })
}

// Increment adds to a node and gives the sum, atomically. The change is not given back by a rollback (IRIS docs,
// "$INCREMENT"): counters of rows stay ahead.
func (p *Process) Increment(r Ref, by value.Value) (sum value.Value, err error) {
	if err := r.checkName(); err != nil {
		return value.Value{}, err
	}
	key, err := r.key()
	if err != nil {
		return value.Value{}, err
	}
	name := r.name()
	g := p.home(name).make(name)
	p.store.gate.RLock()
	defer p.store.gate.RUnlock()
	g.mu.Lock()
	n, _ := g.tree.Get(node{key: key})
	sum = value.Add(n.val, by)
	g.tree.Set(node{key, sum})
	err = p.store.log(g, record{op: opSet, key: key, val: sum})
	g.mu.Unlock()
	if err == nil {
		err = p.store.journal.flush()
	}
	return sum, err
}

// Raise lifts a counter node to at least v, as an explicit value of a counter column does; not given back by a rollback.
func (p *Process) Raise(r Ref, v value.Value) error {
	if old, ok := p.Get(r); ok && value.CompareNumbers(old, v) >= 0 {
		return nil
	}
	old, _ := p.Get(r)
	_, err := p.Increment(r, value.Subtract(v, old))
	return err
}

// Data is $DATA: 0 nothing, 1 a value, 10 nodes below, 11 both.
func (p *Process) Data(r Ref) int {
	g := p.find(r)
	if g == nil {
		return 0
	}
	key, err := r.key()
	if err != nil {
		return 0
	}
	return g.data(key)
}

// Below walks over the subscripts of the level below r, in order. What walks may change the global meanwhile.
func (p *Process) Below(r Ref) iter.Seq[value.Value] {
	return func(yield func(value.Value) bool) {
		sub, ok := p.Order(r.Sub(value.NullValue()), false)
		for ok && yield(sub) {
			sub, ok = p.Order(r.Sub(sub), false)
		}
	}
}

// Order is $ORDER: the subscript that follows the last one of r at its level, or precedes it; NULL as last subscript asks
// for the first or the last. False is the end.
func (p *Process) Order(r Ref, reverse bool) (value.Value, bool) {
	g := p.find(r)
	if g == nil || len(r.Subs) == 0 {
		return value.Value{}, false
	}
	last := len(r.Subs) - 1
	prefix, err := encodeKey(r, r.Subs[:last])
	if err != nil {
		return value.Value{}, false
	}
	pivot := prefix
	if !r.Subs[last].IsNull() {
		if pivot, err = r.key(); err != nil {
			return value.Value{}, false
		}
	}
	if reverse == r.Subs[last].IsNull() { // forward: behind all below the pivot; backward: from the end
		pivot += afterKeys
	}
	n, ok := g.neighbour(pivot, prefix, reverse)
	if !ok {
		return value.Value{}, false
	}
	sub, _, err := value.NextKey(n.key[len(prefix):])
	return sub, err == nil
}

// afterKeys behind a prefix sorts behind all keys that begin with the prefix.
const afterKeys = "\xff"
