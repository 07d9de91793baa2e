package pool

import (
	"context"
	"errors"
	mathrand "math/rand/v2"
	"time"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgerr"
)

// The back-off doubles from the first to the longest. It is short, because an IRIS that restarts is back in seconds.
const (
	firstBackOff   = 50 * time.Millisecond
	longestBackOff = time.Second
)

// outage is what the pool knows of an IRIS that doesn't answer: until when it isn't tried again, and why. The zero value
// says that it answers.
type outage struct {
	until time.Time
	pause time.Duration
	cause error
}

// failed notes one more connection that came to nothing. Those that were on their way when the pause began don't
// lengthen it.
func (o *outage) failed(now time.Time, cause error) {
	o.cause = cause
	if now.Before(o.until) {
		return
	}
	o.pause = min(max(2*o.pause, firstBackOff), longestBackOff)
	// Half of it is left to chance, so that several gateways don't come at the same moment.
	o.until = now.Add(o.pause/2 + mathrand.N(o.pause/2+1))
}

// refusal is what a client is told: cannot_connect_now (PostgreSQL docs, "PostgreSQL Error Codes") with the reason.
func (o *outage) refusal() error {
	return pgerr.New(pgerr.CannotConnectNow, "IRIS cannot be reached").WithDetail("%v", o.cause).
		WithHint("Try again in a moment; the gateway reconnects by itself.").WithCause(o.cause)
}

// silent reports that IRIS did not answer: the connection failed. A refusal, a client that gave up, and a login that can't
// even be sent are other matters.
func silent(ctx context.Context, err error) bool {
	var lost *iris.ConnError
	return errors.As(err, &lost) && ctx.Err() == nil
}

// firstFailure reports that no outage is known yet.
func (p *Pool) firstFailure() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.away.pause == 0
}

// backingOff gives the refusal while no connection should be tried.
func (p *Pool) backingOff(now time.Time) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if now.Before(p.away.until) {
		return p.away.refusal()
	}
	return nil
}

// Reachable ends the back-off: someone else has found that IRIS answers.
func (p *Pool) Reachable() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.away = outage{}
}
