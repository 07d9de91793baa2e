package superserver

import (
	"context"
	"time"
)

// While the caller reads the rows of one buffer, IRIS makes the next: it is asked for as soon as a buffer is there, as the
// JDBC driver does, and the reply waits in the socket. One connection has at most one such request on its way; any other
// takes its reply in first, so that all else stays request and reply in turns.
//
// The first buffer starts no such request, so that short results cost none. Nor does one that took long to come: whoever
// closes the rows, or has another request, would have to wait for the next. Columns with streams are left out, since
// whether IRIS keeps the handles of one buffer when it makes the next isn't known.

// promptly is how fast a buffer must come for the next to be asked for ahead.
const promptly = 250 * time.Millisecond

// rowsReply is IRIS's reply to a request for rows.
type rowsReply struct {
	status int
	body   []byte
	err    error
}

// last tells that no buffer follows; an empty one is the end, whatever its status says.
func (a rowsReply) last() bool { return a.status == statusEnd || len(a.body) == 0 }

// askAhead asks for the next buffer without waiting. If that breaks the connection, the next call of fetch finds it broken.
func (r *Rows) askAhead(ctx context.Context) {
	c := r.conn
	if r.last || r.streams || ctx.Err() != nil || c.broken.Load() {
		return
	}
	c.begin(ctx, code{'F', 'D'}, r.id)
	r.asked = c.current
	endFrame(c.out, c.lastFrame())
	if _, err := c.net.Write(c.out); err != nil { // no deadline: nothing else is on its way, so that there is room for it
		c.fail()
		return
	}
	c.ahead = r
}

// settle takes in the reply that is on its way, for the rows to use when they get there.
func (c *Conn) settle(ctx context.Context) {
	r := c.ahead
	got := r.receive(ctx, c.takeSpare()[:0])
	r.next = &got
}

// receive reads the reply to askAhead. A context that has ended interrupts IRIS, which may still be working on it.
func (r *Rows) receive(ctx context.Context, into []byte) rowsReply {
	c := r.conn
	c.ahead = nil
	stop := c.guard(ctx, r.id)
	status, body, err := c.readReply(r.asked, r.id, into)
	stop()
	c.running.Store(0)
	return r.checked(ctx, status, body, withContext(ctx, err))
}

// checked asks for the text of an error at once: IRIS keeps only that of the last one.
func (r *Rows) checked(ctx context.Context, status int, body []byte, err error) rowsReply {
	if err == nil {
		err = r.conn.check(ctx, status)
	}
	return rowsReply{status, body, err}
}
