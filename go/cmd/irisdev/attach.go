package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"

	"iris-pgwire/internal/irisdev/control"
	"iris-pgwire/internal/irisdev/instance"
	"iris-pgwire/internal/irisdev/store"
)

// attachTime is how long an instance that is just starting or stopping in the directory is waited for.
const attachTime = time.Minute

// attach asks the instance that serves a directory for something. If none does, one runs for as long as that takes, with all
// that belongs to it, and is stopped in order.
func attach(o instance.Options, r control.Request, in io.Reader, out io.Writer) error {
	if err := addEngine(&o); err != nil {
		return err
	}
	o.Port = instance.LastPort
	// Ctrl-C at the keyboard interrupts a command of the terminal; everything else ends this command.
	ending := []os.Signal{syscall.SIGTERM, syscall.SIGHUP}
	if !r.Interactive {
		ending = append(ending, os.Interrupt)
	}
	ctx, stop := signal.NotifyContext(context.Background(), ending...)
	defer stop()
	for end := time.Now().Add(attachTime); ; time.Sleep(50 * time.Millisecond) {
		if ready, err := instance.ReadReady(o.Dir); err == nil {
			if c, err := control.Dial(ready.Control); err == nil {
				return converse(ctx, c, r, in, out)
			}
		}
		err := serveFor(ctx, o, func(c *control.Client) error { return converse(ctx, c, r, in, out) })
		if !errors.Is(err, store.ErrInUse) || ctx.Err() != nil || time.Now().After(end) {
			return err
		}
	}
}

// serveFor runs an instance while do talks to it.
func serveFor(ctx context.Context, o instance.Options, do func(*control.Client) error) error {
	serving, stop := context.WithCancel(context.WithoutCancel(ctx))
	defer stop()
	ready := make(chan instance.Ready, 1)
	o.Ready = func(r instance.Ready) { ready <- r }
	ended := make(chan error, 1)
	go func() { ended <- instance.Run(serving, o) }()
	select {
	case err := <-ended:
		return err
	case r := <-ready:
		c, err := control.Dial(r.Control)
		if err == nil {
			err = do(c)
		}
		stop()
		return errors.Join(err, <-ended)
	}
}

// converse serves one request and leaves when ctx ends.
func converse(ctx context.Context, c *control.Client, r control.Request, in io.Reader, out io.Writer) error {
	defer c.Close()
	leave := context.AfterFunc(ctx, func() { c.Close() })
	defer leave()
	if r.Interactive {
		keys := make(chan os.Signal, 1)
		signal.Notify(keys, os.Interrupt)
		defer signal.Stop(keys)
		go func() {
			for range keys {
				if c.Interrupt() != nil {
					return
				}
			}
		}()
	}
	result, err := c.Run(r, in, out)
	if err != nil {
		return fmt.Errorf("%s: %w", r.Command, err)
	}
	if result.Code != 0 {
		return errors.New(result.Error)
	}
	return nil
}
