package objectscript

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

func TestAnInstallServesOnceItsTransactionHasEnded(t *testing.T) {
	t.Parallel()
	w := empty(t)
	pkg := unpack(t)
	if got := w.install(pkg, anyPort, "hang 1", `set ^early = ##class(IrisPGWire.Service).IsRunning()`); got != "OK" {
		t.Fatal(got)
	}
	w.until(30*time.Second, "clients are served", func() bool { return w.state().State == "ready" && w.serves() == nil })
	if got := w.line(`write ^early`); got != "0" {
		t.Errorf("before the end of the transaction IsRunning gave %q", got)
	}
	program := filepath.Join(w.sidecarDir(), "bin", version, "iris-pgwire")
	if info, err := os.Stat(program); err != nil || info.Mode() != 0o755 {
		t.Errorf("%v %v", info, err)
	}
	if info, err := os.Stat(w.sidecarDir()); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("%v %v", info, err)
	}
	if got := w.reported(0, "iris-pgwire "+version+" is installed in USER"); len(got) != 1 {
		t.Errorf("%q", got)
	}
}

// By hand, without IPM: what stands in the way is told, and everything is as it was.
func TestAnInstallByHandThatFailsChangesNothing(t *testing.T) {
	t.Parallel()
	const oldIPM = `Class %ZPM.PackageManager
{
ClassMethod GetVersion(name, ByRef out)
{
    set out("zpm") = $listbuild("USER", "0.7.1")
}
}
`
	for name, c := range map[string]struct {
		args, more, want []string
		arguments        string
		class            string
	}{
		"IRIS is too old":         {args: []string{"--version", "2023.1"}, arguments: anyPort, want: []string{"IRIS 2023.1 is too old", "2024.1 or later"}},
		"IPM is too old":          {class: oldIPM, arguments: anyPort, want: []string{"IPM 0.7.1 is too old", "0.7.2 or later"}},
		"several at once":         {args: []string{"--version", "2023.1"}, class: oldIPM, arguments: `, "nowhere"`, want: []string{"IRIS 2023.1 is too old", "IPM 0.7.1 is too old", "listen must be host:port"}},
		"a later step fails":      {arguments: anyPort, more: []string{`set sc = $system.Status.Error(5001, "the step after")`}, want: []string{"the step after"}},
		"the installer is killed": {arguments: anyPort, more: []string{`halt`}, want: []string{""}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := empty(t, c.args...)
			if c.class != "" {
				w.irisdev("load", "--dir", w.dir, write(t, "PackageManager.cls", c.class))
			}
			before := w.snapshot()
			got := w.install(unpack(t), c.arguments, c.more...)
			for _, want := range c.want {
				if !strings.Contains(got, want) {
					t.Errorf("%q does not say %q", got, want)
				}
			}
			w.until(20*time.Second, "the copy is taken back", func() bool {
				_, err := os.Stat(w.sidecarDir())
				return os.IsNotExist(err)
			})
			time.Sleep(300 * time.Millisecond) // a service that started late would show
			same(t, before, w.snapshot())
			if n := w.running(); n != 0 {
				t.Errorf("%d sidecars run", n)
			}
		})
	}
}

func TestAnInstalledServiceStartsWithIRIS(t *testing.T) {
	t.Parallel()
	w := empty(t)
	w.installed(unpack(t))
	w.halt(syscall.SIGTERM)
	w.until(20*time.Second, "the sidecar has gone", func() bool { return w.running() == 0 })
	w.boot()
	w.until(30*time.Second, "served after a restart", func() bool { return w.serves() == nil })
	w.ok(`##class(IrisPGWire.Service).Stop()`)
	w.halt(syscall.SIGTERM)
	w.boot()
	time.Sleep(2 * time.Second)
	if n := w.running(); n != 0 {
		t.Errorf("stopped by hand, but %d sidecars run", n)
	}
}

// change alters a byte in the middle of a file.
func change(t *testing.T, name string) {
	t.Helper()
	data := []byte(read(t, name))
	data[len(data)/2] ^= 1
	if err := os.WriteFile(name, data, 0o600); err != nil {
		t.Fatal(err)
	}
}

func remove(t *testing.T, name string) {
	t.Helper()
	if err := os.Remove(name); err != nil {
		t.Fatal(err)
	}
}
