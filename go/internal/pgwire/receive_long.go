package pgwire

import (
	"io"

	"github.com/jackc/pgx/v5/pgproto3"
)

// LongMessage is the length from which on a message has bytes of its own, which may be kept: it is collected as it arrives. pgproto3 allocates a message's whole
// length before it reads the first byte, which would let every client have the limit's memory for the price of a length
// word; and it would be a second copy.
const LongMessage = 256 << 10

// receiveLong is Receive of a message whose header is still in front of its body.
func (c *Conn) receiveLong(kind byte, length int) (pgproto3.FrontendMessage, error) {
	if _, err := c.input.Discard(headerLen); err != nil {
		return nil, c.readError(err)
	}
	body, err := collect(c.input, length)
	if err != nil {
		return nil, c.readError(err)
	}
	msg := messageOf(kind)
	if err := msg.Decode(body); err != nil {
		return nil, &Garbled{Type: kind, Err: garbled(kind, err)}
	}
	return msg, nil
}

// collect reads n bytes into memory that grows with what arrives and ends at n.
func collect(r io.Reader, n int) ([]byte, error) {
	buf := make([]byte, 0, min(n, LongMessage))
	for len(buf) < n {
		if len(buf) == cap(buf) {
			larger := make([]byte, len(buf), min(n, 2*cap(buf)))
			copy(larger, buf)
			buf = larger
		}
		part := buf[len(buf):cap(buf)]
		if _, err := io.ReadFull(r, part); err != nil {
			if err == io.EOF {
				err = io.ErrUnexpectedEOF
			}
			return nil, err
		}
		buf = buf[:cap(buf)]
	}
	return buf, nil
}

// messageOf makes an empty message of one of the known types.
func messageOf(kind byte) pgproto3.FrontendMessage {
	switch kind {
	case 'B':
		return &pgproto3.Bind{}
	case 'C':
		return &pgproto3.Close{}
	case 'D':
		return &pgproto3.Describe{}
	case 'E':
		return &pgproto3.Execute{}
	case 'F':
		return &pgproto3.FunctionCall{}
	case 'H':
		return &pgproto3.Flush{}
	case 'P':
		return &pgproto3.Parse{}
	case 'Q':
		return &pgproto3.Query{}
	case 'S':
		return &pgproto3.Sync{}
	case 'X':
		return &pgproto3.Terminate{}
	case 'c':
		return &pgproto3.CopyDone{}
	case 'd':
		return &pgproto3.CopyData{}
	case 'f':
		return &pgproto3.CopyFail{}
	}
	return &pgproto3.PasswordMessage{}
}
