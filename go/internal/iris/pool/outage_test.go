package pool

import (
	"context"
	"errors"
	"fmt"
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

func TestOnlyAFailedConnectionIsAnOutage(t *testing.T) {
	lost := &iris.ConnError{Op: "read", Err: net.ErrClosed, Sent: true}
	ended, cancel := context.WithCancel(ctx)
	cancel()
	for name, c := range map[string]struct {
		ctx  context.Context
		err  error
		want bool
	}{
		"nothing failed":                      {ctx, nil, false},
		"the socket broke":                    {ctx, lost, true},
		"inside another error":                {ctx, fmt.Errorf("login: %w", lost), true},
		"the client gave up":                  {ended, fmt.Errorf("%w: %w", context.Canceled, lost), false},
		"IRIS refused the login":              {ctx, iris.NewLoginError(417, "Access Denied"), false},
		"IRIS answered with an error":         {ctx, &iris.Error{Code: -400}, false},
		"the user name can't be sent":         {ctx, pgerr.New(pgerr.CharacterNotInRepertoire, "NUL"), false},
		"a deadline inside the pool's caller": {ctx, context.DeadlineExceeded, false},
	} {
		if got := silent(c.ctx, c.err); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
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
