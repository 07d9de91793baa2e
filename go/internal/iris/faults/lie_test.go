package faults

import (
	"context"
	"errors"
	"math/rand/v2"
	"testing"
	"time"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/iris/pool"
	"iris-pgwire/internal/irisdev/instance"
)

// oneRow is a query whose right answer is 7.
func oneRow(ctx context.Context, l *pool.Lease) error {
	got, err := ints(ctx, l, "SELECT n FROM q WHERE n = ?", iris.Int(7))
	if err == nil && (len(got) != 1 || got[0][0] != 7) {
		return errors.New("a wrong row")
	}
	return err
}

// newQueryWorld has the table that oneRow asks.
func newQueryWorld(t *testing.T) *world {
	w := newWorld(t, instance.Options{})
	w.run(w.direct, "CREATE TABLE q (n INTEGER)", "INSERT INTO q VALUES (7)")
	return w
}

// garbage is bytes that no server sends, always the same ones.
func garbage(seed uint64, n int) []byte {
	r := rand.New(rand.NewPCG(seed, 0))
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(r.Uint32())
	}
	return b
}

// TestAReplyThatIsNoneIsNotBelieved: the head of a reply is replaced; the client must not take what follows for an
// answer, nor wait past its deadline for bytes that were promised.
func TestAReplyThatIsNoneIsNotBelieved(t *testing.T) {
	w := newQueryWorld(t)
	p, end := w.pool(pool.Config{})
	heads := map[string][]byte{
		"the longest length":    {0xff, 0xff, 0xff, 0xff},
		"a gigabyte":            {0, 0, 0, 0x3f},
		"a length too short":    {1, 0, 0, 0},
		"no length":             {0, 0, 0, 0},
		"another message":       {20, 0, 0, 0, 2, 0, 0, 0},
		"frames without an end": append([]byte{0, 0, 0, 0, 9, 0, 0, 0}, 0, 0, 0, 0x80),
	}
	for seed := range uint64(100) {
		heads[string(rune('A'+seed))+" garbage"] = garbage(seed, 14)
	}
	for name, head := range heads {
		l := w.acquire(p)
		w.arm(fault{dir: down, do: replace, bytes: head})
		short, cancel := context.WithTimeout(ctx, 150*time.Millisecond)
		start := time.Now()
		err := oneRow(short, l)
		cancel()
		if !lost(err) || !l.Broken() {
			t.Errorf("%s: %v", name, err)
		}
		if took := time.Since(start); took > 2*time.Second {
			t.Errorf("%s: took %s", name, took)
		}
		l.Release()
	}
	l := w.acquire(p)
	if err := oneRow(ctx, l); err != nil {
		t.Error(err)
	}
	l.Release()
	end()
}

// TestGarbageAnywhereNeverPanics damages the rest of a reply, where the damage may pass for another value.
func TestGarbageAnywhereNeverPanics(t *testing.T) {
	w := newQueryWorld(t)
	p, end := w.pool(pool.Config{})
	for seed := range uint64(150) {
		l := w.acquire(p)
		w.arm(fault{dir: down, after: 14 + int(seed%60), do: replace, bytes: garbage(seed, 4)})
		short, cancel := context.WithTimeout(ctx, 100*time.Millisecond)
		_ = oneRow(short, l) // any error, or none
		cancel()
		l.Discard()
	}
	end()
}

func TestSilenceEndsWithTheClientsDeadline(t *testing.T) {
	w := newQueryWorld(t)
	for name, f := range map[string]fault{
		"IRIS says nothing":         {dir: down, do: silence},
		"IRIS stops in a reply":     {dir: down, after: 20, do: silence},
		"IRIS hears nothing":        {dir: up, do: silence},
		"IRIS is gone, not told of": {dir: up, after: 5, do: halfOpen},
		"the socket is half open":   {dir: down, after: 5, do: halfOpen},
	} {
		t.Run(name, func(t *testing.T) {
			p, end := w.pool(pool.Config{})
			l := w.acquire(p)
			w.arm(f)
			short, cancel := context.WithTimeout(ctx, 50*time.Millisecond)
			defer cancel()
			start := time.Now()
			if err := oneRow(short, l); !errors.Is(err, context.DeadlineExceeded) || !l.Broken() {
				t.Errorf("%v, broken %v", err, l.Broken())
			}
			if took := time.Since(start); took > 2*time.Second {
				t.Errorf("took %s", took)
			}
			l.Release()
			l = w.acquire(p)
			if err := oneRow(ctx, l); err != nil {
				t.Error(err)
			}
			l.Release()
			end()
		})
	}
}

func TestASilentConnectEndsInTime(t *testing.T) {
	w := newQueryWorld(t)
	w.cfg.ConnectTimeout = 100 * time.Millisecond
	p, end := w.pool(pool.Config{})
	w.armNext(fault{dir: down, after: 3, do: silence, every: true})
	start := time.Now()
	if _, err := p.Acquire(ctx, login); err == nil || time.Since(start) > time.Second {
		t.Errorf("%v after %s", err, time.Since(start))
	}
	w.disarm()
	p.Reachable()
	w.acquire(p).Release()
	end()
}

func TestDelaysChangeNothing(t *testing.T) {
	w := newQueryWorld(t)
	p, end := w.pool(pool.Config{})
	w.delay.Store(int64(20 * time.Millisecond))
	l := w.acquire(p)
	for range 3 {
		if err := oneRow(ctx, l); err != nil {
			t.Error(err)
		}
	}
	l.Release()
	w.delay.Store(0)
	end()
}
