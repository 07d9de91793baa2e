// Package psql drives the gateway with psql, PostgreSQL's own client.
package psql

import (
	"bytes"
	"context"
	"os/exec"
	"strings"
	"testing"
	"time"

	"iris-pgwire/tests/stack"
)

// run gives what psql prints for statements, unaligned and without headings.
func run(t *testing.T, dsn, input string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 60*time.Second)
	defer cancel()
	cmd := exec.CommandContext(ctx, "psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", dsn)
	cmd.Stdin = strings.NewReader(input)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); err != nil {
		t.Fatalf("%s\n%v\n%s", input, err, errs.String())
	}
	return strings.TrimSpace(out.String())
}

func TestStatementsOfTheREADME(t *testing.T) {
	for _, c := range []struct{ name, input, want string }{
		{"a ping", "SELECT 1;", "1"},
		{"an aggregate", "SELECT count(*) FROM film;", "3200"},
		{"grouping", "SELECT director, count(*) AS films FROM film WHERE score >= 8 AND director IS NOT NULL GROUP BY director ORDER BY films DESC, director LIMIT 2;", ""},
		{"a join", "SELECT count(*) FROM film a JOIN film b ON a.director = b.director AND a.id < b.id WHERE a.score > 8.5 AND b.score > 8.5;", ""},
		{"a prepared statement", "PREPARE p (integer) AS SELECT title FROM film WHERE id = $1; EXECUTE p(1);", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := run(t, stack.DSN(t), c.input)
			if got == "" || c.want != "" && got != c.want {
				t.Errorf("%s\ngot  %q\nwant %q", c.input, got, c.want)
			}
		})
	}
}

func TestATransactionIsRolledBackOrCommitted(t *testing.T) {
	got := run(t, stack.DSN(t), `DROP TABLE IF EXISTS psql_note;
CREATE TABLE psql_note (id serial PRIMARY KEY, body text);
BEGIN; INSERT INTO psql_note (body) VALUES ('lost'); ROLLBACK;
BEGIN; INSERT INTO psql_note (body) VALUES ('kept'), ('héllo 😀'); COMMIT;
SELECT body FROM psql_note ORDER BY id;
DROP TABLE psql_note;`)
	if got != "kept\nhéllo 😀" {
		t.Errorf("%q", got)
	}
}

// TestSimilaritySearch: the nearest films to a question are the same by the ordered search and by computing all distances.
func TestSimilaritySearch(t *testing.T) {
	ordered := run(t, stack.DSN(t), `SELECT id FROM film WHERE embedding IS NOT NULL ORDER BY embedding <=> (SELECT embedding FROM question WHERE id = 1) LIMIT 5;`)
	literal := run(t, stack.DSN(t), `SELECT embedding FROM question WHERE id = 1;`)
	if strings.Count(literal, ",") != 383 || !strings.HasPrefix(literal, "[") {
		t.Fatalf("the question's embedding is %.60q", literal)
	}
	again := run(t, stack.DSN(t), "SELECT id FROM film WHERE embedding IS NOT NULL ORDER BY embedding <=> '"+literal+"' LIMIT 5;")
	if strings.Count(ordered, "\n") != 4 || ordered != again {
		t.Errorf("%q and %q", ordered, again)
	}
	distance := run(t, stack.DSN(t), "SELECT embedding <=> '"+literal+"' FROM question WHERE id = 1;")
	if distance != "0" && !strings.HasPrefix(distance, "1.") && !strings.Contains(distance, "e-") {
		t.Errorf("the distance to itself is %s", distance)
	}
}

func TestAnEncryptedConnection(t *testing.T) {
	if got := run(t, stack.DSN(t)+"?sslmode=require", "SELECT 42;\n\\conninfo"); !strings.HasPrefix(got, "42") || !strings.Contains(got, "SSL connection") {
		t.Errorf("%q", got)
	}
}

func TestAnErrorIsShownUnderItsCharacter(t *testing.T) {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	out, err := exec.CommandContext(ctx, "psql", "-X", stack.DSN(t), "-c", "SELECT title, nope FROM film").CombinedOutput()
	if err == nil || !strings.Contains(string(out), "column \"nope\" does not exist") || !strings.Contains(string(out), "              ^") {
		t.Errorf("%s", out)
	}
}
