package run_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"iris-pgwire/internal/irisdev/objectscript/class"
	"iris-pgwire/internal/irisdev/objectscript/run"
	"iris-pgwire/internal/irisdev/variant"
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

func TestAnObjectWhoseClassIsCompiledAnew(t *testing.T) {
	for profile, want := range map[string]string{variant.Documented: "1", variant.Contrary: "<CLASS RECOMPILED>"} {
		answers, err := variant.Profile(profile)
		if err != nil {
			t.Fatal(err)
		}
		sys := newSystem(t)
		sys.Variant = answers
		var out strings.Builder
		p, err := sys.NewProcess(run.Options{Out: &out})
		if err != nil {
			t.Fatal(err)
		}
		defer p.End()
		d := sys.Classes.(*class.Dictionary)
		for _, number := range []string{"1", "2"} {
			src := "Class User.Changing Extends %RegisteredObject\n{\nMethod Number()\n{\n quit " + number + "\n}\n}\n"
			if _, err := d.LoadText(p.Store(), "USER", "Changing.cls", src); err != nil {
				t.Fatal(err)
			}
			if wrong := d.Compile(p, "USER", []string{"User.Changing"}, nil); len(wrong) > 0 {
				t.Fatal(wrong)
			}
			if err := p.Line(context.Background(), `set:'$data(o) o = ##class(User.Changing).%New() set new = ##class(User.Changing).%New()`); err != nil {
				t.Fatal(err)
			}
		}
		err = p.Line(context.Background(), `write new.Number() try { write o.Number() } catch e { write e.Name }`)
		p.Flush()
		if got := out.String(); err != nil || got != "2"+want {
			t.Errorf("%s: %q, %v", profile, got, err)
		}
	}
}
