package faults

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
)

func asPG(err error) (e *pgconn.PgError, ok bool) {
	ok = errors.As(err, &e)
	return e, ok
}

// expected are the errors that a client may get from a gateway whose IRIS fails (PostgreSQL docs, "PostgreSQL Error
// Codes"): connection lost, outcome unknown, transaction lost with its connection, lock not available, stopped, not yet
// there, no connection free.
var expected = map[string]bool{
	"08006": true, "08007": true, "25P02": true, "40001": true, "55P03": true, "57P01": true, "57P03": true, "53300": true,
}

// audit compares what the clients were told with what IRIS has.
func (l *load) audit(t *testing.T, restarted time.Time) {
	t.Helper()
	l.codes.Range(func(code, n any) bool {
		t.Logf("%d × %s", n.(*atomic.Int64).Load(), code)
		if !expected[code.(string)] {
			t.Errorf("an unexpected error: %s", code)
		}
		return true
	})
	moved, balances := l.found(t)
	counts := map[outcome]int{}
	after := 0
	want := make([]int, accounts)
	for i := range want {
		want[i] = opening
	}
	for _, tr := range l.done {
		counts[tr.outcome]++
		n := moved[tr.id]
		delete(moved, tr.id)
		switch {
		case n > 1:
			t.Errorf("transfer %d is there %d times", tr.id, n)
		case tr.outcome == committed && n == 0:
			t.Errorf("transfer %d was acknowledged and is lost", tr.id)
		case tr.outcome == failed && n == 1:
			t.Errorf("transfer %d failed and is there", tr.id)
		}
		if n > 0 {
			want[tr.from] -= tr.amount
			want[tr.to] += tr.amount
		}
		if tr.outcome == committed && tr.acknowledged.After(restarted) {
			after++
		}
	}
	t.Logf("%d transfers committed, %d of them after the restart; %d failed, %d of unknown outcome",
		counts[committed], after, counts[failed], counts[unknown])
	if counts[committed] == 0 || after == 0 {
		t.Error("the gateway did not serve before and after the restart")
	}
	if len(moved) > 0 {
		t.Errorf("%d transfers are there that nobody made", len(moved))
	}
	for id, balance := range balances {
		if balance != want[id] {
			t.Errorf("account %d has %d, want %d", id, balance, want[id])
		}
	}
}

// found reads the transfers and balances that IRIS has, once it answers.
func (l *load) found(t *testing.T) (moved map[int64]int, balances map[int]int) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	conn, err := l.connect(ctx)
	for ; err != nil && ctx.Err() == nil; conn, err = l.connect(ctx) {
		time.Sleep(200 * time.Millisecond)
	}
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	moved, balances = map[int64]int{}, map[int]int{}
	rows, err := conn.Query(ctx, "SELECT id FROM moved")
	if err != nil {
		t.Fatal(err)
	}
	for rows.Next() {
		var id int64
		if err := rows.Scan(&id); err != nil {
			t.Fatal(err)
		}
		moved[id]++
	}
	rows.Close()
	if rows.Err() != nil {
		t.Fatal(rows.Err())
	}
	if rows, err = conn.Query(ctx, "SELECT id, balance FROM account"); err != nil {
		t.Fatal(err)
	}
	for rows.Next() {
		var id, balance int
		if err := rows.Scan(&id, &balance); err != nil {
			t.Fatal(err)
		}
		balances[id] = balance
	}
	rows.Close()
	if rows.Err() != nil || len(balances) != accounts {
		t.Fatalf("%d accounts, %v", len(balances), rows.Err())
	}
	return moved, balances
}
