package superserver

import (
	"context"
	"sync"
	"time"
)

// work is the context of a statement. Its time-out runs only while the server works on it, not while the client reads the
// rows it has got. It ends with context.Canceled by an interrupt and with context.DeadlineExceeded by the time-out.
type work struct {
	context.Context
	limit time.Duration

	mu    sync.Mutex
	done  chan struct{}
	err   error
	timer *time.Timer
	stop  func() bool
}

func newWork(parent context.Context, limit time.Duration) *work {
	w := &work{Context: parent, limit: limit, done: make(chan struct{})}
	w.stop = context.AfterFunc(parent, func() { w.end(context.Canceled) })
	return w
}

// Done is closed when the work is to stop.
func (w *work) Done() <-chan struct{} { return w.done }

// Err says why.
func (w *work) Err() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.err
}

// end stops the work for a reason; the first one stays.
func (w *work) end(reason error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.err == nil {
		w.err = reason
		close(w.done)
	}
}

// begin starts the time-out for one message, pause stops it.
func (w *work) begin() {
	if w.limit > 0 {
		w.timer = time.AfterFunc(w.limit, func() { w.end(context.DeadlineExceeded) })
	}
}

func (w *work) pause() {
	if w.timer != nil {
		w.timer.Stop()
	}
}

// release frees what the work holds of its parent.
func (w *work) release() {
	w.pause()
	w.stop()
}

// during runs a step of a statement's work, in which an interrupt finds it.
func (c *conn) during(w *work, id uint32, step func() error) error {
	c.mu.Lock()
	c.working, c.workID = w, id
	c.mu.Unlock()
	w.begin()
	defer func() {
		w.pause()
		c.mu.Lock()
		c.working = nil
		c.mu.Unlock()
	}()
	return step()
}

// once is during for work that is over with the step.
func (c *conn) once(id uint32, limit time.Duration, step func(ctx context.Context) error) error {
	w := newWork(c.ctx, limit)
	defer w.release()
	return c.during(w, id, func() error { return step(w) })
}

// interrupt stops the statement that runs, or the open cursor of that id; false if there is none.
func (c *conn) interrupt(id uint32) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.working != nil && (id == 0 || id == c.workID) {
		c.working.end(context.Canceled)
		return true
	}
	for st := range c.open {
		if st.id == id {
			st.work.end(context.Canceled)
			return true
		}
	}
	return false
}
