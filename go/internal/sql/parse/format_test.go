package parse

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// samePositions makes positions equal, so that trees are compared without them.
var ignorePositions = cmp.Comparer(func(At, At) bool { return true })

// checkRoundTrip parses, prints and parses again.
func checkRoundTrip(t *testing.T, id, text string) bool {
	t.Helper()
	list, err := Parse(text)
	if err != nil {
		return true
	}
	for _, s := range list {
		if _, outside := s.Node.(*Unsupported); outside {
			continue
		}
		printed := Format(s.Node)
		again, err := Parse(printed)
		if err != nil {
			t.Errorf("%s: %v\n%.500s\nprinted as\n%.500s", id, err, s.Text, printed)
			return false
		}
		if len(again) != 1 || !cmp.Equal(s.Node, again[0].Node, ignorePositions) {
			diff := ""
			if len(again) == 1 {
				diff = cmp.Diff(s.Node, again[0].Node, ignorePositions)
			}
			t.Errorf("%s: another tree\n%.500s\nprinted as\n%.500s\n%.800s", id, s.Text, printed, diff)
			return false
		}
	}
	return true
}

func TestPrintedRegressionStatementsParseToTheSameTree(t *testing.T) {
	failed := 0
	for _, s := range regressStatements(t) {
		if !checkRoundTrip(t, s.id, s.text) {
			if failed++; failed > 30 {
				t.Fatal("and more")
			}
		}
	}
}

func TestPrintedClientTextsParseToTheSameTree(t *testing.T) {
	for file, texts := range clientTexts(t, "testdata/clients") {
		for _, text := range texts {
			checkRoundTrip(t, file, text)
		}
	}
}
