package main

import (
	"context"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"iris-pgwire/internal/config"
	"iris-pgwire/internal/irisdev/instance"
	"iris-pgwire/internal/irisdev/irisdevtest"
	"iris-pgwire/internal/status"
)

func eventually(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for range 400 {
		if holds() {
			return
		}
		time.Sleep(25 * time.Millisecond)
	}
	t.Fatalf("not after ten seconds: %s", what)
}

// configFor is a config.json for an IRIS at that address.
func configFor(t *testing.T, iris string) string {
	t.Helper()
	host, port, err := net.SplitHostPort(iris)
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf(`{"listen": "127.0.0.1:0", "iris": {"host": %q, "port": %s}}`, host, port)
}

// startGateway serves in front of that IRIS until the test ends, or until stop, which gives what serve returned.
func startGateway(t *testing.T, iris string) (g *gateway, stop func() error) {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, config.FileName), []byte(configFor(t, iris)), 0o600); err != nil {
		t.Fatal(err)
	}
	cfg, err := loadConfig(dir)
	if err != nil {
		t.Fatal(err)
	}
	log, closeLog, err := status.OpenLog(dir, cfg.Limits.StatusFileBytes)
	if err != nil {
		t.Fatal(err)
	}
	events, err := status.OpenEvents(dir, cfg.Limits.StatusFileBytes)
	if err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", cfg.Listen)
	if err != nil {
		t.Fatal(err)
	}
	if g, err = newGateway(dir, cfg, listener, log, events); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- g.run(ctx) }()
	stopped := false
	stop = func() error {
		stopped = true
		cancel()
		err := <-ended
		events.Close()
		closeLog()
		return err
	}
	t.Cleanup(func() {
		if !stopped {
			if err := stop(); err != nil {
				t.Error(err)
			}
		}
	})
	return g, stop
}

func (g *gateway) dial(t *testing.T) (*pgx.Conn, error) {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	conn, err := pgx.Connect(ctx, fmt.Sprintf("postgresql://_SYSTEM:SYS@%s/USER?sslmode=disable", g.listener.Addr()))
	if err == nil {
		t.Cleanup(func() { _ = conn.Close(context.Background()) })
	}
	return conn, err
}

// dialURL connects and leaves again.
func dialURL(listen string) error {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	conn, err := pgx.Connect(ctx, fmt.Sprintf("postgresql://_SYSTEM:SYS@%s/USER?sslmode=disable", listen))
	if err != nil {
		return err
	}
	return conn.Close(ctx)
}

// TestLiteralsMakeNoCachedQueries: each distinct text is a compiled query in IRIS, so that a thousand INSERTs with
// different literals must reach it as one or two texts.
func TestLiteralsMakeNoCachedQueries(t *testing.T) {
	dev := irisdevtest.Start(t, instance.Options{})
	g, _ := startGateway(t, dev.Address)
	conn, err := g.dial(t)
	if err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	if _, err := conn.Exec(ctx, "CREATE TABLE many (id integer PRIMARY KEY, name text, score numeric(8,2), seen date)"); err != nil {
		t.Fatal(err)
	}
	// The first INSERT asks for the table as well.
	insert := func(i int) string {
		return fmt.Sprintf("INSERT INTO many VALUES (%d, 'name ''%d''', %d.5, '2024-01-%02d')", i, i*7, i, i%28+1)
	}
	if _, err := conn.Exec(ctx, insert(0), pgx.QueryExecModeSimpleProtocol); err != nil {
		t.Fatal(err)
	}
	before := dev.Engine.CachedQueries("USER")
	for i := 1; i <= 1000; i++ {
		if _, err := conn.Exec(ctx, insert(i), pgx.QueryExecModeSimpleProtocol); err != nil {
			t.Fatal(err)
		}
	}
	after := dev.Engine.CachedQueries("USER")
	about := slices.DeleteFunc(slices.Clone(after), func(text string) bool { return !strings.Contains(strings.ToUpper(text), "INSERT") })
	if len(after)-len(before) > 1 || len(about) < 1 || len(about) > 2 {
		t.Errorf("%d cached queries became %d: %q", len(before), len(after), about)
	}
	var n int
	if err := conn.QueryRow(ctx, "SELECT count(*) FROM many").Scan(&n); err != nil || n != 1001 {
		t.Errorf("%d rows, %v", n, err)
	}
}

// TestTheStateFollowsIRIS: a gateway whose IRIS has gone is degraded and ready again when it is back.
func TestTheStateFollowsIRIS(t *testing.T) {
	dev := irisdevtest.Start(t, instance.Options{})
	g, stop := startGateway(t, dev.Address)
	state := func(want status.Phase) func() bool {
		return func() bool { return g.state().State == want }
	}
	eventually(t, "ready", state(status.Ready))
	if _, err := g.dial(t); err != nil {
		t.Fatal(err)
	}
	dev.Stop()
	eventually(t, "degraded, although no client asks", state(status.Degraded))
	if _, err := g.dial(t); err == nil || !strings.Contains(err.Error(), "57P03") {
		t.Errorf("a client without IRIS gets %v", err)
	}
	dev.Again(t)
	eventually(t, "ready again", state(status.Ready))
	if _, err := g.dial(t); err != nil {
		t.Error(err)
	}
	if err := stop(); err != nil {
		t.Error(err)
	}
	if s := g.state(); s.State != status.Stopped {
		t.Errorf("the state at the end is %s", s.State)
	}
}

func TestCheckTellsWhatItFound(t *testing.T) {
	dev := irisdevtest.Start(t, instance.Options{})
	for _, c := range []struct {
		password string
		code     int
		says     []string
	}{
		{"SYS", 0, []string{"config     ok: backend dbapi, listen ", "version    ", "2025.1", "statement  ok", "second     ok: go-irisnative reads the same answer"}},
		{"wrong", exitLogin, []string{"backend dbapi", "IRIS refused the login"}},
	} {
		t.Setenv("PGPASSWORD", c.password)
		code, out, errOut := runIn(t, configFor(t, dev.Address), "check", "--dir", "DIR")
		if code != c.code {
			t.Errorf("password %s: code %d\n%s%s", c.password, code, out, errOut)
		}
		for _, want := range c.says {
			if !strings.Contains(out+errOut, want) {
				t.Errorf("password %s: %q is missing in\n%s%s", c.password, want, out, errOut)
			}
		}
	}
}

func TestTranslateSaysThatTheLoginWasRefused(t *testing.T) {
	dev := irisdevtest.Start(t, instance.Options{})
	t.Setenv("PGPASSWORD", "wrong")
	code, out, errOut := runIn(t, configFor(t, dev.Address), "translate", "--dir", "DIR", "SELECT 1")
	if code != exitLogin || !strings.Contains(errOut, "user _SYSTEM, namespace USER: ") {
		t.Errorf("code %d\n%s%s", code, out, errOut)
	}
}
