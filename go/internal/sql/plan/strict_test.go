package plan_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"iris-pgwire/internal/irisdev/irissql"
)

// TestIRISAcceptsWhatIsPrinted gives every statement of the golden files to the strict parser of the development IRIS: what
// InterSystems does not document must not be sent.
func TestIRISAcceptsWhatIsPrinted(t *testing.T) {
	version := irissql.Version{Major: 2025, Minor: 1}
	files, err := filepath.Glob("testdata/*.golden")
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range strings.Split(string(text), "\n") {
			sql, ok := printedStatement(line)
			if !ok {
				continue
			}
			n++
			if _, err := irissql.Parse(sql, version); err != nil {
				t.Errorf("%s: %s\n%v", filepath.Base(file), sql, err)
			}
		}
	}
	if n < 50 {
		t.Errorf("only %d statements found", n)
	}
}

// printedStatement reads the SQL of a step's line.
func printedStatement(line string) (string, bool) {
	rest, ok := strings.CutPrefix(line, "    ")
	if !ok {
		return "", false
	}
	head, sql, ok := strings.Cut(rest, ": ")
	word, _, _ := strings.Cut(head, " ")
	if !ok || word != "direct" && word != "exec" && word != "query" && word != "batch" {
		return "", false
	}
	sql, _, _ = strings.Cut(sql, " | ")
	return strings.ReplaceAll(sql, "TOP  ", "TOP 10 "), true // a hole is filled when the statement runs
}
