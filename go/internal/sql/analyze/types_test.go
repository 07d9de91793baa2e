package analyze

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

// TestExpressionsHavePostgreSQLsTypes compares column name, type and modifier with the recorded ones.
func TestExpressionsHavePostgreSQLsTypes(t *testing.T) {
	content, err := os.ReadFile("testdata/types-golden.tsv")
	if err != nil {
		t.Fatal(err)
	}
	refused := 0
	for line := range strings.Lines(string(content)) {
		f := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if strings.HasPrefix(line, "#") || len(f) < 5 {
			continue
		}
		r, err := analyzed(t, "select "+f[0])
		if err != nil {
			refused++
			t.Logf("refused: %s: %v", f[0], err)
			continue
		}
		c := r.Columns[0]
		got := fmt.Sprintf("%s %d %d", c.Name, c.Type.OID, c.Type.Mod)
		if want := f[1] + " " + f[2] + " " + f[3]; got != want {
			t.Errorf("%s: %s, want %s", f[0], got, want)
		}
	}
	if refused > 25 {
		t.Errorf("%d expressions are refused", refused)
	}
}
