package faults

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"
)

// TestWithoutFaultsNothingFails: more clients than connections to IRIS, and every transfer is committed. The pool's waits
// are printed; scripts/bench shows them.
func TestWithoutFaultsNothingFails(t *testing.T) {
	dir := t.TempDir()
	_, address := startIRIS(t, dir, "0")
	l := &load{dsn: startGateway(t, dir, address) + "?sslmode=disable", gate: make(chan struct{}, 20)}
	l.setUp(t)
	conns := l.connectAll(t)
	began := time.Now()
	ctx, cancel := context.WithTimeout(context.Background(), *loadFor)
	defer cancel()
	var clients sync.WaitGroup
	for _, conn := range conns {
		clients.Go(func() { l.client(ctx, conn) })
	}
	clients.Wait()
	took := time.Since(began)
	l.audit(t, began)
	for _, tr := range l.done {
		if tr.outcome != committed {
			t.Fatalf("transfer %d was not committed", tr.id)
		}
	}
	time.Sleep(2500 * time.Millisecond) // status.json is written every two seconds
	pool := readPool(t, dir)
	t.Logf("%d clients: %.0f transfers/s, wait for a connection p50 %s, p99 %s, ratio %.1f", len(conns), float64(len(l.done))/took.Seconds(),
		pool.P50, pool.P99, float64(pool.P99)/float64(max(pool.P50, 1)))
	if pool.Leased != 0 || pool.Waiting != 0 || pool.Timeouts != 0 {
		t.Errorf("left over: %+v", pool)
	}
}

// poolState is what status.json says of the pool.
type poolState struct {
	Open, Leased, Waiting, Timeouts int
	P50                             time.Duration `json:"wait_p50_ns"`
	P99                             time.Duration `json:"wait_p99_ns"`
}

func readPool(t *testing.T, dir string) poolState {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, "status.json"))
	if err != nil {
		t.Fatal(err)
	}
	var status struct{ Pool poolState }
	if err := json.Unmarshal(data, &status); err != nil {
		t.Fatal(err)
	}
	return status.Pool
}
