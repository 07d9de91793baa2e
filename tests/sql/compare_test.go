// Package sql runs the statements of the *.sql files here on real PostgreSQL and through the gateway, and compares
// columns, types, values, tags and SQLSTATEs. No expectation is written by hand.
package sql

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5/pgconn"

	"iris-pgwire/tests/stack"
)

// outcome is what a client sees of one statement.
type outcome struct {
	Columns  []string // name:type OID:typmod
	Rows     [][]string
	Tag      string
	SQLState string
	Position int32
}

func TestStatementsAnswerAsPostgreSQL(t *testing.T) {
	files, err := filepath.Glob("*.sql")
	if err != nil || len(files) == 0 {
		t.Fatalf("no *.sql files: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(file, ".sql"), func(t *testing.T) { compareFile(t, file) })
	}
}

// compareFile runs a file's statements in order, in one session on each side.
func compareFile(t *testing.T, file string) {
	oracle, gateway := connect(t, stack.PostgresDSN(t)), connect(t, stack.DSN(t))
	for _, statement := range statements(t, file) {
		t.Run(title(statement), func(t *testing.T) {
			for _, mode := range modes {
				if mode.skip(statement) {
					continue
				}
				want, got := mode.run(t, oracle, statement), mode.run(t, gateway, statement)
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("%s protocol: PostgreSQL (-) and the gateway (+) differ on\n%s\n%s", mode.name, statement, diff)
				}
			}
		})
	}
}

// modes: a query runs by both protocols; what changes something runs once, by the simple one.
var modes = []struct {
	name string
	run  func(*testing.T, *pgconn.PgConn, string) outcome
	skip func(string) bool
}{
	{"simple", runSimple, func(string) bool { return false }},
	{"extended", runExtended, func(s string) bool { return !isQuery(s) }},
}

func isQuery(s string) bool {
	word := strings.ToLower(strings.Fields(s)[0])
	return word == "select" || word == "values" || word == "with"
}

func runSimple(t *testing.T, conn *pgconn.PgConn, statement string) outcome {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	reader := conn.Exec(ctx, statement)
	var out outcome
	for reader.NextResult() {
		read(&out, reader.ResultReader())
	}
	return out.finish(t, reader.Close())
}

func runExtended(t *testing.T, conn *pgconn.PgConn, statement string) outcome {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	var out outcome
	reader := conn.ExecParams(ctx, statement, nil, nil, nil, nil)
	read(&out, reader)
	_, err := reader.Close()
	return out.finish(t, err)
}

func read(out *outcome, reader *pgconn.ResultReader) {
	for _, f := range reader.FieldDescriptions() {
		out.Columns = append(out.Columns, column(f))
	}
	for reader.NextRow() {
		row := make([]string, 0, len(reader.Values()))
		for _, v := range reader.Values() {
			if v == nil {
				row = append(row, "NULL")
			} else {
				row = append(row, "'"+string(v)+"'")
			}
		}
		out.Rows = append(out.Rows, row)
	}
	tag, _ := reader.Close()
	out.Tag = tag.String()
}

func connect(t *testing.T, dsn string) *pgconn.PgConn {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	conn, err := pgconn.Connect(ctx, dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close(context.Background()) })
	return conn
}

// statements splits a file at semicolons that end a line; lines that begin with -- are comments.
func statements(t *testing.T, file string) []string {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	var one strings.Builder
	for line := range strings.Lines(string(data)) {
		if one.Len() == 0 && (strings.HasPrefix(line, "--") || strings.TrimSpace(line) == "") {
			continue
		}
		one.WriteString(line)
		if strings.HasSuffix(strings.TrimSpace(line), ";") {
			all = append(all, strings.TrimSuffix(strings.TrimSpace(one.String()), ";"))
			one.Reset()
		}
	}
	return all
}

func title(statement string) string {
	flat := strings.Join(strings.Fields(statement), " ")
	return flat[:min(len(flat), 60)]
}
