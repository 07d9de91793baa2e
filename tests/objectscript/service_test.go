package objectscript

import (
	"os"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

func TestStartStopAndRestartAtTheTerminal(t *testing.T) {
	w := start(t)
	if got := w.line(`write ##class(IrisPGWire.Service).IsRunning()`); got != "0" {
		t.Errorf("before the start: IsRunning gives %q", got)
	}
	w.ok(`##class(IrisPGWire.Service).Start()`)
	if err := w.serves(); err != nil {
		t.Fatal(err)
	}
	first := w.state()
	w.ok(`##class(IrisPGWire.Service).Start()`) // again
	if got := w.state(); got.PID != first.PID {
		t.Errorf("a second Start started another sidecar: %d, then %d", first.PID, got.PID)
	}
	shown := w.line(`do ##class(IrisPGWire.Service).ShowStatus()`)
	if !strings.Contains(shown, "is ready") || !strings.Contains(shown, first.Listen) {
		t.Errorf("ShowStatus:\n%s", shown)
	}
	if got := w.lines(`set s = ##class(IrisPGWire.Service).Status()`, `write s.state," ",s.listen," ",s.pid," ",s.running`); got != "ready "+first.Listen+" "+itoa(first.PID)+" 1" {
		t.Errorf("Status: %q", got)
	}
	w.ok(`##class(IrisPGWire.Service).Health()`)
	w.ok(`##class(IrisPGWire.Service).Restart()`)
	if err := w.serves(); err != nil || w.state().PID == first.PID {
		t.Errorf("after Restart: %v, process %d", err, w.state().PID)
	}
	w.ok(`##class(IrisPGWire.Service).Stop()`)
	w.ok(`##class(IrisPGWire.Service).Stop()`) // again
	if err := w.serves(); err == nil || w.isSidecar(w.state().PID) {
		t.Errorf("after Stop: %v", err)
	}
	if got := w.status(`##class(IrisPGWire.Service).Health()`); !strings.Contains(got, "stopped") {
		t.Errorf("Health: %s", got)
	}
	if got := w.reported(1, "exited"); len(got) > 0 {
		t.Errorf("an orderly end was reported as a death: %q", got)
	}
	if got := w.line(`do ##class(IrisPGWire.Service).Logs(3)`); len(strings.Split(got, "\n")) != 3 || !strings.Contains(got, "(stopped, seq ") {
		t.Errorf("Logs:\n%s", got)
	}
}

func TestTwoStartsAtOnceStartOneSidecar(t *testing.T) {
	w := start(t)
	var both sync.WaitGroup
	got := make([]string, 2)
	for i := range got {
		both.Go(func() { got[i] = w.status(`##class(IrisPGWire.Service).Start()`) })
	}
	both.Wait()
	if got[0] != "OK" || got[1] != "OK" {
		t.Errorf("%q", got)
	}
	if n := strings.Count(w.messages(), "iris-pgwire serves PostgreSQL clients"); n != 1 {
		t.Errorf("%d sidecars were started\n%s", n, w.messages())
	}
}

func TestTheServiceWorksFromOtherNamespaces(t *testing.T) {
	w := start(t)
	w.irisdev("load", "--dir", w.dir, "--namespace", "%SYS", "../../objectscript/IrisPGWire")
	w.ok(`##class(IrisPGWire.Service).Start()`)
	got := w.lines(`zn "%SYS"`, `write ##class(IrisPGWire.Service).IsRunning()`, `set sc = ##class(IrisPGWire.Service).Stop()`, `write sc`,
		`write ##class(IrisPGWire.Service).IsRunning()`)
	if strings.Join(strings.Fields(got), "") != "110" {
		t.Errorf("%q", got)
	}
}

func TestAKilledSidecarIsBackWithinThreeSeconds(t *testing.T) {
	w := start(t)
	w.ok(`##class(IrisPGWire.Service).Start()`)
	dead := w.state().PID
	kill(t, dead)
	began := time.Now()
	w.until(20*time.Second, "served again", func() bool { return w.state().PID != dead && w.serves() == nil })
	if took := time.Since(began); took > 3*time.Second {
		t.Errorf("it took %s", took)
	}
	w.until(5*time.Second, "the death is reported", func() bool { return len(w.reported(1, "exited")) == 1 })
	time.Sleep(time.Second)
	if got := w.reported(1, "exited"); len(got) != 1 {
		t.Errorf("%q", got)
	}
}

func TestTenCrashesEndTheAttempts(t *testing.T) {
	t.Parallel()
	w := start(t)
	w.set("service.first_delay_seconds", "0.05")
	w.set("service.longest_delay_seconds", "0.1")
	w.ok(`##class(IrisPGWire.Service).Start()`)
	for i := range 10 {
		dead := w.state().PID
		kill(t, dead)
		if i < 9 {
			w.until(20*time.Second, "another sidecar", func() bool { s := w.state(); return s.PID != dead && s.PID > 0 && s.State == "ready" })
		}
	}
	w.until(20*time.Second, "the crash loop is noticed", func() bool {
		return w.lines(`set s = ##class(IrisPGWire.Service).Status()`, `write s.state`) == "crashloop"
	})
	if got := w.reported(1, "exited"); len(got) != 10 {
		t.Errorf("%d deaths are reported: %q", len(got), got)
	}
	if got := w.reported(2, "not started again"); len(got) != 1 {
		t.Errorf("%d alerts: %q", len(got), got)
	}
	w.ok(`##class(IrisPGWire.Service).Start()`) // a person may try again
	if err := w.serves(); err != nil {
		t.Error(err)
	}
}

func TestASidecarThatHangsIsReplaced(t *testing.T) {
	t.Parallel()
	w := start(t)
	w.set("service.hang_seconds", "5")
	w.ok(`##class(IrisPGWire.Service).Start()`)
	hung := w.state().PID
	if err := syscall.Kill(hung, syscall.SIGSTOP); err != nil {
		t.Fatal(err)
	}
	w.until(30*time.Second, "served again", func() bool { return w.state().PID != hung && w.serves() == nil })
	if got := w.reported(1, "exited"); len(got) != 1 || !strings.Contains(got[0], "hung") {
		t.Errorf("%q", got)
	}
}

func kill(t *testing.T, pid int) {
	t.Helper()
	if err := syscall.Kill(pid, syscall.SIGKILL); err != nil {
		t.Fatalf("process %d: %v", pid, err)
	}
}

func read(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
