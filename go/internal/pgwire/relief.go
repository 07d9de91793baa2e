package pgwire

import (
	"net"
	"time"
)

// A client may send a long pipeline without reading any answer until it is done. When both sides' socket buffers are
// full, our write waits for its read and its write for ours. So while a write takes longer than reliefDelay, what the
// client sends is taken in and kept, up to reliefLimit bytes.
const (
	reliefDelay = 50 * time.Millisecond
	reliefLimit = 16 << 20
)

// relief is the input that was taken in while a write waited.
type relief struct {
	backlog []byte
	err     error // what ended the reading, other than our own deadline
}

// backlogReader reads what was taken in before it reads from the transport.
type backlogReader struct {
	held      *relief
	transport net.Conn
}

// Read implements io.Reader.
func (r *backlogReader) Read(p []byte) (int, error) {
	held := r.held
	if len(held.backlog) > 0 {
		n := copy(p, held.backlog)
		if held.backlog = held.backlog[n:]; len(held.backlog) == 0 {
			held.backlog = nil
		}
		return n, nil
	}
	if held.err != nil {
		return 0, held.err
	}
	return r.transport.Read(p)
}

// write writes all of b. Its timer is made once: setting one that exists wakes no other thread of the process.
func (c *Conn) write(b []byte) error {
	if c.slow == nil {
		c.slow = time.AfterFunc(reliefDelay, func() {
			c.takeIn()
			c.tookIn <- struct{}{}
		})
	} else {
		c.slow.Reset(reliefDelay)
	}
	_, err := c.net.Write(b)
	if c.slow.Stop() {
		return err
	}
	c.mu.Lock()
	_ = c.net.SetReadDeadline(longAgo)
	c.mu.Unlock()
	<-c.tookIn
	c.mu.Lock()
	c.applyDeadline()
	c.mu.Unlock()
	return err
}

// takeIn reads until the write is done (its deadline wakes us), the limit is reached or the client is gone.
func (c *Conn) takeIn() {
	chunk := make([]byte, 32<<10)
	for len(c.relief.backlog) < reliefLimit && c.relief.err == nil {
		n, err := c.net.Read(chunk)
		c.relief.backlog = append(c.relief.backlog, chunk[:n]...)
		if err == nil {
			continue
		}
		if t, ok := err.(net.Error); !ok || !t.Timeout() {
			c.relief.err = err
		}
		return
	}
}
