package analyze

import (
	"os"
	"strings"
	"testing"
)

// notYet are recorded statements that are refused, with the reason.
var notYet = map[string]string{
	"b1": "enum types", "e1": "enum types", "d4": "unnest() in FROM", "e7": "named arguments",
}

func TestParametersAreInferredAsPostgreSQLDoes(t *testing.T) {
	content, err := os.ReadFile("testdata/param-inference.txt")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(content)) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		parts := strings.SplitN(strings.TrimSpace(line), "|", 3)
		t.Run(parts[0], func(t *testing.T) {
			r, err := analyzed(t, parts[2])
			if why := notYet[parts[0]]; why != "" {
				if err == nil {
					t.Errorf("is analyzed by now: %s", why)
				}
				return
			}
			if err != nil {
				t.Fatalf("%s: %v", parts[2], err)
			}
			var names []string
			for _, p := range r.Params {
				names = append(names, TypeName(p.OID))
			}
			if got := strings.Join(names, ", "); got != parts[1] {
				t.Errorf("%s\n got %s\nwant %s", parts[2], got, parts[1])
			}
		})
	}
}
