package pool

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgerr"
)

var ctx = context.Background()

// backend is a fake IRIS with a password and a number of licences.
type backend struct {
	mu       sync.Mutex
	open     int
	opened   int
	licenses int
	closing  chan struct{} // if not nil, Close waits for it
}

func (b *backend) Name() string { return "fake" }

func (b *backend) Open(_ context.Context, login iris.Login) (iris.Conn, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if login.Password != "SYS" {
		return nil, iris.NewLoginError(417, "Access Denied")
	}
	if b.licenses > 0 && b.open == b.licenses {
		return nil, iris.NewLoginError(417, "[SQLCODE: <-98>:<License violation>]")
	}
	b.open++
	b.opened++
	return &conn{backend: b, user: login.User}, nil
}

// conn is a connection that only the pool's part is used of.
type conn struct {
	iris.Conn
	backend *backend
	user    string
	broken  bool
	resets  int
}

func (c *conn) Broken() bool                { return c.broken }
func (c *conn) Reset(context.Context) error { c.resets++; return nil }
func (c *conn) Close() error {
	if c.backend.closing != nil {
		<-c.backend.closing
	}
	c.backend.mu.Lock()
	defer c.backend.mu.Unlock()
	c.backend.open--
	return nil
}

func user(name string) iris.Login { return iris.Login{User: name, Password: "SYS", Namespace: "USER"} }

func start(t *testing.T, cfg Config) (*Pool, *backend) {
	t.Helper()
	b := &backend{}
	p := New(b, cfg)
	t.Cleanup(func() {
		short, cancel := context.WithTimeout(ctx, 5*time.Second)
		defer cancel()
		if err := p.Close(short); err != nil {
			t.Errorf("close: %v", err)
		}
		if b.open != 0 {
			t.Errorf("%d connections left open", b.open)
		}
	})
	return p, b
}

func acquire(t *testing.T, p *Pool, login iris.Login) *Lease {
	t.Helper()
	l, err := p.Acquire(ctx, login)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestAConnectionIsUsedAgain(t *testing.T) {
	p, b := start(t, Config{})
	for range 5 {
		l := acquire(t, p, user("a"))
		l.Release()
		l.Release()
	}
	if b.opened != 1 || p.Counters().Leases != 5 || p.Counters().Idle != 1 {
		t.Errorf("%d opened, %+v", b.opened, p.Counters())
	}
}

func TestAnotherPasswordNeverRidesOnAnOpenConnection(t *testing.T) {
	p, _ := start(t, Config{})
	acquire(t, p, user("a")).Release()
	wrong := user("a")
	wrong.Password = "guess"
	if _, err := p.Acquire(ctx, wrong); !errors.Is(err, iris.ErrLoginRefused) {
		t.Errorf("wrong password: %v", err)
	}
	if c := p.Counters(); c.Refused != 1 || c.Open != 1 {
		t.Errorf("%+v", c)
	}
}

func TestAnotherUsersIdleConnectionMakesRoom(t *testing.T) {
	p, b := start(t, Config{Max: 1, Overflow: -1})
	acquire(t, p, user("a")).Release()
	l := acquire(t, p, user("b"))
	defer l.Release()
	if b.open != 1 || l.Conn.(*conn).user != "b" {
		t.Errorf("%d open", b.open)
	}
}

func TestWaitingIsFirstComeFirstServed(t *testing.T) {
	p, _ := start(t, Config{Max: 1, Overflow: -1})
	held := acquire(t, p, user("a"))
	var mu sync.Mutex
	var order []int
	var work sync.WaitGroup
	for i := range 10 {
		work.Go(func() {
			// Users differ, so that some grants are connections and others the right to open one.
			l, err := p.Acquire(ctx, user(strconv.Itoa(i%2)))
			if err != nil {
				t.Error(err)
				return
			}
			mu.Lock()
			order = append(order, i)
			mu.Unlock()
			l.Release()
		})
		for p.Counters().Waiting != i+1 {
			time.Sleep(time.Millisecond)
		}
	}
	held.Release()
	work.Wait()
	if !slices.IsSorted(order) || len(order) != 10 {
		t.Errorf("granted in the order %v", order)
	}
}

func TestWaitingEndsInTooManyConnections(t *testing.T) {
	p, _ := start(t, Config{Max: 1, Overflow: -1, Wait: 10 * time.Millisecond})
	defer acquire(t, p, user("a")).Release()
	_, err := p.Acquire(ctx, user("a"))
	var refused *pgerr.Error
	if !errors.As(err, &refused) || refused.Code != pgerr.TooManyConnections || refused.Hint == "" {
		t.Errorf("%v", err)
	}
	ended, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := p.Acquire(ended, user("a")); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	if c := p.Counters(); c.Waiting != 0 || c.Timeouts != 2 {
		t.Errorf("%+v", c)
	}
}

func TestALicenseRefusalLowersTheCeilingOnceAndTheClientWaits(t *testing.T) {
	var reported []int
	p, b := start(t, Config{LicenseRefused: func(ceiling int, _ error) { reported = append(reported, ceiling) }})
	b.licenses = 2
	first, second := acquire(t, p, user("a")), acquire(t, p, user("a"))
	done := make(chan error)
	go func() {
		l, err := p.Acquire(ctx, user("a"))
		if err == nil {
			l.Release()
		}
		done <- err
	}()
	for p.Counters().Waiting == 0 {
		time.Sleep(time.Millisecond)
	}
	first.Release()
	if err := <-done; err != nil {
		t.Error(err)
	}
	second.Release()
	if p.Counters().Ceiling != 2 || !slices.Equal(reported, []int{2}) {
		t.Errorf("ceiling %d, reported %v", p.Counters().Ceiling, reported)
	}
}

func TestTheCeilingRisesAgainWhenLicencesAreBack(t *testing.T) {
	var reported atomic.Int64
	p, b := start(t, Config{Max: 4, Overflow: -1, LicenseRetry: 20 * time.Millisecond, LicenseRefused: func(int, error) { reported.Add(1) }})
	b.licenses = 1
	held := acquire(t, p, user("a"))
	defer held.Release()
	got := make(chan *Lease, 3)
	for range 3 {
		go func() {
			l, _ := p.Acquire(ctx, user("a"))
			got <- l
		}()
	}
	select {
	case <-got:
		t.Fatal("a lease without a licence")
	case <-time.After(150 * time.Millisecond): // several attempts meanwhile
	}
	b.mu.Lock()
	b.licenses = 4
	b.mu.Unlock()
	for range 3 { // all at once: none of them comes back before the others are there
		select {
		case l := <-got:
			defer l.Release()
		case <-time.After(5 * time.Second):
			t.Fatal("the ceiling stays low")
		}
	}
	if reported.Load() != 1 {
		t.Errorf("reported %d times", reported.Load())
	}
}

func TestBrokenConnectionsAreReplaced(t *testing.T) {
	p, b := start(t, Config{})
	l := acquire(t, p, user("a"))
	l.Conn.(*conn).broken = true
	l.Release()
	acquire(t, p, user("a")).Release()
	if b.opened != 2 || p.Counters().Broken != 1 || p.Counters().Open != 1 {
		t.Errorf("%d opened, %+v", b.opened, p.Counters())
	}
}

func TestOverflowIsNotKept(t *testing.T) {
	p, b := start(t, Config{Max: 1, Overflow: 2})
	leases := []*Lease{acquire(t, p, user("a")), acquire(t, p, user("a")), acquire(t, p, user("a"))}
	for _, l := range leases {
		l.Release()
	}
	if b.open != 1 || p.Counters().Idle != 1 {
		t.Errorf("%d open, %+v", b.open, p.Counters())
	}
}

func TestIdleConnectionsAreClosed(t *testing.T) {
	p, _ := start(t, Config{Idle: time.Millisecond})
	acquire(t, p, user("a")).Release()
	for deadline := time.Now().Add(10 * time.Second); p.Counters().Open > 0; time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("still open")
		}
	}
}

func TestCloseWaitsForLeasesAndRefusesNewOnes(t *testing.T) {
	p, _ := start(t, Config{})
	l := acquire(t, p, user("a"))
	short, cancel := context.WithCancel(ctx)
	cancel()
	if err := p.Close(short); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	if _, err := p.Acquire(ctx, user("a")); !errors.Is(err, ErrClosed) {
		t.Errorf("%v", err)
	}
	l.Release()
}

func TestSweepFindsDeadIdleConnections(t *testing.T) {
	b := &backend{}
	p := New(b, Config{})
	defer p.Close(ctx)
	var leases []*Lease
	for range 3 {
		l, err := p.Acquire(ctx, user("ann"))
		if err != nil {
			t.Fatal(err)
		}
		leases = append(leases, l)
	}
	for _, l := range leases {
		l.Release()
	}
	for _, c := range []struct{ dead, idle, broken int }{{0, 3, 0}, {2, 1, 2}, {3, 0, 3}} {
		for i := range c.dead {
			leases[i].conn.conn.(*conn).broken = true
		}
		p.Sweep()
		if n := p.Counters(); n.Idle != c.idle || n.Open != c.idle || n.Broken != uint64(c.broken) {
			t.Errorf("%d dead: %+v", c.dead, n)
		}
	}
}

// look is a connection that tells the test when it is asked whether it lives.
type look struct {
	*conn
	asked func()
}

func (l *look) Alive() bool { l.asked(); return true }

func TestAConnectionThatIsLookedAtOrClosedIsIdle(t *testing.T) {
	p, b := start(t, Config{})
	l := acquire(t, p, user("a"))
	asked := 0
	l.conn.conn = &look{l.conn.conn.(*conn), func() {
		asked++
		if n := p.Counters(); n.Idle != 1 || n.Leased != 0 {
			t.Errorf("looked at: %+v", n)
		}
	}}
	l.Release()
	p.Sweep()
	if asked != 1 {
		t.Errorf("asked %d times", asked)
	}
	b.closing = make(chan struct{})
	l.conn.conn.(*look).broken = true
	ended := make(chan struct{})
	go func() { p.Sweep(); close(ended) }()
	for p.Counters().Broken == 0 {
		time.Sleep(time.Millisecond)
	}
	if n := p.Counters(); n.Idle != 1 || n.Leased != 0 {
		t.Errorf("being closed: %+v", n)
	}
	close(b.closing)
	<-ended
	if n := p.Counters(); n.Open != 0 || n.Idle != 0 || n.Leased != 0 {
		t.Errorf("closed: %+v", n)
	}
}

func TestAClientThatGivesUpWhileRoomIsMadeLeavesTheRoom(t *testing.T) {
	p, b := start(t, Config{Max: 1, Overflow: -1, Wait: 50 * time.Millisecond})
	b.closing = make(chan struct{})
	l := acquire(t, p, user("a"))
	failed := make(chan error)
	go func() {
		_, err := p.Acquire(ctx, user("b"))
		failed <- err
	}()
	for p.Counters().Waiting == 0 {
		time.Sleep(time.Millisecond)
	}
	l.Release() // the connection is closed for b, which takes longer than b waits
	if err := <-failed; err == nil {
		t.Fatal("a lease without room")
	}
	close(b.closing)
	acquire(t, p, user("b")).Release()
}
