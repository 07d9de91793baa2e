package run

import (
	"sync"
	"sync/atomic"
	"time"

	"iris-pgwire/internal/irisdev/objectscript/class"
	"iris-pgwire/internal/irisdev/store"
	"iris-pgwire/internal/irisdev/superserver"
	"iris-pgwire/internal/irisdev/variant"
)

// Classes is the dictionary, as class.Dictionary is one. A name is looked up as a process in the namespace ns sees it. Errors
// are *fault.Error: CLASS DOES NOT EXIST and NOROUTINE, or what is wrong with the source.
type Classes interface {
	Class(p *store.Process, ns, name string) (*class.Class, error)
	// FullName completes a class name as it stands in the code of the class from, which may be nil.
	FullName(p *store.Process, ns string, from *class.Class, name string) string
	Routine(p *store.Process, ns, name string) (*class.Routine, error)
	// ObjectNames lists the routines of a namespace that have object code.
	ObjectNames(p *store.Process, ns string) []string
}

// System is one instance as its processes see it.
type System struct {
	Store    *store.Store
	Classes  Classes
	Natives  Natives
	Variant  variant.Set
	SQL      superserver.Engine // nil is an instance without SQL
	Version  string             // $ZVERSION
	Instance string             // IRIS
	Dir      string             // the manager directory, with a separator at its end
	Bin      string             // the directory of programs, likewise
	Clock    *Clock
	// Console writes a line to messages.log.
	Console func(job int64, severity int, event, text string) error
	// Audit is called for an event that a process reports; nil drops it.
	Audit func(job int64, event, data string)
	// Started and Ended are called in a process that JOB started, before and after its code (JOB^%ZSTART, JOB^%ZSTOP).
	Started, Ended func(p *Process)

	// Check reports that a process' roles hold a permission on a resource; %All is not asked for.
	Check func(p *Process, resource, permission string) bool

	mu       sync.Mutex
	jobs     map[int64]*Process
	stopping atomic.Bool
	events   events
	birth    time.Time
	funcs    map[string]procFunc
}

// NewSystem completes a System.
func NewSystem(s *System) *System {
	if s.Clock == nil {
		s.Clock = &Clock{}
	}
	if s.Instance == "" {
		s.Instance = "IRIS"
	}
	if s.Console == nil {
		s.Console = func(int64, int, string, string) error { return nil }
	}
	s.jobs = map[int64]*Process{}
	s.events.queues = map[string]*queue{}
	s.birth = time.Now()
	s.funcs = functions()
	return s
}

// Job gives a running process; nil if there is none of that number.
func (s *System) Job(job int64) *Process {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.jobs[job]
}

// Processes lists the processes that run ObjectScript by their numbers.
func (s *System) Processes() []*Process {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := make([]*Process, 0, len(s.jobs))
	for _, job := range s.Store.Jobs() {
		if p := s.jobs[job]; p != nil {
			out = append(out, p)
		}
	}
	return out
}

// Stopping makes JOB impossible, as it is once SYSTEM^%ZSTOP runs.
func (s *System) Stopping() { s.stopping.Store(true) }

// Kill ends a process hard: no handler runs, its transaction is rolled back, its locks are freed. False if there is none.
func (s *System) Kill(job int64) bool {
	p := s.Job(job)
	if p == nil {
		return false
	}
	p.kill()
	return true
}

// KillAll ends all processes and waits until they are gone, at most for the time given.
func (s *System) KillAll(wait time.Duration) {
	for _, p := range s.Processes() {
		p.kill()
	}
	for end := time.Now().Add(wait); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		s.mu.Lock()
		n := len(s.jobs)
		s.mu.Unlock()
		if n == 0 {
			return
		}
	}
}
