package recording

import (
	"bufio"
	"fmt"
	"os"
	"strings"
	"testing"
)

// explanation is a line of the table in tests/drivers/recorded/README.md. Each of the first four columns is a list with
// commas; * is anything, and "value *" every value.
type explanation struct {
	driver, step, message, field, why string
	used                              bool
	line                              int
}

func (e explanation) explains(d difference) bool {
	return listed(e.driver, d.driver) && listed(e.step, d.step) && listed(e.message, d.message) && listed(e.field, d.field)
}

func listed(list, name string) bool {
	for _, one := range strings.Split(list, ",") {
		one = strings.TrimSpace(one)
		if prefix, ok := strings.CutSuffix(one, "*"); one == name || ok && strings.HasPrefix(name, prefix) {
			return true
		}
	}
	return false
}

// explanations reads the table that begins with the heading "| driver |".
func explanations(t *testing.T) []explanation {
	t.Helper()
	f, err := os.Open(path("README.md"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out []explanation
	inside := false
	line := 0
	for lines := bufio.NewScanner(f); lines.Scan(); {
		line++
		cells := strings.Split(lines.Text(), "|")
		switch {
		case strings.HasPrefix(lines.Text(), "| driver |"):
			inside = true
		case !inside || strings.HasPrefix(lines.Text(), "|---"):
		case len(cells) != 7:
			inside = false
		default:
			for i := range cells {
				cells[i] = strings.TrimSpace(cells[i])
			}
			out = append(out, explanation{cells[1], cells[2], cells[3], cells[4], cells[5], false, line})
		}
	}
	return out
}

// What the drivers send is what our client sends for the same call, but for the differences that README.md explains.
func TestDifferencesFromOurClientAreExplained(t *testing.T) {
	recorded, err := Load(Ours)
	if err != nil {
		t.Fatal(err)
	}
	ours, table := steps(recorded), explanations(t)
	for _, driver := range Drivers {
		if driver == Ours {
			continue
		}
		recorded, err := Load(driver)
		if err != nil {
			t.Fatal(err)
		}
		seen := map[string]bool{}
		for _, d := range compare(driver, steps(recorded), ours) {
			explained := false
			for i := range table {
				if table[i].explains(d) {
					explained, table[i].used = true, true
				}
			}
			if text := fmt.Sprint(d); !explained && !seen[text] {
				seen[text] = true
				t.Errorf("not explained: %s", text)
			}
		}
	}
	for _, e := range table {
		if !e.used {
			t.Errorf("README.md:%d: explains nothing: %s | %s | %s | %s", e.line, e.driver, e.step, e.message, e.field)
		}
		if len(e.why) < 10 {
			t.Errorf("README.md:%d: no reason", e.line)
		}
	}
}
