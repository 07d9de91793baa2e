package parse

import (
	"bufio"
	"fmt"
	"math/rand"
	"os"
	"strings"
	"testing"
)

// brokenTexts reads the hand-written wrong statements: one a line, \n for a line break.
func brokenTexts(t *testing.T) []string {
	content, err := os.ReadFile("testdata/broken.txt")
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, line := range strings.Split(strings.TrimSpace(string(content)), "\n") {
		if !strings.HasPrefix(line, "#") && line != "" {
			list = append(list, strings.ReplaceAll(line, `\n`, "\n"))
		}
	}
	return list
}

// knownDifferences are the texts whose verdict differs on purpose, with the reason.
var knownDifferences = map[string]string{
	"select $99999999999":                                                   "PostgreSQL 17 lets the number overflow and then knows no such parameter; a wrapped number could mean another one",
	"create table t (a int deferrable)":                                     "PostgreSQL raises the same error one step later",
	"create table t (a int unique deferrable not deferrable)":               "PostgreSQL raises the same error one step later",
	"create table t (a int references t not deferrable initially deferred)": "PostgreSQL raises the same error one step later",
}

const brokenGolden = "testdata/broken.tsv"

// TestRecordBrokenStatements writes PostgreSQL's answers to the hand-written wrong statements and to some that are made
// from the regression suite.
func TestRecordBrokenStatements(t *testing.T) {
	o := liveOracle(t)
	if os.Getenv("UPDATE_GOLDEN") == "" {
		t.Skip("UPDATE_GOLDEN is not set")
	}
	file, err := os.Create(brokenGolden)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	w := bufio.NewWriter(file)
	defer w.Flush()
	record := func(text string) bool {
		v := o.verdict(t, text)
		fmt.Fprintf(w, "%q\t%s\t%d\t%q\n", text, v.code, v.position, v.message)
		return v.code != ""
	}
	for _, text := range brokenTexts(t) {
		if !record(text) {
			t.Logf("PostgreSQL accepts %q", text)
		}
	}
	r, list := rand.New(rand.NewSource(17)), regressStatements(t)
	for made := 0; made < 300; {
		base := list[r.Intn(len(list))].text
		text := mutate(r, base, list[r.Intn(len(list))].text)
		if len(text) < 200 && firstInvalid(text) < 0 && !hasUnsupported(text) && o.verdict(t, text).code != "" && record(text) {
			made++
		}
	}
}

func TestBrokenStatementsFailAsInPostgreSQL(t *testing.T) {
	content, err := os.ReadFile(brokenGolden)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(content)), "\n")
	differ := 0
	for _, line := range lines {
		var text string
		var want verdict
		parts := strings.SplitN(line, "\t", 2)
		fmt.Sscanf(parts[0], "%q", &text)
		rest := strings.Split(parts[1], "\t")
		want.code = rest[0]
		fmt.Sscanf(rest[1], "%d", &want.position)
		fmt.Sscanf(rest[2], "%q", &want.message)
		if why, known := knownDifferences[text]; known {
			t.Logf("differs: %q: %s", text, why)
			continue
		}
		if got := ours(text); got != want {
			differ++
			t.Errorf("%q:\n%v\nPostgreSQL: %v", text, got, want)
		}
	}
	t.Logf("%d statements, %d differ", len(lines), differ)
}
