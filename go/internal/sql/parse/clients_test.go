package parse

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// clientTexts gives the recorded texts of clients, one statement or multi-statement text each: they are separated by
// empty lines behind a semicolon.
func clientTexts(t testing.TB, dir string) map[string][]string {
	files, err := filepath.Glob(filepath.Join(dir, "*.sql"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no recorded texts in %s", dir)
	}
	texts := map[string][]string{}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, text := range strings.Split(string(content), ";\n\n") {
			texts[filepath.Base(file)] = append(texts[filepath.Base(file)], text)
		}
	}
	return texts
}

// PostgreSQL rejects these too.
var rejectedByPostgreSQL = []string{"(VALUES ())", "selec"}

func TestRecordedClientTextsParse(t *testing.T) {
	for file, texts := range clientTexts(t, "testdata/clients") {
		for _, text := range texts {
			_, err := Parse(text)
			wrong := strings.TrimSpace(text) == rejectedByPostgreSQL[1] || strings.Contains(text, rejectedByPostgreSQL[0])
			if (err != nil) != wrong {
				t.Errorf("%s: %v\n%.300s", file, err, text)
			}
		}
	}
}

// TestClientTextsAsLivePostgreSQL compares every verdict on the recorded texts with a live server's.
func TestClientTextsAsLivePostgreSQL(t *testing.T) {
	o := liveOracle(t)
	compared := 0
	for file, texts := range clientTexts(t, "testdata/clients") {
		for _, text := range texts {
			compared++
			if got, want := ours(text), o.verdict(t, text); got != want {
				t.Errorf("%s: %v, PostgreSQL: %v\n%.300s", file, got, want, text)
			}
		}
	}
	t.Logf("%d texts compared", compared)
}
