package pgwire

import (
	"encoding/binary"
	"fmt"
	"io"
	"math"

	"iris-pgwire/internal/pgerr"
)

// copyBuffer is how much of a long value is in memory at a time.
const copyBuffer = 128 << 10

// part is a long value of the present row: it belongs behind the first at bytes of out.
type part struct {
	at     int
	length int64
	from   io.Reader
}

// LongValue appends a value of so many bytes, which from gives when the row is complete. It goes to the client from there
// and is never collected.
func (c *Conn) LongValue(length int64, from io.Reader) {
	c.out = binary.BigEndian.AppendUint32(c.out, uint32(length))
	c.parts = append(c.parts, part{len(c.out), length, from})
}

// partsLength is the length of the present row's long values together.
func (c *Conn) partsLength() (n int64) {
	for _, p := range c.parts {
		n += p.length
	}
	return n
}

// endLongRow is EndRow of a row with long values: it writes all up to its last one.
func (c *Conn) endLongRow() error {
	length := int64(len(c.out)-c.rowStart-1) + c.partsLength()
	if length > math.MaxInt32 {
		c.DropRow()
		return pgerr.New(pgerr.ProgramLimitExceeded, "a row of %d bytes is longer than the protocol's %d", length, math.MaxInt32)
	}
	binary.BigEndian.PutUint32(c.out[c.rowStart+1:], uint32(length))
	parts, written := c.parts, 0
	c.parts = c.parts[:0]
	for _, p := range parts {
		if c.writeErr == nil {
			c.writeErr = c.write(c.out[written:p.at])
		}
		if c.writeErr == nil {
			c.writeErr = c.copyPart(p)
		}
		written = p.at
	}
	c.out = c.out[:copy(c.out, c.out[written:])]
	clear(parts)
	return c.writeErr
}

// copyPart writes a long value. If it is shorter than was said, the rest of the connection can't be understood, so that
// it ends.
func (c *Conn) copyPart(p part) error {
	if c.chunk == nil {
		c.chunk = make([]byte, copyBuffer)
	}
	for left := p.length; left > 0; {
		b := c.chunk[:min(left, copyBuffer)]
		if _, err := io.ReadFull(p.from, b); err != nil {
			return fmt.Errorf("a long value broke off: %w", err)
		}
		if err := c.write(b); err != nil {
			return err
		}
		left -= int64(len(b))
	}
	return nil
}
