package hosted

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"iris-pgwire/internal/config"
	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/iris/superserver"
)

const (
	lookEvery    = 100 * time.Millisecond // at the control connection's socket, and for IRIS while it is away
	askEvery     = 5 * time.Second        // IRIS itself
	answerWithin = 10 * time.Second       // or it counts as away
	firstRetry   = 50 * time.Millisecond
	longestRetry = time.Second
)

// ErrOrphaned ends a sidecar whose instance was away for too long.
var ErrOrphaned = errors.New("the IRIS instance is gone")

// Control is the control connection. Open must come first, then Watch.
type Control struct {
	server superserver.Config
	host   atomic.Pointer[config.Host]
	link   *link
	ask    time.Duration // askEvery
	answer time.Duration // answerWithin
	// Version is IRIS's own text, known after Open.
	Version string
}

// NewControl makes a Control.
func NewControl(server superserver.Config, host config.Host) *Control {
	c := &Control{server: server, ask: askEvery, answer: answerWithin}
	c.host.Store(&host)
	return c
}

// SetHost gives what the next connection uses: a new password, a longer patience. It may be called at any time.
func (c *Control) SetHost(host config.Host) { c.host.Store(&host) }

// Open connects and takes the lock. IRIS may be starting as well, so it is tried again for as long as the configuration says
// while nothing answers; a refused login, an old IRIS and a taken lock end it at once.
func (c *Control) Open(ctx context.Context) error {
	began := time.Now()
	for retry := firstRetry; ; retry = min(2*retry, longestRetry) {
		host := *c.host.Load()
		l, err := connect(ctx, c.server, host, c.answer)
		if err == nil {
			c.link, c.Version = l, l.conn.Server().Version
			return nil
		}
		var refused *iris.LoginError
		if errors.As(err, &refused) && refused.Reason != iris.RefusedLicense || errors.Is(err, ErrTooOld) || errors.Is(err, ErrTaken) {
			return err
		}
		if time.Since(began) >= host.Start {
			return fmt.Errorf("IRIS does not answer on %s: %w", c.server.Address, err)
		}
		if !pause(ctx, retry) {
			return ctx.Err()
		}
	}
}

// Watch holds the lock until ctx ends. lost is told when IRIS is gone, back when the lock is held again; the error is
// ErrOrphaned when IRIS did not come back in time.
func (c *Control) Watch(ctx context.Context, lost func(error), back func()) error {
	defer c.close()
	for {
		err := c.hold(ctx)
		if ctx.Err() != nil {
			return nil
		}
		c.close()
		lost(err)
		switch err := c.reopen(ctx); {
		case ctx.Err() != nil:
			return nil
		case err != nil:
			return err
		}
		back()
	}
}

// hold returns when the connection has ended, or ctx.
func (c *Control) hold(ctx context.Context) error {
	asked := time.Now()
	for pause(ctx, lookEvery) {
		if !c.link.conn.Alive() {
			return errors.New("IRIS has closed the control connection")
		}
		if time.Since(asked) < c.ask {
			continue
		}
		if err := c.link.answers(ctx, c.answer); err != nil {
			return err
		}
		asked = time.Now()
	}
	return ctx.Err()
}

// reopen tries until IRIS is back. Whatever it says meanwhile may change: a new supervisor gives a new password.
func (c *Control) reopen(ctx context.Context) error {
	gone := time.Now()
	for retry := firstRetry; ; retry = min(2*retry, longestRetry) {
		host := *c.host.Load()
		l, err := connect(ctx, c.server, host, c.answer)
		if err == nil {
			c.link = l
			return nil
		}
		if away := time.Since(gone); away >= host.Orphan {
			return fmt.Errorf("%w for %s: %w", ErrOrphaned, away.Round(time.Second), err)
		}
		if !pause(ctx, retry) {
			return ctx.Err()
		}
	}
}

func (c *Control) close() {
	if c.link != nil {
		_ = c.link.conn.Close() // it is of no use any more, however it ends
		c.link = nil
	}
}

// pause waits; false is the end of ctx.
func pause(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-timer.C:
		return true
	}
}
