package pgwire

import (
	"bufio"
	"errors"
	"net"
	"os"
	"sync"
	"time"

	"github.com/jackc/pgx/v5/pgproto3"
)

// The sizes of a connection's buffers, in bytes.
const (
	inputBuffer  = 16 << 10
	outputTarget = 64 << 10 // written when this much has been collected
	outputKeep   = 1 << 20  // a larger buffer is let go after it was written
	// DefaultLimit is the longest message a client may send before anyone has said otherwise: enough to log in.
	DefaultLimit = 64 << 10
)

// Conn is a client's connection.
type Conn struct {
	net     net.Conn
	input   *bufio.Reader
	frame   frame // what of input belongs to the current message
	backend *pgproto3.Backend
	limit   int

	out      []byte
	rowStart int
	parts    []part // the long values of the present row
	chunk    []byte // where they pass through
	writeErr error

	relief *relief
	slow   *time.Timer   // set while a write is under way
	tookIn chan struct{} // told when takeIn, which slow has started, has ended

	mu          sync.Mutex // guards the read deadline
	interrupted bool
	deadline    time.Time
}

// NewConn wraps an accepted connection.
func NewConn(c net.Conn) *Conn {
	conn := &Conn{limit: DefaultLimit, out: make([]byte, 0, 4<<10), tookIn: make(chan struct{})}
	conn.use(c)
	return conn
}

// use makes c the transport, with empty buffers.
func (c *Conn) use(transport net.Conn) {
	c.net = transport
	c.relief = &relief{}
	c.input = bufio.NewReaderSize(&backlogReader{held: c.relief, transport: transport}, inputBuffer)
	c.frame = frame{input: c.input}
	c.backend = pgproto3.NewBackend(&c.frame, transport)
}

// SetLimit sets how long a message's body may be, in bytes.
func (c *Conn) SetLimit(bytes int) { c.limit = bytes }

// RemoteAddr is the client's address.
func (c *Conn) RemoteAddr() net.Addr { return c.net.RemoteAddr() }

// Close closes the transport; what was not written is lost.
func (c *Conn) Close() error { return c.net.Close() }

// Interrupt makes the present and every later Receive fail with ErrInterrupted. Any goroutine may call it.
func (c *Conn) Interrupt() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.interrupted = true
	_ = c.net.SetReadDeadline(longAgo)
}

// SetReadTimeout bounds how long the following reads may take together; 0 is no bound.
func (c *Conn) SetReadTimeout(d time.Duration) {
	deadline := time.Time{}
	if d > 0 {
		deadline = time.Now().Add(d)
	} else if c.deadline.IsZero() {
		return // the usual case, for every message: nothing to change
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.deadline = deadline
	c.applyDeadline()
}

// applyDeadline is called with mu held.
func (c *Conn) applyDeadline() {
	deadline := c.deadline
	if c.interrupted {
		deadline = longAgo
	}
	_ = c.net.SetReadDeadline(deadline)
}

var longAgo = time.Unix(1, 0)

// ErrInterrupted is what Receive gives after Interrupt.
var ErrInterrupted = errors.New("the connection was interrupted")

// ErrReadTimeout is what Receive gives when the time of SetReadTimeout is over.
var ErrReadTimeout = errors.New("the client sent nothing in time")

// readError tells our own deadlines from other failures.
func (c *Conn) readError(err error) error {
	if !errors.Is(err, os.ErrDeadlineExceeded) {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.interrupted {
		return ErrInterrupted
	}
	return ErrReadTimeout
}
