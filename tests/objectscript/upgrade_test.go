package objectscript

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// Fifty clients are connected and one has a transaction open: it may commit, all are told, and the new version serves.
func TestAnUpgradeDrainsAndLosesNoCommittedRow(t *testing.T) {
	const next = "0.2.0"
	w := empty(t)
	w.installed(unpack(t))
	w.set("max_clients", "88")
	pkg := ofVersion(t, unpack(t), next)
	ctx := context.Background()
	var clients []*pgx.Conn
	for range 50 {
		conn, err := w.connect()
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close(ctx)
		clients = append(clients, conn)
	}
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
	old := w.state().PID
	if got := w.install(pkg, ""); got != "OK" {
		t.Fatal(got)
	}
	run("INSERT INTO kept VALUES (3)")
	run("COMMIT")
	w.until(60*time.Second, "the new version serves", func() bool {
		s := w.state()
		return s.Version == next && s.State == "ready" && s.PID != old && w.serves() == nil
	})
	conn, err := w.connect()
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(ctx)
	var rows int
	if err := conn.QueryRow(ctx, "SELECT count(*) FROM kept").Scan(&rows); err != nil || rows != 3 {
		t.Errorf("%d rows are there: %v", rows, err)
	}
	if got := w.line(`write ##class(IrisPGWire.Config).Get("max_clients"),";",##class(IrisPGWire.Config).Get("listen"),";",^%zPGWire("installed")`); got != "88;127.0.0.1:0;"+next {
		t.Errorf("the settings are %q", got)
	}
	w.until(10*time.Second, "the old program is removed", func() bool {
		names, _ := os.ReadDir(filepath.Join(w.sidecarDir(), "bin"))
		return fmt.Sprint(names) == "[d "+next+"/]"
	})
	if n := w.running(); n != 1 {
		t.Errorf("%d sidecars run", n)
	}
	if got := w.install(unpack(t), ""); !strings.Contains(got, next+" is installed") || !strings.Contains(got, "uninstall it first") {
		t.Errorf("a downgrade: %q", got)
	}
	if got := w.line(`write ##class(IrisPGWire.Service).#VERSION`); got != next {
		t.Errorf("after the downgrade that was refused the classes are of %s", got)
	}
	if err := w.serves(); err != nil {
		t.Error(err)
	}
}

// A failed upgrade leaves the version before, and its clients.
func TestAnUpgradeThatFailsKeepsTheOldVersion(t *testing.T) {
	w := empty(t)
	w.installed(unpack(t))
	old := w.state().PID
	conn, err := w.connect()
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	before := w.line(`zwrite ^%zPGWire("installed"),^%zPGWire("config")`)
	got := w.install(ofVersion(t, unpack(t), "0.2.0"), "", `set sc = $system.Status.Error(5001, "the step after")`)
	if !strings.Contains(got, "the step after") {
		t.Error(got)
	}
	w.until(10*time.Second, "the copy is taken back", func() bool {
		_, err := os.Stat(filepath.Join(w.sidecarDir(), "bin", "0.2.0"))
		return os.IsNotExist(err)
	})
	var one int
	if err := conn.QueryRow(context.Background(), "SELECT 1").Scan(&one); err != nil || w.state().PID != old {
		t.Errorf("process %d, then %d: %v", old, w.state().PID, err)
	}
	if after := w.line(`zwrite ^%zPGWire("installed"),^%zPGWire("config")`); after != before {
		t.Errorf("%q\n%q", before, after)
	}
	kill(t, old)
	w.until(20*time.Second, "the old version starts again", func() bool { s := w.state(); return s.PID != old && s.Version == version && w.serves() == nil })
}
