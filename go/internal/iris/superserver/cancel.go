package superserver

import (
	"context"
	"fmt"
	"strconv"
	"time"
)

// watch interrupts the request under way when ctx ends. The function that it gives stops the watch and waits for an
// interrupt that has begun, so that it can't hit the next statement.
func (c *Conn) watch(ctx context.Context, statement uint32) func() {
	if ctx.Done() == nil {
		return func() {}
	}
	ended := make(chan struct{})
	stop := context.AfterFunc(ctx, func() {
		defer close(ended)
		// Whatever comes of the interrupt, the answer must be there in time, or the connection is given up.
		_ = c.net.SetDeadline(time.Now().Add(c.cfg.cancelGrace()))
		if statement == 0 {
			return
		}
		grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), c.cfg.cancelGrace())
		defer cancel()
		_ = c.interrupt(grace, statement)
	})
	return func() {
		if stop() {
			return
		}
		<-ended
		_ = c.net.SetDeadline(time.Time{})
	}
}

// Cancel interrupts the statement that runs now; without one it does nothing. It may be called from any goroutine.
func (c *Conn) Cancel(ctx context.Context) error {
	c.gate.Lock()
	defer c.gate.Unlock()
	statement := c.running.Load()
	if statement == 0 || c.broken.Load() {
		return nil
	}
	return c.interrupt(ctx, statement)
}

// interrupt opens a second connection of the same user and names this one's process and statement there. When IRIS
// refuses the message, SQL's CANCEL QUERY is tried, which takes whatever the process runs.
func (c *Conn) interrupt(ctx context.Context, statement uint32) error {
	job, err := strconv.ParseInt(c.info.Job, 10, 64)
	if err != nil {
		return fmt.Errorf("cancel: IRIS gave no process number (%q)", c.info.Job)
	}
	second, err := dialAndLogin(ctx, c.cfg, c.login)
	if err != nil {
		return fmt.Errorf("cancel: %w", err)
	}
	defer second.Close()
	second.begin(ctx, code{'E', 'I'}, 0)
	start := second.lastFrame()
	second.out = appendInt(appendInt(second.out, job), int64(statement))
	status, _, err := second.call(ctx, start, nil)
	if err != nil {
		return fmt.Errorf("cancel: %w", err)
	}
	if status == statusOK {
		return nil
	}
	_, err = second.direct(ctx, "CANCEL QUERY "+c.info.Job)
	return err
}
