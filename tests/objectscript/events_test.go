package objectscript

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// Every event arrives in messages.log exactly once and in order, over three rotations of the file and two hard ends of the
// supervisor.
func TestEveryEventIsForwardedOnce(t *testing.T) {
	t.Parallel()
	const lines = 1000
	chatty := filepath.Join(t.TempDir(), "chatty")
	build := exec.Command("go", "build", "-o", chatty, "./internal/hosted/chatty")
	build.Dir = "../../go"
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	w := start(t, "LINES="+fmt.Sprint(lines))
	w.set("service.binary", chatty)
	w.set("limits.status_file_bytes", "40000") // some 340 lines
	w.ok(`##class(IrisPGWire.Service).Start()`)
	for range 2 {
		time.Sleep(700 * time.Millisecond)
		w.endHard()
		time.Sleep(200 * time.Millisecond)
		w.line(`do ##class(IrisPGWire.Supervisor).Ensure()`)
	}
	last := fmt.Sprintf("chatty line %d of", lines)
	w.until(60*time.Second, "the last line arrives", func() bool { return strings.Contains(w.messages(), last) })
	text := w.messages()
	for i, at := 1, 0; i <= lines; i++ {
		want := fmt.Sprintf("chatty line %d of", i)
		if n := strings.Count(text, want); n != 1 {
			t.Fatalf("%q stands there %d times", want, n)
		}
		next := strings.Index(text, want)
		if next < at {
			t.Fatalf("%q comes too early", want)
		}
		at = next
	}
	if _, err := os.Stat(filepath.Join(w.sidecarDir(), "status.jsonl.2")); err != nil {
		t.Errorf("the file was not rotated often enough: %v", err)
	}
}

// While all of it runs, the password of the service account stands in config.json and nowhere else.
func TestTheSecretStaysSecret(t *testing.T) {
	w := start(t)
	w.ok(`##class(IrisPGWire.Service).Start()`)
	text := read(t, filepath.Join(w.sidecarDir(), "config.json"))
	_, rest, _ := strings.Cut(text, `"password":"`)
	secret, _, ok := strings.Cut(rest, `"`)
	if !ok || len(secret) < 20 || len(secret) > 32 { // what the password patterns of a fresh instance allow
		t.Fatalf("no password in config.json: %q", secret)
	}
	kill(t, w.state().PID)
	w.until(20*time.Second, "served again", func() bool { return w.serves() == nil })
	look := func(name string) {
		data, err := os.ReadFile(name)
		if err == nil && strings.Contains(string(data), secret) {
			t.Errorf("%s has it", name)
		}
	}
	for _, pattern := range []string{"/proc/[0-9]*/cmdline", "/proc/[0-9]*/environ"} {
		names, _ := filepath.Glob(pattern)
		for _, name := range names {
			look(name)
		}
	}
	_ = filepath.WalkDir(w.dir, func(name string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() && filepath.Base(name) != "config.json" {
			look(name)
		}
		return nil
	})
}
