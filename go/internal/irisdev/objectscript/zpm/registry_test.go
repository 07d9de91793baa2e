package zpm

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// versioned packs a module that does nothing but be there.
func (w *world) versioned(name, version, parts string) {
	w.t.Helper()
	w.pack(name+"-"+version+".tgz", files{"module.xml": manifest(name, version, parts)})
}

func (w *world) list() string { return strings.TrimSpace(w.must("list")) }

func TestInstallTakesTheLatestVersionThatSuits(t *testing.T) {
	both(t, func(t *testing.T, w *world) {
		for _, v := range []string{"1.0.0", "1.10.0", "1.9.0", "2.0.0-beta.1"} {
			w.versioned("demo", v, "")
		}
		if err := os.WriteFile(filepath.Join(w.folder, "broken.tgz"), []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
		for _, c := range []struct{ command, want string }{
			{"install demo 1.0.0", "demo 1.0.0"}, {"install demo ~1.9.0", "demo 1.9.0"}, {"install DEMO 1.x", "demo 1.10.0"},
			{"install local/demo", "demo 2.0.0-beta.1"},
		} {
			w.must(c.command)
			if got := w.list(); got != c.want {
				t.Errorf("%s: %s", c.command, got)
			}
		}
	})
}

func TestWhatIsNotInTheRegistry(t *testing.T) {
	both(t, func(t *testing.T, w *world) {
		w.versioned("demo", "1.0.0", "")
		w.fails("install other", "ERROR! 'other' not found in any repository.")
		w.fails("install demo 2.x", "ERROR! demo 2.x not found in any repository.")
		w.fails("install elsewhere/demo", "not found in any repository")
	})
	p := newWorld(t, "0.10")
	p.forgetFolder()
	p.fails("install demo", "No repositories are configured and enabled in this namespace.")
}

// forgetFolder forgets the folder of packages.
func (w *world) forgetFolder() { w.value(`kill ^%irisdevIPM(0,"registry")`) }

func TestDowngrades(t *testing.T) {
	both(t, func(t *testing.T, w *world) {
		w.versioned("demo", "1.0.0", "")
		w.versioned("demo", "1.1.0", "")
		w.must("install demo")
		want := "Cannot downgrade demo from version 1.1.0 to 1.0.0"
		if !w.old() {
			want += ". To downgrade a module, you must first run the uninstall command. Then, run the install or load command with the desired module version."
		}
		w.fails("install demo 1.0.0", want)
		// The older line looks at the version only when it installs.
		_, ok := w.zpm("load " + filepath.Join(w.folder, "demo-1.0.0.tgz"))
		if ok != w.old() {
			t.Errorf("load: %v", ok)
		}
		w.must("uninstall demo")
		w.must("install demo 1.0.0")
		w.must("install demo 1.0.0") // again
		w.must("install demo")
		if got := w.list(); got != "demo 1.1.0" {
			t.Error(got)
		}
		if out := w.must("reinstall demo"); !strings.Contains(out, "Reinstalling demo 1.1.0") {
			t.Error(out)
		}
		w.fails("reinstall other", "Module 'other' is not currently installed.")
	})
}

func TestAModuleThatIsBeingDevelopedIsNotInstalledOver(t *testing.T) {
	both(t, func(t *testing.T, w *world) {
		w.versioned("demo", "1.0.0", "")
		w.must("load -dev " + w.dir(files{"module.xml": manifest("demo", "1.0.0", "")}))
		w.fails("install demo", "Cannot install 'demo' over previously installed in developer mode")
		w.must("install -dev demo")
	})
}

func TestUpdateStepsAreNotPassedBy(t *testing.T) {
	w := newWorld(t, "0.10")
	w.versioned("demo", "1.0.0", "")
	w.versioned("demo", "2.0.0", "<UpdatePackage>Demo.Update</UpdatePackage>")
	w.must("install demo 1.0.0")
	w.fails("install demo", "Please use the 'update' command instead.")
	w.must("install -force demo")
	w.fails("update demo", "the command update")
}

const needsBase = `<Dependencies><ModuleReference><Name>base</Name><Version>^1.0.0</Version></ModuleReference></Dependencies>`

func TestDependenciesAreInstalledFirst(t *testing.T) {
	both(t, func(t *testing.T, w *world) {
		w.versioned("base", "1.0.0", "")
		w.versioned("base", "1.2.0", "")
		w.versioned("base", "2.0.0", "")
		w.versioned("demo", "1.0.0", needsBase)
		w.must("install demo")
		if got := w.list(); got != "base 1.2.0\ndemo 1.0.0" {
			t.Error(got)
		}
		// What others need stays, and stays in a version that suits them.
		if out := w.must("uninstall base"); !strings.Contains(out, "Clean SKIPPED - required by 1 other module. (demo)") {
			t.Error(out)
		}
		w.fails("install base 2.0.0", "Requested version (base 2.0.0) does not satisfy the requirements of other modules")
		w.must("uninstall demo")
		if got := w.list(); got != "base 1.2.0" {
			t.Error(got)
		}
		w.must("install demo")
		w.must("uninstall demo -recurse")
		if got := w.list(); got != "" {
			t.Error(got)
		}
		w.must("install demo")
		w.must("uninstall -f base")
		if got := w.list(); got != "demo 1.0.0" {
			t.Error(got)
		}
	})
}

func TestADependencyThatFailsTakesAllBack(t *testing.T) {
	both(t, func(t *testing.T, w *world) {
		w.versioned("demo", "1.0.0", needsBase)
		w.fails("install demo", "Could not find satisfactory version of base in any repositories. Required by: demo 1.0.0: ^1.0.0")
		w.versioned("base", "1.0.0", `<Invoke Class="Not.There" Method="M"/>`)
		w.fails("install demo", "<CLASS DOES NOT EXIST>")
		if got := w.list(); got != "" {
			t.Error(got)
		}
	})
}

func TestSystemRequirements(t *testing.T) {
	both(t, func(t *testing.T, w *world) { // the instance is a 2025.1
		for attributes, want := range map[string]string{
			`Version="&gt;=2024.1"`: "", `Version="2025.1"`: "", `Version="^2025.1"`: "",
			`Version="&gt;=2025.2"`:       `The module cannot be installed on the current version (2025.1) of the system, version ">=2025.2" is required`,
			`Version="2024.x"`:            `version "2024.x" is required`,
			`Interoperability="enabled"`:  "nteroperability",
			`Interoperability="disabled"`: "", `Unknown="1"`: "",
		} {
			command := "load " + w.dir(files{"module.xml": manifest("demo", "1.0.0", "<SystemRequirements "+attributes+"/>")})
			if want == "" {
				w.must(command)
			} else {
				w.fails(command, want)
			}
		}
		_, ok := w.zpm("load " + w.dir(files{"module.xml": manifest("demo", "1.0.0", `<SystemRequirements IPMVersion="&gt;=0.11"/>`)}))
		if ok != w.old() { // which does not know the attribute
			t.Errorf("IPMVersion: %v", ok)
		}
	})
}

func TestAPackageWithAFileOutsideIsRefused(t *testing.T) {
	both(t, func(t *testing.T, w *world) {
		w.pack("demo.tgz", files{"module.xml": manifest("demo", "1.0.0", ""), "../outside": "x"})
		w.fails("install demo", "The package has a file outside of its directory: ../outside")
	})
}

func TestThePackageOfAHostingSite(t *testing.T) {
	f := files{"demo-main/module.xml": manifest("demo", "1.0.0", `<Resource Name="Demo.PKG"/>`), "demo-main/src/cls/Demo/Main.cls": mainClass,
		"demo-main/sub/module.xml": manifest("other", "1.0.0", "")}
	w := newWorld(t, "0.10")
	w.must("load " + w.pack("main.tar.gz", f))
	if got := w.list(); got != "demo 1.0.0" {
		t.Error(got)
	}
	if _, err := os.Stat(w.sys.Dir + "../ipm/demo/1.0.0/src/cls/Demo/Main.cls"); err != nil {
		t.Error(err)
	}
	old := newWorld(t, "0.7")
	old.fails("load "+old.pack("main.tgz", f), "module.xml' does not exist")
}
