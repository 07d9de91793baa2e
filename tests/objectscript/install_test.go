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
)

func TestAnInstallServesOnceItsTransactionHasEnded(t *testing.T) {
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

// What stands in the way is told, and everything is as it was.
func TestAnInstallThatFailsChangesNothing(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	for name, c := range map[string]struct {
		args      []string // of the instance
		arguments string
		spoil     func(t *testing.T, pkg string)
		more      []string
		want      []string
	}{
		"the port is taken":    {arguments: `, "` + taken.Addr().String() + `"`, want: []string{taken.Addr().String() + " is in use", "-DListen="}},
		"the address is wrong": {arguments: `, "nowhere"`, want: []string{"listen must be host:port"}},
		"IRIS is too old":      {args: []string{"--version", "2023.1"}, arguments: anyPort, want: []string{"IRIS 2023.1 is too old", "2024.1 or later"}},
		"the checksum is wrong": {arguments: anyPort, want: []string{"the checksum of ", "is wrong"}, spoil: func(t *testing.T, pkg string) {
			change(t, filepath.Join(pkg, "bin", version, platform, "iris-pgwire"))
		}},
		"no checksum is listed": {arguments: anyPort, want: []string{"does not list bin/" + version}, spoil: func(t *testing.T, pkg string) {
			remove(t, filepath.Join(pkg, "SHA256SUMS"))
		}},
		"no program for the platform": {arguments: anyPort, want: []string{"no program for the platform " + platform, "it has: plan9-mips"}, spoil: func(t *testing.T, pkg string) {
			bin := filepath.Join(pkg, "bin", version)
			if err := os.Rename(filepath.Join(bin, platform), filepath.Join(bin, "plan9-mips")); err != nil {
				t.Fatal(err)
			}
		}},
		"several at once":         {args: []string{"--version", "2023.1"}, arguments: `, "nowhere"`, want: []string{"IRIS 2023.1 is too old", "listen must be host:port", "does not list bin/" + version}, spoil: func(t *testing.T, pkg string) { remove(t, filepath.Join(pkg, "SHA256SUMS")) }},
		"a later step fails":      {arguments: anyPort, more: []string{`set sc = $system.Status.Error(5001, "the step after")`}, want: []string{"the step after"}},
		"the installer is killed": {arguments: anyPort, more: []string{`halt`}, want: []string{""}},
	} {
		t.Run(name, func(t *testing.T) {
			w := empty(t, c.args...)
			pkg := unpack(t)
			if c.spoil != nil {
				c.spoil(t, pkg)
			}
			before := w.snapshot()
			got := w.install(pkg, c.arguments, c.more...)
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

func TestAnInstallNeedsPrivileges(t *testing.T) {
	w := empty(t)
	pkg := unpack(t)
	w.lines(`zn "%SYS"`, `write ##class(Security.Users).Create("dev", "%Developer", "Secret123")`)
	before := w.snapshot()
	out, _, _ := command(t, strings.Join([]string{"tstart", `set sc = $system.OBJ.ImportDir("` + pkg + `/objectscript/IrisPGWire", "*.cls", "ck-d")`,
		`set sc = ##class(IrisPGWire.Installer).Install("` + pkg + `/")`, "trollback", "write $system.Status.GetErrorText(sc)"}, "\n")+"\n",
		"terminal", "--dir", w.dir, "--user", "dev")
	for _, want := range []string{"%System_Callout:USE is missing", "%Admin_Secure:USE is missing", "role %All"} {
		if !strings.Contains(out, want) {
			t.Errorf("%q does not say %q", out, want)
		}
	}
	same(t, before, w.snapshot())
}

func TestASecondInstallKeepsTheClients(t *testing.T) {
	w := empty(t)
	pkg := unpack(t)
	w.installed(pkg)
	pid := w.state().PID
	conn, err := w.connect()
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	w.set("max_clients", "77")
	w.installed(pkg)
	var one int
	if err := conn.QueryRow(context.Background(), "SELECT 1").Scan(&one); err != nil {
		t.Errorf("a client of before: %v", err)
	}
	if now := w.state().PID; now != pid {
		t.Errorf("process %d has become %d", pid, now)
	}
	w.until(20*time.Second, "it is supervised", func() bool { return w.line(`write ##class(IrisPGWire.Supervisor).IsRunning()`) == "1" })
	if got := w.line(`write ##class(IrisPGWire.Config).Get("max_clients")`); got != "77" {
		t.Errorf("the setting is %q", got)
	}
	kill(t, pid) // the new supervisor looks after it
	w.until(20*time.Second, "served again", func() bool { return w.state().PID != pid && w.serves() == nil })
}

func TestOneInstallationServesTheInstance(t *testing.T) {
	w := empty(t)
	pkg := unpack(t)
	w.installed(pkg)
	got := w.lines(`zn "%SYS"`, "tstart", `set sc = $system.OBJ.ImportDir("`+pkg+`/objectscript/IrisPGWire", "*.cls", "ck-d")`,
		`set sc = ##class(IrisPGWire.Installer).Install("`+pkg+`/")`, "trollback", "write $system.Status.GetErrorText(sc)")
	if !strings.Contains(got, "is installed in the namespace USER and serves the whole instance") {
		t.Error(got)
	}
	if err := w.serves(); err != nil {
		t.Error(err)
	}
}

func TestAnInstalledServiceStartsWithIRIS(t *testing.T) {
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
