package faults

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"testing"
	"time"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/iris/dbapi"
	"iris-pgwire/internal/iris/pool"
	client "iris-pgwire/internal/iris/superserver"
	"iris-pgwire/internal/irisdev/instance"
	"iris-pgwire/internal/irisdev/irisdevtest"
)

var (
	ctx   = context.Background()
	login = iris.Login{User: "_SYSTEM", Password: "SYS", Namespace: "USER", Application: "faults"}
)

func eventually(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for range 2000 {
		if holds() {
			return
		}
		time.Sleep(5 * time.Millisecond)
	}
	t.Fatalf("not after ten seconds: %s", what)
}

// world is an IRIS behind a proxy, with a connection past the proxy.
type world struct {
	*proxy
	t      *testing.T
	direct iris.Conn
	cfg    client.Config
}

func newWorld(t *testing.T, o instance.Options) *world {
	t.Helper()
	address := irisdevtest.Start(t, o).Address
	w := &world{proxy: startProxy(t, address), t: t}
	w.cfg = client.Config{Address: w.address(), ConnectTimeout: 2 * time.Second, CancelGrace: 100 * time.Millisecond}
	if o.License == 0 {
		w.direct = w.past(address)
	}
	return w
}

// past opens a connection that doesn't go through the proxy.
func (w *world) past(address string) iris.Conn {
	w.t.Helper()
	c, err := dbapi.New(client.Config{Address: address}).Open(ctx, login)
	if err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(func() { c.Close() })
	return c
}

// pool makes a pool over the proxy. The function that ends it checks that nothing is left of it: no connection, no
// goroutine, here or in IRIS, which runs in this process.
func (w *world) pool(cfg pool.Config) (p *pool.Pool, end func()) {
	w.t.Helper()
	before := runtime.NumGoroutine()
	p = pool.New(dbapi.New(w.cfg), cfg)
	return p, func() {
		w.t.Helper()
		short, cancel := context.WithTimeout(ctx, 5*time.Second)
		defer cancel()
		if c := p.Counters(); c.Leased != 0 || c.Waiting != 0 {
			w.t.Errorf("left over: %+v", c)
		}
		if err := p.Close(short); err != nil {
			w.t.Errorf("close: %v", err)
		}
		for range 1000 {
			if w.open.Load() == 0 && runtime.NumGoroutine() <= before {
				return
			}
			time.Sleep(2 * time.Millisecond)
		}
		w.t.Errorf("%d connections and %d goroutines are left", w.open.Load(), runtime.NumGoroutine()-before)
	}
}

// run executes texts on a connection.
func (w *world) run(c iris.Conn, texts ...string) {
	w.t.Helper()
	for _, text := range texts {
		if _, err := c.ExecDirect(ctx, text); err != nil {
			w.t.Fatalf("%s: %v", text, err)
		}
	}
}

// exec prepares and executes a statement.
func exec(ctx context.Context, c iris.Conn, sql string, args ...iris.Value) error {
	st, err := c.Prepare(ctx, sql)
	if err != nil {
		return err
	}
	_, err = c.Exec(ctx, st, args)
	return err
}

// ints reads the rows of a query of integers; those that came before an error are given as well.
func ints(ctx context.Context, c iris.Conn, sql string, args ...iris.Value) (out [][]int64, err error) {
	st, err := c.Prepare(ctx, sql)
	if err != nil {
		return nil, err
	}
	rows, err := c.Query(ctx, st, args)
	if err != nil {
		return nil, err
	}
	defer rows.Close(ctx)
	return rest(ctx, rows)
}

// rest reads what is left of a query.
func rest(ctx context.Context, rows iris.Rows) (out [][]int64, err error) {
	for {
		values, err := rows.Next(ctx)
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return out, err
		}
		row := make([]int64, len(values))
		for i, v := range values {
			n, ok := v.Int64()
			if !ok {
				return out, fmt.Errorf("not an integer: %q", v.String())
			}
			row[i] = n
		}
		out = append(out, row)
	}
}

func (w *world) acquire(p *pool.Pool) *pool.Lease {
	w.t.Helper()
	l, err := p.Acquire(ctx, login)
	if err != nil {
		w.t.Fatal(err)
	}
	return l
}

// lost reports an error that says no more than that the connection failed.
func lost(err error) bool {
	var failure *iris.ConnError
	return errors.As(err, &failure)
}
