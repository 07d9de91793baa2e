package objectscript

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"iris-pgwire/tests/stack"
)

// A client in a transaction may end it while the service stops: IRIS waits for as long as sessions drain.
func TestStopWaitsForARunningTransaction(t *testing.T) {
	t.Parallel()
	w := start(t)
	w.set("limits.drain_seconds", "12")
	w.ok(`##class(IrisPGWire.Service).Start()`)
	ctx := context.Background()
	conn, err := w.connect()
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(ctx)
	for _, sql := range []string{"CREATE TABLE slow (a integer)", "BEGIN", "INSERT INTO slow VALUES (1)"} {
		if _, err := conn.Exec(ctx, sql); err != nil {
			t.Fatalf("%s: %v", sql, err)
		}
	}
	stopped := make(chan string, 1)
	go func() { stopped <- w.status(`##class(IrisPGWire.Service).Stop()`) }()
	w.until(10*time.Second, "it drains", func() bool { return w.state().State == "draining" })
	time.Sleep(6 * time.Second)
	if got := w.line(`write ##class(IrisPGWire.Service).IsRunning()`); got != "1" {
		t.Errorf("while it drains IsRunning gives %q", got)
	}
	if _, err := conn.Exec(ctx, "COMMIT"); err != nil {
		t.Errorf("COMMIT: %v", err)
	}
	if got := <-stopped; got != "OK" {
		t.Errorf("Stop: %s", got)
	}
	if got := w.reported(1, ""); len(got) > 0 {
		t.Errorf("%q", got)
	}
}

// Who asks whether something runs must not be taken for it by another who asks.
func TestAskingDisturbsNobody(t *testing.T) {
	w := start(t)
	w.line(`set ^%zPGWire("sidecar", "nonce") = "none"`)
	ask := `set n = 0 for i = 1:1:3000 { set n = n + ##class(IrisPGWire.Supervisor).IsRunning() + ##class(IrisPGWire.Service).IsRunning() } write n`
	var all sync.WaitGroup
	for range 3 {
		all.Go(func() {
			if got := w.line(ask); got != "0" {
				t.Errorf("nothing runs, but %s times the answer was another", got)
			}
		})
	}
	all.Wait()
	w.line(`kill ^%zPGWire("sidecar")`)
}

// slow is the program, but it comes up late.
func (w *world) slow(seconds float64) {
	w.t.Helper()
	file := filepath.Join(w.t.TempDir(), "slow")
	text := fmt.Sprintf("#!/bin/sh\nsleep %g\nexec %s \"$@\"\n", seconds, filepath.Join(absolute(w.t, stack.Bin(w.t)), "iris-pgwire"))
	if err := os.WriteFile(file, []byte(text), 0o700); err != nil {
		w.t.Fatal(err)
	}
	w.set("service.binary", file)
}

// programs are the processes of the directory, those that are still coming up included.
func (w *world) programs() (pids []string) {
	names, _ := filepath.Glob("/proc/[0-9]*/cmdline")
	for _, name := range names {
		line, err := os.ReadFile(name)
		if err == nil && strings.Contains(string(line), "serve\x00--dir\x00"+w.sidecarDir()) {
			pids = append(pids, strings.Split(name, "/")[2])
		}
	}
	return pids
}

func TestASupervisorThatDiesWhileTheSidecarStartsLeavesOne(t *testing.T) {
	t.Parallel()
	w := start(t)
	w.slow(2)
	started := make(chan string, 1)
	go func() { started <- w.status(`##class(IrisPGWire.Service).Start()`) }()
	w.until(10*time.Second, "it is on its way", func() bool { return len(w.programs()) == 1 })
	w.endHard()
	w.line(`do ##class(IrisPGWire.Supervisor).Ensure()`)
	if got := <-started; got != "OK" {
		t.Errorf("Start: %s", got)
	}
	if err := w.serves(); err != nil {
		t.Error(err)
	}
	time.Sleep(3 * time.Second) // a second one would be up by now
	if got := w.programs(); len(got) != 1 {
		t.Errorf("processes %q", got)
	}
	w.ok(`##class(IrisPGWire.Service).Stop()`)
	if got := w.programs(); len(got) != 0 {
		t.Errorf("after Stop: processes %q", got)
	}
}

func TestTheEndOfIRISWhileTheSidecarStartsLeavesNone(t *testing.T) {
	t.Parallel()
	w := start(t)
	w.hooks()
	w.slow(1)
	w.lines(`set ^%zPGWire("want") = "running", ^%zPGWire("namespace") = "USER"`, `do ##class(IrisPGWire.Supervisor).Ensure()`)
	w.until(10*time.Second, "it is on its way", func() bool { return len(w.programs()) == 1 })
	w.halt(syscall.SIGTERM)
	w.until(10*time.Second, "it has gone", func() bool { return len(w.programs()) == 0 })
	w.boot()
	w.until(30*time.Second, "served again", func() bool { return len(w.programs()) == 1 && w.serves() == nil })
}

// A death that no supervisor saw is reported by the next one, once.
func TestADeathThatNobodySawIsReported(t *testing.T) {
	w := start(t)
	w.ok(`##class(IrisPGWire.Service).Start()`)
	pid := w.state().PID
	w.endHard()
	kill(t, pid)
	for range 2 {
		w.line(`do ##class(IrisPGWire.Supervisor).Ensure()`)
		w.until(20*time.Second, "served again", func() bool { return w.state().PID != pid && w.serves() == nil })
	}
	if got := w.reported(1, "exited"); len(got) != 1 || !strings.Contains(got[0], "(pid "+itoa(pid)+")") {
		t.Errorf("%q", got)
	}
}

// A sidecar that hangs when IRIS comes back after a crash holds the port; it is ended before another one is started.
func TestASidecarThatHangsThroughACrashOfIRISIsReplaced(t *testing.T) {
	t.Parallel()
	w := start(t)
	w.hooks()
	w.ok(`##class(IrisPGWire.Service).Start()`)
	hung := w.state().PID
	w.halt(syscall.SIGKILL)
	if err := syscall.Kill(hung, syscall.SIGSTOP); err != nil {
		t.Fatal(err)
	}
	w.boot()
	w.until(40*time.Second, "served again", func() bool { return w.state().PID != hung && w.serves() == nil })
	if w.isSidecar(hung) {
		t.Error("the one that hung is still there")
	}
}

// What an earlier run of IRIS left behind, a copy of its directory or the image of a container has it, stops nothing.
func TestRemainsOfAnotherRunAreNotBelieved(t *testing.T) {
	w := start(t)
	w.lines(`set ^%zPGWire("sidecar", "nonce") = "old", ^%zPGWire("sidecar", "pid") = `+itoa(os.Getpid()),
		`set ^%zPGWire("halting") = $zhorolog - .01, ^%zPGWire("state") = "ready", ^%zPGWire("supervisor") = 4711`)
	if err := os.MkdirAll(w.sidecarDir(), 0o700); err != nil {
		t.Fatal(err)
	}
	old := fmt.Sprintf(`{"beat": 7, "pid": %d, "state": "ready", "nonce": "old", "version": "0.1.0"}`, os.Getpid())
	if err := os.WriteFile(filepath.Join(w.sidecarDir(), "status.json"), []byte(old), 0o600); err != nil {
		t.Fatal(err)
	}
	w.ok(`##class(IrisPGWire.Service).Start()`) // and this process, whose number stands there, lives on
	if err := w.serves(); err != nil {
		t.Error(err)
	}
}

// Events that were moved into an older file between two looks of the forwarder are not passed over; what exists nowhere is.
func TestTheForwarderGoesBackForWhatWasRotatedAway(t *testing.T) {
	w := start(t)
	event := func(n int) string {
		return fmt.Sprintf(`{"seq":%d,"level":"info","event":"e","msg":"event %d."}`+"\n", n, n)
	}
	for name, text := range map[string]string{"status.jsonl.1": event(4) + event(5), "status.jsonl": event(6) + event(9)} {
		if err := os.MkdirAll(w.sidecarDir(), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(w.sidecarDir(), name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	w.lines(`set ^%zPGWire("forwarded") = 3, f = ##class(IrisPGWire.Forwarder).%New()`,
		`set f.First = "`+strings.ReplaceAll(strings.TrimSpace(event(6)), `"`, `""`)+`", f.Offset = 0`, `do f.Run()`, `do f.Run()`)
	var got []string
	for _, line := range w.reported(0, "event ") {
		_, rest, _ := strings.Cut(line, "event ")
		got = append(got, rest[:1])
	}
	if fmt.Sprint(got) != "[4 5 6 9]" {
		t.Errorf("%v\n%s", got, w.messages())
	}
}

func TestNumbersAreWrittenAsJSONHasThem(t *testing.T) {
	w := start(t)
	w.set("pool.size", "007")
	w.set("pool.wait_seconds", ".50")
	if got := w.line(`write ##class(IrisPGWire.Config).Export()`); !strings.Contains(got, `"size":7`) || !strings.Contains(got, `"wait_seconds":0.5`) {
		t.Errorf("%s", got)
	}
}
