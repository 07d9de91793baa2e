package faults

import (
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"net"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

var (
	loadFor     = flag.Duration("load", 10*time.Second, "how long the load lasts")
	loadClients = flag.Int("clients", 1000, "how many clients make it")
)

const (
	accounts = 2000
	opening  = 1000 // each account's first balance
)

// outcome is what a client knows of a transfer.
type outcome int

const (
	failed  outcome = iota // an error came before COMMIT was sent
	unknown                // COMMIT was sent and its answer was lost
	committed
)

// transfer is one move between two accounts.
type transfer struct {
	id           int64
	from, to     int
	amount       int
	outcome      outcome
	acknowledged time.Time
}

// load is a run of many clients.
type load struct {
	dsn    string
	gate   chan struct{} // how many may be connecting
	nextID atomic.Int64
	codes  sync.Map // SQLSTATE → *atomic.Int64

	mu   sync.Mutex
	done []transfer
}

// TestTransfersSurviveKillsAndARestart: with connections to IRIS killed at random and IRIS itself killed once, every
// transfer that was acknowledged is there once, none that failed is, and no money is made or lost.
func TestTransfersSurviveKillsAndARestart(t *testing.T) {
	dir := t.TempDir()
	iris, address := startIRIS(t, dir, "0")
	r, err := newRelay(address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(r.close)
	l := &load{dsn: startGateway(t, dir, r.listener.Addr().String()) + "?sslmode=disable", gate: make(chan struct{}, 20)}
	l.setUp(t)
	conns := l.connectAll(t)
	t.Logf("%d clients are connected, on %d connections to IRIS", len(conns), r.connections())

	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	var clients, faults sync.WaitGroup
	for _, conn := range conns {
		clients.Go(func() { l.client(ctx, conn) })
	}
	most := 0
	faults.Go(func() {
		for ctx.Err() == nil {
			time.Sleep(time.Duration(50+rand.IntN(100)) * time.Millisecond)
			r.kill()
			most = max(most, r.connections())
		}
	})
	time.Sleep(*loadFor / 2)
	iris.end(syscall.SIGKILL)
	time.Sleep(500 * time.Millisecond)
	_, port, _ := net.SplitHostPort(address)
	startIRIS(t, dir, port)
	restarted := time.Now()
	time.Sleep(*loadFor / 2)
	cancel()
	clients.Wait()
	faults.Wait()
	// The gateway's look for IRIS, and connections that were killed this moment, count here as well.
	if most > 70+5 {
		t.Errorf("%d connections to IRIS, at most 70 were allowed", most)
	}
	l.audit(t, restarted)
}

// connectAll opens every client's connection before the faults begin.
func (l *load) connectAll(t *testing.T) []*pgx.Conn {
	t.Helper()
	conns := make([]*pgx.Conn, *loadClients)
	var work sync.WaitGroup
	for i := range conns {
		work.Go(func() {
			var err error
			if conns[i], err = l.connect(context.Background()); err != nil {
				t.Error(err)
			}
		})
	}
	work.Wait()
	if t.Failed() {
		t.FailNow()
	}
	return conns
}

func (l *load) connect(ctx context.Context) (*pgx.Conn, error) {
	l.gate <- struct{}{}
	defer func() { <-l.gate }()
	ctx, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	return pgx.Connect(ctx, l.dsn)
}

func (l *load) setUp(t *testing.T) {
	t.Helper()
	ctx := context.Background()
	conn, err := l.connect(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(ctx)
	for _, text := range []string{
		"CREATE TABLE account (id integer PRIMARY KEY, balance integer NOT NULL)",
		// No key: a transfer that is there twice must show, not fail.
		"CREATE TABLE moved (id integer, source integer, target integer, amount integer)",
	} {
		if _, err := conn.Exec(ctx, text); err != nil {
			t.Fatalf("%s: %v", text, err)
		}
	}
	tx, err := conn.Begin(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for id := range accounts {
		if _, err := tx.Exec(ctx, "INSERT INTO account (id, balance) VALUES ($1, $2)", id, opening); err != nil {
			t.Fatal(err)
		}
	}
	if err := tx.Commit(ctx); err != nil {
		t.Fatal(err)
	}
}

// client makes transfers until ctx ends; after a lost connection it comes again.
func (l *load) client(ctx context.Context, conn *pgx.Conn) {
	defer func() {
		if conn != nil {
			_ = conn.Close(context.Background())
		}
	}()
	for ctx.Err() == nil {
		if conn == nil || conn.IsClosed() {
			var err error
			if conn, err = l.connect(ctx); err != nil {
				if ctx.Err() == nil {
					l.count(err)
				}
				conn = nil
				time.Sleep(time.Duration(100+rand.IntN(200)) * time.Millisecond)
				continue
			}
		}
		tr := transfer{id: l.nextID.Add(1), from: rand.IntN(accounts), to: rand.IntN(accounts - 1), amount: 1 + rand.IntN(9)}
		if tr.to >= tr.from {
			tr.to++
		}
		// A statement that has begun is not interrupted by the end of the run.
		bounded, cancel := context.WithTimeout(context.WithoutCancel(ctx), 30*time.Second)
		var err error
		if tr.outcome, err = l.move(bounded, conn, tr); err != nil {
			l.count(err)
			time.Sleep(time.Duration(rand.IntN(100)) * time.Millisecond)
		}
		cancel()
		tr.acknowledged = time.Now()
		l.mu.Lock()
		l.done = append(l.done, tr)
		l.mu.Unlock()
	}
}

// move makes one transfer. Rows are locked in the order of their ids, so that no two transfers wait for each other.
func (l *load) move(ctx context.Context, conn *pgx.Conn, tr transfer) (outcome, error) {
	tx, err := conn.Begin(ctx)
	if err != nil {
		return failed, err
	}
	first, second, change := tr.from, tr.to, -tr.amount
	if first > second {
		first, second, change = second, first, -change
	}
	for _, step := range [][]any{
		{"UPDATE account SET balance = balance + $1 WHERE id = $2", change, first},
		{"UPDATE account SET balance = balance + $1 WHERE id = $2", -change, second},
		{"INSERT INTO moved (id, source, target, amount) VALUES ($1, $2, $3, $4)", tr.id, tr.from, tr.to, tr.amount},
	} {
		tag, err := tx.Exec(ctx, step[0].(string), step[1:]...)
		if err == nil && tag.RowsAffected() != 1 {
			err = fmt.Errorf("%d rows: %s", tag.RowsAffected(), step[0])
		}
		if err != nil {
			_ = tx.Rollback(ctx)
			return failed, err
		}
	}
	if err := tx.Commit(ctx); err != nil {
		return unknown, err
	}
	return committed, nil
}

// count notes an error under its SQLSTATE.
func (l *load) count(err error) {
	code := err.Error()
	if e, ok := asPG(err); ok {
		code = e.Code
	}
	n, _ := l.codes.LoadOrStore(code, new(atomic.Int64))
	n.(*atomic.Int64).Add(1)
}
