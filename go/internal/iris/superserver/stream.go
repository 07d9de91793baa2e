package superserver

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"iris-pgwire/internal/iris"
)

const (
	statusNullStream = 403 // the stream is a NULL
	readWhole        = -1  // as a number of bytes

	// streamChunk is how much of a stream goes out in one message.
	streamChunk = 64 << 10
	// inlineLimit is the length in bytes up to which a value for a stream column is sent as an ordinary parameter; the
	// Python driver draws the line at 3 MB, shortly below the longest string.
	inlineLimit = 1 << 20
)

// callerError is a failure of the caller's own io.Reader or io.Writer.
type callerError struct{ err error }

func (e callerError) Error() string { return e.err.Error() }
func (e callerError) Unwrap() error { return e.err }

// readStream copies the content behind a handle to w and gives its length in bytes. It asks for the whole: the reply
// comes in as many frames as IRIS likes and goes to w as it arrives.
func (c *Conn) readStream(ctx context.Context, statement uint32, handle iris.Value, w io.Writer) (n int64, err error) {
	c.begin(ctx, code{'J', 'S'}, statement)
	start := c.lastFrame()
	if c.out, err = appendValue(c.out, handle, c.compact); err != nil {
		return 0, err
	}
	c.out = appendInt(c.out, readWhole)
	status := 0
	err = c.during(ctx, start, func() (err error) {
		status, n, err = c.copyMessage(w, statement)
		return err
	})
	switch {
	case err != nil:
		return n, err
	case status == statusNullStream:
		return 0, nil
	}
	return n, c.check(ctx, status)
}

// during writes the request begun at start and has its reply read. An error of the connection ends it, one of the
// caller's reader or writer doesn't.
func (c *Conn) during(ctx context.Context, start int, read func() error) error {
	stop, err := c.beginCall(ctx, start)
	if err != nil {
		return err
	}
	defer func() {
		stop()
		c.running.Store(0)
	}()
	if n, err := c.net.Write(c.out); err != nil {
		c.fail()
		return withContext(ctx, &iris.ConnError{Op: "write", Err: err, Sent: n > 0})
	}
	err = read()
	var own callerError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &own):
		return own.err
	}
	c.fail()
	return withContext(ctx, &iris.ConnError{Op: "read", Err: noEOF(err), Sent: true})
}

// copyMessage copies the bodies of a reply's frames to w. After a failure of w the rest is read and dropped.
func (c *Conn) copyMessage(w io.Writer, statement uint32) (status int, total int64, err error) {
	for first := true; ; first = false {
		h, e := readHeader(c.r)
		if e != nil {
			return 0, total, e
		}
		if h.number != c.current || h.statement != statement {
			return 0, total, fmt.Errorf("%w: reply to message %d of statement %d, expected %d of %d", errFrame, h.number, h.statement, c.current, statement)
		}
		if first || status == statusOK || status == statusEnd {
			status = h.status
		}
		into := w
		if err != nil || status != statusOK && status != statusEnd {
			into = io.Discard
		}
		n, e := c.copyBody(into, int64(h.length))
		total += n
		var own callerError
		if err == nil || !errors.As(e, &own) && e != nil {
			err = e
		}
		if err != nil && !errors.As(err, &own) {
			return 0, total, err
		}
		if !h.more {
			return status, total, err
		}
	}
}

// copyBody copies n bytes to w out of the read buffer, without one of its own.
func (c *Conn) copyBody(w io.Writer, n int64) (written int64, failed error) {
	for n > 0 {
		if _, err := c.r.Peek(1); err != nil {
			return written, noEOF(err)
		}
		part, err := c.r.Peek(int(min(n, int64(c.r.Buffered()))))
		if err != nil {
			return written, noEOF(err)
		}
		if failed == nil {
			k, err := w.Write(part)
			written += int64(k)
			if err == nil && k < len(part) {
				err = io.ErrShortWrite
			}
			if err != nil {
				failed = callerError{err}
			}
		}
		n -= int64(len(part))
		if _, err := c.r.Discard(len(part)); err != nil {
			return written, noEOF(err)
		}
	}
	return written, failed
}

// writeStream sends what r gives as a new stream and gives its handle. Text must be UTF-8 and is never cut inside a
// character, since IRIS decodes each message by itself.
func (c *Conn) writeStream(ctx context.Context, r io.Reader, binary bool) (iris.Value, error) {
	what := code{'S', 'M'}
	if binary {
		what = code{'S', 'B'}
	}
	handle := iris.Int(0)
	buf := make([]byte, streamChunk)
	for filled, first := 0, true; ; first = false {
		n, err := io.ReadFull(r, buf[filled:])
		filled += n
		last := errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
		if err != nil && !last {
			c.closeIfMade(handle)
			return iris.Null(), err
		}
		whole := filled
		if !binary {
			if whole = wholeCharacters(buf[:filled]); last && whole < filled || !utf8.Valid(buf[:whole]) {
				c.closeIfMade(handle)
				return iris.Null(), errors.New("the text of a stream is not UTF-8")
			}
		}
		if whole > 0 || first {
			length := whole
			if !binary {
				length = utf16Length(buf[:whole])
			}
			if handle, err = c.writeChunk(ctx, what, handle, length, buf[:whole]); err != nil {
				c.closeIfMade(handle)
				return iris.Null(), err
			}
		}
		if last {
			return handle, nil
		}
		filled = copy(buf, buf[whole:filled])
	}
}

// closeIfMade closes a stream that was begun and is not wanted.
func (c *Conn) closeIfMade(handle iris.Value) {
	if n, isNumber := handle.Int64(); !isNumber || n != 0 { // 0 asks for a new one
		c.closeStream(handle)
	}
}

// wholeCharacters is the length without a character that the end of b cuts.
func wholeCharacters(b []byte) int {
	for back := 1; back < utf8.UTFMax && back <= len(b); back++ {
		if at := len(b) - back; utf8.RuneStart(b[at]) {
			if utf8.FullRune(b[at:]) {
				return len(b)
			}
			return at
		}
	}
	return len(b)
}

// utf16Length is the length that goes with a text: InterSystems' Python and JDBC drivers count UTF-16 units, not bytes.
func utf16Length(text []byte) int {
	n := 0
	for _, b := range text {
		if utf8.RuneStart(b) {
			n++
		}
		if b >= 0xF0 { // four bytes are two units
			n++
		}
	}
	return n
}

// writeChunk appends to a stream and gives its handle, which stands in the next message; after an error the present one.
// length is that of data in bytes, or of a text in UTF-16 units.
func (c *Conn) writeChunk(ctx context.Context, what code, handle iris.Value, length int, data []byte) (iris.Value, error) {
	c.begin(ctx, what, c.nextID())
	start := c.lastFrame()
	var err error
	if c.out, err = appendValue(c.out, handle, c.compact); err != nil {
		return handle, err
	}
	c.out = binary.LittleEndian.AppendUint32(c.out, uint32(length))
	c.out = append(c.out, data...)
	status, body, err := c.call(ctx, start, nil)
	if err == nil {
		err = c.check(ctx, status)
	}
	if err != nil {
		return handle, err
	}
	v, next, err := decodeItem(body, 0)
	if err != nil || next != len(body) || v.IsNull() || v.String() == "" {
		c.fail()
		return handle, &iris.ConnError{Op: "stream reply", Err: fmt.Errorf("%w: no handle", errList), Sent: true}
	}
	c.learnHandle(v)
	return v.Clone(), nil
}

// closeStream lets IRIS forget a stream; the message goes out with the next request.
func (c *Conn) closeStream(handle iris.Value) {
	if !handle.IsNull() {
		c.closing = append(c.closing, handle.Clone())
	}
}

// appendClosing puts the messages that close streams in front of the next request; they have no reply.
func (c *Conn) appendClosing() {
	for _, handle := range c.closing {
		start := len(c.out)
		c.frame(code{'C', 'S'}, 0)
		out, err := appendValue(c.out, handle, c.compact)
		if err != nil {
			c.out = c.out[:start] // a handle that came from IRIS can be sent back
			continue
		}
		c.out = out
		endFrame(c.out, start)
	}
	c.closing = c.closing[:0]
}
