package hosted

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"iris-pgwire/internal/iris"
)

func TestOpenWaitsForAnIRISThatIsStarting(t *testing.T) {
	n := newLine(t)
	c := control(n, "SYS")
	opened := make(chan error, 1)
	go func() { opened <- c.Open(context.Background()) }()
	select {
	case err := <-opened:
		t.Fatalf("opened without an IRIS: %v", err)
	case <-time.After(300 * time.Millisecond):
	}
	n.open(t)
	if err := <-opened; err != nil {
		t.Fatal(err)
	}
	defer c.close()
	if !strings.Contains(c.Version, "2025.1") {
		t.Errorf("version %q", c.Version)
	}
}

func TestOpenGivesUpWhereWaitingDoesNotHelp(t *testing.T) {
	n := newLine(t)
	n.open(t)
	var refused *iris.LoginError
	if err := control(n, "wrong").Open(context.Background()); !errors.As(err, &refused) {
		t.Errorf("a wrong password: %v", err)
	}
	first := control(n, "SYS")
	if err := first.Open(context.Background()); err != nil {
		t.Fatal(err)
	}
	defer first.close()
	if err := control(n, "SYS").Open(context.Background()); !errors.Is(err, ErrTaken) {
		t.Errorf("a second sidecar of the same start: %v", err)
	}
	n.cut()
	late := control(n, "SYS")
	host := *late.host.Load()
	host.Start = 0
	late.SetHost(host)
	if err := late.Open(context.Background()); err == nil || !strings.Contains(err.Error(), "does not answer") {
		t.Errorf("no IRIS and no patience: %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	time.AfterFunc(100*time.Millisecond, cancel)
	if err := control(n, "SYS").Open(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("told to stop: %v", err)
	}
}

// watched runs Watch and tells of what it says.
func watched(t *testing.T, c *Control) (lost chan error, back chan bool, end func() error) {
	t.Helper()
	if err := c.Open(context.Background()); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	lost, back = make(chan error, 9), make(chan bool, 9)
	ended := make(chan error, 1)
	go func() { ended <- c.Watch(ctx, func(err error) { lost <- err }, func() { back <- true }) }()
	return lost, back, func() error {
		cancel()
		return <-ended
	}
}

func TestALostConnectionIsTakenUpAgain(t *testing.T) {
	n := newLine(t)
	n.open(t)
	c := control(n, "SYS")
	lost, back, end := watched(t, c)
	time.Sleep(time.Second) // several questions, all answered
	n.cut()
	if err := <-lost; err == nil {
		t.Error("lost without a reason")
	}
	n.open(t)
	<-back
	if err := control(n, "SYS").Open(context.Background()); !errors.Is(err, ErrTaken) {
		t.Errorf("the lock is not held again: %v", err)
	}
	if err := end(); err != nil || len(lost) > 0 {
		t.Errorf("%v, lost again: %d", err, len(lost))
	}
}

// The socket of an instance that hangs, or behind a cable that is out, stays open.
func TestAnIRISThatAnswersNoMoreIsFoundOut(t *testing.T) {
	n := newLine(t)
	n.open(t)
	lost, back, end := watched(t, control(n, "SYS"))
	n.silent(true)
	if err := <-lost; err == nil || !strings.Contains(err.Error(), "does not answer") {
		t.Errorf("%v", err)
	}
	n.cut()
	n.open(t)
	<-back
	if err := end(); err != nil {
		t.Error(err)
	}
}

func TestANewPasswordIsUsedForTheNextLogin(t *testing.T) {
	n := newLine(t)
	n.open(t)
	c := control(n, "SYS")
	lost, back, end := watched(t, c)
	host := *c.host.Load()
	good := host
	host.Password = "wrong"
	c.SetHost(host)
	n.cut()
	<-lost
	n.open(t)
	select {
	case <-back:
		t.Error("back with a wrong password")
	case <-time.After(400 * time.Millisecond):
	}
	c.SetHost(good)
	<-back
	if err := end(); err != nil {
		t.Error(err)
	}
}

func TestAnInstanceThatStaysAwayOrphansTheSidecar(t *testing.T) {
	n := newLine(t)
	n.open(t)
	c := control(n, "SYS")
	host := *c.host.Load()
	host.Orphan = 200 * time.Millisecond
	c.SetHost(host)
	if err := c.Open(context.Background()); err != nil {
		t.Fatal(err)
	}
	time.AfterFunc(100*time.Millisecond, n.cut)
	if err := c.Watch(context.Background(), func(error) {}, func() { t.Error("back") }); !errors.Is(err, ErrOrphaned) {
		t.Errorf("%v", err)
	}
}
