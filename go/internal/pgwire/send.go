package pgwire

import (
	"encoding/binary"

	"github.com/jackc/pgx/v5/pgproto3"
)

// Send appends a message to the collected answers. A failure to write is kept and given by Receive and Flush.
func (c *Conn) Send(msg pgproto3.BackendMessage) {
	out, err := msg.Encode(c.out)
	if err != nil {
		c.writeErr = err
		return
	}
	c.out = out
	c.spill()
}

// Flush writes the collected answers.
func (c *Conn) Flush() error {
	if len(c.out) == 0 || c.writeErr != nil {
		return c.writeErr
	}
	c.writeErr = c.write(c.out)
	if cap(c.out) > outputKeep {
		c.out = make([]byte, 0, outputTarget)
	}
	c.out = c.out[:0]
	return c.writeErr
}

func (c *Conn) spill() {
	if len(c.out) >= outputTarget {
		_ = c.Flush() // kept in writeErr
	}
}

// BeginRow opens a DataRow of so many values. Each is then appended by Null or by BeginValue and EndValue, without a
// copy of its own.
func (c *Conn) BeginRow(values int) {
	c.rowStart = len(c.out)
	c.out = append(c.out, 'D', 0, 0, 0, 0)
	c.out = binary.BigEndian.AppendUint16(c.out, uint16(values))
}

// Null appends SQL NULL.
func (c *Conn) Null() { c.out = append(c.out, 0xff, 0xff, 0xff, 0xff) }

// BeginValue gives the buffer to append the value to; what results is handed to EndValue with the same start.
func (c *Conn) BeginValue() (buf []byte, start int) {
	start = len(c.out)
	return append(c.out, 0, 0, 0, 0), start
}

// EndValue takes the buffer back and fills in the value's length.
func (c *Conn) EndValue(buf []byte, start int) {
	binary.BigEndian.PutUint32(buf[start:], uint32(len(buf)-start-4))
	c.out = buf
}

// EndRow completes the row; an error means that the client is gone, or is a *pgerr.Error and the row was taken back.
func (c *Conn) EndRow() error {
	if len(c.parts) > 0 {
		return c.endLongRow()
	}
	binary.BigEndian.PutUint32(c.out[c.rowStart+1:], uint32(len(c.out)-c.rowStart-1))
	c.spill()
	return c.writeErr
}

// DropRow takes an unfinished row back.
func (c *Conn) DropRow() {
	c.out = c.out[:c.rowStart]
	clear(c.parts)
	c.parts = c.parts[:0]
}
