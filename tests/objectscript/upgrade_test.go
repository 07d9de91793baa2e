package objectscript

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"iris-pgwire/tests/stack"
)

// Fifty clients are connected and one has a transaction open: it may commit, all are told, and the new version serves.
func TestAnUpgradeDrainsAndLosesNoCommittedRow(t *testing.T) {
	eachIPM(t, func(t *testing.T, m *manager) {
		m.must(m.install())
		m.serving(version)
		m.set("max_clients", "88")
		offer(t, m.registry, unpackNext(t))
		ctx := context.Background()
		clients := m.clients(50)
		run := func(statement string) {
			t.Helper()
			if _, err := clients[0].Exec(ctx, statement); err != nil {
				t.Fatalf("%s: %v", statement, err)
			}
		}
		run("CREATE TABLE kept (id int PRIMARY KEY)")
		run("INSERT INTO kept VALUES (1)")
		run("BEGIN")
		run("INSERT INTO kept VALUES (2)")
		old := m.state().PID
		m.must("install iris-pgwire")
		m.until(20*time.Second, "it drains", func() bool { return m.state().State == "draining" })
		run("INSERT INTO kept VALUES (3)")
		run("COMMIT")
		m.serving(next)
		if now := m.state().PID; now == old || m.running() != 1 {
			t.Errorf("process %d, then %d; %d run", old, now, m.running())
		}
		for i, conn := range clients {
			if err := conn.Ping(ctx); sqlstate(err) != "57P01" {
				t.Errorf("client %d is told %v", i, err)
			}
		}
		conn := m.clients(1)[0]
		var rows int
		if err := conn.QueryRow(ctx, "SELECT count(*) FROM kept").Scan(&rows); err != nil || rows != 3 {
			t.Errorf("%d rows are there: %v", rows, err)
		}
		if got := m.line(`write ##class(IrisPGWire.Config).Get("max_clients"),";",##class(IrisPGWire.Config).Get("listen"),";",^%zPGWire("installed")`); got != "88;127.0.0.1:0;"+next {
			t.Errorf("the settings are %q", got)
		}
		if names, err := os.ReadDir(filepath.Join(m.sidecarDir(), "bin")); err != nil || fmt.Sprint(names) != "[d "+next+"/]" {
			t.Errorf("programs %v %v", names, err)
		}
		m.fails("install iris-pgwire "+version, []string{"Cannot downgrade iris-pgwire from version " + next + " to " + version})
		if err := conn.Ping(ctx); err != nil || m.line(`write ##class(IrisPGWire.Service).#VERSION`) != next {
			t.Errorf("after the downgrade that was refused: %v", err)
		}
	})
}

// Without IPM the installer itself refuses it.
func TestADowngradeByHandIsRefused(t *testing.T) {
	t.Parallel()
	w := empty(t)
	if got := w.install(unpackNext(t), anyPort); got != "OK" {
		t.Fatal(got)
	}
	w.until(30*time.Second, "clients are served", func() bool { return w.state().State == "ready" && w.serves() == nil })
	if got := w.install(unpack(t), ""); !strings.Contains(got, next+" is installed") || !strings.Contains(got, "uninstall it first") {
		t.Errorf("a downgrade: %q", got)
	}
	if got := w.line(`write ##class(IrisPGWire.Service).#VERSION`); got != next {
		t.Errorf("the classes are of %s", got)
	}
	if err := w.serves(); err != nil {
		t.Error(err)
	}
}

// IRIS goes down after the old version was stopped: what people wanted then holds, not that it is stopped.
func TestAnUpgradeThatIRISInterruptsIsCompletedAtItsStart(t *testing.T) {
	t.Parallel()
	for want, serves := range map[string]bool{"running": true, "stopped": false} {
		t.Run(want, func(t *testing.T) {
			t.Parallel()
			w := empty(t)
			w.installed(unpack(t))
			w.ok(`##class(IrisPGWire.Service).Stop()`)
			w.line(`set ^%zPGWire("install",9)="0.0.9",^%zPGWire("install",9,"want")="` + want + `"`)
			w.halt(syscall.SIGTERM)
			w.boot()
			w.until(30*time.Second, "it is complete", func() bool { return len(w.reported(0, "is installed in USER in place of 0.0.9")) == 1 })
			if serves {
				w.until(30*time.Second, "clients are served", func() bool { return w.serves() == nil })
			}
			w.until(10*time.Second, "nothing waits", func() bool { return w.line(`write $order(^%zPGWire("install",""))`) == "" })
			if n := w.running(); (n == 1) != serves {
				t.Errorf("%d sidecars run", n)
			}
		})
	}
}

// While IPM exchanges the classes, they are gone for a moment. The supervisor waits, and the sidecar goes on.
func TestTheExchangeOfTheClassesDisturbsNoSidecar(t *testing.T) {
	t.Parallel()
	for _, when := range []string{"while it starts", "while it serves"} {
		t.Run(when, func(t *testing.T) {
			t.Parallel()
			w := start(t)
			if when == "while it starts" {
				w.slow(1)
			}
			w.lines(`set ^%zPGWire("want") = "running", ^%zPGWire("namespace") = "USER"`, `do ##class(IrisPGWire.Supervisor).Ensure()`)
			w.until(10*time.Second, "it is on its way", func() bool { return len(w.programs()) == 1 })
			if when == "while it serves" {
				w.until(30*time.Second, "clients are served", func() bool { return w.state().State == "ready" && w.serves() == nil })
			}
			who := `write ^%zPGWire("sidecar","nonce")," ",^%zPGWire("supervisor")`
			if w.recompiled() {
				who = `write ^%zPGWire("sidecar","nonce")`
			}
			first := w.line(who)
			w.lines(`set folder = "`+absolute(t, "../../objectscript/IrisPGWire")+`", sc = $system.OBJ.ImportDir(folder, "*.cls", "-d")`, `hang 3`,
				`set sc = $system.OBJ.ImportDir(folder, "*.cls", "ck-d") write sc`)
			w.until(30*time.Second, "clients are served", func() bool { return w.state().State == "ready" && w.serves() == nil })
			time.Sleep(time.Second) // a second one would show
			if got := w.line(who); got != first || len(w.programs()) != 1 {
				t.Errorf("sidecar and supervisor %s, then %s; programs %q", first, got, w.programs())
			}
			if w.recompiled() {
				w.until(20*time.Second, "another one supervises it", func() bool { return w.status(`##class(IrisPGWire.Service).Health()`) == "OK" })
			}
			w.ok(`##class(IrisPGWire.Service).Health()`)
		})
	}
}

// recompiled tells that an object is of no use when its class was compiled anew: then the supervisor makes way for another one.
func (w *world) recompiled() bool { return stack.Profile(w.t) == "contrary" }

// While IRIS compiles a class, or when it has compiled the one of an object, using it is an error that says nothing of the
// sidecar (IRIS docs, "System Error Messages"). Here the class says so once.
func TestASupervisorOutlivesTheErrorsOfACompilation(t *testing.T) {
	t.Parallel()
	for name, stays := range map[string]bool{"CLASS COMPILING": true, "CLASS RECOMPILED": false, "CLASS EDITED": false, "EDITED": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := start(t)
			w.ok(`##class(IrisPGWire.Service).Start()`)
			pid, supervisor := w.state().PID, w.line(`write ^%zPGWire("supervisor")`)
			const method = "Method Watch(Output reason As %String) As %Boolean\n{\n"
			failing := strings.Replace(read(t, "../../objectscript/IrisPGWire/Keeper.cls"), method, method+
				`    throw:$increment(^thrown)=1 ##class(%Exception.SystemException).%New("<`+name+`>", "", "", "")`+"\n", 1)
			file := filepath.Join(t.TempDir(), "Keeper.cls")
			if err := os.WriteFile(file, []byte(failing), 0o600); err != nil {
				t.Fatal(err)
			}
			w.irisdev("load", "--dir", w.dir, file)
			w.line(`do ##class(IrisPGWire.Supervisor).HandOver()`)
			w.line(`do ##class(IrisPGWire.Supervisor).Ensure()`)
			w.until(20*time.Second, "it is supervised in spite of the error", func() bool {
				return w.line(`write $get(^thrown)>1,##class(IrisPGWire.Supervisor).IsRunning(),^%zPGWire("state")`) == "11ready"
			})
			if now := w.line(`write ^%zPGWire("supervisor")`); now == supervisor || w.state().PID != pid {
				t.Errorf("supervisor %s, then %s; sidecar %d, then %d", supervisor, now, pid, w.state().PID)
			}
			if n := len(w.reported(0, "is supervised again")); (n == 1) != stays && !w.recompiled() {
				t.Errorf("adopted %d times", n)
			}
			if got := append(w.reported(1, ""), w.reported(2, "")...); len(got) > 0 {
				t.Errorf("%q", got)
			}
		})
	}
}
