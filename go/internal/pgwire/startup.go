package pgwire

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"strings"
)

// The request codes that stand in place of a protocol version (PostgreSQL docs, "Message Formats").
const (
	cancelCode = 80877102
	sslCode    = 80877103
	gssCode    = 80877104
)

// A start-up packet has 8 to 10,000 bytes, as in PostgreSQL; anything else is closed without an answer.
const (
	minStartup = 8
	maxStartup = 10000
)

// ErrNotPostgres is a first packet that no PostgreSQL client sends; such a connection is closed without an answer.
var ErrNotPostgres = errors.New("not a PostgreSQL start-up packet")

// FirstKind tells the packets that may come before a session apart.
type FirstKind uint8

// The kinds of first packets.
const (
	StartupPacket FirstKind = iota
	SSLRequest
	GSSRequest
	CancelRequest
	DirectTLS // a TLS handshake instead of a packet; nothing has been consumed
)

// First is one of the packets that come before a session.
type First struct {
	Kind         FirstKind
	Major, Minor int
	// Params are the parameters, Extensions the names that begin with _pq_. , in the order sent.
	Params     map[string]string
	Extensions []string
	// PID and Key are those of a CancelRequest.
	PID uint32
	Key []byte
}

// ReceiveFirst reads one packet. A *pgerr.Error is for the client; on any other error the connection is just closed.
func (c *Conn) ReceiveFirst() (First, error) {
	if err := c.Flush(); err != nil {
		return First{}, err
	}
	first, err := c.input.Peek(1)
	if err != nil {
		return First{}, c.readError(err)
	}
	if first[0] == 0x16 { // TLS record type handshake; as a length it would be far too much
		return First{Kind: DirectTLS}, nil
	}
	var word [4]byte
	if _, err := io.ReadFull(c.input, word[:]); err != nil {
		return First{}, c.readError(err)
	}
	length := int(int32(binary.BigEndian.Uint32(word[:])))
	if length < minStartup || length > maxStartup {
		return First{}, ErrNotPostgres
	}
	body := make([]byte, length-4)
	if _, err := io.ReadFull(c.input, body); err != nil {
		return First{}, c.readError(err)
	}
	return decodeFirst(body)
}

func decodeFirst(body []byte) (First, error) {
	code, rest := binary.BigEndian.Uint32(body), body[4:]
	switch code {
	case sslCode:
		return First{Kind: SSLRequest}, nil
	case gssCode:
		return First{Kind: GSSRequest}, nil
	case cancelCode:
		// The key has 4 bytes up to protocol 3.1 and up to 256 from 3.2 on.
		if len(rest) < 8 || len(rest) > 4+256 {
			return First{}, ErrNotPostgres
		}
		return First{Kind: CancelRequest, PID: binary.BigEndian.Uint32(rest), Key: rest[4:]}, nil
	}
	f := First{Kind: StartupPacket, Major: int(code >> 16), Minor: int(code & 0xffff)}
	if f.Major != 3 {
		return f, nil // the caller says which versions there are
	}
	return f, f.parameters(rest)
}

// parameters reads name and value pairs up to an empty name, which must be the packet's end.
func (f *First) parameters(b []byte) error {
	f.Params = map[string]string{}
	for {
		name, rest, ok := cString(b)
		if !ok {
			break
		}
		if name == "" {
			if len(rest) == 0 {
				return nil
			}
			break
		}
		value, rest, ok := cString(rest)
		if !ok {
			break
		}
		b = rest
		if strings.HasPrefix(name, "_pq_.") {
			f.Extensions = append(f.Extensions, name)
			continue
		}
		f.Params[name] = value
	}
	return fatal("invalid startup packet layout: expected terminator as last byte")
}

func cString(b []byte) (s string, rest []byte, ok bool) {
	i := bytes.IndexByte(b, 0)
	if i < 0 {
		return "", nil, false
	}
	return string(b[:i]), b[i+1:], true
}

// Answer writes the single byte that answers SSLRequest ('S', 'N') or GSSENCRequest ('N').
func (c *Conn) Answer(b byte) error {
	c.out = append(c.out, b)
	return c.Flush()
}

// SendOldError answers a client of protocol 2 or older, which knows no error fields.
func (c *Conn) SendOldError(text string) {
	c.out = append(c.out, 'E')
	c.out = append(c.out, text...)
	c.out = append(c.out, '\n', 0)
}
