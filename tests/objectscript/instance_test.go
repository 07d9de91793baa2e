package objectscript

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
)

func itoa(n int) string { return strconv.Itoa(n) }

// hooks are the start and stop lines and the watchdog, which the installer puts in for users.
func (w *world) hooks() {
	w.t.Helper()
	for _, one := range [][2]string{{"%ZSTART", "OnStart"}, {"%ZSTOP", "OnStop"}} {
		w.lines(`zn "%SYS"`, `set r = ##class(%Routine).%New("`+one[0]+`.MAC")`, `do r.WriteLine("`+one[0]+` ; start and stop of the site")`,
			`do r.WriteLine("SYSTEM do ##class(%zPGWire.Startup).`+one[1]+`() quit")`, `do r.Save()`, `do r.Compile()`)
	}
}

// sqlstate is the error's code, or its text.
func sqlstate(err error) string {
	var e *pgconn.PgError
	if errors.As(err, &e) {
		return e.Code
	}
	if err == nil {
		return "none"
	}
	return err.Error()
}

// endHard ends the supervisor's job as a killed process ends.
func (w *world) endHard() {
	w.t.Helper()
	w.irisdev("kill", "--dir", w.dir, w.line(`write ^%zPGWire("supervisor")`))
}

func TestAHardEndOfTheSupervisorLeavesClientsConnected(t *testing.T) {
	for _, c := range []struct{ name, next string }{
		{"the watchdog starts another one", `do ##class(IrisPGWire.Supervisor).Ensure()`},
		{"the next caller starts another one", `do ##class(IrisPGWire.Service).Start()`},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := start(t)
			w.ok(`##class(IrisPGWire.Service).Start()`)
			before := w.state()
			conn, err := w.connect()
			if err != nil {
				t.Fatal(err)
			}
			defer conn.Close(context.Background())
			w.endHard()
			w.until(5*time.Second, "nobody supervises", func() bool { return w.line(`write ##class(IrisPGWire.Supervisor).IsRunning()`) == "0" })
			w.line(c.next)
			w.until(20*time.Second, "supervised again", func() bool { return len(w.reported(0, "supervised again")) == 1 })
			if after := w.state(); after.PID != before.PID || after.Nonce != before.Nonce {
				t.Errorf("the sidecar was replaced: %+v, then %+v", before, after)
			}
			if err := conn.Ping(context.Background()); err != nil {
				t.Errorf("the client's connection: %v", err)
			}
			w.ok(`##class(IrisPGWire.Service).Health()`)
			kill(t, before.PID) // the new supervisor does its work
			w.until(20*time.Second, "served again", func() bool { return w.state().PID != before.PID && w.serves() == nil })
		})
	}
}

func TestAnOrderlyRestartOfIRISEndsClientsAndServesThemAgain(t *testing.T) {
	w := start(t)
	w.hooks()
	w.ok(`##class(IrisPGWire.Service).Start()`)
	before := w.state()
	conn, err := w.connect()
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	w.halt(syscall.SIGTERM)
	if err := conn.Ping(context.Background()); sqlstate(err) != "57P01" {
		t.Errorf("the client that was connected gets %s", sqlstate(err))
	}
	if w.isSidecar(before.PID) {
		t.Error("the sidecar is still there")
	}
	w.boot()
	w.until(30*time.Second, "served again", func() bool { return w.state().PID != before.PID && w.serves() == nil })
	if got := w.reported(1, "exited"); len(got) > 0 {
		t.Errorf("%q", got)
	}
}

func TestACrashOfIRISIsSurvived(t *testing.T) {
	w := start(t)
	w.hooks()
	w.ok(`##class(IrisPGWire.Service).Start()`)
	before := w.state()
	w.halt(syscall.SIGKILL)
	w.until(10*time.Second, "new clients are told to wait", func() bool { return sqlstate(w.serves()) == "57P03" })
	if !w.isSidecar(before.PID) {
		t.Fatal("the sidecar has gone as well")
	}
	w.boot()
	w.until(40*time.Second, "served again", func() bool { return w.serves() == nil })
	if after := w.state(); after.PID != before.PID {
		t.Errorf("the sidecar was replaced: %+v, then %+v", before, after)
	}
	w.until(10*time.Second, "supervised again", func() bool { return len(w.reported(0, "supervised again")) == 1 })
	w.ok(`##class(IrisPGWire.Service).Stop()`)
	if w.isSidecar(before.PID) {
		t.Error("the adopted sidecar did not stop")
	}
}

func TestASidecarWhoseInstanceIsGoneForGoodEndsItself(t *testing.T) {
	t.Parallel()
	w := start(t)
	w.set("service.orphan_minutes", "0.03")
	w.ok(`##class(IrisPGWire.Service).Start()`)
	pid := w.state().PID
	w.halt(syscall.SIGKILL)
	w.until(20*time.Second, "the sidecar has ended", func() bool { return !w.isSidecar(pid) })
	if text := read(t, w.sidecarDir()+"/status.json"); !strings.Contains(text, "the IRIS instance is gone") {
		t.Errorf("its last words:\n%s", text)
	}
}
