package superserver

import (
	"context"
	"sync"
	"time"
)

// longWork is when a statement is one that takes its time.
const longWork = 5 * time.Millisecond

// work is the context of a statement. Its time-out runs only while the server works on it, not while the client reads the
// rows it has got. It ends with context.Canceled by an interrupt or the end of the connection, and with
// context.DeadlineExceeded by the time-out.
type work struct {
	context.Context // the connection's
	limit           time.Duration
	lasts           func() // told once that the statement waits or takes its time
	begun           time.Time

	mu    sync.Mutex
	told  bool
	done  chan struct{} // made when somebody waits for it
	err   error
	timer *time.Timer
	stop  func() bool
}

func (c *conn) newWork(limit time.Duration) *work {
	return &work{Context: c.ctx, limit: limit, lasts: c.listen}
}

// Done is closed when the work is to stop.
func (w *work) Done() <-chan struct{} {
	w.tell()
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.done == nil {
		w.done = make(chan struct{})
		if w.err != nil {
			close(w.done)
		} else {
			w.stop = context.AfterFunc(w.Context, func() { w.end(context.Canceled) })
		}
	}
	return w.done
}

// Err says why.
func (w *work) Err() error {
	if w.Context.Err() != nil {
		w.end(context.Canceled)
	}
	w.mu.Lock()
	err, begun := w.err, w.begun
	w.mu.Unlock()
	if err == nil && time.Since(begun) > longWork {
		w.tell()
	}
	return err
}

// tell calls lasts the first time.
func (w *work) tell() {
	w.mu.Lock()
	told := w.told
	w.told = true
	w.mu.Unlock()
	if !told {
		w.lasts()
	}
}

// end stops the work for a reason; the first one stays.
func (w *work) end(reason error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.err != nil {
		return
	}
	w.err = reason
	if w.done != nil {
		close(w.done)
	}
}

// begin starts the time-out for one message, pause stops it.
func (w *work) begin() {
	w.mu.Lock()
	w.begun, w.told = time.Now(), false
	w.mu.Unlock()
	if w.limit > 0 {
		w.timer = time.AfterFunc(w.limit, func() { w.end(context.DeadlineExceeded) })
	}
}

func (w *work) pause() {
	if w.timer != nil {
		w.timer.Stop()
	}
}

// release frees what the work holds of the connection's context.
func (w *work) release() {
	w.pause()
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.stop != nil {
		w.stop()
	}
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
	w := c.newWork(limit)
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
