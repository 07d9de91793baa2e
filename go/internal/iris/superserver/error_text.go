package superserver

import (
	"context"

	"iris-pgwire/internal/iris"
)

// sqlCode turns a reply's status into a SQLCODE: IRIS sends its absolute value; a 16-bit negative is read as well.
func sqlCode(status int) int {
	if status >= 1<<15 {
		return status - 1<<16
	}
	return -status
}

// check turns a reply's status into nil or IRIS's error with its text, which is asked for in a request of its own.
func (c *Conn) check(ctx context.Context, status int) error {
	if status == statusOK || status == statusEnd {
		return nil
	}
	failure := iris.ParseErrorText(sqlCode(status), "")
	c.begin(ctx, code{'O', 'E'}, 0)
	start := c.lastFrame()
	c.out = appendInt(c.out, int64(-sqlCode(status)))
	// The text belongs to an error that has happened: a context that has ended must not hide it.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), c.cfg.cancelGrace())
	defer cancel()
	again, body, err := c.call(ctx, start, nil)
	if err != nil || again != statusOK {
		failure.Text = "no text from IRIS"
		return failure
	}
	r := reader{b: body}
	text := r.text()
	if r.err != nil {
		failure.Text = "no text from IRIS"
		return failure
	}
	return iris.ParseErrorText(sqlCode(status), text)
}
