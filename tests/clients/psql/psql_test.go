// Package psql drives the gateway with psql, PostgreSQL's own client.
package psql

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"iris-pgwire/tests/stack"
)

// run gives what psql prints for statements, unaligned and without headings.
func run(t *testing.T, dsn, input string) string {
	t.Helper()
	return strings.TrimSpace(runWith(t, dsn, input, "-A"))
}

// runWith is run with psql's further arguments.
func runWith(t *testing.T, dsn, input string, args ...string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 60*time.Second)
	defer cancel()
	cmd := exec.CommandContext(ctx, "psql", append([]string{"-X", "-q", "-t", "-v", "ON_ERROR_STOP=1", dsn}, args...)...)
	cmd.Stdin = strings.NewReader(input)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); err != nil {
		t.Fatalf("%s\n%v\n%s", input, err, errs.String())
	}
	return out.String()
}

// readme is the README's example of SQL.
func readme(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("../../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, after, _ := strings.Cut(string(text), "```sql\n")
	sql, _, found := strings.Cut(after, "```")
	if !found {
		t.Fatal("the README has no example of SQL")
	}
	return "DROP TABLE IF EXISTS note;\n" + sql + "DROP TABLE IF EXISTS note;\n" // IRIS keeps what is defined in a transaction
}

// TestTheREADMEsExampleRuns, in the clear and encrypted, and answers the same both times.
func TestTheREADMEsExampleRuns(t *testing.T) {
	sql := readme(t)
	plain := run(t, stack.DSN(t)+"?sslmode=disable", sql)
	if strings.Count(plain, "\n") < 10 {
		t.Errorf("the example prints only %q", plain)
	}
	if encrypted := run(t, stack.DSN(t)+"?sslmode=require", sql); encrypted != plain {
		t.Errorf("encrypted %q\nin the clear %q", encrypted, plain)
	}
}

// TestStatementsOnTheSample: the sample's own numbers, counted in its CSV file.
func TestStatementsOnTheSample(t *testing.T) {
	for _, c := range []struct{ name, input, want string }{
		{"a ping", "SELECT 1;", "1"},
		{"an aggregate", "SELECT count(*), count(embedding) FROM film;", "3200|700"},
		{"grouping", "SELECT count(*) > 0 FROM film WHERE score >= 8 AND director IS NOT NULL GROUP BY director HAVING count(*) > 4 LIMIT 1;", "t"},
		{"a join", "SELECT a.title FROM film a JOIN film b ON b.director = a.director AND b.title = 'Following' WHERE a.title = 'Memento';", "Memento"},
		{"an outer join", "SELECT f.title, q.id FROM film f LEFT JOIN question q ON q.id = f.id + 100000 WHERE f.id = 1;", "The Land Girls|"},
		{"a prepared statement", "PREPARE p (integer) AS SELECT title FROM film WHERE id = $1; EXECUTE p(1); EXECUTE p(7); DEALLOCATE p;", "The Land Girls\nFollowing"},
		{"a set operation", "SELECT title FROM film WHERE id = 1 UNION ALL SELECT title FROM film WHERE id = 7 ORDER BY title;", "Following\nThe Land Girls"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := run(t, stack.DSN(t), c.input); got != c.want {
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
