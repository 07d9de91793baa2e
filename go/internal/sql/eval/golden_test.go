package eval_test

import (
	"bufio"
	"context"
	"errors"
	"math"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/pgtypes"
	"iris-pgwire/internal/sql/analyze"
	"iris-pgwire/internal/sql/eval"
	"iris-pgwire/internal/sql/parse"
)

// answer is what an expression gives: its type and its text, NULL, or the SQLSTATE of its error behind a "!".
type answer struct{ typ, text string }

// value runs an expression through the parser, the analyzer and eval, without a row.
func value(expression string, st pgtypes.Style) (analyze.Expr, iris.Value, error) {
	text := "SELECT " + expression
	list, err := parse.Parse(text)
	if err != nil {
		return nil, iris.Null(), err
	}
	result, err := analyze.Analyze(context.Background(), text, list[0], analyze.Options{Style: st})
	if err != nil {
		return nil, iris.Null(), err
	}
	e := result.Statement.(*analyze.Query).Body.(*analyze.Select).Targets[0].Expr
	f, err := eval.Compile(e, func(analyze.Expr) (int, bool) { return 0, false })
	if err != nil {
		return e, iris.Null(), err
	}
	v, err := f(nil, &eval.Env{Style: st})
	return e, v, err
}

// compute gives the answer in text.
func compute(expression string, st pgtypes.Style) answer {
	e, v, err := value(expression, st)
	if err != nil {
		return failure(err)
	}
	a := answer{analyze.TypeName(e.Type().OID), "NULL"}
	if !v.IsNull() {
		b, err := pgtypes.AppendText(nil, e.Type(), v, st)
		if err != nil {
			return failure(err)
		}
		a.text = escaped(string(b))
	}
	return a
}

func failure(err error) answer {
	var e *pgerr.Error
	if err == nil {
		return answer{}
	}
	if errors.As(err, &e) {
		return answer{text: "!" + e.Code, typ: e.Message}
	}
	return answer{text: "!" + err.Error()}
}

// escaped keeps a value on one line of the file.
func escaped(s string) string {
	return strings.NewReplacer("\\", "\\\\", "\n", "\\n", "\t", "\\t").Replace(s)
}

// TestExpressionsAnswerAsPostgreSQLDoes compares every expression of testdata/*.tsv, which hold the answers of
// PostgreSQL 17. What is refused with 0A000 where PostgreSQL answers must be in the list of testdata/refused.txt, so that
// the list is the truth about what is missing.
func TestExpressionsAnswerAsPostgreSQLDoes(t *testing.T) {
	known := map[string]bool{}
	for _, line := range lines(t, "testdata/refused.txt") {
		known[line] = true
	}
	for name, zone := range recordings {
		location, err := pgtypes.LoadZone(zone)
		if err != nil {
			t.Fatal(err)
		}
		compareFile(t, name, pgtypes.Style{Location: location, Now: noon}, known)
	}
}

var noon = time.Date(2024, 2, 29, 12, 0, 0, 0, time.UTC)

func compareFile(t *testing.T, name string, st pgtypes.Style, known map[string]bool) {
	t.Helper()
	for _, line := range lines(t, "testdata/"+name+".tsv") {
		fields := strings.Split(line, "\t")
		n := len(fields)
		expression, want := strings.Join(fields[:n-2], "\t"), answer{fields[n-2], fields[n-1]}
		got := compute(expression, st)
		switch {
		case got.text == "!0A000" && want.text != "!0A000":
			if !known[expression] {
				t.Errorf("%s: refused (%s), PostgreSQL gives %s", expression, got.typ, want.text)
			}
		case known[expression]:
			t.Errorf("%s is no longer refused; take it out of testdata/refused.txt", expression)
		case !same(got, want):
			t.Errorf("%s: %s (%s), want %s (%s)", expression, got.text, got.typ, want.text, want.typ)
		}
	}
}

// same allows doubles to differ in their last digit, since the mathematical functions of C libraries do.
func same(got, want answer) bool {
	if strings.HasPrefix(want.text, "!") {
		return got.text == want.text
	}
	if got.typ == "double precision" && got.typ == want.typ && got.text != want.text {
		x, err1 := strconv.ParseFloat(got.text, 64)
		y, err2 := strconv.ParseFloat(want.text, 64)
		return err1 == nil && err2 == nil && math.Abs(x-y) <= 4e-16*math.Abs(y)
	}
	return got == want
}

func lines(t *testing.T, name string) []string {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out []string
	for s := bufio.NewScanner(f); s.Scan(); {
		if line := s.Text(); line != "" && !strings.HasPrefix(line, "# ") && !strings.HasPrefix(line, "-- ") {
			out = append(out, line)
		}
	}
	return out
}
