package objectscript

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// faultClass fails where ^zFault says: with an error, or by an exception.
const faultClass = `Class Test.Fault [ Abstract ]
{
ClassMethod At(place As %String) As %Status
{
    quit:$get(^zFault)'=place $system.Status.OK()
    quit:place["Before" $system.Status.Error(5001, "injected "_place)
    throw ##class(%Exception.General).%New("injected "_place, 5001)
}
}
`

// faulty adds to a package a call in each phase, before and after it, and at our own hooks also one that comes first.
func faulty(t *testing.T, pkg string) string {
	t.Helper()
	invoke := func(phase, when, order string) string {
		return `<Invoke Class="Test.Fault" Method="At" Phase="` + phase + `" When="` + when + `" CheckStatus="true"><Arg>` + phase + " " + when + order + `</Arg></Invoke>`
	}
	first := invoke("Activate", "After", " first") + invoke("Unconfigure", "Before", " first")
	last := ""
	for _, phase := range []string{"Initialize", "Reload", "Validate", "Compile", "Activate", "Configure", "Unconfigure", "Clean"} {
		last += invoke(phase, "Before", "") + invoke(phase, "After", "")
	}
	rewrite(t, pkg, "module.xml", `<Invoke Class="IrisPGWire.Installer" Method="Install"`, first+`<Invoke Class="IrisPGWire.Installer" Method="Install"`, "</Module>", last+"</Module>")
	return pkg
}

// faultyRegistry has only packages whose phases fail when they are told to.
func (m *manager) faultyRegistry(packages ...string) {
	m.t.Helper()
	m.registry = m.t.TempDir()
	for _, pkg := range packages {
		offer(m.t, m.registry, faulty(m.t, pkg))
	}
	m.irisdev("load", "--dir", m.dir, write(m.t, "Fault.cls", faultClass))
}

// fault has a phase fail from now on; none when it is empty.
func (m *manager) fault(place string) {
	m.t.Helper()
	m.line(`set ^zFault = "` + place + `"`)
}

// activation are the places at which an install can fail.
func (m *manager) activation() []string {
	phases := []string{"Reload", "Validate", "Compile", "Activate", "Configure"}
	if m.ipm != "0.7" {
		phases = append(phases, "Initialize")
	}
	places := []string{"Activate After first"}
	for _, phase := range phases {
		places = append(places, phase+" Before", phase+" After")
	}
	return places
}

func TestAnInstallThatFailsInAnyPhaseChangesNothing(t *testing.T) {
	eachIPM(t, func(t *testing.T, m *manager) {
		m.faultyRegistry(unpack(t))
		for _, place := range m.activation() {
			m.fault(place)
			before := m.kept()
			phase, _, _ := strings.Cut(place, " ")
			m.fails(m.install(), []string{"injected " + place, phase + " FAILURE"})
			m.unchanged(before)
			if out := m.must("list"); strings.Contains(out, "iris-pgwire") || m.running() != 0 {
				t.Errorf("%s: %d sidecars run, list: %s", place, m.running(), out)
			}
		}
		m.fault("")
		m.must(m.install())
		m.serving(version)
	})
}

// What is wrong in the package itself: the classes, those for %SYS, and the last step of our own.
func TestAnInstallOfABrokenPackageChangesNothing(t *testing.T) {
	eachIPM(t, func(t *testing.T, m *manager) {
		before := m.kept()
		for _, c := range []struct {
			file, old, new string
			wants          []string
		}{
			{"objectscript/IrisPGWire/Portal.cls", "", "Class IrisPGWire.Portal\n{\nClassMethod M()\n{\n    set = 1\n}\n}\n", []string{"Compile FAILURE", "IrisPGWire.Portal"}},
			{"objectscript/%zPGWire/Portal.cls", "", "Class %zPGWire.Portal\n{\nClassMethod M()\n{\n    set = 1\n}\n}\n", []string{"Activate FAILURE", "%zPGWire.Portal"}},
			{"objectscript/%zPGWire/Watchdog.cls", "set task = ##class(%SYS.Task).%New()", `$$$ThrowStatus($$$ERROR($$$GeneralError, "no task"))`, []string{"Activate FAILURE", "no task"}},
			{"objectscript/IrisPGWire/Installer.cls", "set number = ..Record(root)", "set number = ..Record(root) hang 1/0", []string{"Activate FAILURE", "<DIVIDE>"}},
		} {
			pkg, folder := unpack(t), t.TempDir()
			if c.old != "" {
				rewrite(t, pkg, c.file, c.old, c.new)
			} else if err := os.WriteFile(filepath.Join(pkg, c.file), []byte(c.new), 0o600); err != nil {
				t.Fatal(err)
			}
			offer(t, folder, pkg)
			m.fails(m.install(), c.wants, "--registry", folder)
			m.unchanged(before)
			if m.running() != 0 {
				t.Errorf("%s: %d sidecars run", c.file, m.running())
			}
		}
	})
}

// The version before goes on serving its clients, with its settings.
func TestAnUpgradeThatFailsInAnyPhaseKeepsTheOldVersion(t *testing.T) {
	eachIPM(t, func(t *testing.T, m *manager) {
		m.faultyRegistry(unpack(t), unpackNext(t))
		m.fault("")
		m.must(strings.Replace(m.install(), "iris-pgwire", "iris-pgwire "+version, 1))
		m.serving(version)
		m.set("max_clients", "88")
		pid := m.state().PID
		conn := m.clients(1)[0]
		for _, place := range m.activation() {
			m.fault(place)
			before := m.kept()
			m.fails("install iris-pgwire"+m.listen+"127.0.0.1:5999", []string{"injected " + place})
			m.unchanged(before)
			if err := conn.Ping(context.Background()); err != nil || m.state().PID != pid || m.running() != 1 {
				t.Errorf("%s: process %d, then %d, %d run: %v", place, pid, m.state().PID, m.running(), err)
			}
			if out := m.must("list"); !strings.Contains(out, "iris-pgwire "+version) {
				t.Errorf("%s: %s", place, out)
			}
		}
		if config := read(t, filepath.Join(m.sidecarDir(), "config.json")); strings.Contains(config, "5999") || !strings.Contains(config, `"max_clients":88`) {
			t.Errorf("the settings of the sidecar: %s", config)
		}
		kill(t, pid)
		m.until(30*time.Second, "the old version starts again", func() bool { s := m.state(); return s.PID != pid && s.Version == version && m.serves() == nil })
		m.fault("")
		m.must("install iris-pgwire")
		m.serving(next)
	})
}

// Nothing of an uninstall is taken back: what fails before our hook leaves everything, what fails after it leaves a module
// whose next uninstall succeeds.
func TestAnUninstallThatFailsCanBeRepeated(t *testing.T) {
	eachIPM(t, func(t *testing.T, m *manager) {
		m.faultyRegistry(unpack(t))
		m.fault("")
		before := m.kept()
		for place, serves := range map[string]bool{"Clean Before": true, "Unconfigure Before first": true, "Unconfigure Before": false, "Unconfigure After": false} {
			m.must(m.install())
			m.serving(version)
			m.fault(place)
			m.fails("uninstall iris-pgwire", []string{"injected " + place})
			if err := m.serves(); (err == nil) != serves || (m.running() == 1) != serves {
				t.Errorf("%s: %d sidecars run, %v", place, m.running(), err)
			}
			if out := m.must("list"); !strings.Contains(out, "iris-pgwire "+version) {
				t.Errorf("%s: %s", place, out)
			}
			m.fault("")
			m.must("uninstall iris-pgwire")
			m.unchanged(before)
		}
		m.must(m.install())
		m.serving(version)
		m.fault("Clean After") // all has gone by then
		m.fails("uninstall iris-pgwire", []string{"injected Clean After"})
		m.fault("")
		m.unchanged(before)
	})
}

// Without a transaction IPM takes nothing back, and keeps the module: ours is there whole or not at all, and can be uninstalled.
func TestAnInstallWithoutATransactionThatFailsCanBeUninstalled(t *testing.T) {
	eachIPM(t, func(t *testing.T, m *manager) {
		m.faultyRegistry(unpack(t))
		m.fault("")
		before := m.kept()
		for _, c := range []struct {
			place, listen string
			wants         []string
			serves        bool
		}{
			{"Activate After", "127.0.0.1:0", []string{"injected Activate After", "iris-pgwire listens on"}, true},
			{"Activate After first", "127.0.0.1:0", []string{"injected Activate After first"}, false},
			{"", "nowhere", []string{"listen must be host:port"}, false},
		} {
			m.fault(c.place)
			m.fails("install iris-pgwire -DNoTransaction=1"+m.listen+c.listen, c.wants)
			if n := m.running(); (n == 1) != c.serves {
				t.Errorf("%s: %d sidecars run", c.place, n)
			}
			if got := m.line(`write $data(^%zPGWire("installed"))>0`); (got == "1") != c.serves {
				t.Errorf("%s: installed %s", c.place, got)
			}
			m.fault("")
			m.must("uninstall iris-pgwire")
			m.unchanged(before)
		}
	})
}
