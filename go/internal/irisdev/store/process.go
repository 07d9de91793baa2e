package store

import (
	"strings"
)

// Process is one IRIS job: a namespace, a transaction, locks. It ends with End, and with it its transaction and locks.
type Process struct {
	store *Store
	job   int64
	space *namespace

	undo   []change // what the open transaction changed, oldest first
	levels []int    // the length of undo at each TSTART
	txn    uint64   // the open transaction in the journal; 0 is none
	wrote  bool     // the transaction has records in the journal

	locks     map[string]*hold            // under the lock table's mutex
	children  map[string]map[string]*hold // escalating locks by the name above them
	immediate map[string]bool             // unlocked with "I" in this transaction
	ended     bool
}

// NewProcess starts a job in a namespace. ErrNoNamespace if there is none of that name.
func (s *Store) NewProcess(ns string) (*Process, error) {
	space := s.space(strings.ToUpper(ns))
	if space == nil {
		return nil, ErrNoNamespace
	}
	p := &Process{store: s, space: space, job: s.lastJob.Add(1), locks: map[string]*hold{}}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return nil, ErrClosed
	}
	s.processes[p.job] = p
	return p, nil
}

// Job is the process number, $JOB.
func (p *Process) Job() int64 { return p.job }

// Store is where the process works.
func (p *Process) Store() *Store { return p.store }

// Namespace is $NAMESPACE.
func (p *Process) Namespace() string { return p.space.name }

// SetNamespace moves the process.
func (p *Process) SetNamespace(ns string) error {
	space := p.store.space(strings.ToUpper(ns))
	if space == nil {
		return ErrNoNamespace
	}
	p.space = space
	return nil
}

// End is the death of the process, however it comes: the open transaction is rolled back, the locks are freed. It may be
// called twice.
func (p *Process) End() error {
	if p.ended {
		return nil
	}
	p.ended = true
	err := p.TRollback()
	p.UnlockAll()
	p.store.mu.Lock()
	delete(p.store.processes, p.job)
	p.store.mu.Unlock()
	return err
}

// home is the namespace that a global lives in: names with % are the instance's, everything else the process' own.
func (p *Process) home(name string) *namespace {
	if strings.HasPrefix(name, "%") {
		return p.store.addNamespace(systemNamespace)
	}
	return p.space
}

// find gives the tree of a reference, nil if nothing was ever stored in it.
func (p *Process) find(r Ref) *global {
	name := r.name()
	return p.home(name).find(name)
}
