package objectscript

import (
	"context"
	"net"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// From an empty instance over a restart to an uninstall with clients connected, twice.
func TestThePackageManagerInstallsAndUninstalls(t *testing.T) {
	const site = "%ZSTART ; of the site\n quit\nSYSTEM set ^zSite=1 quit\n"
	eachIPM(t, func(t *testing.T, m *manager) {
		m.writeRoutine("%ZSTART.MAC", site)
		snapshot, files := m.snapshot(), m.files()
		for range 2 {
			if out := m.must(m.install()); !strings.Contains(out, "Activate SUCCESS") || !strings.Contains(out, "is installed as soon as IPM has finished") {
				t.Error(out)
			}
			m.serving(version)
			if out := m.must("list"); !strings.Contains(out, "iris-pgwire "+version) {
				t.Error(out)
			}
			m.halt(syscall.SIGTERM)
			m.boot()
			m.until(30*time.Second, "served after a restart", func() bool { return m.serves() == nil })
			if got := m.line(`write $get(^|"%SYS"|zSite)`); got != "1" {
				t.Errorf("the site's own start code has set %q", got)
			}
			m.line(`kill ^|"%SYS"|zSite`)
			clients := m.clients(5)
			m.must("uninstall iris-pgwire")
			same(t, snapshot, m.snapshot())
			same(t, files, m.files())
			if got := m.readRoutine("%ZSTART.MAC"); got != site || m.running() != 0 {
				t.Errorf("%d sidecars run, and the site's routine is %q", m.running(), got)
			}
			for _, conn := range clients {
				if err := conn.Ping(context.Background()); sqlstate(err) != "57P01" {
					t.Errorf("a client is told %v", err)
				}
			}
		}
	})
}

func TestThePackageManagerTellsWhatStandsInTheWay(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { taken.Close() })
	eachIPM(t, func(t *testing.T, m *manager) {
		m.lines(`zn "%SYS"`, `write ##class(Security.Users).Create("dev", "%Developer", "Secret123")`)
		before := m.kept()
		port := "install iris-pgwire" + m.listen + taken.Addr().String()
		m.fails(port, []string{"Activate FAILURE", taken.Addr().String() + " is in use", m.listen + "127.0.0.1:5433"})
		m.fails("install iris-pgwire"+m.listen+"nowhere", []string{"listen must be host:port"})
		m.fails(m.install(), []string{"%System_Callout:USE is missing", "%Admin_Secure:USE is missing", "role %All"}, "--user", "dev")
		program := filepath.Join("bin", version, platform, "iris-pgwire")
		for _, c := range []struct {
			want  string
			spoil func(pkg string)
		}{
			{"the checksum of ", func(pkg string) { change(t, filepath.Join(pkg, program)) }},
			{"does not list", func(pkg string) { remove(t, filepath.Join(pkg, "SHA256SUMS")) }},
			{"no program for the platform " + platform, func(pkg string) { remove(t, filepath.Join(pkg, program)) }},
			{`version ">=2099.1" is required`, func(pkg string) { rewrite(t, pkg, "module.xml", ">=2024.1", ">=2099.1") }},
		} {
			pkg, folder := unpack(t), t.TempDir()
			c.spoil(pkg)
			offer(t, folder, pkg)
			m.fails(m.install(), []string{c.want}, "--registry", folder)
		}
		m.unchanged(before)
		if out := m.must("list"); strings.Contains(out, "iris-pgwire") {
			t.Error(out)
		}
		if n := m.running(); n != 0 {
			t.Errorf("%d sidecars run", n)
		}
	})
}

func TestThePackageManagerRefusesAnOldIRIS(t *testing.T) {
	eachIPM(t, func(t *testing.T, m *manager) {
		before := m.kept()
		m.fails(m.install(), []string{`version ">=2024.1" is required`})
		m.unchanged(before)
	}, "--version", "2023.1")
}

func TestASecondInstallByThePackageManagerKeepsTheClients(t *testing.T) {
	eachIPM(t, func(t *testing.T, m *manager) {
		m.must(m.install())
		m.serving(version)
		m.set("max_clients", "77")
		pid := m.state().PID
		conn := m.clients(1)[0]
		m.must("install iris-pgwire")
		m.serving(version)
		if err := conn.Ping(context.Background()); err != nil || m.state().PID != pid {
			t.Errorf("process %d, then %d: %v", pid, m.state().PID, err)
		}
		m.until(20*time.Second, "the next supervisor has adopted it", func() bool {
			return m.status(`##class(IrisPGWire.Service).Health()`) == "OK" && m.line(`write ^%zPGWire("state")`) == "ready"
		})
		// One installation serves the instance: another namespace has no need of it.
		before := m.kept()
		m.fails(m.install(), []string{"is installed in the namespace USER and serves the whole instance"}, "--namespace", "%SYS")
		m.unchanged(before)
		if err := conn.Ping(context.Background()); err != nil {
			t.Error(err)
		}
		if got := m.line(`write ##class(IrisPGWire.Config).Get("max_clients")`); got != "77" {
			t.Errorf("the setting is %q", got)
		}
		kill(t, pid) // the new supervisor looks after it
		m.until(20*time.Second, "served again", func() bool { return m.state().PID != pid && m.serves() == nil })
	})
}

// A folder is loaded in developer mode, in IPM 0.7 always: then no transaction takes anything back.
func TestAFolderIsLoadedAndStays(t *testing.T) {
	eachIPM(t, func(t *testing.T, m *manager) {
		pkg := unpack(t)
		before := m.kept()
		load := "load " + pkg + m.listen
		if m.ipm != "0.7" {
			load = "load -dev " + pkg + m.listen
		}
		if out := m.must(load + "127.0.0.1:0"); !strings.Contains(out, "iris-pgwire listens on 127.0.0.1:") {
			t.Error(out)
		}
		m.serving(version)
		m.must("uninstall iris-pgwire")
		m.unchanged(before)
		if read(t, filepath.Join(pkg, "module.xml")) == "" {
			t.Error("the folder has gone")
		}
	})
}

// The job that completes the installation is at work when it is taken back already.
func TestAnUninstallRightAfterAnInstallLeavesNoTrace(t *testing.T) {
	eachIPM(t, func(t *testing.T, m *manager) {
		before := m.kept()
		for range 3 {
			m.must(m.install())
			m.must("uninstall iris-pgwire")
			m.unchanged(before)
			if n := m.running(); n != 0 {
				t.Errorf("%d sidecars run", n)
			}
		}
	})
}
