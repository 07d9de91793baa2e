package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"iris-pgwire/internal/config"
	"iris-pgwire/internal/hosted"
	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/iris/superserver"
	"iris-pgwire/internal/irisdev/instance"
	"iris-pgwire/internal/irisdev/irisdevtest"
	"iris-pgwire/internal/status"
)

// hostedConfig is what an IRIS that runs the sidecar writes; more goes before the closing brace.
func hostedConfig(t *testing.T, address, password, more string) string {
	t.Helper()
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf(`{"listen": "127.0.0.1:0", "iris": {"host": %q, "port": %s}, "host": {"user": "_SYSTEM", "password": %q,
		"nonce": "n1", "start_seconds": 0, "orphan_minutes": 0.02}%s}`, host, port, password, more)
}

// sidecar is a serve command on its way.
type sidecar struct {
	dir   string
	ended chan error
}

func startSidecar(t *testing.T, text string) *sidecar {
	t.Helper()
	s := &sidecar{t.TempDir(), make(chan error, 1)}
	s.configure(t, text)
	go func() { s.ended <- serve(s.dir) }()
	t.Cleanup(func() { s.stop(t) })
	return s
}

func (s *sidecar) configure(t *testing.T, text string) {
	t.Helper()
	file := filepath.Join(s.dir, config.FileName)
	if err := os.WriteFile(file+".new", []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(file+".new", file); err != nil {
		t.Fatal(err)
	}
}

// stop tells the sidecar to stop, and gives what it returned.
func (s *sidecar) stop(t *testing.T) error {
	t.Helper()
	if s.ended == nil {
		return nil
	}
	if err := os.WriteFile(filepath.Join(s.dir, hosted.StopFile), []byte("n1\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return s.wait(t)
}

func (s *sidecar) wait(t *testing.T) error {
	t.Helper()
	select {
	case err := <-s.ended:
		s.ended = nil
		return err
	case <-time.After(20 * time.Second):
		t.Fatal("the sidecar does not end")
		return nil
	}
}

func (s *sidecar) state() (out status.State) {
	text, err := os.ReadFile(filepath.Join(s.dir, status.StateFile))
	if err != nil || json.Unmarshal(text, &out) != nil {
		return status.State{}
	}
	return out
}

func (s *sidecar) in(phase status.Phase) func() bool {
	return func() bool { return s.state().State == phase }
}

func (s *sidecar) events(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(s.dir, status.EventsFile))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// lockIsFree asks IRIS as the supervisor does.
func lockIsFree(t *testing.T, address string) bool {
	t.Helper()
	ctx := context.Background()
	conn, err := superserver.Connect(ctx, superserver.Config{Address: address}, iris.Login{User: "_SYSTEM", Password: "SYS", Namespace: "USER"})
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	err = conn.Native().Lock(ctx, 0, "%zPGWire", iris.Text("sidecar"), iris.Text("n1"))
	var native *superserver.NativeError
	if err != nil && !errors.As(err, &native) {
		t.Fatal(err)
	}
	return err == nil
}

func TestAHostedSidecarHoldsItsLockAndLeavesWhenTold(t *testing.T) {
	dev := irisdevtest.Start(t, instance.Options{})
	s := startSidecar(t, hostedConfig(t, dev.Address, "SYS", ""))
	eventually(t, "ready", s.in(status.Ready))
	if lockIsFree(t, dev.Address) {
		t.Error("nobody holds the lock")
	}
	if got := s.state(); got.Nonce != "n1" || got.IRIS.Version == "" {
		t.Errorf("%+v", got)
	}
	if err := s.stop(t); err != nil {
		t.Error(err)
	}
	eventually(t, "the lock is free", func() bool { return lockIsFree(t, dev.Address) })
	if got := s.state(); got.State != status.Stopped || got.Exit != nil {
		t.Errorf("%+v", got)
	}
}

func TestAHostedSidecarOutlivesItsIRIS(t *testing.T) {
	dev := irisdevtest.Start(t, instance.Options{})
	s := startSidecar(t, strings.Replace(hostedConfig(t, dev.Address, "SYS", ""), "0.02", "5", 1))
	eventually(t, "ready", s.in(status.Ready))
	dev.Stop()
	eventually(t, "degraded", s.in(status.Degraded))
	if err := dialURL(s.state().Listen); err == nil || !strings.Contains(err.Error(), "57P03") {
		t.Errorf("a client gets %v", err)
	}
	dev.Again(t)
	eventually(t, "ready again", s.in(status.Ready))
	if err := dialURL(s.state().Listen); err != nil {
		t.Error(err)
	}
	if lockIsFree(t, dev.Address) {
		t.Error("the lock was not taken again")
	}
}

func TestASidecarWhoseIRISIsGoneForGoodEnds(t *testing.T) {
	dev := irisdevtest.Start(t, instance.Options{})
	s := startSidecar(t, hostedConfig(t, dev.Address, "SYS", ""))
	eventually(t, "ready", s.in(status.Ready))
	dev.Stop()
	if err := s.wait(t); codeOf(err) != exitOrphaned {
		t.Errorf("%v", err)
	}
	if got := s.state(); got.State != status.Stopped || got.Exit == nil || got.Exit.Code != exitOrphaned {
		t.Errorf("%+v", got)
	}
}

func TestAStartThatFailsSaysWhyInTheStatusFile(t *testing.T) {
	dev := irisdevtest.Start(t, instance.Options{})
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	good := hostedConfig(t, dev.Address, "SYS", "")
	for _, c := range []struct {
		name, config string
		code         int
		says         string
	}{
		{"bad config", `{"listen": "nowhere", "pool": {"size": 0}}`, exitConfig, "listen: must be"},
		{"not JSON", `{`, exitConfig, "not valid JSON"},
		{"port taken", strings.Replace(good, "127.0.0.1:0", taken.Addr().String(), 1), exitPort, "in use"},
		{"login refused", hostedConfig(t, dev.Address, "wrong", ""), exitLogin, "refused"},
		{"no IRIS", hostedConfig(t, "127.0.0.1:1", "SYS", ""), exitUnreachable, "does not answer"},
		{"another version", strings.Replace(good, `"nonce"`, `"version": "0.0.1", "nonce"`, 1), exitVersion, "0.0.1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := startSidecar(t, c.config)
			if err := s.wait(t); codeOf(err) != c.code {
				t.Fatalf("%v", err)
			}
			got := s.state()
			if got.State != status.Stopped || got.PID != os.Getpid() || got.Exit == nil || got.Exit.Code != c.code || !strings.Contains(got.Exit.Reason, c.says) {
				t.Errorf("%+v %+v", got, got.Exit)
			}
		})
	}
}

func TestAChangedConfigurationIsTakenOver(t *testing.T) {
	dev := irisdevtest.Start(t, instance.Options{})
	s := startSidecar(t, hostedConfig(t, dev.Address, "SYS", ""))
	eventually(t, "ready", s.in(status.Ready))
	s.configure(t, hostedConfig(t, dev.Address, "SYS", `, "max_clients": 1, "pool": {"size": 3, "overflow": 1}, "server_version": "16.0"`))
	eventually(t, "a smaller pool", func() bool { return s.state().Pool.Ceiling == 4 })
	eventually(t, "the rest is told", func() bool { return strings.Contains(s.events(t), "need a restart: server_version") })
	s.configure(t, `{"max_clients": "many"`)
	eventually(t, "damage is told", func() bool { return strings.Contains(s.events(t), "config_invalid") })
	if err := dialURL(s.state().Listen); err != nil {
		t.Errorf("after a damaged configuration: %v", err)
	}
}

func TestASecondSidecarOfTheSameStartDoesNotStay(t *testing.T) {
	dev := irisdevtest.Start(t, instance.Options{})
	first := startSidecar(t, hostedConfig(t, dev.Address, "SYS", ""))
	eventually(t, "ready", first.in(status.Ready))
	second := startSidecar(t, hostedConfig(t, dev.Address, "SYS", ""))
	if err := second.wait(t); codeOf(err) != exitTaken {
		t.Errorf("%v", err)
	}
}

func codeOf(err error) int {
	var f *failure
	if errors.As(err, &f) {
		return f.code
	}
	return 0
}
