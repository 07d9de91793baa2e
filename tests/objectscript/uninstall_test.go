package objectscript

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// Nothing is removed, rather than a part; once without its classes, it has nothing to do.
func TestAnUninstallNeedsPrivilegesBeforeItBegins(t *testing.T) {
	eachIPM(t, func(t *testing.T, m *manager) {
		m.must(m.install())
		m.serving(version)
		m.lines(`zn "%SYS"`, `write ##class(Security.Users).Create("dev", "%Developer", "Secret123")`)
		m.fails("uninstall iris-pgwire", []string{"Unconfigure FAILURE", "%Admin_Secure:USE is missing"}, "--user", "dev")
		if err := m.serves(); err != nil {
			t.Error(err)
		}
		m.ok(`##class(IrisPGWire.Installer).Uninstall()`)
		m.ok(`##class(IrisPGWire.Installer).Uninstall()`)
	})
}

// Of a directory that a setting names, other files stay.
func TestAnUninstallLeavesOtherFilesOfASharedDirectory(t *testing.T) {
	t.Parallel()
	w := empty(t)
	w.installed(unpack(t))
	shared := t.TempDir()
	if err := os.WriteFile(filepath.Join(shared, "theirs.txt"), []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	w.ok(`##class(IrisPGWire.Service).Stop()`)
	if err := os.CopyFS(filepath.Join(shared, "bin"), os.DirFS(filepath.Join(w.sidecarDir(), "bin"))); err != nil {
		t.Fatal(err)
	}
	w.set("service.directory", shared)
	w.ok(`##class(IrisPGWire.Service).Start()`)
	if got := w.uninstall(); got != "OK" {
		t.Fatal(got)
	}
	left, err := os.ReadDir(shared)
	if err != nil || len(left) != 1 || left[0].Name() != "theirs.txt" {
		t.Errorf("%v %v", left, err)
	}
}

// The image of a container is made with the package in it, and the instance starts elsewhere, later.
func TestACopyOfAnInstanceTrustsNothingStale(t *testing.T) {
	t.Parallel()
	w := empty(t)
	w.installed(unpack(t))
	first := w.state()
	copied := filepath.Join(t.TempDir(), "volume", "iris")
	if err := os.MkdirAll(filepath.Dir(copied), 0o700); err != nil {
		t.Fatal(err)
	}
	w.halt(syscall.SIGTERM)
	w.until(20*time.Second, "the sidecar has gone", func() bool { return w.running() == 0 })
	if err := os.CopyFS(copied, os.DirFS(w.dir)); err != nil {
		t.Fatal(err)
	}
	moved := &world{t: t, dir: copied, port: freePort(t)}
	// What a crash while the image was made would leave: a process number that is somebody's, and the end of IRIS.
	pid := os.Getpid()
	moved.boot()
	t.Cleanup(moved.close)
	moved.until(30*time.Second, "served from another place", func() bool { return moved.serves() == nil })
	if now := moved.state(); now.Nonce == first.Nonce || now.PID == first.PID {
		t.Errorf("the sidecar of before: %+v", now)
	}
	moved.halt(syscall.SIGKILL)
	kill(t, moved.state().PID)
	moved.boot()
	moved.line(`set ^%zPGWire("sidecar","pid")=` + strconv.Itoa(pid) + `,^%zPGWire("halting")=1E9`)
	moved.until(40*time.Second, "served after a crash", func() bool { return moved.serves() == nil })
}

// Where the copy has left the programs out, the package that they came from is asked.
func TestAProgramThatIsMissingComesBackFromThePackage(t *testing.T) {
	t.Parallel()
	w := empty(t)
	pkg := unpack(t)
	w.installed(pkg)
	w.ok(`##class(IrisPGWire.Service).Stop()`)
	if err := os.RemoveAll(filepath.Join(w.sidecarDir(), "bin")); err != nil {
		t.Fatal(err)
	}
	w.ok(`##class(IrisPGWire.Service).Start()`)
	w.ok(`##class(IrisPGWire.Service).Stop()`)
	for _, dir := range []string{filepath.Join(w.sidecarDir(), "bin"), pkg} {
		if err := os.RemoveAll(dir); err != nil {
			t.Fatal(err)
		}
	}
	if got := w.status(`##class(IrisPGWire.Service).Start()`); !strings.Contains(got, "is missing; install iris-pgwire again") {
		t.Error(got)
	}
}
