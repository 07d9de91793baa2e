package superserver

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// A frame's header: body length, message number, statement id (all little endian), then the request's two letters or
// the reply's status.
const (
	headerSize = 14
	moreFrames = 1 << 31 // in a reply's statement id: another frame of the same message follows

	// maxMessage bounds one message. A row buffer holds whole rows, and a row several strings of up to 7 MB.
	maxMessage = 1 << 30
	// firstRead is how much is allocated on the word of a length alone; beyond that memory grows with what arrives.
	firstRead = 64 << 10
)

// code is a request's two letters.
type code [2]byte

var errFrame = errors.New("bad frame")

// header is a reply's header.
type header struct {
	length    uint32
	number    uint32
	statement uint32
	more      bool
	status    int
}

// appendHeader starts a request; endFrame fills its length in.
func appendHeader(dst []byte, number, statement uint32, c code) []byte {
	dst = append(dst, 0, 0, 0, 0)
	dst = binary.LittleEndian.AppendUint32(dst, number)
	dst = binary.LittleEndian.AppendUint32(dst, statement)
	return append(dst, c[0], c[1])
}

// endFrame sets the length of the frame that starts at start.
func endFrame(b []byte, start int) {
	binary.LittleEndian.PutUint32(b[start:], uint32(len(b)-start-headerSize))
}

func parseHeader(b []byte) header {
	statement := binary.LittleEndian.Uint32(b[8:])
	return header{
		length:    binary.LittleEndian.Uint32(b),
		number:    binary.LittleEndian.Uint32(b[4:]),
		statement: statement &^ moreFrames,
		more:      statement&moreFrames != 0,
		status:    int(binary.LittleEndian.Uint16(b[12:])),
	}
}

// serverPing is the code that IRIS's sign of life has in the place of a status: a frame without body and numbers, which may
// come at any time and wants no answer (facts: superserver protocol §1).
const serverPing = 'Y' | 'Q'<<8

func (h header) isPing() bool { return h.number == 0 && h.length == 0 && h.status == serverPing }

// readHeader reads the next header that is no sign of life.
func readHeader(r *bufio.Reader) (header, error) {
	var raw [headerSize]byte
	for {
		if _, err := io.ReadFull(r, raw[:]); err != nil {
			return header{}, err
		}
		if h := parseHeader(raw[:]); !h.isPing() {
			return h, nil
		}
	}
}

// readMessage reads one reply, all its frames, and appends the bodies to buf. The numbers must be those of the request.
// Of several frames the last one's status counts, unless an earlier one was an error.
func readMessage(r *bufio.Reader, buf []byte, number, statement uint32) (status int, body []byte, err error) {
	for first := true; ; first = false {
		h, err := readHeader(r)
		if err != nil {
			return 0, buf, err
		}
		if h.number != number || h.statement != statement {
			return 0, buf, fmt.Errorf("%w: reply to message %d of statement %d, expected %d of %d", errFrame, h.number, h.statement, number, statement)
		}
		if buf, err = readBody(r, buf, int64(h.length)); err != nil {
			return 0, buf, err
		}
		if first || status == 0 || status == statusEnd {
			status = h.status
		}
		if !h.more {
			return status, buf, nil
		}
	}
}

// readBody appends n bytes to buf, growing it only as they arrive.
func readBody(r *bufio.Reader, buf []byte, n int64) ([]byte, error) {
	if n+int64(len(buf)) > maxMessage {
		return buf, fmt.Errorf("%w: length %d", errFrame, n)
	}
	step := int64(firstRead)
	for n > 0 {
		part := int(min(n, step))
		start := len(buf)
		buf = grow(buf, part)
		if _, err := io.ReadFull(r, buf[start:]); err != nil {
			return buf[:start], noEOF(err)
		}
		n -= int64(part)
		step *= 2
	}
	return buf, nil
}

// noEOF keeps io.EOF, which also means the end of rows, out of connection errors.
func noEOF(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

// grow lengthens buf by n bytes of any content.
func grow(buf []byte, n int) []byte {
	if need := len(buf) + n; need <= cap(buf) {
		return buf[:need]
	}
	bigger := make([]byte, len(buf)+n, 2*len(buf)+n)
	copy(bigger, buf)
	return bigger
}
