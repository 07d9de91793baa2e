package store

import (
	"context"
	"strings"
	"sync"
	"time"

	"github.com/tidwall/btree"
)

// DefaultEscalation is how many row locks of one table a transaction has before they become one of the table (IRIS docs,
// "LockThreshold").
const DefaultEscalation = 1000

// LockRequest is one lock name with the way to hold it: ^G(id) in exclusive mode unless Shared.
type LockRequest struct {
	Ref        Ref
	Local      bool // a name without caret: all namespaces share it (IRIS docs, "LOCK")
	Shared     bool // others may share it
	Escalating bool // many of them become one lock of the name above
	// UntilCommit holds it to the end of the transaction, as SQL holds row locks; outside a transaction it is an ordinary
	// lock.
	UntilCommit bool
}

// lockTable has every lock of the instance. A name conflicts with itself, with the names above and below it.
type lockTable struct {
	mu        sync.Mutex
	names     *btree.BTreeG[*lockEntry]
	waiters   []*waiter
	threshold int
}

// lockEntry is one name that somebody holds.
type lockEntry struct {
	key   string
	holds []*hold
}

// hold is how one process holds one name. Index 0 is exclusive, 1 shared.
type hold struct {
	p        *Process
	entry    *lockEntry
	count    [2]int // LOCK +
	deferred [2]int // unlocked in a transaction, freed at its end
	txn      [2]int // held until the end of the transaction
	parent   string // the name above, of an escalating lock
}

func (h *hold) has(mode int) bool { return h.count[mode]+h.deferred[mode]+h.txn[mode] > 0 }

func (h *hold) free() bool { return !h.has(0) && !h.has(1) }

// want is a LockRequest with its name encoded.
type want struct {
	key    string
	parent string // set for an escalating lock
	mode   int
	txn    bool
}

// Lock takes all the names or none, LOCK +(a,b):timeout. A negative timeout waits for ever, 0 tries once; false is a
// time-out. The error is the end of ctx or a name that can't be encoded. Locks are counted.
func (p *Process) Lock(ctx context.Context, timeout time.Duration, reqs ...LockRequest) (bool, error) {
	wants, err := p.wants(reqs)
	if err != nil {
		return false, err
	}
	return p.store.locks.wait(ctx, &waiter{p: p, wants: wants}, timeout)
}

func (p *Process) wants(reqs []LockRequest) ([]want, error) {
	out := make([]want, len(reqs))
	for i, r := range reqs {
		key, err := p.requestKey(r, r.Ref)
		if err != nil {
			return nil, err
		}
		out[i] = want{key: key, txn: r.UntilCommit && len(p.levels) > 0}
		if r.Shared {
			out[i].mode = 1
		}
		if n := len(r.Ref.Subs); r.Escalating && n > 0 {
			out[i].parent, _ = p.requestKey(r, Ref{r.Ref.Global, r.Ref.Subs[:n-1]})
		}
	}
	return out, nil
}

// requestKey encodes the name of a request, or one above it.
func (p *Process) requestKey(r LockRequest, name Ref) (string, error) {
	key, err := p.lockKey(name)
	if err != nil || !r.Local {
		return key, err
	}
	return key[strings.IndexByte(key, 0):], nil // no database
}

// lockKey encodes a lock name: the database, so that each namespace has its own, and the reference.
func (p *Process) lockKey(r Ref) (string, error) {
	if err := r.checkName(); err != nil {
		return "", err
	}
	key, err := r.key()
	name := r.name()
	return lockName(p.home(name).name, name) + key, err
}

func lockName(db, global string) string { return db + "\x00" + global + "\x00" }

// try grants all wants if nobody else is in the way. Under mu.
func (t *lockTable) try(p *Process, wants []want) bool {
	for _, w := range wants {
		if t.covered(p, w) {
			continue
		}
		if t.conflict(p, w.key, w.mode) {
			return false
		}
	}
	for _, w := range wants {
		t.grant(p, w)
	}
	return true
}

// conflict reports whether another process holds the name, one above or one below in a mode that excludes mode. Under mu.
func (t *lockTable) conflict(p *Process, key string, mode int) bool {
	found := false
	t.above(key, func(e *lockEntry) bool {
		found = e.excludes(p, mode)
		return !found
	})
	if found {
		return true
	}
	t.names.Ascend(&lockEntry{key: key}, func(e *lockEntry) bool {
		if !strings.HasPrefix(e.key, key) {
			return false
		}
		found = e.excludes(p, mode)
		return !found
	})
	return found
}

// excludes reports whether somebody else's hold excludes mode.
func (e *lockEntry) excludes(p *Process, mode int) bool {
	for _, h := range e.holds {
		if h.p != p && (h.has(0) || mode == 0 && h.has(1)) {
			return true
		}
	}
	return false
}

func (t *lockTable) entry(key string) *lockEntry {
	e, _ := t.names.Get(&lockEntry{key: key})
	return e
}
