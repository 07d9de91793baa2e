package superserver

import (
	"bufio"
	"context"
	"errors"
	"net"
	"runtime/debug"
	"sync"
	"time"

	"go.uber.org/zap"

	"iris-pgwire/internal/irisdev/store"
)

// conn is one client's connection: one IRIS process.
type conn struct {
	srv    *Server
	nc     net.Conn
	in     *bufio.Reader
	ctx    context.Context // ends with the connection
	cancel context.CancelFunc

	out     []byte // replies not yet written
	inner   []byte // a row that becomes a list
	proc    *store.Process
	session Session
	leave   func() // tells Jobs of the end
	login   Login

	features   bool // replies to queries say which form their rows have
	fastSelect bool // and it is the fast one
	compact    bool // doubles without their zero bytes
	positive   bool // a status is the absolute SQLCODE
	jdbc       bool // the client is the JDBC driver
	prepared   map[uint32]*statement
	procedures map[uint32]*procedure
	lastQuery  *statement
	failure    failure
	streams    map[string]*stream // by handle
	lastStream int

	mu       sync.Mutex
	busy     bool          // under mu: a message is being handled
	received chan received // under mu: messages that came meanwhile; nil when nobody reads beside the handling
	working  *work         // under mu: what an interrupt stops
	workID   uint32
	open     map[*statement]struct{} // under mu: with a cursor
}

func newConn(ctx context.Context, s *Server, nc net.Conn) *conn {
	c := &conn{srv: s, nc: nc, in: bufio.NewReaderSize(nc, 32<<10), prepared: map[uint32]*statement{},
		open: map[*statement]struct{}{}}
	c.ctx, c.cancel = context.WithCancel(ctx)
	return c
}

// close ends the connection from outside.
func (c *conn) close() {
	c.cancel()
	c.nc.Close()
}

// errGoodbye is the client's orderly end.
var errGoodbye = errors.New("the client disconnected")

// serve lives as long as the connection.
func (c *conn) serve() {
	defer c.end()
	defer func() {
		if p := recover(); p != nil {
			c.srv.Log.Error("connection ended by a defect", zap.Any("panic", p), zap.ByteString("stack", debug.Stack()))
		}
	}()
	if tcp, ok := c.nc.(*net.TCPConn); ok {
		tcp.SetNoDelay(true)
	}
	c.nc.SetDeadline(time.Now().Add(loginTime))
	if err := c.handshake(); err != nil {
		c.srv.Log.Debug("no login", zap.String("client", c.nc.RemoteAddr().String()), zap.Error(err))
		return
	}
	c.nc.SetDeadline(time.Time{})
	for {
		req, err := c.next()
		if err == nil {
			err = c.handle(req)
		}
		if err != nil {
			if !errors.Is(err, errGoodbye) {
				c.srv.Log.Debug("connection ended", zap.Int64("job", c.proc.Job()), zap.Error(err))
			}
			break
		}
	}
	c.close() // ends a reader as well
	c.dropReceived()
}

// end frees what the process has: its transaction is rolled back, its locks are free.
func (c *conn) end() {
	c.close()
	for _, st := range c.prepared {
		st.closeCursor(c)
	}
	if c.session != nil {
		c.session.Close()
	}
	if c.proc == nil {
		return
	}
	if c.leave != nil {
		c.leave()
	}
	if err := c.proc.End(); err != nil {
		c.srv.Log.Error("end of a process", zap.Int64("job", c.proc.Job()), zap.Error(err))
	}
	c.srv.leave(c.proc.Job())
}

// handle answers one message and writes the replies.
func (c *conn) handle(req request) error {
	c.setBusy(true)
	defer c.setBusy(false)
	h, known := handlers[req.code]
	k, isCatalogue := catalogues[req.code]
	switch {
	case known:
	case isCatalogue:
		h = func(c *conn, req request) error { return c.catalogue(req, k) }
	case req.code[1] == nativeMark:
		h = native
	default:
		h = unknown
		c.srv.Log.Info("message code not supported", zap.Stringer("code", req.code))
	}
	if err := h(c, req); err != nil {
		return err
	}
	return c.flush()
}

func (c *conn) flush() error {
	if len(c.out) == 0 {
		return nil
	}
	if c.cutsReplies() {
		c.out = cutReplies(c.out, c.jdbc)
	}
	_, err := c.nc.Write(c.out)
	c.out = c.out[:0]
	if cap(c.out) > 1<<20 {
		c.out = nil
	}
	return err
}

// reply adds a reply whose body fill writes.
func (c *conn) reply(req request, status uint16, fill func(buf []byte) []byte) {
	from := len(c.out)
	c.out = beginReply(c.out, req, status)
	if fill != nil {
		c.out = fill(c.out)
	}
	endReply(c.out, from)
}

// done is the empty reply.
func (c *conn) done(req request) error {
	c.reply(req, statusOK, nil)
	return nil
}
