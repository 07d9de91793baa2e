package control

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"sync"
)

// ErrGone is the end of the instance before it had answered.
var ErrGone = errors.New("the instance has gone")

// Client is the other end of a Session.
type Client struct {
	nc      net.Conn
	writing sync.Mutex
}

// Dial reaches the instance behind a socket.
func Dial(path string) (*Client, error) {
	nc, err := net.Dial("unix", path)
	if err != nil {
		return nil, fmt.Errorf("reach the instance: %w", err)
	}
	return &Client{nc: nc}, nil
}

// Close leaves it; what it runs for this client ends.
func (c *Client) Close() error { return c.nc.Close() }

// Interrupt is Ctrl-C. It may be called from another goroutine.
func (c *Client) Interrupt() error { return c.send(interrupt, nil) }

// Run asks for something, serves its input and output and gives its result. ErrGone if it ends without one. A read of in
// may be left behind when Run returns.
func (c *Client) Run(r Request, in io.Reader, out io.Writer) (Result, error) {
	payload, err := json.Marshal(r)
	if err != nil {
		return Result{}, fmt.Errorf("ask the instance: %w", err)
	}
	if err := c.send(ask, payload); err != nil {
		return Result{}, ErrGone
	}
	wanted := make(chan struct{}, 1)
	defer close(wanted)
	go c.feed(in, wanted)
	for {
		k, payload, err := readFrame(c.nc)
		switch {
		case errors.Is(err, errFrame):
			return Result{}, err
		case err != nil:
			return Result{}, ErrGone
		}
		switch k {
		case output:
			if _, err := out.Write(payload); err != nil {
				return Result{}, fmt.Errorf("write: %w", err)
			}
		case want:
			wanted <- struct{}{}
		case exit:
			var result Result
			if err := json.Unmarshal(payload, &result); err != nil {
				return Result{}, errFrame
			}
			return result, nil
		default:
			return Result{}, errFrame
		}
	}
}

// feed sends input each time it is wanted.
func (c *Client) feed(in io.Reader, wanted <-chan struct{}) {
	buf := make([]byte, 1<<15)
	for range wanted {
		n, err := in.Read(buf)
		for n == 0 && err == nil {
			n, err = in.Read(buf)
		}
		if n > 0 && c.send(input, buf[:n]) != nil {
			return
		}
		if err != nil {
			_ = c.send(inputEnd, nil) // Run notices that the instance has gone
			return
		}
	}
}

func (c *Client) send(k kind, payload []byte) error {
	c.writing.Lock()
	defer c.writing.Unlock()
	return writeFrame(c.nc, k, payload)
}
