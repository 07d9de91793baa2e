// Package control is how the commands terminal, load and kill reach the instance that serves a directory: a socket of the
// operating system in that directory, which only its owner may use, and a few frames on it. The client asks once, then
// gives input when it is asked for it and shows output, until it is told its exit code.
package control

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// kind says what a frame holds. Those of the client are in lower case.
type kind byte

const (
	ask       kind = 'a' // a Request, the first frame
	input     kind = 'i' // what was typed or piped, after want
	inputEnd  kind = 'e' // there is no more input
	interrupt kind = 'c' // Ctrl-C
	output    kind = 'O'
	want      kind = 'W' // asks for input
	exit      kind = 'X' // a Result, the last frame
)

// headSize is that of the head: kind and length of the payload.
const headSize = 5

// maxPayload bounds a frame; more output takes several.
const maxPayload = 1 << 16

var errFrame = errors.New("the other side does not speak the protocol of irisdev's control socket")

func writeFrame(w io.Writer, k kind, payload []byte) error {
	buf := make([]byte, headSize, headSize+len(payload))
	buf[0] = byte(k)
	binary.BigEndian.PutUint32(buf[1:], uint32(len(payload)))
	_, err := w.Write(append(buf, payload...))
	return err
}

func readFrame(r io.Reader) (kind, []byte, error) {
	var head [headSize]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return 0, nil, err
	}
	n := binary.BigEndian.Uint32(head[1:])
	if n > maxPayload {
		return 0, nil, fmt.Errorf("%w: a frame of %d bytes", errFrame, n)
	}
	payload := make([]byte, n)
	if _, err := io.ReadFull(r, payload); err != nil {
		return 0, nil, err
	}
	return kind(head[0]), payload, nil
}
