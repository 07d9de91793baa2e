package run_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"iris-pgwire/internal/irisdev/objectscript/class"
	"iris-pgwire/internal/irisdev/objectscript/run"
)

// load compiles the classes and routines of a folder of testdata.
func load(t testing.TB, sys *run.System, dir string) {
	t.Helper()
	p, err := sys.NewProcess(run.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer p.End()
	d := sys.Classes.(*class.Dictionary)
	files, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil {
		t.Fatal(err)
	}
	var classes []string
	for _, f := range files {
		src, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		item, err := d.LoadText(p.Store(), "USER", f, string(src))
		if err != nil {
			t.Fatalf("%s: %v", f, err)
		}
		if name, ok := strings.CutSuffix(item, ".cls"); ok {
			classes = append(classes, name)
			continue
		}
		if err := d.CompileRoutine(p.Store(), "USER", strings.TrimSuffix(item, filepath.Ext(item)), "MAC"); err != nil {
			t.Fatalf("%s: %v", f, err)
		}
	}
	for name, problems := range d.Compile(p, "USER", classes, nil) {
		t.Fatalf("%s: %v", name, problems)
	}
}

// TestClasses runs the one-line programs of testdata/classes.txt, which use the classes and routines of testdata/code.
func TestClasses(t *testing.T) {
	sys := newSystem(t)
	load(t, sys, "testdata/code")
	for _, p := range readPrograms(t, "testdata/classes.txt") {
		got := strings.TrimSuffix(runTelling(t, sys, p.code, error.Error), "\n")
		if want := strings.Join(p.want, "\n"); got != want {
			t.Errorf("testdata/classes.txt:%d: %s\ngot:\n%s\nwant:\n%s", p.line, p.code, got, want)
		}
	}
}
