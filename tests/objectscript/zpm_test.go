package objectscript

import (
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// ipms are the lines of IPM, each with how it is told a setting of the module.
var ipms = map[string]string{"0.7": "-Dzpm.Listen=", "0.10": "-DListen="}

// registry is a folder with the package in it.
func registry(t *testing.T) string {
	t.Helper()
	file, err := archive()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, filepath.Base(file)), []byte(read(t, file)), 0o600); err != nil {
		t.Fatal(err)
	}
	return dir
}

// zpm runs a command of the package manager; it gives what it prints and the exit code.
func (w *world) zpm(line, registry, text string) (string, int) {
	w.t.Helper()
	out, bad, code := command(w.t, "", "zpm", "--dir", w.dir, "--ipm", line, "--registry", registry, text)
	return out + bad, code
}

// files are the names of all that is in the instance's directory beside the store's own.
func (w *world) files() string {
	w.t.Helper()
	var out []string
	err := filepath.WalkDir(w.dir, func(name string, _ os.DirEntry, err error) error {
		if err == nil && !strings.HasPrefix(name, filepath.Join(w.dir, "data")) {
			out = append(out, name)
		}
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return strings.Join(out, "\n")
}

func TestThePackageManagerInstallsAndUninstalls(t *testing.T) {
	for line, setting := range ipms {
		t.Run("IPM "+line, func(t *testing.T) {
			w := empty(t)
			from := registry(t)
			if out, code := w.zpm(line, from, "list"); code != 0 {
				t.Fatal(out)
			}
			before, files := w.snapshot(), w.files()
			out, code := w.zpm(line, from, "install iris-pgwire "+setting+"127.0.0.1:0")
			if code != 0 || !strings.Contains(out, "Activate SUCCESS") {
				t.Fatalf("%d: %s", code, out)
			}
			w.until(30*time.Second, "clients are served", func() bool { return w.state().State == "ready" && w.serves() == nil })
			if out, _ := w.zpm(line, from, "list"); !strings.Contains(out, "iris-pgwire "+version) {
				t.Error(out)
			}
			if out, code = w.zpm(line, from, "uninstall iris-pgwire"); code != 0 {
				t.Fatalf("%d: %s", code, out)
			}
			same(t, before, w.snapshot())
			same(t, files, w.files())
			if n := w.running(); n != 0 {
				t.Errorf("%d sidecars run", n)
			}
		})
	}
}

func TestThePackageManagerTakesAFailedInstallBack(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	for line, setting := range ipms {
		t.Run("IPM "+line, func(t *testing.T) {
			w := empty(t)
			from := registry(t)
			if out, code := w.zpm(line, from, "list"); code != 0 {
				t.Fatal(out)
			}
			before := w.snapshot()
			out, code := w.zpm(line, from, "install iris-pgwire "+setting+taken.Addr().String())
			if code == 0 || !strings.Contains(out, "is in use") {
				t.Errorf("%d: %s", code, out)
			}
			time.Sleep(500 * time.Millisecond) // a service that started late would show
			now := strings.Split(w.snapshot(), "\n")
			kept := now[:0]
			for _, one := range now {
				if !strings.Contains(one, "/.modules") { // IPM keeps what it unpacked
					kept = append(kept, one)
				}
			}
			same(t, before, strings.Join(kept, "\n"))
			if n := w.running(); n != 0 {
				t.Errorf("%d sidecars run", n)
			}
		})
	}
}
