package analyze

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"iris-pgwire/internal/pgerr"
)

// TestExpressionsHavePostgreSQLsTypes compares column name, type and modifier with the recorded ones.
func TestExpressionsHavePostgreSQLsTypes(t *testing.T) {
	content, err := os.ReadFile("testdata/types-golden.tsv")
	if err != nil {
		t.Fatal(err)
	}
	refused := map[string]bool{}
	for _, e := range testLines(t, "testdata/types-refused.txt") {
		refused[e] = true
	}
	for line := range strings.Lines(string(content)) {
		f := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if strings.HasPrefix(line, "#") || len(f) < 5 {
			continue
		}
		r, err := analyzed(t, "select "+f[0])
		if err != nil {
			if codeOf(err) != pgerr.FeatureNotSupported || !refused[f[0]] {
				t.Errorf("%s: %v", f[0], err)
			}
			continue
		}
		if refused[f[0]] {
			t.Errorf("%s is no longer refused: take it out of types-refused.txt", f[0])
		}
		c := r.Columns[0]
		got := fmt.Sprintf("%s %d %d", c.Name, c.Type.OID, c.Type.Mod)
		if want := f[1] + " " + f[2] + " " + f[3]; got != want {
			t.Errorf("%s: %s, want %s", f[0], got, want)
		}
	}
}
