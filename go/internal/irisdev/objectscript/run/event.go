package run

import (
	"strconv"
	"sync"
	"time"

	"iris-pgwire/internal/irisdev/objectscript/fault"
)

// events are the queues of $SYSTEM.Event: named ones, and one of each process under its number.
type events struct {
	mu     sync.Mutex
	queues map[string]*queue
}

// queue has the messages that nobody has waited for, and those who wait.
type queue struct {
	messages []string
	waiters  []chan wake
}

type wake struct {
	code    int
	message string
}

func jobQueue(job int64) string { return strconv.FormatInt(job, 10) }

// CreateEvent makes a named queue; false if it exists.
func (s *System) CreateEvent(name string) bool {
	e := &s.events
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.queues[name] != nil {
		return false
	}
	e.queues[name] = &queue{}
	return true
}

// DeleteEvent deletes a queue; those who wait are woken with -1. False if there is none.
func (s *System) DeleteEvent(name string) bool {
	e := &s.events
	e.mu.Lock()
	defer e.mu.Unlock()
	q := e.queues[name]
	if q == nil {
		return false
	}
	delete(e.queues, name)
	for _, w := range q.waiters {
		w <- wake{code: -1}
	}
	return true
}

// EventDefined reports a named queue.
func (s *System) EventDefined(name string) bool {
	s.events.mu.Lock()
	defer s.events.mu.Unlock()
	return s.events.queues[name] != nil
}

// queueOf finds a queue: a process has one for as long as it lives. Under mu.
func (s *System) queueOf(name string) *queue {
	e := &s.events
	if q := e.queues[name]; q != nil {
		return q
	}
	job, err := strconv.ParseInt(name, 10, 64)
	if err != nil {
		return nil
	}
	if s.Job(job) == nil {
		return nil
	}
	q := &queue{}
	e.queues[name] = q
	return q
}

// SignalEvent wakes one who waits at a named queue or at the process of a number, or leaves the message for the next one.
// False if there is no such queue.
func (s *System) SignalEvent(name, message string) bool {
	e := &s.events
	e.mu.Lock()
	defer e.mu.Unlock()
	q := s.queueOf(name)
	if q == nil {
		return false
	}
	if len(q.waiters) > 0 {
		w := q.waiters[0]
		q.waiters = q.waiters[1:]
		w <- wake{1, message}
		return true
	}
	q.messages = append(q.messages, message)
	return true
}

// ClearEvent forgets the messages of a queue and says how many there were; -1 if there is no queue.
func (s *System) ClearEvent(name string) int {
	e := &s.events
	e.mu.Lock()
	defer e.mu.Unlock()
	q := s.queueOf(name)
	if q == nil {
		return -1
	}
	n := len(q.messages)
	q.messages = nil
	return n
}

// CountEvent is the number of messages that wait; -1 if there is no queue.
func (s *System) CountEvent(name string) int {
	e := &s.events
	e.mu.Lock()
	defer e.mu.Unlock()
	q := s.queueOf(name)
	if q == nil {
		return -1
	}
	return len(q.messages)
}

// WaitEvent waits at a queue, with an empty name at the process' own. Code 1 is woken, 0 the time is over, -1 deleted
// meanwhile. A negative time waits for ever. <UNDEFINED> for an unknown name.
func (p *Process) WaitEvent(name string, d time.Duration) (code int, message string, err error) {
	if name == "" {
		name = jobQueue(p.Job())
	}
	e := &p.sys.events
	e.mu.Lock()
	q := p.sys.queueOf(name)
	if q == nil {
		e.mu.Unlock()
		return 0, "", fault.New("UNDEFINED", "*"+name)
	}
	if len(q.messages) > 0 {
		message, q.messages = q.messages[0], q.messages[1:]
		e.mu.Unlock()
		return 1, message, nil
	}
	if d == 0 {
		e.mu.Unlock()
		return 0, "", nil
	}
	w := make(chan wake, 1)
	q.waiters = append(q.waiters, w)
	e.mu.Unlock()
	var late <-chan time.Time
	if d > 0 {
		t := time.NewTimer(d)
		defer t.Stop()
		late = t.C
	}
	var got wake
	err = p.busy("EVT", func() error {
		select {
		case got = <-w:
		case <-late:
			got = e.leave(q, w)
		case <-p.ctx.Done():
			e.leave(q, w)
		}
		return nil
	})
	return got.code, got.message, err
}

// leave takes a waiter out of its queue; what woke it at the last moment is its answer.
func (e *events) leave(q *queue, w chan wake) wake {
	e.mu.Lock()
	defer e.mu.Unlock()
	for i, other := range q.waiters {
		if other == w {
			q.waiters = append(q.waiters[:i], q.waiters[i+1:]...)
			return wake{}
		}
	}
	select {
	case got := <-w:
		return got
	default:
		return wake{}
	}
}

// gone drops the queue of a process that has ended.
func (e *events) gone(job int64) {
	e.mu.Lock()
	defer e.mu.Unlock()
	delete(e.queues, jobQueue(job))
}
