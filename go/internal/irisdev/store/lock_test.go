package store

import (
	"context"
	"testing"
	"time"

	"iris-pgwire/internal/irisdev/value"
)

var ctx = context.Background()

// lock tries once.
func lock(t *testing.T, p *Process, r LockRequest) bool {
	t.Helper()
	ok, err := p.Lock(ctx, 0, r)
	if err != nil {
		t.Fatal(err)
	}
	return ok
}

func exclusive(subs ...int) LockRequest { return LockRequest{Ref: row(subs...)} }

func shared(subs ...int) LockRequest { return LockRequest{Ref: row(subs...), Shared: true} }

func TestLockConflicts(t *testing.T) {
	for _, c := range []struct {
		name         string
		first, other LockRequest
		granted      bool
	}{
		{"same name", exclusive(1), exclusive(1), false},
		{"name above", exclusive(1, 2), exclusive(1), false},
		{"name below", exclusive(1), exclusive(1, 2), false},
		{"whole global", exclusive(), exclusive(5), false},
		{"neighbour", exclusive(1), exclusive(11), true},
		{"shared twice", shared(1), shared(1), true},
		{"shared, then exclusive", shared(1), exclusive(1), false},
		{"exclusive, then shared below", exclusive(1), shared(1, 2), false},
		{"shared above exclusive", shared(1, 2), exclusive(1), false},
		{"shared above shared", shared(1, 2), shared(1), true},
	} {
		p := memory(t, 2)
		for range 2 {
			if !lock(t, p[0], c.first) {
				t.Fatalf("%s: the first job is in its own way", c.name)
			}
		}
		if got := lock(t, p[1], c.other); got != c.granted {
			t.Errorf("%s: granted %v", c.name, got)
		}
		p[0].Unlock(AtEnd, c.first)
		if !c.granted && lock(t, p[1], c.other) {
			t.Errorf("%s: free after one of two unlocks", c.name)
		}
		p[0].Unlock(AtEnd, c.first)
		if !lock(t, p[1], c.other) {
			t.Errorf("%s: not free after the second unlock", c.name)
		}
	}
}

func TestNamespacesHaveTheirOwnLocks(t *testing.T) {
	p := memory(t, 2)
	lock(t, p[0], exclusive(1))
	p[1].SetNamespace("%SYS")
	if !lock(t, p[1], exclusive(1)) {
		t.Error("the lock of another namespace is in the way")
	}
}

func TestLocalLockNamesAreSharedByAllNamespaces(t *testing.T) {
	p := memory(t, 3)
	local := LockRequest{Ref: row(1), Local: true}
	lock(t, p[0], local)
	p[1].SetNamespace("%SYS")
	if lock(t, p[1], local) || lock(t, p[2], LockRequest{Ref: row(), Local: true}) {
		t.Error("the local name is free for others")
	}
	if !lock(t, p[2], exclusive(1)) {
		t.Error("the local name is in the way of the global one")
	}
	p[0].Unlock(AtEnd, local)
	if !lock(t, p[1], local) {
		t.Error("the local name is not free")
	}
}

func TestSeveralLocksAreTakenTogetherOrNotAtAll(t *testing.T) {
	p := memory(t, 3)
	lock(t, p[0], exclusive(2))
	if ok, _ := p[1].Lock(ctx, 0, exclusive(1), exclusive(2)); ok {
		t.Fatal("granted")
	}
	if !lock(t, p[2], exclusive(1)) {
		t.Error("the first of two was kept")
	}
}

func TestWaitingForALock(t *testing.T) {
	p := memory(t, 2)
	lock(t, p[0], exclusive(1))
	if ok, err := p[1].Lock(ctx, time.Millisecond, exclusive(1)); ok || err != nil {
		t.Fatalf("%v %v", ok, err)
	}
	result := make(chan bool)
	go func() {
		ok, _ := p[1].Lock(ctx, -1, exclusive(1))
		result <- ok
	}()
	p[0].End() // its death frees what it held
	if !<-result {
		t.Error("not granted after the holder's death")
	}
}

func TestCancelledWaitHoldsNothing(t *testing.T) {
	p := memory(t, 3)
	lock(t, p[0], exclusive(1))
	gone, cancel := context.WithCancel(ctx)
	result := make(chan error)
	go func() {
		_, err := p[1].Lock(gone, -1, exclusive(1))
		result <- err
	}()
	cancel()
	if err := <-result; err != context.Canceled {
		t.Fatalf("got %v", err)
	}
	p[0].UnlockAll()
	if !lock(t, p[2], exclusive(1)) {
		t.Error("the cancelled job has it")
	}
}

func TestUnlockInATransactionWaitsForItsEnd(t *testing.T) {
	p := memory(t, 2)
	start(t, p[0])
	lock(t, p[0], exclusive(1))
	lock(t, p[0], exclusive(2))
	p[0].Unlock(AtEnd, exclusive(1))
	p[0].Unlock(Immediate, exclusive(2))
	if lock(t, p[1], exclusive(1)) || !lock(t, p[1], exclusive(2)) {
		t.Error("want the first kept, the second free")
	}
	p[0].TCommit()
	if !lock(t, p[1], exclusive(1)) {
		t.Error("kept after the commit")
	}
}

func TestLocksForATransactionEndWithIt(t *testing.T) {
	p := memory(t, 2)
	for _, end := range []func() error{p[0].TCommit, p[0].TRollback} {
		start(t, p[0])
		lock(t, p[0], LockRequest{Ref: row(1), UntilCommit: true})
		lock(t, p[0], exclusive(2))
		if lock(t, p[1], exclusive(1)) {
			t.Fatal("the row is not locked")
		}
		end()
		if !lock(t, p[1], exclusive(1)) || lock(t, p[1], exclusive(2)) {
			t.Error("want the row's lock gone, the ordinary one kept")
		}
		p[1].UnlockAll()
		p[0].UnlockAll()
	}
}

func TestManyRowLocksBecomeOneOfTheTable(t *testing.T) {
	p := memory(t, 2)
	rowLock := func(id int) LockRequest { return LockRequest{Ref: row(id), Escalating: true, UntilCommit: true} }
	start(t, p[0])
	for id := range 3 {
		lock(t, p[0], rowLock(id))
	}
	if !lock(t, p[1], rowLock(99)) {
		t.Fatal("escalated too early")
	}
	lock(t, p[0], rowLock(3)) // the threshold is 3, but the other job is in the way
	if lock(t, p[1], rowLock(3)) {
		t.Fatal("row 3 is not locked")
	}
	p[1].UnlockAll()
	lock(t, p[0], rowLock(4))
	if lock(t, p[1], rowLock(99)) {
		t.Error("not escalated")
	}
	p[0].TCommit()
	if !lock(t, p[1], exclusive()) {
		t.Error("something is left after the commit")
	}
}

func TestEscalatedLockIsUnlockedByItsRows(t *testing.T) {
	p := memory(t, 2)
	rowLock := func(id int) LockRequest { return LockRequest{Ref: row(id), Escalating: true} }
	for id := range 6 {
		lock(t, p[0], rowLock(id))
	}
	for id := range 6 {
		if lock(t, p[1], exclusive(50)) {
			t.Fatalf("free with %d left", 6-id)
		}
		p[0].Unlock(AtEnd, rowLock(id))
	}
	if !lock(t, p[1], exclusive()) {
		t.Error("not free at the end")
	}
}

func TestReadersOfCommittedRows(t *testing.T) {
	p := memory(t, 2)
	set(t, p[0], row(1), "old")
	start(t, p[0])
	lock(t, p[0], LockRequest{Ref: row(1), UntilCommit: true})
	set(t, p[0], row(1), "new")
	if v, ok, locked := p[1].GetCommitted(row(1)); !ok || !locked || v.Text() != "new" {
		t.Errorf("%q %v %v", v.Text(), ok, locked)
	}
	if _, _, locked := p[0].GetCommitted(row(1)); locked {
		t.Error("its own change is in the way")
	}
	cur, _ := p[1].Scan(row(), Range{})
	if cur.Quiet() {
		t.Error("a scan over a changed row is quiet")
	}
	guard := row()
	if cur, _ = p[1].Scan(At("Index"), Range{Guard: &guard}); cur.Quiet() {
		t.Error("an index scan over a changed row is quiet")
	}
	if ok, err := p[1].WaitUnlocked(ctx, time.Millisecond, row(1)); ok || err != nil {
		t.Errorf("%v %v", ok, err)
	}
	done := make(chan bool)
	go func() {
		ok, _ := p[1].WaitUnlocked(ctx, -1, row(1))
		done <- ok
	}()
	p[0].TRollback()
	if !<-done || p[1].LockedByOther(row(1)) {
		t.Error("still locked after the rollback")
	}
	if cur, _ = p[1].Scan(row(), Range{}); !cur.Quiet() {
		t.Error("not quiet after the rollback")
	}
	expect(t, p[1], row(1), "old")
}

func TestLockNameMustBeOne(t *testing.T) {
	p := memory(t, 1)[0]
	if _, err := p.Lock(ctx, 0, LockRequest{Ref: At("1", value.Int(1))}); err == nil {
		t.Error("accepted")
	}
}
