package pool

import (
	"context"
	"errors"
	"io"
	"testing"

	"iris-pgwire/internal/iris"
)

// scripted is a connection whose requests fail as its backend says.
type scripted struct {
	conn
	b *scriptedBackend
}

type scriptedBackend struct {
	backend
	fail []error // of the next requests, in order; nil is success
	ran  int     // requests that IRIS has seen
}

func (b *scriptedBackend) Open(ctx context.Context, login iris.Login) (iris.Conn, error) {
	c, err := b.backend.Open(ctx, login)
	if err != nil {
		return nil, err
	}
	return &scripted{conn: *c.(*conn), b: b}, nil
}

type text struct {
	iris.Statement
	of *scripted
}

func (text) Columns() []iris.Column { return nil }

func (c *scripted) Prepare(context.Context, string) (iris.Statement, error) {
	return text{of: c}, nil // from its cache: no round trip
}

func (c *scripted) Exec(_ context.Context, st iris.Statement, _ []iris.Value) (int64, error) {
	if st.(text).of != c {
		return 0, errors.New("another connection's statement")
	}
	return 1, c.request()
}

func (c *scripted) ExecBatch(context.Context, iris.Statement, [][]iris.Value) ([]int64, error) {
	return nil, c.request()
}

func (c *scripted) Begin(context.Context) error { return c.request() }

func (c *scripted) request() error {
	var err error
	if len(c.b.fail) > 0 {
		err, c.b.fail = c.b.fail[0], c.b.fail[1:]
	}
	var lost *iris.ConnError
	if c.broken = errors.As(err, &lost); !c.broken || lost.Sent {
		c.b.ran++
	}
	return err
}

func TestAStatementIsSentAgainOnlyIfItNeverLeft(t *testing.T) {
	unsent := &iris.ConnError{Op: "write", Err: io.ErrClosedPipe}
	sent := &iris.ConnError{Op: "read", Err: io.ErrUnexpectedEOF, Sent: true}
	exec := func(l *Lease) error {
		st, err := l.Prepare(ctx, "UPDATE t SET n = 1")
		if err == nil {
			_, err = l.Exec(ctx, st, nil)
		}
		return err
	}
	batch := func(l *Lease) error {
		st, _ := l.Prepare(ctx, "INSERT INTO t VALUES (?)")
		_, err := l.ExecBatch(ctx, st, nil)
		return err
	}
	begin := func(l *Lease) error { return l.Begin(ctx) }
	for _, c := range []struct {
		name         string
		fail         []error
		do           []func(*Lease) error
		ran, retried int
		err          error
	}{
		{"never sent", []error{unsent}, []func(*Lease) error{exec}, 1, 1, nil},
		{"may have run", []error{sent}, []func(*Lease) error{exec}, 1, 0, sent},
		{"refused by IRIS", []error{&iris.Error{Code: -119}}, []func(*Lease) error{exec}, 1, 0, &iris.Error{Code: -119}},
		{"a transaction that never began", []error{unsent}, []func(*Lease) error{begin, exec}, 2, 1, nil},
		{"inside a transaction", []error{nil, unsent}, []func(*Lease) error{begin, exec}, 1, 0, unsent},
		{"a batch", []error{unsent}, []func(*Lease) error{batch}, 0, 0, unsent},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := &scriptedBackend{fail: c.fail}
			p := New(b, Config{})
			l := acquire(t, p, user("a"))
			var err error
			for _, do := range c.do {
				if err == nil {
					err = do(l)
				}
			}
			if (err == nil) != (c.err == nil) || err != nil && err.Error() != c.err.Error() {
				t.Errorf("gives %v, want %v", err, c.err)
			}
			l.Release()
			if got := p.Counters(); b.ran != c.ran || got.Retried != uint64(c.retried) || got.Leased != 0 {
				t.Errorf("ran %d times, want %d; %+v", b.ran, c.ran, got)
			}
			if err := p.Close(ctx); err != nil || b.open != 0 {
				t.Errorf("%d connections left, %v", b.open, err)
			}
		})
	}
}

func TestALeaseWhoseReplacementFailsHoldsNothing(t *testing.T) {
	b := &scriptedBackend{fail: []error{&iris.ConnError{Op: "write", Err: io.ErrClosedPipe}}}
	p := New(b, Config{})
	defer p.Close(ctx)
	l := acquire(t, p, user("a"))
	l.login.Password = "changed meanwhile"
	if err := l.Begin(ctx); err == nil {
		t.Error("began")
	}
	l.Release()
	if c := p.Counters(); c.Open != 0 || c.Refused != 1 {
		t.Errorf("%+v", c)
	}
}
