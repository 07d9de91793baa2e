package parse

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sort"
	"strings"
	"testing"

	"github.com/pgplex/pgparser/parser/pgregress"
)

// regressStatement is a statement of PostgreSQL's regression suite, as pgparser's module carries it.
type regressStatement struct {
	id   string // file and number
	text string
}

// regressStatements reads them from the module's test data.
func regressStatements(t testing.TB) []regressStatement {
	out, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/pgplex/pgparser").Output()
	if err != nil {
		t.Skip("the sources of module github.com/pgplex/pgparser, which hold PostgreSQL's regression statements, are not there: ", err)
	}
	dir := filepath.Join(strings.TrimSpace(string(out)), "parser", "pgregress", "testdata", "sql")
	files, err := filepath.Glob(filepath.Join(dir, "*.sql"))
	if err != nil || len(files) == 0 {
		t.Skip("no regression statements in ", dir)
	}
	sort.Strings(files)
	var list []regressStatement
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		name := strings.TrimSuffix(filepath.Base(file), ".sql")
		for i, s := range pgregress.ExtractStatements(name, content) {
			list = append(list, regressStatement{fmt.Sprintf("%s:%d", name, i), s.SQL})
		}
	}
	return list
}

const regressGolden = "testdata/regress-rejected.tsv"

// TestRecordRegressVerdicts writes the golden file when a live server is there and UPDATE_GOLDEN is set.
func TestRecordRegressVerdicts(t *testing.T) {
	o := liveOracle(t)
	if os.Getenv("UPDATE_GOLDEN") == "" {
		t.Skip("UPDATE_GOLDEN is not set")
	}
	file, err := os.Create(regressGolden)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	w := bufio.NewWriter(file)
	defer w.Flush()
	for _, s := range regressStatements(t) {
		if v := o.verdict(t, s.text); v.code != "" {
			fmt.Fprintf(w, "%s\t%s\t%d\t%q\n", s.id, v.code, v.position, v.message)
		}
	}
}

// readVerdicts reads a golden file: id, SQLSTATE, position, message.
func readVerdicts(t testing.TB, file string) map[string]verdict {
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	verdicts := map[string]verdict{}
	for _, line := range strings.Split(strings.TrimSpace(string(content)), "\n") {
		var id string
		var v verdict
		if _, err := fmt.Sscanf(line, "%s\t%s\t%d\t%q", &id, &v.code, &v.position, &v.message); err != nil {
			t.Fatalf("%s: %q: %v", file, line, err)
		}
		verdicts[id] = v
	}
	return verdicts
}

func TestRegressionStatementsAsPostgreSQL(t *testing.T) {
	golden := readVerdicts(t, regressGolden)
	list := regressStatements(t)
	differ, unsupported := 0, 0
	for _, s := range list {
		got, want := ours(s.text), golden[s.id]
		if got == want {
			continue
		}
		if statements, err := Parse(s.text); err == nil && len(statements) > 0 {
			if _, ok := statements[len(statements)-1].Node.(*Unsupported); ok {
				unsupported++
				continue
			}
		}
		differ++
		if testing.Verbose() {
			t.Logf("%s: %v, PostgreSQL: %v\n%.300s", s.id, got, want, s.text)
		}
	}
	t.Logf("%d statements, %d differ, %d wrong ones are outside the grammar", len(list), differ, unsupported)
	if differ*1000 > len(list)*5 {
		t.Errorf("%d of %d verdicts differ from PostgreSQL's", differ, len(list))
	}
}
