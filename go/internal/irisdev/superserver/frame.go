package superserver

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// headSize is the length of a frame's header: body length, message number and statement id of four bytes each, then the
// code of a request or the status of a reply.
const headSize = 14

// The longest bodies that are read: before the login, and after it, where one message can hold a batch of long values.
const (
	maxLoginBody = 64 << 10
	maxBody      = 256 << 20
)

var errTooLong = errors.New("the message is longer than allowed")

// request is one message of a client.
type request struct {
	number uint32
	id     uint32 // of a statement
	code   code
	body   []byte
}

// code is the kind of a message: two letters, or a letter and C2 for a native call.
type code [2]byte

// String writes a code for people.
func (c code) String() string {
	if c[1] == nativeMark {
		return fmt.Sprintf("native call %d", int(c[0])-nativeBase)
	}
	return fmt.Sprintf("%q", c[:])
}

// readRequest reads one message, its body in steps: memory is taken for what has arrived, not for what was announced.
func readRequest(r *bufio.Reader, limit uint32) (request, error) {
	var head [headSize]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return request{}, err
	}
	size := binary.LittleEndian.Uint32(head[0:])
	req := request{number: binary.LittleEndian.Uint32(head[4:]), id: binary.LittleEndian.Uint32(head[8:]),
		code: code{head[12], head[13]}}
	if size > limit {
		return req, fmt.Errorf("%w: %d bytes in %v", errTooLong, size, req.code)
	}
	const step = 64 << 10
	for rest := int(size); rest > 0; {
		n := min(rest, max(step, len(req.body)))
		from := len(req.body)
		req.body = append(req.body, make([]byte, n)...)
		if _, err := io.ReadFull(r, req.body[from:]); err != nil {
			return req, fmt.Errorf("message cut: %w", err)
		}
		rest -= n
	}
	return req, nil
}

// beginReply starts a frame that answers req; endReply closes it with its length.
func beginReply(buf []byte, req request, status uint16) []byte {
	buf = binary.LittleEndian.AppendUint32(buf, 0)
	buf = binary.LittleEndian.AppendUint32(buf, req.number)
	buf = binary.LittleEndian.AppendUint32(buf, req.id)
	return binary.LittleEndian.AppendUint16(buf, status)
}

// endReply fills in the length of the frame that began at from.
func endReply(buf []byte, from int) {
	binary.LittleEndian.PutUint32(buf[from:], uint32(len(buf)-from-headSize))
}
