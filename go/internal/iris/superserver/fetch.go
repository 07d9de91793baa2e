package superserver

import (
	"context"
	"io"
	"time"

	"iris-pgwire/internal/iris"
)

// maxSpare is the largest row buffer that a connection keeps between queries.
const maxSpare = 4 << 20

// Rows is a running query. Several can be open on a connection, each with a buffer of its own.
type Rows struct {
	conn     *Conn
	st       *Statement
	id       uint32
	private  bool // the statement was prepared for this run alone
	buf      []byte
	at       int
	last     bool       // no buffer comes after this one
	asked    uint32     // number of the message that has asked for the next buffer ahead
	next     *rowsReply // to it, once another request of the connection had to take it in
	values   []iris.Value
	long     []longBuffer // what the stream columns of the row hold
	streams  bool         // there are such columns
	keepLong bool         // their values stay in IRIS
	held     bool         // the present row holds handles of streams that are open
	closed   bool
	err      error
}

var _ iris.Rows = (*Rows)(nil)

// Columns describes the rows.
func (r *Rows) Columns() []iris.Column { return r.st.columns }

// Next gives the next row or io.EOF; the values are valid until the next call.
func (r *Rows) Next(ctx context.Context) ([]iris.Value, error) {
	if r.held {
		r.closeRow(0)
	}
	for r.at >= len(r.buf) {
		switch {
		case r.err != nil:
			return nil, r.err
		case r.last || r.closed:
			r.err = io.EOF
			r.release()
		default:
			r.fetch(ctx)
		}
	}
	for i := range r.values {
		next, err := decodeInto(&r.values[i], r.buf, r.at)
		if err != nil {
			// The rest of the buffer can't be trusted, and neither can what IRIS would send next.
			r.conn.fail()
			r.err = &iris.ConnError{Op: "rows", Err: err, Sent: true}
			r.release()
			return nil, r.err
		}
		r.at = next
	}
	if r.streams {
		r.learnHandles()
	}
	r.held = r.streams && r.keepLong
	if r.streams && !r.keepLong {
		if err := r.readStreams(ctx); err != nil {
			_ = r.Close(ctx) // a failure of the connection is the error already
			r.err = err
			return nil, err
		}
	}
	return r.values, nil
}

// fetch takes the next buffer, asking for it unless that was done ahead, and leaves an error in err.
func (r *Rows) fetch(ctx context.Context) {
	begun := time.Now()
	got := r.nextBuffer(ctx)
	r.at = 0
	if got.err != nil {
		r.buf = r.buf[:0]
		r.err = got.err
		r.release()
		return
	}
	r.buf, r.last = got.body, got.last()
	if time.Since(begun) < promptly {
		r.askAhead(ctx)
	}
}

// nextBuffer gives the reply that has the next buffer.
func (r *Rows) nextBuffer(ctx context.Context) rowsReply {
	c := r.conn
	switch {
	case r.next != nil:
		got := *r.next
		r.next = nil
		c.keepSpare(r.buf)
		return got
	case c.ahead == r:
		return r.receive(ctx, r.buf[:0])
	}
	c.begin(ctx, code{'F', 'D'}, r.id)
	status, body, err := c.call(ctx, c.lastFrame(), r.buf[:0])
	return r.checked(ctx, status, body, err)
}

// Close ends the query; before its end IRIS is told, which needs no reply.
func (r *Rows) Close(ctx context.Context) error {
	if r.closed {
		return nil
	}
	c := r.conn
	if c.ahead == r {
		got := r.receive(ctx, r.buf[:0])
		r.next = &got
	}
	abandoned := !r.last && r.err == nil && !c.broken.Load() && (r.next == nil || r.next.err == nil && !r.next.last())
	r.release()
	r.err = io.EOF
	if !abandoned {
		return nil
	}
	c.begin(ctx, code{'C', 'C'}, r.id)
	return c.send(ctx, c.lastFrame())
}

// release gives the buffer and the statement back; the last row is no longer valid then.
func (r *Rows) release() {
	if r.closed {
		return
	}
	r.closed = true
	r.closeUnread()
	c := r.conn
	delete(c.open, r)
	if r.st.cursor == r {
		r.st.cursor = nil
	}
	if r.private {
		c.cache.drop(r.st)
	}
	c.keepSpare(r.buf)
	r.buf, r.at, r.next = nil, 0, nil
}
