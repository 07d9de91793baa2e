package store

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"iris-pgwire/internal/irisdev/value"
)

func open(t *testing.T, dir string) (*Store, *Process) {
	t.Helper()
	s, err := Open(dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.CreateNamespace("USER"); err != nil {
		t.Fatal(err)
	}
	p, err := s.NewProcess("USER")
	if err != nil {
		t.Fatal(err)
	}
	return s, p
}

// crash ends a store as the death of the process does: nothing is written any more.
func crash(s *Store) {
	close(s.stop)
	s.done.Wait()
	s.journal.file.Close()
	s.lock.Close()
}

func TestDataComeBackAfterClose(t *testing.T) {
	dir := t.TempDir()
	s, p := open(t, dir)
	if !s.IsNew() {
		t.Error("an empty directory is not new")
	}
	values := []value.Value{value.Text("é"), value.Text("12"), value.Text(""), value.NullValue(), value.Decimal(1250, -2), value.Float(0.1),
		value.BuildList(value.Int(1)), value.VectorOf(&value.Vec{Element: "DOUBLE", Nums: []float64{1, 2}})}
	for i, v := range values {
		if err := p.Set(row(i), v); err != nil {
			t.Fatal(err)
		}
	}
	p.End()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s, p = open(t, dir)
	defer s.Close()
	if s.IsNew() {
		t.Error("new")
	}
	for i, want := range values {
		got, ok := p.Get(row(i))
		if !ok || got.Kind() != want.Kind() || got.Text() != want.Text() {
			t.Errorf("%d is %v %q, want %v %q", i, got.Kind(), got.Text(), want.Kind(), want.Text())
		}
	}
}

func TestCrashLosesOnlyWhatWasNotCommitted(t *testing.T) {
	dir := t.TempDir()
	s, p := open(t, dir)
	set(t, p, row(1), "kept")
	set(t, p, row(2), "kept")
	start(t, p)
	set(t, p, row(3), "committed")
	p.TCommit()
	start(t, p)
	set(t, p, row(1), "lost")
	p.Kill(row(2))
	set(t, p, row(4), "lost")
	p.Increment(row(5), value.Int(7))
	s.journal.flush()
	crash(s)

	s, p = open(t, dir)
	for r, want := range map[int]string{1: "kept", 2: "kept", 3: "committed", 4: "-", 5: "7"} {
		expect(t, p, row(r), want)
	}
	crash(s)
	_, p = open(t, dir)
	expect(t, p, row(3), "committed")
}

func TestCrashInTheMiddleOfAWriteLosesTheTail(t *testing.T) {
	dir := t.TempDir()
	s, p := open(t, dir)
	set(t, p, row(1), "whole")
	size := s.journal.size()
	set(t, p, row(2), "cut")
	end := s.journal.size()
	crash(s)
	name := journalName(dir, 1)
	data, err := os.ReadFile(name)
	if err != nil || int64(len(data)) != end {
		t.Fatalf("%d bytes, want %d: %v", len(data), end, err)
	}
	for cut := size; cut < end; cut++ {
		copyDir := t.TempDir()
		if err := os.WriteFile(journalName(copyDir, 1), data[:cut], 0o600); err != nil {
			t.Fatal(err)
		}
		s, p := open(t, copyDir)
		expect(t, p, row(1), "whole")
		expect(t, p, row(2), "-")
		p.End()
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func TestCheckpointKeepsOpenTransactionsApart(t *testing.T) {
	dir := t.TempDir()
	s, p := open(t, dir)
	q, _ := s.NewProcess("USER")
	set(t, p, row(1), "old")
	start(t, p)
	set(t, p, row(1), "lost")
	start(t, q)
	set(t, q, row(2), "kept")
	if err := s.Checkpoint(); err != nil {
		t.Fatal(err)
	}
	set(t, p, row(3), "lost")
	if err := q.TCommit(); err != nil {
		t.Fatal(err)
	}
	crash(s)
	_, p = open(t, dir)
	expect(t, p, row(1), "old")
	expect(t, p, row(2), "kept")
	expect(t, p, row(3), "-")
	if left, _ := filepath.Glob(filepath.Join(dir, "journal.*")); len(left) != 1 {
		t.Errorf("journals left: %v", left)
	}
}

func TestPartialRollbackSurvivesACrash(t *testing.T) {
	dir := t.TempDir()
	s, p := open(t, dir)
	set(t, p, row(1), "old")
	start(t, p)
	set(t, p, row(1), "first")
	start(t, p)
	set(t, p, row(1), "second")
	p.TRollbackTo(1)
	p.TCommit()
	start(t, p)
	set(t, p, row(2), "x")
	p.TRollback()
	crash(s)
	_, p = open(t, dir)
	expect(t, p, row(1), "first")
	expect(t, p, row(2), "-")
}

func TestOneDirectoryHasOneStore(t *testing.T) {
	dir := t.TempDir()
	s, _ := open(t, dir)
	if _, err := Open(dir, Options{}); !errors.Is(err, ErrInUse) {
		t.Errorf("got %v", err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := s.NewProcess("USER"); err != ErrClosed {
		t.Errorf("got %v", err)
	}
}

func TestDamagedCheckpointIsReported(t *testing.T) {
	dir := t.TempDir()
	s, p := open(t, dir)
	set(t, p, row(1), "value")
	p.End()
	s.Close()
	name := filepath.Join(dir, checkpointName)
	data, _ := os.ReadFile(name)
	data[len(data)/2] ^= 1
	os.WriteFile(name, data, 0o600)
	if _, err := Open(dir, Options{}); err == nil {
		t.Error("opened")
	}
}

func FuzzNextRecord(f *testing.F) {
	f.Add(appendRecord(nil, record{op: opSet, txn: 3, db: "USER", name: "G", key: "k", val: value.Text("v")}))
	f.Add(appendRecord(nil, record{op: opUndo, db: "USER", name: "G", key: "k"}))
	f.Fuzz(func(t *testing.T, data []byte) {
		nextRecord(data)
		decodeRecord(data)
	})
}
