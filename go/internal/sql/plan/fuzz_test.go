package plan_test

import (
	"bufio"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/sql/parse"
	"iris-pgwire/internal/sql/plan"
)

// FuzzCompile gives statements to the compiler: it answers with a plan or an error that has a SQLSTATE, and never panics.
func FuzzCompile(f *testing.F) {
	files, err := filepath.Glob("testdata/*.golden")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		lines := bufio.NewScanner(strings.NewReader(string(text)))
		for lines.Scan() {
			if line := lines.Text(); line != "" && line[0] != '#' && line[0] != ' ' {
				f.Add(line)
			}
		}
	}
	f.Fuzz(func(t *testing.T, sql string) {
		list, err := parse.Parse(sql)
		if err != nil {
			return
		}
		for _, st := range list {
			p, err := plan.Compile(context.Background(), input(sql, st))
			if err != nil && (pgerr.As(err).Code == pgerr.InternalError || pgerr.As(err).Message == "") {
				t.Errorf("%s: %v", sql, err)
			}
			if err == nil && p.Tag == "" {
				t.Errorf("%s: a plan without a tag", sql)
			}
		}
	})
}
