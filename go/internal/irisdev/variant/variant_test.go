package variant

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
)

func TestAProfileAnswersEveryQuestionInOneWay(t *testing.T) {
	for name, likely := range map[string]bool{Documented: true, Contrary: false} {
		s, err := Profile(name)
		if err != nil || s.String() != name {
			t.Errorf("%s: %s, %v", name, s, err)
		}
		for _, q := range Questions() {
			if s.Likely(q.Name) != likely {
				t.Errorf("%s: %s", name, q.Name)
			}
		}
	}
	if _, err := Profile("neither"); err == nil {
		t.Error("an unknown profile is accepted")
	}
	if s := (Set{}); s.String() != Documented || !s.Likely(DateText) {
		t.Errorf("the zero Set is %s", s)
	}
}

// Every name has its line in the table, with both answers and what they rest on, in order.
func TestEveryNameIsInTheTable(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "variant.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	ast.Inspect(file, func(n ast.Node) bool {
		if v, ok := n.(*ast.ValueSpec); ok {
			if typ, ok := v.Type.(*ast.Ident); ok && typ.Name == "Name" {
				text, _ := strconv.Unquote(v.Values[0].(*ast.BasicLit).Value)
				names = append(names, text)
			}
		}
		return true
	})
	slices.SortFunc(names, func(a, b string) int { return strings.Compare(a, b) })
	var table []string
	for _, q := range Questions() {
		table = append(table, string(q.Name))
		if q.Likely == "" || q.Other == "" || q.Source == "" || q.Likely == q.Other {
			t.Errorf("%+v", q)
		}
	}
	if !slices.Equal(names, table) || len(names) == 0 {
		t.Errorf("the names are\n%v, the table has\n%v", names, table)
	}
}

// How a live IRIS tells which answer holds is written down for every question, and for nothing else.
func TestEveryQuestionHasItsCheckOnALiveIRIS(t *testing.T) {
	text, err := os.ReadFile("../../../../tests/live/README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, table, _ := strings.Cut(string(text), "## 9. The open questions")
	table, _, _ = strings.Cut(table, "\n## ")
	var checks []string
	for line := range strings.SplitSeq(table, "\n") {
		if cells := strings.Split(line, " | "); len(cells) == 3 && strings.Contains(cells[2], " / ") {
			checks = append(checks, strings.TrimPrefix(cells[0], "| "))
		}
	}
	var names []string
	for _, q := range Questions() {
		names = append(names, string(q.Name))
	}
	if !slices.Equal(checks, names) {
		t.Errorf("checks of\n%v, questions\n%v", checks, names)
	}
}
