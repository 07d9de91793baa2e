package lib

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"iris-pgwire/internal/irisdev/objectscript/class"
	"iris-pgwire/internal/irisdev/objectscript/run"
	"iris-pgwire/internal/irisdev/store/storetest"
)

// instance makes an instance in memory with the library and its natives.
func instance(t testing.TB) *run.System {
	t.Helper()
	s := storetest.Memory(t)
	return run.NewSystem(&run.System{Store: s, Classes: class.NewDictionary(Library()), Natives: Natives(), Check: Check,
		Version: "IRIS for tests 2025.1 (Build 223U)", Dir: t.TempDir() + "/"})
}

// lines runs lines in one process and gives what each wrote, errors included.
func lines(t testing.TB, sys *run.System, o run.Options, code ...string) []string {
	t.Helper()
	var out strings.Builder
	o.Out = &out
	p, err := sys.NewProcess(o)
	if err != nil {
		t.Fatal(err)
	}
	defer p.End()
	got := make([]string, len(code))
	for i, line := range code {
		out.Reset()
		err := p.Line(context.Background(), line)
		p.Flush()
		got[i] = strings.ReplaceAll(strings.TrimSuffix(out.String(), "\n"), "\r\n", "\n")
		if err != nil && !run.IsEnd(err) {
			got[i] += errorLine(err)
		}
	}
	return got
}

// errorLine is an error without its place; an exception that was thrown is shown by its class and texts.
func errorLine(err error) string {
	var th *run.Thrown
	if errors.As(err, &th) && th.Fault == nil {
		_, text, _ := strings.Cut(th.Error(), " *")
		return "<THROW> *" + text
	}
	if th != nil {
		return th.Fault.Error()
	}
	return err.Error()
}

// TestLines runs the programs of testdata/lines: a line "> code", then what it writes. Programs of one block, which an empty
// line ends, are run by one process.
func TestLines(t *testing.T) {
	files, err := filepath.Glob("testdata/lines/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal(err, len(files))
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			dir := t.TempDir()
			for _, block := range strings.Split(string(data), "\n\n") {
				runBlock(t, strings.ReplaceAll(block, "{dir}", dir))
			}
		})
	}
}

func runBlock(t *testing.T, block string) {
	t.Helper()
	var code, want []string
	for _, line := range strings.Split(strings.TrimSpace(block), "\n") {
		switch {
		case strings.HasPrefix(line, "#"):
		case strings.HasPrefix(line, "> "):
			code, want = append(code, line[2:]), append(want, "")
		case len(code) > 0:
			last := &want[len(want)-1]
			if *last != "" {
				*last += "\n"
			}
			*last += line
		}
	}
	if len(code) == 0 {
		return
	}
	got := lines(t, instance(t), run.Options{}, code...)
	for i := range code {
		if got[i] != want[i] {
			t.Errorf("%s\ngot:\n%s\nwant:\n%s", code[i], got[i], want[i])
		}
	}
}
