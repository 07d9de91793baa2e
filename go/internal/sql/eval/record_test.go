package eval_test

import (
	"context"
	"errors"
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"
)

var record = flag.String("record", "", "DSN of a PostgreSQL 17 whose answers are written to testdata")

const recordedHead = `# The answers of PostgreSQL 17 (locale C, UTF8, TimeZone ZONE) to the expressions of the file NAME.sql: the expression, its
# type, its text (NULL; ! and the SQLSTATE of an error). Written by: go test ./internal/sql/eval -run Record -record DSN
`

// TestRecordAnswers asks a real PostgreSQL, when a DSN is given.
func TestRecordAnswers(t *testing.T) {
	if *record == "" {
		t.Skip("records only with -record DSN")
	}
	ctx := context.Background()
	conn, err := pgconn.Connect(ctx, *record)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(ctx)
	ask := func(sql string) (string, error) {
		results, err := conn.Exec(ctx, sql).ReadAll()
		switch {
		case err != nil:
			return "", err
		case results[0].Rows[0][0] == nil:
			return "NULL", nil
		}
		return string(results[0].Rows[0][0]), nil
	}
	for name, zone := range recordings {
		if _, err := conn.Exec(ctx, "SET TimeZone TO '"+zone+"'").ReadAll(); err != nil {
			t.Fatal(err)
		}
		recordFile(t, name, zone, ask)
	}
}

// recordings are the files of expressions, with the time zone that they are asked in.
var recordings = map[string]string{"expressions": "UTC", "zoned": "America/New_York"}

func recordFile(t *testing.T, name, zone string, ask func(string) (string, error)) {
	t.Helper()
	out := strings.Builder{}
	out.WriteString(strings.NewReplacer("ZONE", zone, "NAME", name).Replace(recordedHead))
	for _, expression := range lines(t, "testdata/"+name+".sql") {
		text, err := ask("SELECT " + expression)
		typ := ""
		var e *pgconn.PgError
		switch {
		case errors.As(err, &e):
			text = "!" + e.Code
		case err != nil:
			t.Fatal(err)
		default:
			if typ, err = ask("SELECT pg_typeof(" + expression + ")"); err != nil {
				t.Fatal(expression, err)
			}
			text = escaped(text)
		}
		out.WriteString(expression + "\t" + typ + "\t" + text + "\n")
	}
	if err := os.WriteFile("testdata/"+name+".tsv", []byte(out.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}
