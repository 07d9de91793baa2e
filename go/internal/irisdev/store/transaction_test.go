package store

import (
	"fmt"
	"sync"
	"testing"

	"iris-pgwire/internal/irisdev/value"
)

func start(t *testing.T, p *Process) {
	t.Helper()
	if err := p.TStart(); err != nil {
		t.Fatal(err)
	}
}

func TestRollbackTakesBackSetsAndKills(t *testing.T) {
	p := memory(t, 1)[0]
	set(t, p, row(1), "a")
	set(t, p, row(1, 1), "b")
	start(t, p)
	set(t, p, row(1), "A")
	set(t, p, row(2), "new")
	p.Kill(row(1))
	set(t, p, row(1, 1), "again")
	if err := p.TRollback(); err != nil {
		t.Fatal(err)
	}
	expect(t, p, row(1), "a")
	expect(t, p, row(1, 1), "b")
	expect(t, p, row(2), "-")
	if p.TLevel() != 0 {
		t.Errorf("$TLEVEL is %d", p.TLevel())
	}
}

func TestUncommittedChangesAreSeenByOthers(t *testing.T) {
	p := memory(t, 2)
	start(t, p[0])
	set(t, p[0], row(1), "dirty")
	expect(t, p[1], row(1), "dirty")
	p[0].End()
	expect(t, p[1], row(1), "-")
}

func TestLevelsAreSavepoints(t *testing.T) {
	p := memory(t, 1)[0]
	start(t, p)
	set(t, p, row(1), "one")
	start(t, p)
	set(t, p, row(1), "two")
	start(t, p)
	set(t, p, row(1), "three")
	if err := p.TCommit(); err != nil || p.TLevel() != 2 {
		t.Fatalf("level %d, %v", p.TLevel(), err)
	}
	p.TRollbackTo(1)
	expect(t, p, row(1), "one")
	if p.TLevel() != 1 {
		t.Errorf("$TLEVEL is %d, want 1", p.TLevel())
	}
	p.TRollbackTo(1) // not below: nothing
	p.TCommitAll()
	p.TRollback()
	expect(t, p, row(1), "one")
}

func TestCountersAreNotGivenBack(t *testing.T) {
	p := memory(t, 1)[0]
	start(t, p)
	for range 3 {
		if _, err := p.Increment(row(0), value.Int(1)); err != nil {
			t.Fatal(err)
		}
	}
	p.TRollback()
	expect(t, p, row(0), "3")
	p.Raise(row(0), value.Int(10))
	p.Raise(row(0), value.Int(5))
	expect(t, p, row(0), "10")
}

func TestTransactionLevelHasALimit(t *testing.T) {
	p := memory(t, 1)[0]
	for range 255 {
		start(t, p)
	}
	if err := p.TStart(); err == nil || err.Error() != "<TRANSACTION LEVEL> *255" {
		t.Errorf("got %v", err)
	}
}

func TestScratchGlobalsAreNotRolledBack(t *testing.T) {
	p := memory(t, 1)[0]
	start(t, p)
	set(t, p, At("IRIS.Temp.X"), "stays")
	p.TRollback()
	expect(t, p, At("IRIS.Temp.X"), "stays")
}

func TestManyJobsAtOnce(t *testing.T) {
	p := memory(t, 8)
	var wg sync.WaitGroup
	for n, job := range p {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for i := range 300 {
				job.TStart()
				job.Set(row(n, i), value.Int(int64(i)))
				job.Increment(row(1000), value.Int(1))
				cur, err := job.Scan(row(n), Range{})
				for err == nil && cur.Next() {
				}
				if i%3 == 0 {
					job.TRollback()
				} else {
					job.TCommit()
				}
			}
		}()
	}
	wg.Wait()
	expect(t, p[0], row(1000), "2400")
	for n := range p {
		count := 0
		cur, _ := p[0].Scan(row(n), Range{})
		for cur.Next() {
			count++
		}
		if count != 200 {
			t.Errorf("job %d left %d nodes, want 200", n, count)
		}
	}
}

func BenchmarkScan(b *testing.B) {
	s, _ := Open("", Options{})
	s.CreateNamespace("USER")
	p, _ := s.NewProcess("USER")
	for i := range 10000 {
		p.Set(row(i), value.Text(fmt.Sprint("row ", i)))
	}
	for b.Loop() {
		cur, _ := p.Scan(row(), Range{})
		for cur.Next() {
			_ = cur.Sub()
		}
	}
}
