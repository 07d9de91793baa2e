package superserver

import (
	"bufio"
	"context"
	"fmt"
	"net"
	"sync"
	"sync/atomic"
	"time"

	"iris-pgwire/internal/iris"
)

// Reply statuses. Any other value is the absolute SQLCODE of an error.
const (
	statusOK      = 0
	statusEnd     = 100 // the last rows; or an update that hit no row
	statusUnknown = 404 // the statement id is not known any more: send the text again
	statusRefused = 417 // a login refused, with a text
)

// Conn is a connection to the superserver: one IRIS process.
type Conn struct {
	cfg   Config
	login iris.Login
	info  iris.ServerInfo

	net     net.Conn
	r       *bufio.Reader
	out     []byte       // the request being written
	spare   []byte       // a row buffer that no Rows uses now
	closing []iris.Value // streams that IRIS is to be told to forget
	number  uint32       // of the next message: odd, the even ones are IRIS's own
	current uint32       // number of the request on its way
	compact bool         // the server reads compact doubles

	cache      *statementCache
	lastID     uint32
	open       map[*Rows]struct{}
	ahead      *Rows // has asked for its next buffer and not read the reply
	inTx       bool
	touched    bool // a direct text may have changed the session's state
	oddHandles bool // streams have handles of a form that is not known
	lastUsed   time.Time

	broken atomic.Bool
	// gate is held by Cancel while it interrupts, so that the next statement can't be hit in the place of this one.
	gate    sync.Mutex
	running atomic.Uint32 // statement id that IRIS works on, 0 = none
}

var _ iris.Conn = (*Conn)(nil)

// Server gives what IRIS said of itself at connect.
func (c *Conn) Server() iris.ServerInfo { return c.info }

// Broken reports that the connection can't be used again.
func (c *Conn) Broken() bool { return c.broken.Load() }

// begin starts a request. A buffer of rows that was asked for ahead is taken in first, and a forget message that is due
// goes out in the same write.
func (c *Conn) begin(ctx context.Context, what code, statement uint32) {
	if c.ahead != nil {
		c.settle(ctx)
	}
	c.out = c.out[:0]
	if c.cache != nil {
		c.appendForget()
	}
	c.appendClosing()
	c.frame(what, statement)
}

// frame appends a header to the request buffer.
func (c *Conn) frame(what code, statement uint32) {
	c.out = appendHeader(c.out, c.number, statement, what)
	c.current = c.number
	c.number += 2
}

// call sends the request begun at offset start of the buffer and reads its reply, appended to into.
func (c *Conn) call(ctx context.Context, start int, into []byte) (status int, body []byte, err error) {
	stop, err := c.beginCall(ctx, start)
	if err != nil {
		return 0, into, err
	}
	status, body, err = c.exchange(parseHeader(c.out[start:]).statement, into)
	stop()
	c.running.Store(0)
	return status, body, withContext(ctx, err)
}

// beginCall finishes the request begun at start and lets it be interrupted until stop.
func (c *Conn) beginCall(ctx context.Context, start int) (stop func(), err error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if c.broken.Load() {
		return nil, &iris.ConnError{Op: "write", Err: net.ErrClosed}
	}
	endFrame(c.out, start)
	return c.guard(ctx, parseHeader(c.out[start:]).statement), nil
}

// guard lets a statement that IRIS works on be interrupted until stop.
func (c *Conn) guard(ctx context.Context, statement uint32) (stop func()) {
	c.gate.Lock()
	c.running.Store(statement)
	c.gate.Unlock()
	return c.watch(ctx, statement)
}

// withContext puts the end of the context, if it has ended, in front of the failure that came of it.
func withContext(ctx context.Context, err error) error {
	if err != nil && ctx.Err() != nil {
		return fmt.Errorf("%w: %w", ctx.Err(), err)
	}
	return err
}

// exchange is the write and the read. Any failure ends the connection: half an answer can't be put right.
func (c *Conn) exchange(statement uint32, into []byte) (int, []byte, error) {
	if n, err := c.net.Write(c.out); err != nil {
		c.fail()
		return 0, into, &iris.ConnError{Op: "write", Err: err, Sent: n > 0}
	}
	if cap(c.out) > 1<<20 {
		c.out = nil // one large parameter should not stay for the connection's life
	}
	return c.readReply(c.current, statement, into)
}

func (c *Conn) readReply(number, statement uint32, into []byte) (int, []byte, error) {
	status, body, err := readMessage(c.r, into, number, statement)
	if err != nil {
		c.fail()
		return 0, into, &iris.ConnError{Op: "read", Err: noEOF(err), Sent: true}
	}
	return status, body, nil
}

// send writes a request that has no reply. A peer that doesn't read must not hold the caller for ever, so that the time is
// bounded by the context's deadline, and by the grace where that is later or none.
func (c *Conn) send(ctx context.Context, start int) error {
	endFrame(c.out, start)
	limit := time.Now().Add(c.cfg.cancelGrace())
	if deadline, ok := ctx.Deadline(); ok && deadline.Before(limit) {
		limit = deadline
	}
	_ = c.net.SetWriteDeadline(limit)
	defer func() { _ = c.net.SetWriteDeadline(time.Time{}) }()
	if _, err := c.net.Write(c.out); err != nil {
		c.fail()
		return &iris.ConnError{Op: "write", Err: err, Sent: true}
	}
	return nil
}

// fail marks the connection as broken and closes its socket, which rolls back and frees its locks in IRIS.
func (c *Conn) fail() {
	if !c.broken.Swap(true) {
		c.net.Close()
	}
}

// simple is a request with a short body and no interest in the reply's body.
func (c *Conn) simple(ctx context.Context, what code, statement uint32) error {
	c.begin(ctx, what, statement)
	start := c.lastFrame()
	status, _, err := c.call(ctx, start, nil)
	if err != nil {
		return err
	}
	return c.check(ctx, status)
}

// lastFrame finds the start of the frame begun last: begin appends only its header.
func (c *Conn) lastFrame() int { return len(c.out) - headerSize }

// Ping asks IRIS for a sign of life.
func (c *Conn) Ping(ctx context.Context) error { return c.simple(ctx, code{'P', 'G'}, 0) }

// Close says goodbye and closes the socket; an open transaction is rolled back by IRIS.
func (c *Conn) Close() error {
	if c.broken.Swap(true) {
		return nil
	}
	c.out = appendHeader(c.out[:0], 0, 0, code{'D', 'C'})
	_ = c.net.SetWriteDeadline(time.Now().Add(time.Second))
	_, _ = c.net.Write(c.out)
	return c.net.Close()
}
