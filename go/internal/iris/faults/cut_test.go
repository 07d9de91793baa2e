package faults

import (
	"errors"
	"testing"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/iris/pool"
	"iris-pgwire/internal/irisdev/instance"
	"iris-pgwire/internal/pgerr"
)

var directions = map[direction]string{up: "from the client", down: "from IRIS"}

// TestAConnectCutAtEveryByte: whatever the byte, the client is told that IRIS can't be reached, and the next one is served.
// A single cut isn't noticed, since nothing was asked of IRIS yet.
func TestAConnectCutAtEveryByte(t *testing.T) {
	w := newWorld(t, instance.Options{})
	p, end := w.pool(pool.Config{})
	w.acquire(p).Release()
	bytes := [2]int{w.passed(up), w.passed(down)}
	end()
	for dir, name := range directions {
		t.Run(name, func(t *testing.T) {
			p, end := w.pool(pool.Config{})
			for at := range bytes[dir] {
				w.armNext(fault{dir: dir, after: at, do: cut, every: true})
				_, err := p.Acquire(ctx, login)
				w.disarm()
				var told *pgerr.Error
				if !errors.As(err, &told) || told.Code != pgerr.CannotConnectNow || told.Detail == "" {
					t.Fatalf("byte %d: %v", at, err)
				}
				p.Reachable()
				if at%8 == 0 {
					w.armNext(fault{dir: dir, after: at, do: cut})
					w.acquire(p).Discard()
				}
				if c := p.Counters(); c.Open != 0 {
					t.Fatalf("byte %d: %+v", at, c)
				}
			}
			end()
		})
	}
}

// everyByte runs a request on a fresh lease, cut at each byte of it. prepare comes before the faults; check gets
// the error of the request.
func (w *world) everyByte(prepare, request func(l *pool.Lease, k int) error, check func(k int, err error)) {
	w.t.Helper()
	p, end := w.pool(pool.Config{})
	k := 0
	step := func(f *fault) error {
		k++
		l := w.acquire(p)
		defer l.Release()
		if err := prepare(l, k); err != nil {
			w.t.Fatalf("before the fault: %v", err)
		}
		if f != nil {
			w.arm(*f)
		}
		return request(l, k)
	}
	w.acquire(p).Release()
	var sizes [2]int
	measure := func(l *pool.Lease, k int) error {
		before := [2]int{w.passed(up), w.passed(down)}
		err := request(l, k)
		sizes = [2]int{w.passed(up) - before[up], w.passed(down) - before[down]}
		return err
	}
	l := w.acquire(p)
	if err := errors.Join(prepare(l, 0), measure(l, 0)); err != nil {
		w.t.Fatal(err)
	}
	l.Release()
	for dir, name := range directions {
		if sizes[dir] == 0 {
			w.t.Fatalf("no byte %s", name)
		}
		for at := range sizes[dir] {
			err := step(&fault{dir: dir, after: at, do: cut})
			if !lost(err) {
				w.t.Fatalf("cut at byte %d %s: %v", at, name, err)
			}
			check(k, err)
		}
	}
	if err := step(nil); err != nil {
		w.t.Errorf("after all cuts: %v", err)
	}
	check(k, nil)
	end()
}

func TestAQueryCutAtEveryByte(t *testing.T) {
	w := newWorld(t, instance.Options{})
	w.run(w.direct, "CREATE TABLE q (id INTEGER, n INTEGER)", "INSERT INTO q VALUES (1, 10)", "INSERT INTO q VALUES (2, 20)")
	var got [][]int64
	w.everyByte(func(*pool.Lease, int) error { got = nil; return nil }, func(l *pool.Lease, _ int) (err error) {
		got, err = ints(ctx, l, "SELECT id, n FROM q WHERE id > ? ORDER BY id", iris.Int(0))
		return err
	}, func(k int, err error) {
		for i, row := range got {
			if row[0] != int64(i+1) || row[1] != 10*row[0] {
				t.Errorf("%d: row %v", k, row)
			}
		}
		if err == nil && len(got) != 2 {
			t.Errorf("%d rows", len(got))
		}
	})
}

// changed counts the rows that a key left; more than one would be a statement that ran twice.
func (w *world) changed(k int) int {
	w.t.Helper()
	got, err := ints(ctx, w.direct, "SELECT COUNT(*) FROM w WHERE k = ?", iris.Int(int64(k)))
	if err != nil {
		w.t.Fatal(err)
	}
	return int(got[0][0])
}

func TestAnInsertCutAtEveryByteRunsAtMostOnce(t *testing.T) {
	w := newWorld(t, instance.Options{})
	w.run(w.direct, "CREATE TABLE w (k INTEGER)")
	w.everyByte(func(*pool.Lease, int) error { return nil }, func(l *pool.Lease, k int) error {
		return exec(ctx, l, "INSERT INTO w (k) VALUES (?)", iris.Int(int64(k)))
	}, func(k int, err error) {
		if n := w.changed(k); n > 1 || err == nil && n != 1 {
			t.Errorf("%d: %d rows, %v", k, n, err)
		}
	})
}

func TestACommitCutAtEveryByteHappensWhollyOrNotAtAll(t *testing.T) {
	w := newWorld(t, instance.Options{})
	w.run(w.direct, "CREATE TABLE w (k INTEGER)")
	w.everyByte(func(l *pool.Lease, k int) error {
		if err := l.Begin(ctx); err != nil {
			return err
		}
		for range 2 {
			if err := exec(ctx, l, "INSERT INTO w (k) VALUES (?)", iris.Int(int64(k))); err != nil {
				return err
			}
		}
		return nil
	}, func(l *pool.Lease, _ int) error { return l.Commit(ctx) }, func(k int, err error) {
		var n int
		eventually(t, "the lost process has ended", func() bool { n = w.changed(k); return n != 1 })
		if n != 0 && n != 2 || err == nil && n != 2 {
			t.Errorf("%d: %d rows, %v", k, n, err)
		}
	})
}

// TestAFetchCutAtEveryByte cuts each byte of the request and of the reply's head, and the rest at many places; the rows
// before the cut must be right.
func TestAFetchCutAtEveryByte(t *testing.T) {
	const rows, wide = 3000, 1 << 60
	w := newWorld(t, instance.Options{})
	w.run(w.direct, "CREATE TABLE big (id INTEGER, n BIGINT)")
	st, err := w.direct.Prepare(ctx, "INSERT INTO big (id, n) VALUES (?, ?)")
	if err != nil {
		t.Fatal(err)
	}
	var sets [][]iris.Value
	for i := range rows {
		sets = append(sets, []iris.Value{iris.Int(int64(i)), iris.Int(wide + int64(i))})
	}
	if _, err := w.direct.ExecBatch(ctx, st, sets); err != nil {
		t.Fatal(err)
	}
	p, end := w.pool(pool.Config{})
	fetch := func(f *fault) ([][]int64, error) {
		l := w.acquire(p)
		defer l.Release()
		st, err := l.Prepare(ctx, "SELECT id, n, n, n FROM big ORDER BY id")
		if err != nil {
			t.Fatal(err)
		}
		rows, err := l.Query(ctx, st, nil)
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close(ctx)
		if f != nil {
			w.arm(*f)
		}
		return rest(ctx, rows)
	}
	w.acquire(p).Release()
	before := w.passed(down)
	if got, err := fetch(nil); err != nil || len(got) != rows {
		t.Fatalf("%d rows, %v", len(got), err)
	}
	size := w.passed(down) - before
	for _, c := range []struct {
		dir            direction
		from, to, step int
	}{{up, 0, 14, 1}, {down, 0, 100, 1}, {down, 100, size / 2, size / 300}} {
		for at := c.from; at < c.to; at += c.step {
			got, err := fetch(&fault{dir: c.dir, after: at, do: cut})
			if !lost(err) || len(got) == rows {
				t.Fatalf("cut at byte %d %s: %d rows, %v", at, directions[c.dir], len(got), err)
			}
			for i, row := range got {
				if n := wide + int64(i); row[0] != int64(i) || row[1] != n || row[3] != n {
					t.Fatalf("cut at byte %d: row %d is %d", at, i, row)
				}
			}
		}
	}
	end()
}
