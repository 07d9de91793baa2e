package superserver

import (
	"net"
	"time"
)

// state is what a look at an idle connection's socket tells.
type state uint8

const (
	stateUnknown state = iota
	stateQuiet         // open, and nothing has arrived
	stateEnded
)

// Alive finds out without a round trip whether IRIS has closed the socket: nothing may arrive unasked.
func (c *Conn) Alive() bool {
	if c.broken.Load() {
		return false
	}
	if c.r.Buffered() == 0 {
		switch socketState(c.net) {
		case stateQuiet:
			return true
		case stateUnknown:
			if c.quiet() {
				return true
			}
		}
	}
	c.fail()
	return false
}

// quiet reads for a moment, for sockets that can't be looked at.
func (c *Conn) quiet() bool {
	_ = c.net.SetReadDeadline(time.Now().Add(200 * time.Microsecond))
	_, err := c.r.Peek(1)
	_ = c.net.SetReadDeadline(time.Time{})
	timeout, ok := err.(net.Error)
	return ok && timeout.Timeout()
}
