package objectscript

import (
	"context"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"iris-pgwire/tests/stack"
)

// A start that can't succeed says why, to the caller and in one line of messages.log.
func TestAStartThatFailsSaysWhy(t *testing.T) {
	t.Parallel()
	w := start(t)
	dir := t.TempDir()
	script := func(name string, mode os.FileMode, text string) string {
		file := filepath.Join(dir, name)
		if err := os.WriteFile(file, []byte(text), mode); err != nil {
			t.Fatal(err)
		}
		return file
	}
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	binary := filepath.Join(absolute(t, stack.Bin(t)), "iris-pgwire")
	for _, c := range []struct{ name, key, value, says string }{
		{"the program is missing", "service.binary", filepath.Join(dir, "nowhere"), "is missing"},
		{"the program may not be executed", "service.binary", script("plain", 0o600, "text"), "cannot be started"},
		{"the program is something else", "service.binary", script("other", 0o700, "#!/bin/sh\nexit 3\n"), "exited before it was ready"},
		{"the port is taken", "listen", taken.Addr().String(), "port in use"},
		{"the directory cannot be made", "service.directory", filepath.Join(script("file", 0o600, ""), "below"), "cannot be made"},
		{"nobody answers on the superserver's port", "iris.port", "1", "superserver unreachable"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w.set("service.start_seconds", "1")
			w.set(c.key, c.value)
			before := len(w.reported(1, c.says)) + len(w.reported(2, c.says))
			if got := w.status(`##class(IrisPGWire.Service).Start()`); !strings.Contains(got, c.says) {
				t.Errorf("Start says %s", got)
			}
			if n := len(w.reported(1, c.says)) + len(w.reported(2, c.says)); n <= before {
				t.Errorf("messages.log says nothing of it:\n%s", w.messages())
			}
			w.ok(`##class(IrisPGWire.Service).Stop()`)
			w.ok(`##class(IrisPGWire.Config).Reset()`)
			w.set("service.binary", binary)
			w.set("listen", "127.0.0.1:0")
		})
	}
	w.ok(`##class(IrisPGWire.Service).Start()`)
	if err := w.serves(); err != nil {
		t.Error(err)
	}
}

func TestAProgramOfAnotherVersionIsRefused(t *testing.T) {
	w := start(t)
	w.line(`do ##class(IrisPGWire.Supervisor).Note("stopped")`)
	other := strings.Replace(read(t, "../../objectscript/IrisPGWire/Service.cls"), `VERSION = "`, `VERSION = "9.`, 1)
	file := filepath.Join(t.TempDir(), "Service.cls")
	if err := os.WriteFile(file, []byte(other), 0o600); err != nil {
		t.Fatal(err)
	}
	w.irisdev("load", "--dir", w.dir, file)
	if got := w.status(`##class(IrisPGWire.Service).Start()`); !strings.Contains(got, "wrong version") {
		t.Errorf("Start says %s", got)
	}
	if got := w.reported(1, "wrong version"); len(got) != 1 {
		t.Errorf("%q", got)
	}
}

func TestADamagedConfigurationIsWrittenAnew(t *testing.T) {
	w := start(t)
	w.ok(`##class(IrisPGWire.Service).Start()`)
	file := filepath.Join(w.sidecarDir(), "config.json")
	good := read(t, file)
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v %v", info.Mode(), err)
	}
	if info, err := os.Stat(w.sidecarDir()); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("%v %v", info.Mode(), err)
	}
	if err := os.WriteFile(file, []byte(`{"listen": `), 0o600); err != nil {
		t.Fatal(err)
	}
	w.until(10*time.Second, "it is written anew", func() bool { text, _ := os.ReadFile(file); return string(text) == good })
	if got := w.reported(1, "config.json"); len(got) == 0 {
		t.Errorf("nothing is reported:\n%s", w.messages())
	}
	if err := w.serves(); err != nil {
		t.Error(err)
	}
}

// A configuration may be longer than one READ of a file gives.
func TestALongConfigurationIsReadWhole(t *testing.T) {
	t.Parallel()
	w := start(t)
	w.ok(`##class(IrisPGWire.Sidecar).MakeDirectory()`)
	w.lines(`set text = "" for i = 1:1:100000 { set text = text_$char(960) }`,
		`set status = ##class(IrisPGWire.Sidecar).WriteFile("long.txt", text)`,
		`set ^same = (##class(IrisPGWire.Sidecar).ReadFile("long.txt") = text)`)
	if got := w.line(`write ^same`); got != "1" {
		t.Errorf("the text is the same: %q", got)
	}
}

// Both processes read an offset of the clock from a file; the machine's clock is never set.
func TestAClockThatJumpsDoesNoHarm(t *testing.T) {
	t.Parallel()
	clock := filepath.Join(t.TempDir(), "clock")
	w := start(t, "IRIS_PGWIRE_TEST_CLOCK="+clock)
	w.ok(`##class(IrisPGWire.Service).Start()`)
	pid := w.state().PID
	for _, offset := range []string{"3600", "-3600", "0"} {
		if err := os.WriteFile(clock, []byte(offset), 0o600); err != nil {
			t.Fatal(err)
		}
		time.Sleep(5 * time.Second) // two beats and more
		if err := w.serves(); err != nil {
			t.Errorf("offset %s: %v", offset, err)
		}
	}
	if got := w.state(); got.PID != pid {
		t.Errorf("the sidecar was replaced")
	}
	if got := w.reported(1, ""); len(got) > 0 {
		t.Errorf("%q", got)
	}
	kill(t, pid)
	w.until(20*time.Second, "served again", func() bool { return w.state().PID != pid && w.serves() == nil })
}

// A disk without room for status files doesn't end the service; the administrator is told, and events are not lost.
func TestAFullDiskIsSurvived(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=256k"); err != nil {
		t.Skipf("no small file system can be mounted here: %v", err)
	}
	t.Cleanup(func() { _ = syscall.Unmount(dir, syscall.MNT_DETACH) })
	w := start(t)
	w.set("service.directory", dir)
	w.ok(`##class(IrisPGWire.Service).Start()`)
	t.Cleanup(func() { w.line(`do ##class(IrisPGWire.Service).Stop()`) })
	status := func() string { return w.lines(`set s = ##class(IrisPGWire.Service).Status()`, `write s.running`) }
	listen := w.line(`write ##class(IrisPGWire.Service).Status().listen`)
	fill := filepath.Join(dir, "fill")
	out, err := os.Create(fill)
	if err != nil {
		t.Fatal(err)
	}
	for err == nil {
		_, err = out.Write(make([]byte, 512))
	}
	out.Close()
	time.Sleep(5 * time.Second) // two beats that can't be written
	if got := status(); got != "1" {
		t.Errorf("running: %s\n%s", got, w.messages())
	}
	conn, err := pgx.Connect(context.Background(), "postgresql://_SYSTEM:SYS@"+listen+"/USER?sslmode=disable")
	if err != nil {
		t.Fatalf("with a full disk: %v", err)
	}
	conn.Close(context.Background())
	w.set("pool.size", "9") // writes a configuration, which fails
	w.until(10*time.Second, "the administrator is told", func() bool { return len(w.reported(1, "cannot be written")) > 0 })
	if err := os.Remove(fill); err != nil {
		t.Fatal(err)
	}
	w.until(10*time.Second, "the setting arrives when there is room", func() bool {
		text, _ := os.ReadFile(filepath.Join(dir, "status.json"))
		return strings.Contains(string(text), `"ceiling": 29`)
	})
	if got := w.reported(1, "exited"); len(got) > 0 {
		t.Errorf("%q", got)
	}
}
