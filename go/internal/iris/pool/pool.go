package pool

import (
	"container/list"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	mathrand "math/rand/v2"
	"sync"
	"sync/atomic"
	"time"

	"iris-pgwire/internal/iris"
)

// ErrClosed is what Acquire gives after Close.
var ErrClosed = errors.New("the IRIS connection pool is closed")

// Pool holds the connections of one IRIS instance.
type Pool struct {
	backend iris.Backend
	cfg     atomic.Pointer[Config]
	salt    [16]byte
	ctx     context.Context // ends with the pool; the background work hangs on it
	stop    context.CancelFunc
	work    sync.WaitGroup // openers, cleaners and the reaper

	mu       sync.Mutex
	closed   bool
	ceiling  int
	reported int        // the ceiling that LicenseRefused was last told of, 0 = none
	lowered  time.Time  // when IRIS last had no licence
	open     int        // idle + aside + leased + being opened or cleaned
	idle     []*pooled  // the most recently used last
	aside    int        // idle too, but taken out to be looked at or closed
	waiters  *list.List // of *waiter, the longest waiting in front
	counters Counters
	waits    waits
	away     outage
	drained  chan struct{} // closed when the last connection of a closed pool is gone
}

// pooled is a connection with what the pool knows of it.
type pooled struct {
	conn     iris.Conn
	key      loginKey
	expires  time.Time
	idleFrom time.Time
}

// loginKey says for whom a connection was opened. The password is there as a salted hash: a lease needs the same one,
// and so a client with another password never rides on someone's connection.
type loginKey struct {
	user, namespace string
	password        [sha256.Size]byte
}

// waiter is an Acquire call in the queue; it gets exactly one grant, unless it gave up.
type waiter struct {
	key   loginKey
	grant chan grant
	gone  bool // under the pool's lock: it gave up, and nobody would take its grant
}

// grant is a connection, the right to open one (neither conn nor err), or an error.
type grant struct {
	conn *pooled
	err  error
}

// New makes a pool. No connection is opened before the first Acquire.
func New(backend iris.Backend, cfg Config) *Pool {
	cfg = cfg.withDefaults()
	p := &Pool{backend: backend, ceiling: cfg.Max + cfg.Overflow, waiters: list.New(), drained: make(chan struct{})}
	p.cfg.Store(&cfg)
	_, _ = rand.Read(p.salt[:]) // never fails (crypto/rand docs)
	p.ctx, p.stop = context.WithCancel(context.Background())
	p.work.Go(p.reap)
	return p
}

func (p *Pool) key(login iris.Login) loginKey {
	h := sha256.New()
	h.Write(p.salt[:])
	h.Write([]byte(login.Password))
	k := loginKey{user: login.User, namespace: login.Namespace}
	h.Sum(k.password[:0])
	return k
}

// Counters gives a snapshot.
func (p *Pool) Counters() Counters {
	p.mu.Lock()
	defer p.mu.Unlock()
	c := p.counters
	idle := len(p.idle) + p.aside
	c.Open, c.Idle, c.Leased = p.open, idle, p.open-idle
	c.Waiting, c.Ceiling = p.waiters.Len(), p.ceiling
	c.WaitP50, c.WaitP99 = p.waits.quantiles()
	return c
}

// lifetime is the age limit with up to a tenth of jitter, so that connections of one rush don't end in another.
func (p *Pool) lifetime() time.Duration {
	return p.config().Age - time.Duration(mathrand.Int64N(int64(p.config().Age)/10+1))
}

// reap closes idle connections that are too old or were idle for too long, and lets a lowered ceiling rise again.
func (p *Pool) reap() {
	tick := time.NewTicker(max(min(p.config().Idle, p.config().Age, p.config().LicenseRetry)/4, 10*time.Millisecond))
	defer tick.Stop()
	for {
		select {
		case <-p.ctx.Done():
			return
		case now := <-tick.C:
			for _, c := range p.takeExpired(now) {
				p.discardAside(c)
			}
			p.raiseCeiling(now)
		}
	}
}

// raiseCeiling allows one connection more when somebody waits for one and the last refusal for want of a licence is long
// enough ago: other programs give licences back without telling. Each one that opens allows the next.
func (p *Pool) raiseCeiling(now time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	most := p.config().Max + p.config().Overflow
	if p.ceiling == most || p.open < p.ceiling || p.waiters.Len() == 0 || now.Sub(p.lowered) < p.config().LicenseRetry {
		return
	}
	p.ceiling++
	if p.ceiling == most {
		p.reported = 0
	}
	p.serve()
}

func (p *Pool) takeExpired(now time.Time) []*pooled {
	p.mu.Lock()
	defer p.mu.Unlock()
	var expired []*pooled
	kept := p.idle[:0]
	for _, c := range p.idle {
		if now.After(c.expires) || now.Sub(c.idleFrom) > p.config().Idle {
			expired = append(expired, c)
			continue
		}
		kept = append(kept, c)
	}
	p.idle = kept
	p.aside += len(expired)
	return expired
}

// Close refuses new leases, closes idle connections and waits until the leased ones are back or ctx ends.
func (p *Pool) Close(ctx context.Context) error {
	p.mu.Lock()
	if !p.closed {
		p.closed = true
		for e := p.waiters.Front(); e != nil; e = e.Next() {
			e.Value.(*waiter).grant <- grant{err: ErrClosed}
		}
		p.waiters.Init()
	}
	idle := p.idle
	p.idle = nil
	p.aside += len(idle)
	p.signalDrained()
	p.mu.Unlock()
	p.stop()
	for _, c := range idle {
		p.discardAside(c)
	}
	select {
	case <-p.drained:
		p.work.Wait()
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// signalDrained is called with the lock held.
func (p *Pool) signalDrained() {
	if p.closed && p.open == 0 {
		select {
		case <-p.drained:
		default:
			close(p.drained)
		}
	}
}
