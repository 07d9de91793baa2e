package pgwire

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"io"

	"github.com/jackc/pgx/v5/pgproto3"

	"iris-pgwire/internal/pgerr"
)

// headerLen is a message's type byte and length word.
const headerLen = 5

// known are the types of messages that a client may send.
var known = []byte("BCDEFfdcHPpQSX")

// Garbled is the complaint about a message whose frame was whole and whose body was not: the connection can go on.
type Garbled struct {
	Type byte
	Err  *pgerr.Error
}

// Error implements error.
func (g *Garbled) Error() string { return g.Err.Error() }

// Unwrap gives the error that the client is told.
func (g *Garbled) Unwrap() error { return g.Err }

// frame hands out the bytes of one message and no more, so that the header of the next can still be looked at.
type frame struct {
	input *bufio.Reader
	left  int
}

// Read implements io.Reader.
func (f *frame) Read(p []byte) (int, error) {
	if f.left == 0 {
		return 0, io.EOF
	}
	p = p[:min(len(p), f.left)]
	n, err := f.input.Read(p)
	f.left -= n
	return n, err
}

// Receive gives the next message; it is valid until the next call. Collected answers are written before it waits.
//
// The error is io.EOF when the client is gone, ErrInterrupted, ErrReadTimeout, a *Garbled (go on after it), a
// *pgerr.Error (tell the client and close), or another (close).
func (c *Conn) Receive() (pgproto3.FrontendMessage, error) {
	if c.writeErr != nil {
		return nil, c.writeErr
	}
	if !c.whole() {
		if err := c.Flush(); err != nil {
			return nil, err
		}
	}
	header, err := c.input.Peek(headerLen)
	if err != nil {
		if len(header) > 0 && err == io.EOF {
			err = io.ErrUnexpectedEOF
		}
		return nil, c.readError(err)
	}
	kind, length := header[0], int(int32(binary.BigEndian.Uint32(header[1:])))
	if err := c.checkHeader(kind, length); err != nil {
		return nil, err
	}
	if length > LongMessage {
		return c.receiveLong(kind, length-(headerLen-1))
	}
	c.frame.left = length + 1
	msg, err := c.backend.Receive()
	if c.frame.left > 0 { // the body could not be read to its end
		return nil, c.readError(err)
	}
	if err != nil {
		return nil, &Garbled{Type: kind, Err: garbled(kind, err)}
	}
	return msg, nil
}

// checkHeader refuses what is no message before any memory is spent on it.
func (c *Conn) checkHeader(kind byte, length int) error {
	if bytes.IndexByte(known, kind) < 0 {
		return fatal("invalid frontend message type %d", kind)
	}
	if length < headerLen-1 {
		return io.ErrUnexpectedEOF // PostgreSQL closes such a connection without a word
	}
	if body := length - (headerLen - 1); body > c.limit {
		return fatal("message of %d bytes is longer than the limit of %d bytes", body, c.limit)
	}
	return nil
}

// garbled words the complaint as PostgreSQL does where its words are known.
func garbled(kind byte, cause error) *pgerr.Error {
	text := "insufficient data left in message"
	if kind == 'Q' || kind == 'p' {
		text = "invalid string in message"
	}
	return pgerr.New(pgerr.ProtocolViolation, "%s", text).WithCause(cause)
}

func fatal(format string, args ...any) *pgerr.Error {
	e := pgerr.New(pgerr.ProtocolViolation, format, args...)
	e.Severity = "FATAL"
	return e
}

// whole reports that the next message is already here to its end.
func (c *Conn) whole() bool {
	have := c.input.Buffered()
	if have < headerLen {
		return false
	}
	header, _ := c.input.Peek(headerLen)
	return have > int(binary.BigEndian.Uint32(header[1:]))
}

// Next tells the type of the next message if it has arrived, else 0. It never waits.
func (c *Conn) Next() byte {
	if c.input.Buffered() == 0 {
		return 0
	}
	b, _ := c.input.Peek(1)
	return b[0]
}
