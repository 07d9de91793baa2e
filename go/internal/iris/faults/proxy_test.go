package faults

import (
	"net"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// direction is whose bytes a fault is about.
type direction int

const (
	up   direction = iota // the client's
	down                  // IRIS's
)

// action is what happens when a fault's byte is reached.
type action int

const (
	cut      action = iota // both sockets close
	silence                // nothing more passes in this direction, both sockets stay open
	halfOpen               // IRIS's socket closes, the client's stays open
	replace                // fault.bytes pass in the place of as many
)

// fault happens once, after that many more bytes of a direction.
type fault struct {
	dir   direction
	after int
	do    action
	bytes []byte
	every bool // of each new connection, until disarm
}

// proxy stands between a client and IRIS.
type proxy struct {
	listener net.Listener
	target   atomic.Value // string
	delay    atomic.Int64 // of each read, in nanoseconds
	open     atomic.Int64 // relays
	work     sync.WaitGroup

	mu    sync.Mutex
	next  *fault // of the next connection
	last  *relay
	alive map[*relay]struct{}
}

// relay is one connection through the proxy.
type relay struct {
	p            *proxy
	client, iris net.Conn
	mu           sync.Mutex
	fault        *fault
	passed       [2]int
	silent       [2]bool
}

func startProxy(t *testing.T, target string) *proxy {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p := &proxy{listener: l, alive: map[*relay]struct{}{}}
	p.target.Store(target)
	p.work.Go(p.accept)
	t.Cleanup(p.stop)
	return p
}

func (p *proxy) address() string { return p.listener.Addr().String() }

func (p *proxy) stop() {
	p.listener.Close()
	p.killAll()
	p.work.Wait()
}

func (p *proxy) killAll() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for r := range p.alive {
		r.close()
	}
}

func (p *proxy) accept() {
	for {
		client, err := p.listener.Accept()
		if err != nil {
			return
		}
		iris, err := net.Dial("tcp", p.target.Load().(string))
		if err != nil {
			client.Close()
			continue
		}
		r := &relay{p: p, client: client, iris: iris}
		p.mu.Lock()
		if p.next != nil {
			f := *p.next
			r.fault = &f
			if !f.every {
				p.next = nil
			}
		}
		p.last = r
		p.alive[r] = struct{}{}
		p.mu.Unlock()
		p.open.Add(1)
		p.work.Go(func() { r.run() })
	}
}

// armNext sets the fault of the next connection, arm that of the newest one.
func (p *proxy) armNext(f fault) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.next = &f
}

func (p *proxy) arm(f fault) {
	r := p.newest()
	r.mu.Lock()
	defer r.mu.Unlock()
	f.after += r.passed[f.dir]
	r.fault = &f
}

// disarm lets new connections pass.
func (p *proxy) disarm() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.next = nil
}

func (p *proxy) newest() *relay {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.last
}

// passed is how many bytes the newest connection has let through.
func (p *proxy) passed(d direction) int {
	r := p.newest()
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.passed[d]
}

func (r *relay) run() {
	var both sync.WaitGroup
	both.Go(func() { r.pump(up, r.iris, r.client) })
	both.Go(func() { r.pump(down, r.client, r.iris) })
	both.Wait()
	r.p.mu.Lock()
	delete(r.p.alive, r)
	r.p.mu.Unlock()
	r.p.open.Add(-1)
}

func (r *relay) close() {
	r.client.Close()
	r.iris.Close()
}

func (r *relay) pump(d direction, dst, src net.Conn) {
	buf := make([]byte, 16<<10)
	for {
		n, err := src.Read(buf)
		time.Sleep(time.Duration(r.p.delay.Load()))
		out, then := r.filter(d, buf[:n])
		if len(out) > 0 {
			if _, e := dst.Write(out); e != nil && err == nil {
				err = e
			}
		}
		switch {
		case then == halfOpen:
			r.iris.Close()
		case then == cut, err != nil && !r.isSilent():
			r.close()
			return
		case err != nil && src == r.client:
			r.close()
			return
		case err != nil:
			return // the client is left with an open socket
		}
	}
}

func (r *relay) isSilent() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.silent[up] || r.silent[down]
}

// nothing is filter's answer when no fault came.
const nothing action = -1

// filter gives what may pass of b.
func (r *relay) filter(d direction, b []byte) (out []byte, then action) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.silent[d] {
		return nil, nothing
	}
	f := r.fault
	before := r.passed[d]
	if f == nil || f.dir != d || before+len(b) < f.after || len(b) == 0 && f.do != cut {
		r.passed[d] += len(b)
		return b, nothing
	}
	at := f.after - before
	if f.do == replace {
		if copy(b[at:], f.bytes) == len(f.bytes) {
			r.fault = nil
		}
		r.passed[d] += len(b)
		return b, nothing
	}
	r.fault = nil
	r.passed[d] += at
	if f.do == silence {
		r.silent[d] = true
	}
	if f.do == halfOpen {
		r.silent[up], r.silent[down] = true, true
	}
	return b[:at], f.do
}
