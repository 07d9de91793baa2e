package run_test

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"iris-pgwire/internal/irisdev/objectscript/run"
)

// FuzzLine runs any text as a line: the interpreter never breaks, and a process that is ended stops. Lines that leave the
// process (programs, files, jobs) are left out.
func FuzzLine(f *testing.F) {
	files, err := filepath.Glob("testdata/lines/*.txt")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		for _, p := range readPrograms(f, file) {
			f.Add(p.code)
		}
	}
	sys := newSystem(f)
	sys.Console = func(_ int64, _ int, _, text string) error {
		f.Error(text)
		return nil
	}
	f.Fuzz(func(t *testing.T, code string) {
		low := strings.ToLower(code)
		for _, w := range []string{"$zf", "open", "o ", "o:", "job", "j ", "j:", "close"} {
			if strings.Contains(low, w) {
				t.Skip("code that may reach files, programs or jobs of the machine is not run")
			}
		}
		p, err := sys.NewProcess(run.Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer p.End()
		ctx, cancel := context.WithTimeout(context.Background(), 100*time.Millisecond)
		defer cancel()
		if err := p.Line(ctx, code); err != nil && strings.HasPrefix(err.Error(), "<SYSTEM>") {
			t.Fatal(err)
		}
	})
}
