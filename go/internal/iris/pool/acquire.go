package pool

import (
	"container/list"
	"context"
	"errors"
	"slices"
	"time"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgerr"
)

// Acquire gives a connection that was opened with exactly this user, password and namespace, or opens one; IRIS then
// checks the password. Waiting is first come, first served, and ends in 53300; while IRIS can't be reached the answer is
// 57P03. A refused login is a *iris.LoginError.
func (p *Pool) Acquire(ctx context.Context, login iris.Login) (*Lease, error) {
	key := p.key(login)
	asked := time.Now()
	for again := false; ; again = true {
		c, err := p.next(ctx, key, time.Until(asked.Add(p.config().Wait)), again)
		if err != nil {
			return nil, err
		}
		if c != nil && !alive(c) {
			p.countBroken()
			p.discardKeepingSlot(c)
			c = nil
		}
		if c == nil {
			c, err = p.openOne(ctx, login, key)
			if errors.Is(err, errNoLicense) {
				continue // another connection may come back; the wait's limit holds
			}
			if err != nil {
				return nil, err
			}
		}
		p.mu.Lock()
		p.counters.Leases++
		p.waits.add(time.Since(asked))
		p.mu.Unlock()
		return &Lease{Conn: c.conn, pool: p, conn: c, login: login}, nil
	}
}

// next gives an idle connection, or nil with the right to open one, or waits for either. Who was already at the front
// once (again) keeps that place.
func (p *Pool) next(ctx context.Context, key loginKey, wait time.Duration, again bool) (*pooled, error) {
	p.mu.Lock()
	if p.closed {
		p.mu.Unlock()
		return nil, ErrClosed
	}
	// Who comes later doesn't overtake the queue.
	if p.waiters.Len() == 0 || again {
		if g, closing, ok := p.takeNow(key); ok {
			p.mu.Unlock()
			if closing != nil {
				p.discardKeepingSlot(closing)
			}
			return g, nil
		}
	}
	w := &waiter{key: key, grant: make(chan grant, 1)}
	place := p.enqueue(w, again)
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
	w.gone = true // a grant may be promised: serve has taken w out, and closes a connection to make room
	p.waiters.Remove(place)
	p.counters.Timeouts++
	p.mu.Unlock()
	return nil, cause
}

// enqueue is called with the lock held.
func (p *Pool) enqueue(w *waiter, front bool) *list.Element {
	if front {
		return p.waiters.PushFront(w)
	}
	return p.waiters.PushBack(w)
}

func (p *Pool) tooMany() error {
	return pgerr.New(pgerr.TooManyConnections, "no IRIS connection became free within %s", p.config().Wait).
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
	if err := p.backingOff(time.Now()); err != nil {
		p.freeSlot()
		return nil, err
	}
	began := time.Now()
	conn, err := p.backend.Open(ctx, login)
	if silent(ctx, err) && time.Since(began) < longestBackOff && p.firstFailure() {
		conn, err = p.backend.Open(ctx, login) // one lost connection is no outage, and a login has changed nothing
	}
	if err != nil {
		return nil, p.openFailed(ctx, err)
	}
	p.mu.Lock()
	p.counters.Opened++
	p.away = outage{}
	p.mu.Unlock()
	p.raiseCeiling(time.Now())
	return &pooled{conn: conn, key: key, expires: time.Now().Add(p.lifetime())}, nil
}

// openFailed frees the slot. A refusal for want of a licence lowers the ceiling to what is open; an IRIS that doesn't
// answer starts or lengthens the back-off, unless it was the client that gave up.
func (p *Pool) openFailed(ctx context.Context, err error) error {
	var refused *iris.LoginError
	var said *iris.Error
	license := errors.As(err, &refused) && refused.Reason == iris.RefusedLicense
	unreachable := silent(ctx, err)
	p.mu.Lock()
	p.open--
	if unreachable {
		p.away.failed(time.Now(), err)
		err = p.away.refusal()
		p.counters.Unreachable++
	} else if errors.As(err, &said) {
		p.away = outage{} // it answers, if only to refuse
	}
	if refused != nil {
		p.counters.Refused++
	}
	low, others := 0, p.open > 0
	if license && others {
		low = p.lowerCeiling()
	}
	p.serve()
	p.signalDrained()
	p.mu.Unlock()
	if low > 0 && p.config().LicenseRefused != nil {
		p.config().LicenseRefused(low, err)
	}
	if license && others {
		return errNoLicense
	}
	return err
}

// lowerCeiling is called with the lock held, when IRIS has no licence beyond the connections that are open. The result is
// the ceiling if that is a new low, else 0.
func (p *Pool) lowerCeiling() int {
	p.lowered = time.Now()
	p.ceiling = min(p.ceiling, p.open)
	if p.reported != 0 && p.ceiling >= p.reported {
		return 0
	}
	p.reported = p.ceiling
	return p.ceiling
}

// alive asks the connection, if it can tell without a round trip, whether IRIS is still there.
func alive(c *pooled) bool {
	if c.conn.Broken() {
		return false
	}
	checker, ok := c.conn.(interface{ Alive() bool })
	return !ok || checker.Alive()
}

func (p *Pool) countBroken() {
	p.mu.Lock()
	p.counters.Broken++
	p.mu.Unlock()
}
