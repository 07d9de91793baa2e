package superserver

import (
	"net"
	"time"
)

// quietFor is how long a look at what has arrived waits for the rest of it.
const quietFor = 200 * time.Microsecond

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
	if c.onlyPings() {
		return true
	}
	c.fail()
	return false
}

// onlyPings takes IRIS's signs of life out of what has arrived, and reports that there was nothing else.
func (c *Conn) onlyPings() bool {
	_ = c.net.SetReadDeadline(time.Now().Add(quietFor))
	defer func() { _ = c.net.SetReadDeadline(time.Time{}) }()
	for {
		raw, err := c.r.Peek(headerSize)
		if err != nil || !parseHeader(raw).isPing() {
			return false
		}
		if _, err := c.r.Discard(headerSize); err != nil {
			return false
		}
		if c.r.Buffered() == 0 {
			return true
		}
	}
}

// quiet reads for a moment, for sockets that can't be looked at.
func (c *Conn) quiet() bool {
	_ = c.net.SetReadDeadline(time.Now().Add(quietFor))
	_, err := c.r.Peek(1)
	_ = c.net.SetReadDeadline(time.Time{})
	timeout, ok := err.(net.Error)
	return ok && timeout.Timeout()
}
