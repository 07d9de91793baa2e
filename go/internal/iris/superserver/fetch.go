package superserver

import (
	"context"
	"io"

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
	last     bool // no buffer comes after this one
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

// fetch asks for the next buffer and leaves an error in err.
func (r *Rows) fetch(ctx context.Context) {
	c := r.conn
	c.begin(code{'F', 'D'}, r.id)
	status, body, err := c.call(ctx, c.lastFrame(), r.buf[:0])
	if err == nil {
		err = c.check(ctx, status)
	}
	r.at = 0
	if err != nil {
		r.buf = r.buf[:0]
		r.err = err
		r.release()
		return
	}
	r.buf = body
	r.last = status == statusEnd
	if len(body) == 0 && !r.last {
		r.last = true // an empty buffer is the end, whatever the status says
	}
}

// Close ends the query; before its end IRIS is told, which needs no reply.
func (r *Rows) Close(ctx context.Context) error {
	if r.closed {
		return nil
	}
	abandoned := !r.last && r.err == nil && !r.conn.broken.Load()
	r.release()
	r.err = io.EOF
	if !abandoned {
		return nil
	}
	c := r.conn
	c.begin(code{'C', 'C'}, r.id)
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
	if cap(r.buf) > cap(c.spare) && cap(r.buf) <= maxSpare {
		c.spare = r.buf[:0]
	}
	r.buf, r.at = nil, 0
}
