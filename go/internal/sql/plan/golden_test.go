package plan_test

import (
	"bufio"
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/sql/analyze"
	"iris-pgwire/internal/sql/irissql"
	"iris-pgwire/internal/sql/parse"
	"iris-pgwire/internal/sql/plan"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestGolden compares what statements become with testdata/*.golden: a statement, then the steps of its plan, its notices
// or its error. The answers were read against the PostgreSQL docs ("SQL Commands") and the IRIS docs ("SQL Commands") when
// they were written.
func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*.golden")
	if err != nil || len(files) == 0 {
		t.Fatal("no golden files", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".golden"), func(t *testing.T) { golden(t, file) })
	}
}

func golden(t *testing.T, file string) {
	blocks := readBlocks(t, file)
	var out strings.Builder
	for _, b := range blocks {
		if b.comment != "" {
			out.WriteString(b.comment)
		}
		if b.sql == "" {
			continue
		}
		got := answer(b.sql)
		if got != b.want && !*update {
			t.Errorf("%s\n got:\n%swant:\n%s", b.sql, got, b.want)
		}
		out.WriteString(b.sql + "\n" + got + "\n")
	}
	if *update {
		if err := os.WriteFile(file, []byte(out.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

type block struct{ comment, sql, want string }

// readBlocks reads blocks of a statement in one line and indented answers, separated by empty lines.
func readBlocks(t *testing.T, file string) []block {
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var list []block
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		line := lines.Text()
		switch {
		case line == "":
		case strings.HasPrefix(line, "#"):
			list = append(list, block{comment: line + "\n\n"})
		case strings.HasPrefix(line, "    "):
			list[len(list)-1].want += line + "\n"
		default:
			list = append(list, block{sql: line})
		}
	}
	return list
}

// answer compiles a statement against the test schema and writes the plan down.
func answer(sql string) string {
	list, err := parse.Parse(sql)
	if err != nil {
		return "    parse: " + err.Error() + "\n"
	}
	st, err := plan.Compile(context.Background(), input(sql, list[0]))
	if err != nil {
		e := pgerr.As(err)
		s := fmt.Sprintf("    error %s: %s", e.Code, e.Message)
		if e.Position > 0 {
			s += fmt.Sprintf(" at %d", e.Position)
		}
		return s + "\n"
	}
	return describe(st)
}

func describe(st *plan.Statement) string {
	var b strings.Builder
	flags := ""
	for _, f := range []struct {
		on   bool
		word string
	}{{st.DDL, "ddl"}, {st.Atomic, "atomic"}, {st.ReadOnly, "reads"}} {
		if f.on {
			flags += " " + f.word
		}
	}
	fmt.Fprintf(&b, "    %s%s\n", st.Tag, flags)
	for _, n := range st.Notices {
		fmt.Fprintf(&b, "    %s %s: %s\n", strings.ToLower(n.Severity), n.Code, n.Message)
	}
	for i := range st.Steps {
		b.WriteString("    " + describeStep(&st.Steps[i]) + "\n")
	}
	return b.String()
}

var kinds = map[plan.StepKind]string{plan.QueryStep: "query", plan.ExecStep: "exec", plan.BatchStep: "batch", plan.DirectStep: "direct", plan.EachStep: "each"}

func describeStep(s *plan.Step) string {
	head := kinds[s.Kind]
	if s.When != nil {
		head += fmt.Sprintf(" when %d %s", s.When.Step, map[bool]string{true: "changed", false: "unchanged"}[s.When.Changed])
	}
	if s.Unless != nil {
		head += fmt.Sprintf(" unless %d %s", s.Unless.Step, map[bool]string{true: "changed", false: "unchanged"}[s.Unless.Changed])
	}
	for _, f := range []struct {
		on   bool
		word string
	}{{s.Keep, "keep"}, {s.NeedRow, "must find"}, {s.Single, "must find one"}, {s.Uncounted, "lock"}, {s.AnyKey, "or conflict"}, {s.Cautious, "if cautious"}, {s.All, "all"}, {s.Same, "same"},
		{len(s.IgnoreKeys) > 0, "or conflict on " + strings.Join(s.IgnoreKeys, ",")}} {
		if f.on {
			head += " " + f.word
		}
	}
	text := head + ": " + s.SQL
	if len(s.Args) > 0 {
		text += " | " + describeArgs(s.Args)
	}
	for _, set := range s.Sets {
		text += " | " + describeArgs(set)
	}
	if s.Each != nil {
		text += " | " + describeStep(&s.Each.Write)
	}
	for _, h := range s.Holes {
		text += fmt.Sprintf(" | hole %d %s", h.Offset, describeArgs([]irissql.Arg{h.Arg}))
	}
	return text
}

func describeArgs(args []irissql.Arg) string {
	words := make([]string, len(args))
	for i, a := range args {
		switch {
		case a.Kept:
			words[i] = "<keys>"
		case a.Param > analyze.Scalars:
			words[i] = fmt.Sprintf("value %d", a.Param-analyze.Scalars)
		case a.Param > 0:
			words[i] = fmt.Sprintf("$%d", a.Param)
		case a.Session != "":
			words[i] = "<" + string(a.Session) + ">"
		case a.Eval != nil:
			words[i] = "<computed>"
		case a.Const.IsNull():
			words[i] = "NULL"
		default:
			words[i] = strings.ReplaceAll(a.Const.String(), "\n", `\n`)
		}
	}
	return strings.Join(words, ", ")
}
