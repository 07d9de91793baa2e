package fn_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"iris-pgwire/internal/irisdev/objectscript/fault"
)

// lineThemes are the one-line programs that need no more than this package.
var lineThemes = []string{"strings", "lists", "numbers", "dates", "patterns", "bits", "operators", "conversion"}

// TestLinePrograms runs them with the small evaluator of these tests; package run runs them all with the real one.
func TestLinePrograms(t *testing.T) {
	total := 0
	for _, theme := range lineThemes {
		data, err := os.ReadFile(filepath.Join("..", "run", "testdata", "lines", theme+".txt"))
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range linePrograms(string(data)) {
			total++
			if got := runLine(p.code); got != p.want {
				t.Errorf("%s:%d: %s\n got %q\nwant %q", theme, p.line, p.code, got, p.want)
			}
		}
	}
	t.Logf("%d programs", total)
	if total < 250 {
		t.Errorf("%d programs, want 250", total)
	}
}

type lineProgram struct {
	line int
	code string
	want string
}

func linePrograms(text string) []lineProgram {
	var out []lineProgram
	for i, l := range strings.Split(text, "\n") {
		switch {
		case strings.HasPrefix(l, "#"), l == "":
		case strings.HasPrefix(l, "> "):
			out = append(out, lineProgram{line: i + 1, code: l[2:]})
		default:
			p := &out[len(out)-1]
			if p.want != "" {
				p.want += "\n"
			}
			p.want += strings.TrimSuffix(l, `\`)
		}
	}
	return out
}

// runLine gives what a line writes, and the error it ends with.
func runLine(code string) string {
	e := newEvaluator()
	err := e.line(code)
	out := strings.TrimSuffix(e.out.String(), "\n")
	if err == nil {
		return out
	}
	if out != "" {
		out += "\n"
	}
	var f *fault.Error
	if errors.As(err, &f) {
		return out + f.Error()
	}
	return out + err.Error()
}
