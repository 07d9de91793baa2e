package sample

import (
	"strings"
	"testing"
)

func TestWriteSQLWritesOneStatementALine(t *testing.T) {
	var b strings.Builder
	if err := WriteSQL(&b); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(b.String()), "\n")
	counts := map[string]int{}
	for _, line := range lines {
		if !strings.HasSuffix(line, ";") {
			t.Fatalf("line without a semicolon: %.80s", line)
		}
		counts[strings.Join(strings.Fields(line)[:3], " ")]++
	}
	want := map[string]int{"INSERT INTO SQLUser.film": 3200, "INSERT INTO SQLUser.question": 8, "CREATE TABLE SQLUser.film": 1}
	for head, n := range want {
		if counts[head] != n {
			t.Errorf("%s: %d statements, want %d", head, counts[head], n)
		}
	}
}

func TestEveryEmbeddingHasAllDimensions(t *testing.T) {
	vectors, err := readVectors()
	if err != nil {
		t.Fatal(err)
	}
	if len(vectors) != 700 {
		t.Errorf("%d embeddings, want 700", len(vectors))
	}
	for id, v := range vectors {
		if n := len(strings.Fields(v)); n != Dimensions {
			t.Errorf("film %s: %d elements", id, n)
		}
	}
}
