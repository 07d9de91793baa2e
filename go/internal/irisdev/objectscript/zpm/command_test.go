package zpm

import (
	"strings"
	"testing"
)

func TestCommandsThatAreWrong(t *testing.T) {
	both(t, func(t *testing.T, w *world) {
		for command, want := range map[string]string{
			"load -quick /x":      "Error parsing command: load -quick /x\n  > ERROR #5001: Unknown modifier for command 'load': quick",
			"install a b c":       "Too many parameters to command 'install'; only 2 expected.",
			"uninstall":           "A module name must be specified for uninstall unless the -all flag is used.",
			"uninstall other":     "Module 'other' not found.",
			"publish demo":        "The development IRIS does not have this of IPM: the command publish",
			"jump":                "Unknown command: jump",
			"other configure":     "Module 'other' not found.",
			"load https://x.org/": "load from a URL",
		} {
			w.fails(command, want)
		}
		w.must("")
		// A path that is not there: the older line says nothing.
		if _, ok := w.zpm("load /not/there"); ok != w.old() {
			t.Errorf("load: %v", ok)
		}
		if _, ok := w.zpm("load not/there"); ok != w.old() {
			t.Errorf("load: %v", ok)
		}
	})
}

func TestPhasesByName(t *testing.T) {
	both(t, func(t *testing.T, w *world) {
		w.pack("demo-1.0.0.tgz", demoFiles(everyPhase()))
		w.must("install demo")
		w.value("kill ^Demo")
		w.must("demo configure")
		w.must("demo unconfigure -only")
		if got := w.trace(); got != "ConfigureBefore=110 ConfigureAfter=110 UnconfigureBefore=110 UnconfigureAfter=110" {
			t.Error(got)
		}
		w.fails("demo test", "phase Test")
		w.fails("demo dance", "<METHOD DOES NOT EXIST>")
	})
}

func TestAPhaseThatNoCommandRuns(t *testing.T) {
	w := newWorld(t, "0.7") // which takes any text; the newer line refuses it
	out := w.must("load " + w.dir(demoFiles(`<Invoke Class="Not.There" Method="M" Phase="Setup"/><Deactivate/>`)))
	if !strings.Contains(out, "WARNING: IPM does not read these elements of module.xml: Deactivate") {
		t.Error(out)
	}
	w.fails("demo setup", "<METHOD DOES NOT EXIST>")
}

func TestACustomPhase(t *testing.T) {
	const parts = `<Resource Name="Demo.PKG"/><Invoke Class="Demo.Main" Method="Note" CustomPhase="Dance"><Arg>x</Arg></Invoke>`
	w := newWorld(t, "0.10")
	w.must("load " + w.dir(demoFiles(parts)))
	if got := w.trace(); got != "" {
		t.Errorf("at load: %s", got)
	}
	w.must("demo Dance")
	if got := w.trace(); got != "x" {
		t.Error(got)
	}
	old := newWorld(t, "0.7")
	old.must("load " + old.dir(demoFiles(parts)))
	if got := old.trace(); got != "x" {
		t.Errorf("the older line does not know CustomPhase, so that it is Configure: %s", got)
	}
}

func TestListWithAPattern(t *testing.T) {
	w := newWorld(t, "0.10")
	for _, name := range []string{"Demo", "demo-two", "other"} {
		w.must("load " + w.dir(files{"module.xml": manifest(name, "1.0.0", "")}))
	}
	for command, want := range map[string]string{
		"list": "Demo     1.0.0\ndemo-two 1.0.0\nother    1.0.0", "list demo*": "Demo     1.0.0\ndemo-two 1.0.0", "list-installed *e*r": "other 1.0.0",
		"list nothing": "",
	} {
		if got := strings.TrimSpace(w.must(command)); got != want {
			t.Errorf("%s: %q", command, got)
		}
	}
}

func TestWordsOfACommand(t *testing.T) {
	for text, want := range map[string]string{
		`load  /a/b`: "load|/a/b", `load "/a b/c" -v`: "load|/a b/c|-v", `x -Da="b c"`: "x|-Da=b c", "": "", `x ""`: "x|",
	} {
		if got := strings.Join(words(text), "|"); got != want {
			t.Errorf("%s: %s", text, got)
		}
	}
}
