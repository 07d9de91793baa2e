package irissql_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/pgtypes"
	"iris-pgwire/internal/sql/analyze"
	"iris-pgwire/internal/sql/irissql"
	"iris-pgwire/internal/sql/parse"
)

var update = flag.Bool("update", false, "write the golden files anew")

// analyzed parses and analyzes a statement over the test schema.
func analyzed(text string) (*analyze.Result, error) {
	statements, err := parse.Parse(text)
	if err != nil {
		return nil, err
	}
	return analyze.Analyze(context.Background(), text, statements[0], analyze.Options{
		Schema: world, Path: []string{"public", "Sample"}, Public: "SQLUser",
	})
}

// printed prints a query for a version.
func printed(text string, opts irissql.Options) (*irissql.Printed, error) {
	r, err := analyzed(text)
	if err != nil {
		return nil, err
	}
	q, ok := r.Statement.(*analyze.Query)
	if !ok {
		return nil, fmt.Errorf("%s is no query", text)
	}
	return irissql.Query(q, opts)
}

// show is how a golden file tells a printed query: the text with its holes filled by {argument}, the arguments, and how
// each output column is made.
func show(p *irissql.Printed) string {
	var b strings.Builder
	sql, holes := p.SQL()
	at := 0
	for _, h := range holes {
		b.WriteString(sql[at:h.Offset] + "{" + showArg(h.Arg) + "}")
		at = h.Offset
	}
	b.WriteString(sql[at:])
	if args := p.Args(); len(args) > 0 {
		b.WriteString("\n  args:")
		for _, a := range args {
			b.WriteString(" " + showArg(a))
		}
	}
	b.WriteString("\n  out:")
	for _, c := range p.Columns {
		switch {
		case c.Finish == nil:
			fmt.Fprintf(&b, " %d", c.Source)
		case c.Source >= 0:
			fmt.Fprintf(&b, " %d*", c.Source)
		default:
			b.WriteString(" *")
		}
	}
	return b.String()
}

func showArg(a irissql.Arg) string {
	check := ""
	if a.Check != nil {
		check = "!"
	}
	switch {
	case a.Param != 0:
		return fmt.Sprintf("$%d%s", a.Param, check)
	case a.Session != "":
		return string(a.Session) + "()" + check
	case a.Eval != nil:
		return "computed:" + pgtypes.Format(a.Type) + check
	case a.Const.IsNull():
		return "NULL"
	case a.Const.Kind() == iris.KindUTF8:
		return "'" + strings.ReplaceAll(a.Const.String(), "\x1f", "␟") + "'" + check
	}
	return a.Const.String() + check
}

// answer is what a golden file says of a statement: the print, or the error.
func answer(text string, opts irissql.Options) string {
	p, err := printed(text, opts)
	if err == nil {
		return show(p)
	}
	var e *pgerr.Error
	if !errors.As(err, &e) {
		return "error: " + err.Error()
	}
	rest := []rune(text)
	if e.Position > 0 && e.Position <= len(rest) {
		rest = rest[e.Position-1:]
	} else {
		rest = nil
	}
	if len(rest) > 20 {
		rest = rest[:20]
	}
	return fmt.Sprintf("%s: %s\n  at: %s", e.Code, e.Message, string(rest))
}

// versionOf reads a file name such as paging.2024.1.golden.
func versionOf(path string) irissql.Options {
	var o irissql.Options
	parts := strings.SplitN(filepath.Base(path), ".", 2)
	if _, err := fmt.Sscanf(parts[1], "%d.%d.golden", &o.Major, &o.Minor); err != nil {
		return irissql.Options{Major: 2025, Minor: 1}
	}
	return o
}

// TestGolden prints every statement of testdata/*.golden. A statement is a block of lines; the indented lines below it
// are the answer.
func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*.golden")
	if err != nil || len(files) == 0 {
		t.Fatal("no golden files", err)
	}
	for _, path := range files {
		t.Run(filepath.Base(path), func(t *testing.T) { golden(t, path) })
	}
}

func golden(t *testing.T, path string) {
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	opts := versionOf(path)
	var out strings.Builder
	for _, block := range strings.Split(strings.TrimSpace(string(data)), "\n\n") {
		if strings.HasPrefix(block, "#") {
			out.WriteString(block + "\n\n")
			continue
		}
		text, want, _ := strings.Cut(block, "\n  ")
		got := answer(text, opts)
		if !*update && got != want {
			t.Errorf("%s\n got: %s\nwant: %s", text, got, want)
		}
		out.WriteString(text + "\n  " + got + "\n\n")
		accepted(t, text, opts)
	}
	if *update {
		if err := os.WriteFile(path, []byte(strings.TrimSpace(out.String())+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// sqlState is the SQLSTATE of an error.
func sqlState(err error) string {
	var e *pgerr.Error
	if errors.As(err, &e) {
		return e.Code
	}
	return err.Error()
}
