package faults

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"iris-pgwire/tests/stack"
)

// program is one of the programs under test.
type program struct {
	cmd *exec.Cmd
	log string
}

// start runs a program until the test ends; its output is shown if the test fails.
func start(t *testing.T, dir, name string, args ...string) *program {
	t.Helper()
	p := &program{log: filepath.Join(dir, name+".log")}
	out, err := os.OpenFile(p.log, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	p.cmd = exec.Command(filepath.Join(stack.Bin(t), name), args...)
	p.cmd.Stdout, p.cmd.Stderr = out, out
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		p.end(syscall.SIGTERM)
		if text, err := os.ReadFile(p.log); err == nil && t.Failed() {
			t.Logf("%s:\n%s", name, text[max(0, len(text)-4000):])
		}
	})
	return p
}

// end ends the program and waits for it.
func (p *program) end(signal os.Signal) {
	if p.cmd.ProcessState == nil {
		_ = p.cmd.Process.Signal(signal) // it may have ended by itself
		_ = p.cmd.Wait()
	}
}

// startIRIS starts irisdev on the data in dir; port 0 is a free one.
func startIRIS(t *testing.T, dir, port string) (p *program, address string) {
	t.Helper()
	file := filepath.Join(dir, "iris", "irisdev.json")
	_ = os.Remove(file) // of one that was killed
	p = start(t, dir, "irisdev", "serve", "--dir", filepath.Join(dir, "iris"), "--port", port, "--profile", stack.Profile(t))
	await(t, "irisdev is ready", func() bool {
		data, err := os.ReadFile(file)
		return err == nil && strings.Contains(string(data), "listen")
	})
	return p, stack.Listen(t, file)
}

// startGateway starts the gateway in front of an IRIS address and gives its DSN.
func startGateway(t *testing.T, dir, iris string) (dsn string) {
	t.Helper()
	host, port, err := net.SplitHostPort(iris)
	if err != nil {
		t.Fatal(err)
	}
	config := fmt.Sprintf(`{"listen": "127.0.0.1:0", "iris": {"host": %q, "port": %s}, "max_clients": 2000}`, host, port)
	if err := os.WriteFile(filepath.Join(dir, "config.json"), []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}
	start(t, dir, "iris-pgwire", "serve", "--dir", dir)
	file := filepath.Join(dir, "status.json")
	await(t, "the gateway is ready", func() bool {
		data, err := os.ReadFile(file)
		return err == nil && strings.Contains(string(data), `"ready"`)
	})
	return "postgresql://_SYSTEM:SYS@" + stack.Listen(t, file) + "/USER"
}

func await(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for range 1200 {
		if holds() {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatalf("not after a minute: %s", what)
}
