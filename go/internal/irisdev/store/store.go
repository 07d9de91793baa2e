package store

import (
	"os"
	"sort"
	"sync"
	"sync/atomic"
	"time"

	"github.com/tidwall/btree"
)

// systemNamespace exists always; globals whose names begin with % live in it.
const systemNamespace = "%SYS"

// Options of a store; the zero value is good.
type Options struct {
	// SyncCommit makes every commit wait for the disk. Without it a commit survives the death of irisdev, but the last
	// second may be lost with the machine, as with IRIS's own default.
	SyncCommit bool
	// Escalation is the lock threshold; 0 is DefaultEscalation.
	Escalation int
}

// Store is one instance's data.
type Store struct {
	opts Options
	dir  string // empty: in memory only

	// gate is held for reading by every step that changes data, for writing while a checkpoint is cut.
	gate sync.RWMutex

	mu        sync.RWMutex
	spaces    map[string]*namespace
	processes map[int64]*Process
	closed    bool

	locks   lockTable
	lastJob atomic.Int64
	lastTxn atomic.Uint64
	journal *journal
	cutting sync.Mutex // one checkpoint at a time
	segment uint64     // the number of the journal
	lock    *os.File   // of the directory
	isNew   bool

	stop chan struct{}
	done sync.WaitGroup
}

// Open opens the store of a directory, making it if it is not there, and brings it to the last committed state. An empty
// dir is a store in memory. Close must be called.
func Open(dir string, opts Options) (*Store, error) {
	if opts.Escalation == 0 {
		opts.Escalation = DefaultEscalation
	}
	s := &Store{opts: opts, dir: dir, spaces: map[string]*namespace{}, processes: map[int64]*Process{},
		stop: make(chan struct{})}
	s.locks.threshold = opts.Escalation
	s.locks.names = btree.NewBTreeGOptions(func(a, b *lockEntry) bool { return a.key < b.key },
		btree.Options{NoLocks: true})
	s.lastJob.Store(10000)
	s.addNamespace(systemNamespace)
	if dir == "" {
		s.isNew, s.journal = true, &journal{}
		return s, nil
	}
	if err := s.load(); err != nil {
		if s.lock != nil {
			s.lock.Close()
		}
		return nil, err
	}
	s.done.Add(1)
	go s.keep()
	return s, nil
}

// IsNew reports that Open found no data.
func (s *Store) IsNew() bool { return s.isNew }

// Process gives a running job; nil if there is none of that number.
func (s *Store) Process(job int64) *Process {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.processes[job]
}

// Jobs lists the numbers of the running jobs.
func (s *Store) Jobs() []int64 {
	s.mu.RLock()
	defer s.mu.RUnlock()
	out := make([]int64, 0, len(s.processes))
	for job := range s.processes {
		out = append(out, job)
	}
	sort.Slice(out, func(i, j int) bool { return out[i] < out[j] })
	return out
}

// Close writes everything to disk. Processes must have ended; what they left open is rolled back at the next Open.
func (s *Store) Close() error {
	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		return nil
	}
	s.closed = true
	s.mu.Unlock()
	if s.dir == "" {
		return nil
	}
	close(s.stop)
	s.done.Wait()
	err := s.Checkpoint()
	if e := s.journal.close(); err == nil {
		err = e
	}
	if e := s.lock.Close(); err == nil {
		err = e
	}
	return err
}

// syncEvery is how often the journal is brought to disk, checkpointAt the size at which it is started anew.
const (
	syncEvery    = time.Second
	checkpointAt = 256 << 20
)

// keep brings the journal to disk now and then, and cuts it when it has grown.
func (s *Store) keep() {
	defer s.done.Done()
	tick := time.NewTicker(syncEvery)
	defer tick.Stop()
	for {
		select {
		case <-s.stop:
			return
		case <-tick.C:
			s.journal.sync()
			if s.journal.size() > checkpointAt {
				// A failure is kept by the journal, and the next write reports it.
				_ = s.Checkpoint()
			}
		}
	}
}
