// Package objectscript runs the classes of objectscript/ unchanged in irisdev: real processes, real files, real clients.
package objectscript

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"iris-pgwire/tests/stack"
)

// world is an instance with our classes in USER.
type world struct {
	t    *testing.T
	dir  string // of the instance
	port string // of its superserver, the same after a restart
	cmd  *exec.Cmd
	env  []string
	args []string // more of `irisdev serve`
}

// start makes an instance, loads the classes and sets the program and a free port.
func start(t *testing.T, env ...string) *world {
	t.Helper()
	w := &world{t: t, dir: filepath.Join(t.TempDir(), "iris"), port: freePort(t), env: env}
	w.boot()
	t.Cleanup(w.close)
	w.irisdev("load", "--dir", w.dir, "../../objectscript")
	w.set("service.binary", filepath.Join(absolute(t, stack.Bin(t)), "iris-pgwire"))
	w.set("listen", "127.0.0.1:0")
	return w
}

// boot starts the instance and waits until it answers.
func (w *world) boot() {
	w.t.Helper()
	_ = os.Remove(filepath.Join(w.dir, "irisdev.json")) // of one that was killed
	log, err := os.OpenFile(w.dir+".log", os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		w.t.Fatal(err)
	}
	defer log.Close()
	w.cmd = exec.Command(filepath.Join(stack.Bin(w.t), "irisdev"), "serve", "--dir", w.dir, "--port", w.port, "--profile", stack.Profile(w.t))
	w.cmd.Args = append(w.cmd.Args, w.args...)
	w.cmd.Stdout, w.cmd.Stderr = log, log
	w.cmd.Env = append(os.Environ(), w.env...)
	if err := w.cmd.Start(); err != nil {
		w.t.Fatal(err)
	}
	w.until(20*time.Second, "irisdev answers", func() bool {
		_, err := os.Stat(filepath.Join(w.dir, "irisdev.json"))
		return err == nil
	})
}

// halt ends the instance: SIGTERM in order, SIGKILL as a crash does.
func (w *world) halt(signal syscall.Signal) {
	w.t.Helper()
	_ = w.cmd.Process.Signal(signal)
	_ = w.cmd.Wait()
}

// close ends everything that the test started.
func (w *world) close() {
	if w.cmd.ProcessState == nil {
		w.line(`do ##class(IrisPGWire.Service).Stop()`)
		w.halt(syscall.SIGTERM)
	}
	if pid := w.state().PID; pid > 0 && pid != os.Getpid() && w.isSidecar(pid) {
		_ = syscall.Kill(pid, syscall.SIGKILL)
	}
	if w.t.Failed() {
		w.t.Logf("messages.log:\n%s", w.messages())
		for _, name := range []string{"sidecar.log", "boot.log"} {
			text, _ := os.ReadFile(filepath.Join(w.sidecarDir(), name))
			w.t.Logf("%s:\n%s", name, text[max(0, len(text)-3000):])
		}
		text, _ := os.ReadFile(w.dir + ".log")
		w.t.Logf("irisdev:\n%s", text[max(0, len(text)-3000):])
	}
}

// isSidecar guards against a process number that belongs to somebody else.
func (w *world) isSidecar(pid int) bool {
	line, err := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", pid))
	return err == nil && strings.Contains(string(line), w.sidecarDir())
}

// irisdev runs one of its commands, which must succeed.
func (w *world) irisdev(args ...string) string {
	w.t.Helper()
	out, err := exec.Command(filepath.Join(stack.Bin(w.t), "irisdev"), args...).CombinedOutput()
	if err != nil {
		w.t.Fatalf("irisdev %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return string(out)
}

// lines runs commands in a terminal of their own and gives what they print.
func (w *world) lines(commands ...string) string {
	w.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 90*time.Second)
	defer cancel()
	cmd := exec.CommandContext(ctx, filepath.Join(stack.Bin(w.t), "irisdev"), "terminal", "--dir", w.dir)
	cmd.Stdin = strings.NewReader(strings.Join(commands, "\n") + "\n")
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Run(); err != nil {
		w.t.Errorf("%s: %v\n%s", strings.Join(commands, " | "), err, out.String())
	}
	return strings.TrimSpace(out.String())
}

func (w *world) line(command string) string { w.t.Helper(); return w.lines(command) }

// status runs a method that gives a %Status and prints its text: "OK", or the error.
func (w *world) status(call string) string {
	w.t.Helper()
	return w.lines("set sc = "+call, `write $select(sc: "OK", 1: $system.Status.GetErrorText(sc))`)
}

// ok runs a method that must succeed.
func (w *world) ok(call string) {
	w.t.Helper()
	if got := w.status(call); got != "OK" {
		w.t.Fatalf("%s: %s", call, got)
	}
}

func (w *world) set(key, value string) {
	w.t.Helper()
	w.ok(fmt.Sprintf(`##class(IrisPGWire.Config).Set("%s", "%s")`, key, strings.ReplaceAll(value, `"`, `""`)))
}

func (w *world) sidecarDir() string { return filepath.Join(w.dir, "mgr", "iris-pgwire") }

// state is what the sidecar says of itself.
type state struct {
	State, Listen, Version, Nonce string
	PID, Clients                  int
}

func (w *world) state() (s state) {
	text, err := os.ReadFile(filepath.Join(w.sidecarDir(), "status.json"))
	if err == nil {
		_ = json.Unmarshal(text, &s) // an empty state is one that waits
	}
	return s
}

func (w *world) messages() string {
	text, _ := os.ReadFile(filepath.Join(w.dir, "mgr", "messages.log"))
	return string(text)
}

// reported are the lines of messages.log of a severity that contain a text.
func (w *world) reported(severity int, text string) []string {
	var out []string
	form := regexp.MustCompile(fmt.Sprintf(`^\d\d/\d\d/\d\d-\d\d:\d\d:\d\d:\d\d\d \(\d+\) %d \[IrisPGWire\] .*%s`, severity, regexp.QuoteMeta(text)))
	for _, line := range strings.Split(w.messages(), "\n") {
		if form.MatchString(line) {
			out = append(out, line)
		}
	}
	return out
}

// serves runs a statement through the sidecar; it says SQLSTATE or error.
func (w *world) serves() error {
	conn, err := w.connect()
	if err != nil {
		return err
	}
	defer conn.Close(context.Background())
	var one int
	return conn.QueryRow(context.Background(), "SELECT 1").Scan(&one)
}

func (w *world) connect() (*pgx.Conn, error) {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	return pgx.Connect(ctx, fmt.Sprintf("postgresql://_SYSTEM:SYS@%s/USER?sslmode=disable", w.state().Listen))
}

func (w *world) until(limit time.Duration, what string, holds func() bool) {
	w.t.Helper()
	for began := time.Now(); time.Since(began) < limit; time.Sleep(20 * time.Millisecond) {
		if holds() {
			return
		}
	}
	w.t.Fatalf("not after %s: %s", limit, what)
}

func freePort(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	_, port, _ := net.SplitHostPort(l.Addr().String())
	return port
}

func absolute(t *testing.T, path string) string {
	t.Helper()
	full, err := filepath.Abs(path)
	if err != nil {
		t.Fatal(err)
	}
	return full
}
