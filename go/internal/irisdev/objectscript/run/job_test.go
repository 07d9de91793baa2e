package run_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"iris-pgwire/internal/irisdev/objectscript/run"
)

// session is a process with its output.
type session struct {
	*run.Process
	t   *testing.T
	out strings.Builder
}

func newSession(t *testing.T, sys *run.System) *session {
	t.Helper()
	s := &session{t: t}
	p, err := sys.NewProcess(run.Options{Out: &s.out})
	if err != nil {
		t.Fatal(err)
	}
	s.Process = p
	t.Cleanup(p.End)
	return s
}

// do runs a line and gives what it wrote.
func (s *session) do(code string) string {
	s.t.Helper()
	s.out.Reset()
	if err := s.Line(context.Background(), code); err != nil && !run.IsEnd(err) {
		s.t.Fatalf("%s: %v", code, err)
	}
	return s.out.String()
}

// until waits for a condition, written as an expression.
func (s *session) until(condition string) {
	s.t.Helper()
	for end := time.Now().Add(5 * time.Second); time.Now().Before(end); time.Sleep(2 * time.Millisecond) {
		if s.do("write "+condition) == "1" {
			return
		}
	}
	s.t.Fatalf("%s did not come true", condition)
}

func TestJobRunsBesideItsParent(t *testing.T) {
	sys := newSystem(t)
	load(t, sys, "testdata/code")
	s := newSession(t, sys)
	s.do(`job ##class(Test.Calls).JobSets("n","val"):("USER"):5 set c=$zchild,ok=$test`)
	s.until(`$data(^jobs("n"))`)
	if got := s.do(`write ok,^jobs("n")=("val/"_$job),c>$job`); got != "111" {
		t.Errorf("parent and child tell of each other: %s", got)
	}
	s.until(`'$data(^$job(c))`)
}

func TestJobInAnotherNamespace(t *testing.T) {
	sys := newSystem(t)
	load(t, sys, "testdata/code")
	s := newSession(t, sys)
	s.do(`job add^Rtn(1):("USER") job nothing^NoRoutine::1`)
	if got := s.do("write $test"); got != "1" {
		t.Error("a job whose routine does not exist counts as started")
	}
	if err := s.Line(context.Background(), `job ^Rtn:("NOWHERE")`); err == nil || err.Error() != "<NAMESPACE> *NOWHERE" {
		t.Error(err)
	}
}

func TestKillEndsAJobHard(t *testing.T) {
	sys := newSystem(t)
	load(t, sys, "testdata/code")
	s := newSession(t, sys)
	s.do(`job ##class(Test.Calls).JobWaits("w")`)
	s.until(`$data(^waits("w","tx"))`)
	if got := s.do(`lock +^held("w"):0 write $test`); got != "0" {
		t.Fatal("the job holds the lock")
	}
	var job int64
	for _, p := range sys.Processes() {
		if p.Kind() == "job" {
			job = p.Job()
			if p.State() != "HANG" {
				t.Errorf("state %s", p.State())
			}
		}
	}
	if !sys.Kill(job) || !sys.Wait(5*time.Second, job) {
		t.Fatal("the job did not end")
	}
	if got := s.do(`lock +^held("w"):0 write $test,$data(^waits("w","tx")),$data(^waits("w","after"))`); got != "100" {
		t.Errorf("lock free, transaction rolled back, nothing more run: %s", got)
	}
	if sys.Kill(job) {
		t.Error("there is no such job any more")
	}
}

func TestKillRunsNoHandler(t *testing.T) {
	sys := newSystem(t)
	load(t, sys, "testdata/code")
	s := newSession(t, sys)
	s.do(`job ##class(Test.Calls).JobFails() set c=$zchild`)
	s.until(`$data(^$job(c))`)
	time.Sleep(20 * time.Millisecond)
	var job int64
	for _, p := range sys.Processes() {
		if p.Kind() == "job" {
			job = p.Job()
		}
	}
	sys.Kill(job)
	sys.Wait(5*time.Second, job)
	if got := s.do("write $data(^handler)"); got != "0" {
		t.Error("a killed process ran its CATCH")
	}
}

func TestKillStopsALoop(t *testing.T) {
	sys := newSystem(t)
	s := newSession(t, sys)
	done := make(chan error, 1)
	go func() { done <- s.Line(context.Background(), `for  { set x=1 }`) }()
	time.Sleep(10 * time.Millisecond)
	sys.Kill(s.Job())
	select {
	case err := <-done:
		if !run.IsEnd(err) {
			t.Error(err)
		}
	case <-time.After(5 * time.Second):
		t.Fatal("the loop goes on")
	}
}

func TestLockWaitsForTheOther(t *testing.T) {
	sys := newSystem(t)
	a, b := newSession(t, sys), newSession(t, sys)
	a.do("lock +^x(1)")
	if got := b.do("lock +^x:.05 write $test"); got != "0" {
		t.Error("a lock above is in the way")
	}
	got := make(chan string, 1)
	go func() { got <- b.do("lock +^x(1):5 write $test") }()
	time.Sleep(20 * time.Millisecond)
	if s := b.State(); s != "LOCK" {
		t.Errorf("state %s", s)
	}
	a.do("lock -^x(1)")
	if g := <-got; g != "1" {
		t.Errorf("the lock was given back: %s", g)
	}
	if g := a.do("lock +^x(1):0 write $test"); g != "0" {
		t.Error("the other has it now")
	}
	b.End()
	if g := a.do("lock +^x(1):0 write $test"); g != "1" {
		t.Error("the end of a process frees its locks")
	}
}

func TestUnlockInATransactionWaitsForItsEnd(t *testing.T) {
	sys := newSystem(t)
	a, b := newSession(t, sys), newSession(t, sys)
	a.do("tstart  lock +^x lock -^x")
	if g := b.do("lock +^x:0 write $test"); g != "0" {
		t.Error("the unlock is deferred")
	}
	a.do("tcommit")
	if g := b.do("lock +^x:0 write $test lock"); g != "1" {
		t.Error("the end of the transaction frees the lock")
	}
	a.do(`tstart  lock +^x lock -^x#"I"`)
	if g := b.do("lock +^x:0 write $test"); g != "1" {
		t.Error("I unlocks at once")
	}
}

func TestLockOfAnotherNamespace(t *testing.T) {
	sys := newSystem(t)
	a, b := newSession(t, sys), newSession(t, sys)
	a.do(`lock +^["%SYS"]x`)
	if g := b.do(`lock +^x:0 write $test zn "%SYS" lock +^x:0 write $test`); g != "10" {
		t.Errorf("each namespace has its own name: %s", g)
	}
}

func TestEvents(t *testing.T) {
	sys := newSystem(t)
	a, b := newSession(t, sys), newSession(t, sys)
	if !sys.CreateEvent("ctl") || sys.CreateEvent("ctl") || !sys.EventDefined("ctl") {
		t.Fatal("a name is made once")
	}
	sys.SignalEvent("ctl", "one")
	if sys.CountEvent("ctl") != 1 {
		t.Error("a message nobody waits for is kept")
	}
	if code, msg, err := a.WaitEvent("ctl", time.Second); code != 1 || msg != "one" || err != nil {
		t.Error(code, msg, err)
	}
	if code, _, _ := a.WaitEvent("ctl", 10*time.Millisecond); code != 0 {
		t.Error("time-out", code)
	}
	if _, _, err := a.WaitEvent("unknown", 0); err == nil || err.Error() != "<UNDEFINED> *unknown" {
		t.Error(err)
	}
	woken := make(chan int, 1)
	go func() {
		code, _, _ := b.WaitEvent("", -1)
		woken <- code
	}()
	time.Sleep(10 * time.Millisecond)
	if s := b.State(); s != "EVT" {
		t.Errorf("state %s", s)
	}
	if !sys.SignalEvent("", "") && !sys.SignalEvent(jobText(b), "hi") {
		t.Fatal("a process has a queue of its own")
	}
	if code := <-woken; code != 1 {
		t.Error(code)
	}
	go func() {
		code, _, _ := b.WaitEvent("ctl", -1)
		woken <- code
	}()
	time.Sleep(10 * time.Millisecond)
	sys.DeleteEvent("ctl")
	if code := <-woken; code != -1 {
		t.Error("deleted meanwhile", code)
	}
}

func jobText(s *session) string { return run.Int(s.Job()).Text() }

func TestNothingStartsDuringShutdown(t *testing.T) {
	sys := newSystem(t)
	load(t, sys, "testdata/code")
	s := newSession(t, sys)
	sys.Stopping()
	if got := s.do(`job ##class(Test.Calls).JobSets("n",1)::1 write $test`); got != "0" {
		t.Error("JOB is impossible now")
	}
}

func TestClockOffset(t *testing.T) {
	sys := newSystem(t)
	s := newSession(t, sys)
	before := s.do(`write $piece($horolog,",")`)
	sys.Clock.Shift(48 * time.Hour)
	if got := s.do(`write $horolog-(` + before + `)`); got != "2" {
		t.Errorf("two days later: %s", got)
	}
}
