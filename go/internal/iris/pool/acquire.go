package pool

import (
	"context"
	"errors"
	"slices"
	"time"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgerr"
)

// Lease is a connection for one client's use. Release gives it back.
type Lease struct {
	iris.Conn
	pool *Pool
	conn *pooled
	done bool
}

// Acquire gives a connection that was opened with exactly this user, password and namespace, or opens one; IRIS then
// checks the password. Waiting is first come, first served, and ends in 53300. A refused login is a *iris.LoginError.
func (p *Pool) Acquire(ctx context.Context, login iris.Login) (*Lease, error) {
	key := p.key(login)
	deadline := time.Now().Add(p.cfg.Wait)
	for {
		c, err := p.next(ctx, key, time.Until(deadline))
		if err != nil {
			return nil, err
		}
		if c == nil {
			c, err = p.openOne(ctx, login, key)
			if errors.Is(err, errNoLicense) {
				continue // another connection may come back; the wait's limit holds
			}
			if err != nil {
				return nil, err
			}
		} else if !alive(c) {
			p.countBroken()
			p.discard(c)
			continue
		}
		p.mu.Lock()
		p.counters.Leases++
		p.mu.Unlock()
		return &Lease{Conn: c.conn, pool: p, conn: c}, nil
	}
}

// next gives an idle connection, or nil with the right to open one, or waits for either.
func (p *Pool) next(ctx context.Context, key loginKey, wait time.Duration) (*pooled, error) {
	p.mu.Lock()
	if p.closed {
		p.mu.Unlock()
		return nil, ErrClosed
	}
	// Who comes later doesn't overtake the queue.
	if p.waiters.Len() == 0 {
		if g, closing, ok := p.takeNow(key); ok {
			p.mu.Unlock()
			if closing != nil {
				p.discardKeepingSlot(closing)
			}
			return g, nil
		}
	}
	w := &waiter{key: key, grant: make(chan grant, 1)}
	place := p.waiters.PushBack(w)
	p.mu.Unlock()

	timer := time.NewTimer(max(wait, 0))
	defer timer.Stop()
	var cause error
	select {
	case g := <-w.grant:
		return g.conn, g.err
	case <-ctx.Done():
		cause = ctx.Err()
	case <-timer.C:
		cause = p.tooMany()
	}
	p.mu.Lock()
	select {
	case g := <-w.grant: // granted in the same moment: take it, or give it back
		p.mu.Unlock()
		if g.err != nil || ctx.Err() == nil {
			return g.conn, g.err
		}
		p.giveBack(g.conn)
		return nil, cause
	default:
	}
	p.waiters.Remove(place)
	p.counters.Timeouts++
	p.mu.Unlock()
	return nil, cause
}

func (p *Pool) tooMany() error {
	return pgerr.New(pgerr.TooManyConnections, "no IRIS connection became free within %s", p.cfg.Wait).
		WithHint("Raise the pool's size if IRIS has licences for more, or make transactions shorter.")
}

// takeNow is called with the lock held. ok means that a connection, or (nil) the right to open one, was taken; closing
// is another user's idle connection that must make room first.
func (p *Pool) takeNow(key loginKey) (c, closing *pooled, ok bool) {
	for i := len(p.idle) - 1; i >= 0; i-- {
		if p.idle[i].key == key {
			c = p.idle[i]
			p.idle = slices.Delete(p.idle, i, i+1)
			return c, nil, true
		}
	}
	if p.open < p.ceiling {
		p.open++
		return nil, nil, true
	}
	if len(p.idle) > 0 {
		closing = p.idle[0] // idle for the longest
		p.idle = slices.Delete(p.idle, 0, 1)
		return nil, closing, true
	}
	return nil, nil, false
}

// errNoLicense means that IRIS has no licence for one more connection while the pool has others.
var errNoLicense = errors.New("no licence for one more connection")

// openOne opens a connection in a slot that the caller already holds.
func (p *Pool) openOne(ctx context.Context, login iris.Login, key loginKey) (*pooled, error) {
	conn, err := p.backend.Open(ctx, login)
	if err != nil {
		return nil, p.openFailed(err)
	}
	p.mu.Lock()
	p.counters.Opened++
	p.mu.Unlock()
	return &pooled{conn: conn, key: key, expires: time.Now().Add(p.lifetime())}, nil
}

// openFailed frees the slot. A refusal for want of a licence lowers the ceiling to what is open.
func (p *Pool) openFailed(err error) error {
	var refused *iris.LoginError
	license := errors.As(err, &refused) && refused.Reason == iris.RefusedLicense
	p.mu.Lock()
	p.open--
	if refused != nil {
		p.counters.Refused++
	}
	lowered, others := 0, p.open > 0
	if license && others && p.open < p.ceiling {
		p.ceiling, lowered = p.open, p.open
	}
	p.serve()
	p.signalDrained()
	p.mu.Unlock()
	if lowered > 0 && p.cfg.LicenseRefused != nil {
		p.cfg.LicenseRefused(lowered, err)
	}
	if license && others {
		return errNoLicense
	}
	return err
}

// alive asks the connection, if it can tell without a round trip, whether IRIS is still there. Only one that has been
// idle for a while is asked.
func alive(c *pooled) bool {
	if c.conn.Broken() {
		return false
	}
	checker, ok := c.conn.(interface{ Alive() bool })
	if !ok || time.Since(c.idleFrom) < time.Second {
		return true
	}
	return checker.Alive()
}

func (p *Pool) countBroken() {
	p.mu.Lock()
	p.counters.Broken++
	p.mu.Unlock()
}
