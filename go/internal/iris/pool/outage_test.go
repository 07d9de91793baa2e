package pool

import (
	"context"
	"errors"
	"net"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgerr"
)

// unsteady is a backend whose IRIS goes away and comes back.
type unsteady struct {
	backend
	away  atomic.Bool
	once  atomic.Bool // only the next connection fails
	tries atomic.Int64
}

func (u *unsteady) Open(ctx context.Context, login iris.Login) (iris.Conn, error) {
	u.tries.Add(1)
	if u.away.Load() || u.once.Swap(false) {
		return nil, &iris.ConnError{Op: "dial", Err: net.ErrClosed}
	}
	return u.backend.Open(ctx, login)
}

func refusedWith(err error, code string) bool {
	var e *pgerr.Error
	return errors.As(err, &e) && e.Code == code
}

func TestAnUnreachableIRISIsNotHammered(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		u := &unsteady{}
		p := New(u, Config{})
		u.away.Store(true)
		for range 1000 { // ten seconds of clients that try again and again
			_, err := p.Acquire(ctx, user("a"))
			if !refusedWith(err, pgerr.CannotConnectNow) || !strings.Contains(err.(*pgerr.Error).Detail, net.ErrClosed.Error()) {
				t.Fatalf("without IRIS: %v", err)
			}
			time.Sleep(10 * time.Millisecond)
		}
		if n := u.tries.Load(); n < 10 || n > 40 {
			t.Errorf("%d tries in ten seconds", n)
		}
		u.away.Store(false)
		time.Sleep(longestBackOff)
		acquire(t, p, user("a")).Release()
		// The first failure was tried twice, and the last try was no failure.
		if c := p.Counters(); c.Unreachable != uint64(u.tries.Load()-2) || c.Open != 1 {
			t.Errorf("%+v", c)
		}
		_ = p.Close(ctx)
	})
}

func TestOneLostConnectionIsNoOutage(t *testing.T) {
	u := &unsteady{}
	p := New(u, Config{})
	defer p.Close(ctx)
	u.once.Store(true)
	acquire(t, p, user("a")).Release()
	if c := p.Counters(); c.Unreachable != 0 || u.tries.Load() != 2 {
		t.Errorf("%+v", c)
	}
}

func TestWhoKnowsThatIRISIsBackEndsTheBackOff(t *testing.T) {
	u := &unsteady{}
	p := New(u, Config{})
	defer p.Close(ctx)
	u.away.Store(true)
	if _, err := p.Acquire(ctx, user("a")); !refusedWith(err, pgerr.CannotConnectNow) {
		t.Fatal(err)
	}
	u.away.Store(false)
	p.Reachable()
	acquire(t, p, user("a")).Release()
}

func TestAClientThatGivesUpStartsNoBackOff(t *testing.T) {
	u := &unsteady{}
	p := New(u, Config{})
	defer p.Close(ctx)
	u.away.Store(true)
	ended, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := p.Acquire(ended, user("a")); refusedWith(err, pgerr.CannotConnectNow) {
		t.Errorf("%v", err)
	}
	u.away.Store(false)
	acquire(t, p, user("a")).Release()
}

func TestWaitsAreMeasured(t *testing.T) {
	var w waits
	for i := range 2000 {
		w.add(time.Duration(i))
	}
	if p50, p99 := w.quantiles(); p50 != 1500 || p99 != 1990 {
		t.Errorf("%d, %d", p50, p99)
	}
}
