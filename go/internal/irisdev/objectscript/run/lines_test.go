package run_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"iris-pgwire/internal/irisdev/objectscript/class"
	"iris-pgwire/internal/irisdev/objectscript/fault"
	"iris-pgwire/internal/irisdev/objectscript/lib"
	"iris-pgwire/internal/irisdev/objectscript/run"
	"iris-pgwire/internal/irisdev/store/storetest"
)

// program is a line of ObjectScript with what it writes.
type program struct {
	line int
	code string
	want []string
}

// readPrograms reads a file of the form that testdata/lines/README.md tells of.
func readPrograms(t testing.TB, file string) []program {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var list []program
	for i, line := range strings.Split(string(data), "\n") {
		switch {
		case line == "" || strings.HasPrefix(line, "#"):
		case strings.HasPrefix(line, "> "):
			list = append(list, program{line: i + 1, code: line[2:]})
		case len(list) == 0:
			t.Fatalf("%s:%d: output without a program", file, i+1)
		default:
			p := &list[len(list)-1]
			p.want = append(p.want, strings.TrimSuffix(line, `\`))
		}
	}
	return list
}

// newSystem makes an instance in memory with IRIS's own classes.
func newSystem(t testing.TB) *run.System {
	t.Helper()
	s := storetest.Memory(t)
	return run.NewSystem(&run.System{Store: s, Classes: class.NewDictionary(lib.Library()), Natives: natives(),
		Version: "irisdev for tests", Dir: t.TempDir() + "/"})
}

// runLine runs a program in a process of its own and gives what it wrote, with its error.
func runLine(t *testing.T, sys *run.System, code string) string {
	t.Helper()
	return runTelling(t, sys, code, errorText)
}

// runTelling is runLine with the error in other words.
func runTelling(t *testing.T, sys *run.System, code string, tell func(error) string) string {
	t.Helper()
	var out strings.Builder
	p, err := sys.NewProcess(run.Options{Out: &out})
	if err != nil {
		t.Fatal(err)
	}
	defer p.End()
	err = p.Line(context.Background(), code)
	p.Flush()
	text := out.String()
	if err == nil || run.IsEnd(err) {
		return text
	}
	if text != "" && !strings.HasSuffix(text, "\n") {
		text += "\n"
	}
	return text + tell(err)
}

// errorText is an error without its place. Why the parser refused a text is in its own words and left out.
func errorText(err error) string {
	th, ok := err.(*run.Thrown)
	if !ok {
		return err.Error()
	}
	if th.Fault == nil {
		return "<THROW>"
	}
	if th.Fault.Name == "SYNTAX" {
		return "<SYNTAX>"
	}
	return fault.New(th.Fault.Name, th.Fault.Data).Error()
}

// TestLines runs the one-line programs of testdata/lines.
func TestLines(t *testing.T) {
	files, err := filepath.Glob("testdata/lines/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	total := 0
	for _, file := range files {
		list := readPrograms(t, file)
		total += len(list)
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			for _, p := range list {
				sys := newSystem(t)
				got := strings.TrimSuffix(runLine(t, sys, p.code), "\n")
				if want := strings.Join(p.want, "\n"); got != want {
					t.Errorf("%s:%d: %s\ngot:\n%s\nwant:\n%s", file, p.line, p.code, got, want)
				}
			}
		})
	}
	t.Logf("%d programs", total)
}
