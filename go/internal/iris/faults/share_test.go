package faults

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/iris/pool"
	"iris-pgwire/internal/irisdev/instance"
	"iris-pgwire/internal/irisdev/irisdevtest"
	"iris-pgwire/internal/pgerr"
)

// TestALicenceRefusedAtTheKthConnection: the clients that IRIS has no licence for wait for the others, and all are served.
func TestALicenceRefusedAtTheKthConnection(t *testing.T) {
	for k := 1; k <= 5; k++ {
		w := newWorld(t, instance.Options{License: k})
		p, end := w.pool(pool.Config{})
		var work sync.WaitGroup
		for range 20 {
			work.Go(func() {
				l, err := p.Acquire(ctx, login)
				if err != nil {
					t.Errorf("%d licences: %v", k, err)
					return
				}
				if _, err := ints(ctx, l, "SELECT 1"); err != nil {
					t.Errorf("%d licences: %v", k, err)
				}
				time.Sleep(time.Millisecond)
				l.Release()
			})
		}
		work.Wait()
		if c := p.Counters(); c.Open > k {
			t.Errorf("%d licences: %+v", k, c)
		}
		end()
	}
}

func TestACursorOutlivesAnotherSessionsCommit(t *testing.T) {
	w := newWorld(t, instance.Options{})
	w.run(w.direct, "CREATE TABLE c (id INTEGER PRIMARY KEY, n INTEGER)")
	for i := range 2000 {
		if err := exec(ctx, w.direct, "INSERT INTO c VALUES (?, 0)", iris.Int(int64(i))); err != nil {
			t.Fatal(err)
		}
	}
	p, end := w.pool(pool.Config{})
	reader, writer := w.acquire(p), w.acquire(p)
	st, err := reader.Prepare(ctx, "SELECT id, n FROM c ORDER BY id")
	if err != nil {
		t.Fatal(err)
	}
	rows, err := reader.Query(ctx, st, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := rows.Next(ctx); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(writer.Begin(ctx), exec(ctx, writer, "UPDATE c SET n = 1 WHERE id > 1000"), writer.Commit(ctx)); err != nil {
		t.Fatal(err)
	}
	got, err := rest(ctx, rows)
	if err != nil || len(got) != 1999 {
		t.Errorf("%d rows, %v", len(got), err)
	}
	for i, row := range got {
		if row[0] != int64(i+1) {
			t.Fatalf("row %d is %v", i, row)
		}
	}
	reader.Release()
	writer.Release()
	end()
}

// TestAWaitingReaderDrainsNotThePool: who waits for a row that another transaction has locked gets 55P03 when IRIS's lock
// time-out has passed; meanwhile the other connections serve the others.
func TestAWaitingReaderDrainsNotThePool(t *testing.T) {
	w := newWorld(t, instance.Options{})
	w.run(w.direct, "CREATE TABLE c (id INTEGER PRIMARY KEY, n INTEGER)", "INSERT INTO c VALUES (1, 0)", "INSERT INTO c VALUES (2, 0)")
	p, end := w.pool(pool.Config{Max: 3, Overflow: -1})
	writer, reader := w.acquire(p), w.acquire(p)
	w.run(reader, "SET OPTION LOCK_TIMEOUT = 1")
	if err := errors.Join(writer.Begin(ctx), exec(ctx, writer, "UPDATE c SET n = 1 WHERE id = 1")); err != nil {
		t.Fatal(err)
	}
	answer := make(chan error, 1)
	start := time.Now()
	go func() {
		_, err := ints(ctx, reader, "SELECT n FROM c WHERE id = 1")
		answer <- err
	}()
	served := 0
	var err error
	for waiting := true; waiting; {
		select {
		case err = <-answer:
			waiting = false
		default:
			l := w.acquire(p)
			if _, err := ints(ctx, l, "SELECT n FROM c WHERE id = 2"); err != nil {
				t.Error(err)
			}
			l.Release()
			served++
		}
	}
	var failure *iris.Error
	if !errors.As(err, &failure) || iris.MapError(failure).Code != pgerr.LockNotAvailable {
		t.Errorf("the reader gets %v", err)
	}
	if took := time.Since(start); took > 3*time.Second || served < 10 {
		t.Errorf("after %s, with %d others served", took, served)
	}
	reader.Release()
	writer.Release()
	end()
}

// TestIRISRestarts: what runs fails, what comes meanwhile is refused with the reason, and the pool comes back by itself.
func TestIRISRestarts(t *testing.T) {
	dev := irisdevtest.Start(t, instance.Options{})
	w := &world{proxy: startProxy(t, dev.Address), t: t}
	w.cfg.Address = w.address()
	p, end := w.pool(pool.Config{})
	leased, idle := w.acquire(p), w.acquire(p)
	w.run(leased, "CREATE TABLE c (id INTEGER)", "INSERT INTO c VALUES (1)")
	if err := errors.Join(leased.Begin(ctx), exec(ctx, leased, "INSERT INTO c VALUES (2)")); err != nil {
		t.Fatal(err)
	}
	idle.Release()
	dev.Stop()
	if err := leased.Commit(ctx); !lost(err) {
		t.Errorf("a commit after the end: %v", err)
	}
	leased.Release()
	eventually(t, "a new client is told why", func() bool {
		_, err := p.Acquire(ctx, login)
		var told *pgerr.Error
		return errors.As(err, &told) && told.Code == pgerr.CannotConnectNow && told.Detail != ""
	})
	dev.Again(t)
	var l *pool.Lease
	eventually(t, "the pool is back", func() (ok bool) {
		var err error
		l, err = p.Acquire(ctx, login)
		return err == nil
	})
	if got, err := ints(ctx, l, "SELECT id FROM c"); err != nil || len(got) != 1 || got[0][0] != 1 {
		t.Errorf("%v, %v", got, err)
	}
	l.Release()
	short, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	if err := p.Close(short); err != nil {
		t.Error(err)
	}
	_ = end // the goroutines of two instances differ
}

// TestIdleConnectionsThatDiedAreFoundBeforeUse: no client sees that its connection was lost while nobody used it.
func TestIdleConnectionsThatDiedAreFoundBeforeUse(t *testing.T) {
	w := newQueryWorld(t)
	p, end := w.pool(pool.Config{})
	for range 50 {
		leases := []*pool.Lease{w.acquire(p), w.acquire(p), w.acquire(p)}
		for _, l := range leases {
			l.Release()
		}
		w.killAll()
		time.Sleep(2 * time.Millisecond) // the end must have arrived
		l := w.acquire(p)
		if err := oneRow(ctx, l); err != nil {
			t.Fatal(err)
		}
		l.Release()
	}
	if c := p.Counters(); c.Broken < 50 {
		t.Errorf("%+v", c)
	}
	end()
}
