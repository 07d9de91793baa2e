package superserver

import (
	"context"
	"errors"
	"net"
	"os"
	"sync"
	"testing"
	"time"

	"iris-pgwire/internal/iris"
)

// deafSocket is a socket to a peer that, once deaf, reads no more: writes wait until their deadline, or for ever.
type deafSocket struct {
	net.Conn
	closed chan struct{}
	once   sync.Once

	mu       sync.Mutex
	deaf     bool
	deadline time.Time
}

func (s *deafSocket) SetWriteDeadline(t time.Time) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.deadline = t
	return s.Conn.SetWriteDeadline(t)
}

func (s *deafSocket) Write(b []byte) (int, error) {
	s.mu.Lock()
	deaf, deadline := s.deaf, s.deadline
	s.mu.Unlock()
	if !deaf {
		return s.Conn.Write(b)
	}
	var late <-chan time.Time
	if !deadline.IsZero() {
		late = time.After(time.Until(deadline))
	}
	select {
	case <-late:
		return 0, os.ErrDeadlineExceeded
	case <-s.closed:
		return 0, net.ErrClosed
	}
}

func (s *deafSocket) Close() error {
	s.once.Do(func() { close(s.closed) })
	return s.Conn.Close()
}

func TestClosingACursorOfADeafPeerEndsInTime(t *testing.T) {
	const grace = 100 * time.Millisecond
	for name, c := range map[string]struct {
		limit time.Duration // of the context, 0 = none
		want  time.Duration
	}{
		"without a deadline":   {0, grace},
		"with an earlier one":  {20 * time.Millisecond, 20 * time.Millisecond},
		"with a far later one": {time.Hour, grace},
	} {
		t.Run(name, func(t *testing.T) {
			f := startFake(t, twoBuffers)
			cfg := f.config()
			cfg.CancelGrace = grace
			var socket *deafSocket
			cfg.Dial = func(ctx context.Context, network, address string) (net.Conn, error) {
				conn, err := (&net.Dialer{}).DialContext(ctx, network, address)
				socket = &deafSocket{Conn: conn, closed: make(chan struct{})}
				return socket, err
			}
			conn, err := Connect(ctx, cfg, iris.Login{User: "_SYSTEM", Password: "SYS", Namespace: "USER"})
			if err != nil {
				t.Fatal(err)
			}
			defer conn.Close()
			rows := (dev{conn, t}).query("SELECT ID, Name FROM T")
			socket.mu.Lock()
			socket.deaf = true
			socket.mu.Unlock()
			closing := ctx
			if c.limit > 0 {
				var cancel context.CancelFunc
				closing, cancel = context.WithTimeout(ctx, c.limit)
				defer cancel()
			}
			began := time.Now()
			err = rows.Close(closing)
			took := time.Since(began)
			var failure *iris.ConnError
			if !errors.As(err, &failure) || !conn.Broken() || took < c.want || took > c.want+2*time.Second {
				t.Errorf("%v after %s, broken %v", err, took, conn.Broken())
			}
		})
	}
}
