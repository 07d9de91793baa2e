package clients

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/jackc/pgx/v5/pgconn"

	"iris-pgwire/tests/stack"
)

// refusals are statements that are right in PostgreSQL and not built here: what the message must name, and the part of
// the text that the position must point to ("" = the first word).
var refusals = []struct{ sql, names, at string }{
	{"COPY rf_film TO STDOUT", "COPY", ""},
	{"COPY rf_film (id, title) FROM STDIN WITH (FORMAT csv)", "COPY", ""},
	{"EXPLAIN SELECT 1", "EXPLAIN", ""},
	{"LISTEN channel", "LISTEN", ""},
	{"NOTIFY channel, 'text'", "NOTIFY", ""},
	{"MERGE INTO rf_film USING question ON rf_rf_film.id = question.id WHEN MATCHED THEN DELETE", "MERGE", ""},
	{"DO $$ BEGIN NULL; END $$", "DO", ""},
	{"CALL refresh()", "CALL", ""},
	{"VACUUM rf_film", "VACUUM", ""},
	{"CREATE TEMPORARY TABLE r (i integer)", "temporary table", ""},
	{"CREATE TABLE r (i integer) PARTITION BY RANGE (i)", "partition", ""},
	{"CREATE TABLE r (i integer) INHERITS (rf_film)", "table inheritance", "rf_film"},
	{"CREATE TABLE r (i integer, EXCLUDE USING gist (i WITH =))", "exclusion constraint", "EXCLUDE"},
	{"CREATE TYPE mood AS ENUM ('sad', 'glad')", "CREATE TYPE", ""},
	{"CREATE DOMAIN positive AS integer CHECK (VALUE > 0)", "CREATE DOMAIN", ""},
	{"CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS 'SELECT 1'", "CREATE FUNCTION", ""},
	{"CREATE TRIGGER t BEFORE INSERT ON rf_film FOR EACH ROW EXECUTE FUNCTION f()", "CREATE TRIGGER", ""},
	{"CREATE SEQUENCE s", "CREATE SEQUENCE", ""},
	{"CREATE MATERIALIZED VIEW v AS SELECT 1", "MATERIALIZED VIEW", ""},
	{"CREATE ROLE r", "CREATE ROLE", ""},
	{"CREATE EXTENSION postgis", "postgis", ""},
	{"CREATE RULE r AS ON INSERT TO rf_film DO NOTHING", "CREATE RULE", ""},
	{"GRANT SELECT ON rf_film TO PUBLIC", "GRANT", ""},
	{"SELECT * FROM rf_film FOR UPDATE SKIP LOCKED", "SKIP LOCKED", ""},
	{"SELECT * FROM rf_film TABLESAMPLE SYSTEM (10)", "TABLESAMPLE", "SYSTEM"},
	{"SELECT n FROM generate_series(1, 3) AS n", "generate_series", "generate_series"},
	{"SELECT id FROM rf_film WHERE title ~ '^A'", "regular expression", "~"},
	{"SELECT id FROM rf_film WHERE 'é😀' = title OR title ~* 'love'", "regular expression", "~*"},
	{"SELECT string_agg(title, ',' ORDER BY title) FROM rf_film", "string_agg() with ORDER BY", "string_agg"},
	{"SELECT sum(score) OVER (ORDER BY score RANGE BETWEEN 1 PRECEDING AND CURRENT ROW) FROM rf_film", "RANGE", "RANGE"},
	{"WITH RECURSIVE r (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 3) SELECT n FROM r", "recursive WITH", "r WHERE"},
	{"SELECT director, count(*) FROM rf_film GROUP BY ROLLUP (director)", "ROLLUP", "ROLLUP"},
	{"SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY score) FROM rf_film", "percentile_cont", "percentile_cont"},
	{"SELECT id FROM rf_film WHERE released AT TIME ZONE 'Europe/Berlin' > now()", "timezone", "AT TIME"},
	{"SELECT * FROM unnest(ARRAY[1, 2])", "unnest", "unnest"},
}

// TestWhatIsNotBuiltIsRefusedByNameAndPlace holds for the simple protocol and for Parse of the extended one.
func TestWhatIsNotBuiltIsRefusedByNameAndPlace(t *testing.T) {
	if stack.Oracle() {
		t.Skip("PostgreSQL has it")
	}
	conn, ctx := connect(t), bounded(t)
	raw := conn.PgConn()
	exec(t, conn, "DROP TABLE IF EXISTS rf_film")
	exec(t, conn, "CREATE TABLE rf_film (id integer PRIMARY KEY, title text, director text, score double precision, released timestamp)")
	for _, c := range refusals {
		_, simple := raw.Exec(ctx, c.sql).ReadAll()
		result := raw.ExecParams(ctx, c.sql, nil, nil, nil, nil).Read()
		for protocol, err := range map[string]error{"simple": simple, "extended": result.Err} {
			var e *pgconn.PgError
			if !errors.As(err, &e) {
				t.Errorf("%s (%s): not refused: %v", c.sql, protocol, err)
				continue
			}
			want := utf8.RuneCountInString(c.sql[:max(strings.Index(c.sql, c.at), 0)]) + 1
			if e.Code != "0A000" || !strings.Contains(e.Message, c.names) || int(e.Position) != want {
				t.Errorf("%s (%s): %s %q at %d, want 0A000, %q at %d", c.sql, protocol, e.Code, e.Message, e.Position, c.names, want)
			}
		}
	}
	exec(t, conn, "DROP TABLE rf_film")
}

// TestCopyIsRefusedWithoutWaitingForData: a client that sends rows at once must get the error and go on.
func TestCopyIsRefusedWithoutWaitingForData(t *testing.T) {
	if stack.Oracle() {
		t.Skip("PostgreSQL has it")
	}
	conn, ctx := connect(t), bounded(t)
	_, err := conn.PgConn().CopyFrom(ctx, strings.NewReader("1\n2\n"), "COPY rf_film (id) FROM STDIN")
	if got := code(err); got != "0A000" {
		t.Errorf("%v", err)
	}
	exec(t, conn, "SELECT 1")
}
