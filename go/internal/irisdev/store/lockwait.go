package store

import (
	"context"
	"time"

	"iris-pgwire/internal/irisdev/value"
)

// waiter is a process that waits for locks, first come first served.
type waiter struct {
	p       *Process
	wants   []want
	probe   bool // only wait until they could be granted
	granted chan struct{}
}

// attempt grants the waiter's wants if possible. Under mu.
func (t *lockTable) attempt(w *waiter) bool {
	if !w.probe {
		return t.try(w.p, w.wants)
	}
	for _, x := range w.wants {
		if t.othersOn(w.p, x.key) {
			return false
		}
	}
	return true
}

// wait tries, and then waits until it is granted, the time is over (false) or ctx ends.
func (t *lockTable) wait(ctx context.Context, w *waiter, timeout time.Duration) (bool, error) {
	if err := ctx.Err(); err != nil {
		return false, err
	}
	t.mu.Lock()
	if ok := t.attempt(w); ok || timeout == 0 {
		t.mu.Unlock()
		return ok, nil
	}
	w.granted = make(chan struct{})
	t.waiters = append(t.waiters, w)
	t.mu.Unlock()

	var late <-chan time.Time
	if timeout > 0 {
		timer := time.NewTimer(timeout)
		defer timer.Stop()
		late = timer.C
	}
	select {
	case <-w.granted:
		return true, nil
	case <-late:
		return t.leave(w), nil
	case <-ctx.Done():
		if t.leave(w) { // granted at the last moment: give it back
			t.giveBack(w)
		}
		return false, ctx.Err()
	}
}

// leave takes a waiter out of the queue; true if it was granted meanwhile.
func (t *lockTable) leave(w *waiter) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	for i, other := range t.waiters {
		if other == w {
			t.waiters = append(t.waiters[:i], t.waiters[i+1:]...)
			return false
		}
	}
	return true
}

func (t *lockTable) giveBack(w *waiter) {
	if w.probe {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, x := range w.wants {
		h := w.p.locks[x.key]
		if h == nil {
			h = w.p.locks[x.parent]
		}
		if h == nil {
			continue
		}
		if x.txn {
			h.txn[x.mode]--
		} else {
			h.count[x.mode]--
		}
		if h.free() {
			t.drop(h)
		}
	}
	t.wake()
}

// wake grants what has become possible, in the order of waiting. Under mu.
func (t *lockTable) wake() {
	rest := t.waiters[:0]
	for _, w := range t.waiters {
		if t.attempt(w) {
			close(w.granted)
		} else {
			rest = append(rest, w)
		}
	}
	clear(t.waiters[len(rest):])
	t.waiters = rest
}

// LockedByOther reports that another process holds an exclusive lock on the name or one above it: the row is changed and
// not committed, or about to be.
func (p *Process) LockedByOther(r Ref) bool {
	key, err := p.lockKey(r)
	if err != nil {
		return false
	}
	t := &p.store.locks
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.othersOn(p, key)
}

// WaitUnlocked waits until no other process holds an exclusive lock on the name or one above, without taking it. False is
// a time-out; negative waits for ever.
func (p *Process) WaitUnlocked(ctx context.Context, timeout time.Duration, r Ref) (bool, error) {
	key, err := p.lockKey(r)
	if err != nil {
		return false, err
	}
	return p.store.locks.wait(ctx, &waiter{p: p, probe: true, wants: []want{{key: key}}}, timeout)
}

// GetCommitted is Get with the answer to LockedByOther of the same moment: when locked is false, the value is committed or
// the process' own.
func (p *Process) GetCommitted(r Ref) (v value.Value, ok, locked bool) {
	key, err := p.lockKey(r)
	if err != nil {
		return value.Value{}, false, false
	}
	t := &p.store.locks
	t.mu.Lock()
	defer t.mu.Unlock()
	v, ok = p.Get(r)
	return v, ok, t.othersOn(p, key)
}
