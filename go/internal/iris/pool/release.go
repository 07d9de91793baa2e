package pool

import (
	"context"
	"slices"
	"time"
)

// Release cleans the connection and gives it to the next in the queue. Only one that was left inside a transaction, or
// with its session changed, costs round trips; one that says that it is Tidy costs nothing. A second call does nothing.
func (l *Lease) Release() {
	if l.done {
		return
	}
	l.done = true
	p := l.pool
	if tidy, ok := l.conn.conn.(interface{ Tidy() bool }); ok && tidy.Tidy() {
		p.giveBack(l.conn)
		return
	}
	// The client's context may have ended long ago; its transaction must be rolled back all the same.
	ctx, cancel := context.WithTimeout(context.Background(), p.config().Reset)
	defer cancel()
	if l.conn.conn.Broken() || l.conn.conn.Reset(ctx) != nil || l.conn.conn.Broken() {
		p.countBroken()
		p.discard(l.conn)
		return
	}
	p.giveBack(l.conn)
}

// Discard closes the connection instead of giving it back; for one whose state is not known.
func (l *Lease) Discard() {
	if !l.done {
		l.done = true
		l.pool.discard(l.conn)
	}
}

// giveBack returns a clean connection, or the bare right to open one (nil), to the pool.
func (p *Pool) giveBack(c *pooled) {
	if c == nil {
		p.freeSlot()
		return
	}
	p.mu.Lock()
	now := time.Now()
	// Beyond Max, and beyond a ceiling that was lowered meanwhile, connections are not kept, unless someone waits.
	surplus := p.open > p.ceiling || p.open > p.config().Max && p.waiters.Len() == 0
	if p.closed || surplus || now.After(c.expires) {
		p.mu.Unlock()
		p.discard(c)
		return
	}
	c.idleFrom = now
	p.idle = append(p.idle, c)
	p.serve()
	p.mu.Unlock()
}

// Sweep closes idle connections that IRIS has closed on its side. It asks the one that was idle for the longest, without
// a round trip, and goes on to the next only if that is dead, since an IRIS that went away took all with it.
func (p *Pool) Sweep() {
	for c := p.takeOldest(); c != nil; c = p.takeOldest() {
		if alive(c) {
			p.putBackOldest(c)
			return
		}
		p.countBroken()
		p.discardAside(c)
	}
}

func (p *Pool) takeOldest() *pooled {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.idle) == 0 {
		return nil
	}
	c := p.idle[0]
	p.idle = slices.Delete(p.idle, 0, 1)
	p.aside++
	return c
}

func (p *Pool) putBackOldest(c *pooled) {
	p.mu.Lock()
	closed := p.closed
	if !closed {
		p.idle = slices.Insert(p.idle, 0, c)
		p.aside--
		p.serve() // someone may have come while it was out
	}
	p.mu.Unlock()
	if closed {
		p.discardAside(c)
	}
}

// discard closes a connection and frees its slot.
func (p *Pool) discard(c *pooled) {
	p.discardKeepingSlot(c)
	p.freeSlot()
}

// discardAside is discard of an idle connection that was taken out; until it is closed it counts as idle.
func (p *Pool) discardAside(c *pooled) {
	p.discardKeepingSlot(c)
	p.mu.Lock()
	defer p.mu.Unlock()
	p.aside--
	p.free()
}

func (p *Pool) discardKeepingSlot(c *pooled) {
	_ = c.conn.Close() // it is of no use any more, whatever it says
	p.mu.Lock()
	p.counters.Closed++
	p.mu.Unlock()
}

func (p *Pool) freeSlot() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.free()
}

// free is called with the lock held when a connection is no more.
func (p *Pool) free() {
	p.open--
	p.serve()
	p.signalDrained()
}

// serve grants to the queue, strictly from its front. It is called with the lock held whenever something became free.
func (p *Pool) serve() {
	for e := p.waiters.Front(); e != nil && !p.closed; e = p.waiters.Front() {
		w := e.Value.(*waiter)
		c, closing, ok := p.takeNow(w.key)
		if !ok {
			return
		}
		p.waiters.Remove(e)
		if closing == nil {
			w.grant <- grant{conn: c}
			continue
		}
		p.work.Go(func() { // closing may block on the network, which must not happen under the lock
			p.discardKeepingSlot(closing)
			p.promised(w)
		})
	}
}

// promised gives a waiter the right to open a connection, or frees the slot if it has given up meanwhile.
func (p *Pool) promised(w *waiter) {
	p.mu.Lock()
	gone := w.gone
	if !gone {
		w.grant <- grant{}
	}
	p.mu.Unlock()
	if gone {
		p.freeSlot()
	}
}
