package irissql

import (
	"errors"
	"testing"

	"iris-pgwire/internal/irisdev/sqlerr"
)

type refusal struct {
	text string
	code int
}

// postgres are PostgreSQL statements that IRIS has no grammar for; the codes are those of the documentation's error
// table and of what was measured with drivers.
var postgres = []refusal{
	{`SELECT 1;`, -25},
	{`SELECT 1; SELECT 2`, -25},
	{`SELECT a::int FROM t`, -25},
	{`SELECT * FROM t WHERE a::int = 1`, -14},
	{`SELECT TRUE`, -12},
	{`SELECT * FROM t WHERE TRUE`, -12},
	{`SELECT a = b FROM t`, -11},
	{`SELECT a IS NULL FROM t`, -11},
	{`SELECT EXISTS (SELECT 1)`, -11},
	{`SELECT NOT a FROM t`, -15},
	{`SELECT * FROM t WHERE active`, -14},
	{`SELECT * FROM t WHERE NOT active`, -15},
	{`SELECT * FROM t WHERE a IS TRUE`, -1},
	{`SELECT * FROM t WHERE a IS NOT DISTINCT FROM b`, -1},
	{`SELECT * FROM t WHERE a ILIKE 'x%'`, -14},
	{`SELECT * FROM t WHERE a ~ 'x'`, -14},
	{`SELECT * FROM t WHERE a !~* 'x'`, -14},
	{`SELECT * FROM t WHERE a SIMILAR TO 'x'`, -14},
	{`SELECT * FROM t WHERE (a, b) = (1, 2)`, -1},
	{`SELECT * FROM t WHERE (a, b) IN (SELECT 1, 2)`, -1},
	{`SELECT * FROM t WHERE a = ANY(ARRAY[1,2])`, -1},
	{`SELECT * FROM t WHERE a = ANY($1)`, -1},
	{`SELECT ARRAY[1,2,3]`, -11},
	{`SELECT '{1,2}'::int[]`, -25},
	{`SELECT INTERVAL '1 day'`, -12},
	{`SELECT DATE '2020-01-01'`, -12},
	{`SELECT TIMESTAMP '2020-01-01 00:00:00'`, -25},
	{`SELECT E'a\n'`, -25},
	{`SELECT $1`, -12},
	{`SELECT $$text$$`, -372},
	{`SELECT a FROM t LIMIT 5 FOR UPDATE`, -25},
	{`SELECT a FROM t FOR UPDATE`, -25},
	{`SELECT a FROM t FOR SHARE SKIP LOCKED`, -25},
	{`SELECT a FROM t ORDER BY a NULLS LAST`, -25},
	{`SELECT a FROM t ORDER BY a USING <`, -25},
	{`SELECT a FROM t LIMIT ALL`, -65},
	{`SELECT a FROM t OFFSET 5`, -1},
	{`SELECT a FROM t FETCH FIRST 5 ROWS WITH TIES`, -25},
	{`SELECT DISTINCT ON (a) a, b FROM t`, -12},
	{`SELECT COUNT(*) FILTER (WHERE a > 1) FROM t`, -25},
	{`SELECT STRING_AGG(a, ',' ORDER BY a) FROM t`, -1},
	{`SELECT a, COUNT(*) FROM t GROUP BY ROLLUP(a), CUBE(b) WITH x`, -25},
	{`SELECT a FROM t GROUP BY GROUPING SETS ((a), ())`, -25},
	{`SELECT SUM(a) OVER w FROM t WINDOW w AS (ORDER BY b)`, -25},
	{`SELECT SUM(a) OVER (ORDER BY b RANGE UNBOUNDED PRECEDING) FROM t`, -1},
	{`SELECT SUM(a) OVER (ORDER BY b GROUPS 1 PRECEDING) FROM t`, -1},
	{`SELECT EXTRACT(YEAR FROM a) FROM t`, -1},
	{`SELECT a AT TIME ZONE 'UTC' FROM t`, -25},
	{`SELECT a ->> 'x' FROM t`, -67},
	{`SELECT a FROM t TABLESAMPLE SYSTEM (5)`, -25},
	{`SELECT * FROM (VALUES (1), (2)) AS v(x)`, -1},
	{`SELECT * FROM t AS x(a, b)`, -25},
	{`SELECT * FROM (SELECT 1 AS a) AS x (b)`, -25},
	{`SELECT * FROM ONLY t`, -1},
	{`SELECT * FROM a LEFT JOIN LATERAL (SELECT 1) b ON 1=1`, -12},
	{`SELECT a FROM t UNION SELECT b FROM u EXCEPT ALL SELECT c FROM v`, -1},
	{`SELECT 1 INTO x FROM t`, -422},
	{`SELECT`, -12},
	{`SELECT FROM t`, -12},
	{`VALUES (1), (2)`, -51},
	{`TABLE t`, -51},
	{`WITH RECURSIVE r AS (SELECT 1) SELECT * FROM r`, -1},
	{`WITH r (a) AS (SELECT 1) SELECT * FROM r`, -1},
	{`WITH r AS MATERIALIZED (SELECT 1) SELECT * FROM r`, -1},
	{`WITH r AS (DELETE FROM t RETURNING a) SELECT * FROM r`, -1},
	{`SELECT * FROM (WITH r AS (SELECT 1) SELECT * FROM r) x`, -1},
	{`INSERT INTO t (a) VALUES (1), (2)`, -25},
	{`INSERT INTO t (a) VALUES (1) RETURNING a`, -25},
	{`INSERT INTO t (a) VALUES (1) ON CONFLICT DO NOTHING`, -25},
	{`INSERT INTO t (a) VALUES (DEFAULT)`, -12},
	{`INSERT INTO t (a) OVERRIDING SYSTEM VALUE VALUES (1)`, -1},
	{`INSERT INTO t AS x (a) VALUES (1)`, -1},
	{`INSERT INTO t (SELECT 1)`, -1},
	{`UPDATE t SET (a, b) = (1, 2)`, -1},
	{`UPDATE t SET a = DEFAULT`, -12},
	{`UPDATE t SET t.a = 1`, -1},
	{`UPDATE t SET a = 1 RETURNING a`, -25},
	{`UPDATE ONLY t SET a = 1`, -1},
	{`DELETE FROM t USING u WHERE t.a = u.a`, -25},
	{`DELETE FROM t WHERE a = 1 RETURNING *`, -25},
	{`DELETE FROM t WHERE CURRENT OF c`, -12},
	{`MERGE INTO t USING u ON 1=1 WHEN MATCHED THEN DELETE`, -51},
	{`TRUNCATE t`, -1},
	{`TRUNCATE TABLE a, b`, -25},
	{`TRUNCATE TABLE a RESTART IDENTITY CASCADE`, -25},
	{`BEGIN`, -51},
	{`END`, -51},
	{`ABORT`, -51},
	{`BEGIN TRANSACTION ISOLATION LEVEL SERIALIZABLE`, -51},
	{`START TRANSACTION ISOLATION LEVEL SERIALIZABLE`, -96},
	{`START TRANSACTION ISOLATION LEVEL REPEATABLE READ`, -96},
	{`COMMIT AND CHAIN`, -25},
	{`RELEASE SAVEPOINT s`, -51},
	{`ROLLBACK TO s`, -1},
	{`SET search_path TO public`, -1},
	{`SHOW server_version`, -51},
	{`PREPARE p AS SELECT 1`, -51},
	{`EXECUTE p`, -51},
	{`DECLARE c CURSOR FOR SELECT 1`, -51},
	{`COPY t FROM STDIN`, -51},
	{`VACUUM`, -51},
	{`ANALYZE t`, -51},
	{`LISTEN x`, -51},
	{`DO 'x'`, -51},
	{`COMMENT ON TABLE t IS 'x'`, -51},
	{`CREATE TEMP TABLE t (a INT)`, -1},
	{`CREATE TABLE t (a INT CHECK (a > 0))`, -1},
	{`CREATE TABLE t (a INT, CHECK (a > 0))`, -1},
	{`CREATE TABLE t (a TIMESTAMP WITH TIME ZONE)`, -1},
	{`CREATE TABLE t (a INT[])`, -1},
	{`CREATE TABLE t (a INT DEFAULT now())`, -1},
	{`CREATE TABLE t (a INT DEFAULT 1 + 1)`, -1},
	{`CREATE TABLE t (a INT GENERATED ALWAYS AS IDENTITY)`, -1},
	{`CREATE TABLE t (a INT) INHERITS (u)`, -25},
	{`CREATE TABLE t (LIKE u)`, -1},
	{`CREATE TABLE t (a INT REFERENCES u ON DELETE RESTRICT)`, -1},
	{`CREATE TABLE t (a INT PRIMARY KEY DEFERRABLE)`, -1},
	{`CREATE TABLE t ()`, -1},
	{`CREATE INDEX ON t (a)`, -1},
	{`CREATE INDEX i ON t (lower(a))`, -1},
	{`CREATE INDEX i ON t (a) WHERE a > 1`, -25},
	{`CREATE INDEX i ON t USING gin (a)`, -1},
	{`CREATE INDEX CONCURRENTLY i ON t (a)`, -1},
	{`CREATE INDEX i ON t (a NULLS FIRST)`, -1},
	{`CREATE MATERIALIZED VIEW v AS SELECT 1`, -1},
	{`CREATE SEQUENCE s`, -1},
	{`CREATE TYPE x AS ENUM ('a')`, -1},
	{`CREATE EXTENSION vector`, -1},
	{`DROP TABLE a, b`, -25},
	{`ALTER TABLE t ALTER COLUMN a TYPE INT`, -1},
	{`ALTER TABLE t ADD COLUMN IF NOT EXISTS a INT`, -1},
	{`ALTER TABLE t RENAME COLUMN a TO b`, -25},
	{`ALTER TABLE t OWNER TO x`, -1},
	{`LOCK TABLE t IN ACCESS EXCLUSIVE MODE`, -1},
	{`EXPLAIN ANALYZE SELECT 1`, -1},
	{`EXPLAIN (FORMAT JSON) SELECT 1`, -1},
	{`GRANT SELECT ON ALL TABLES IN SCHEMA s TO u`, -1},
}

// malformed are texts that are wrong in IRIS's own grammar.
var malformed = []refusal{
	{``, -51},
	{`FOO BAR`, -51},
	{`123`, -51},
	{`SELECT 'abc`, -3},
	{`SELECT "abc`, -3},
	{`SELECT 1e`, -2},
	{`SELECT 1e+`, -2},
	{`SELECT 1e99999`, -7},
	{`SELECT /* open`, -1},
	{"SELECT /*#OPTIONS {bad} */ 1", -153},
	{`SELECT "a.b" FROM t`, -1},
	{`SELECT "" FROM t`, -1},
	{`SELECT "%vid" FROM t`, -1},
	{`SELECT order FROM t`, -12},
	{`SELECT a FROM table`, -1},
	{`SELECT a AS user FROM t`, -1},
	{`SELECT a FROM a.b.c`, -25},
	{`SELECT :host FROM t`, -28},
	{`SELECT :%qpar(0)`, -400},
	{`SELECT TOP 5 a FROM t LIMIT 3`, -386},
	{`SELECT a FROM t LIMIT 3 FETCH FIRST 2 ROWS ONLY`, -386},
	{`SELECT TOP 'x' a FROM t`, -65},
	{`SELECT a FROM (SELECT b FROM t ORDER BY b) x`, -1},
	{`SELECT a FROM (SELECT b FROM t ORDER BY b LIMIT 2) x`, -1},
	{`SELECT a FROM (SELECT TOP 2 b FROM t ORDER BY b LIMIT 2) x`, -1},
	{`SELECT a FROM t LIMIT 1+1`, -25},
	{`SELECT a > b > c FROM t`, -11},
	{`SELECT a FROM t WHERE a`, -14},
	{`SELECT a FROM t WHERE a = (b > c)`, -11},
	{`SELECT a FROM t WHERE a = 1 AND b`, -14},
	{`SELECT a FROM t ORDER BY a > b`, -11},
	{`SELECT TRIM(FROM a) FROM t`, -75},
	{`SELECT %EXACT(%SQLUPPER(a)) FROM t`, -1},
	{`SELECT {x 'a'}`, -40},
	{`SELECT {oj a}`, -40},
	{`SELECT SUM(a+b) OVER () FROM t`, -1},
	{`SELECT SUM(DISTINCT a) OVER () FROM t`, -1},
	{`SELECT ROW_NUMBER() FROM t`, -1},
	{`SELECT TO_VECTOR(?, 'DOUBLE', 3)`, -1},
	{`SELECT TO_VECTOR(?, ?, 3)`, -1},
	{`SELECT CASE a END FROM t`, -1},
	{`SELECT a FROM t JOIN u`, -1},
	{`SELECT a FROM t CROSS JOIN u ON 1=1`, -25},
	{`SELECT ref->name FROM t`, -67},
	{`WITH a AS (SELECT 1), A AS (SELECT 2) SELECT * FROM a`, -382},
	{`INSERT INTO t (a) VALUES (b = 1)`, -11},
	{`UPDATE t (a, b) VALUES (1)`, -62},
	{`SAVEPOINT`, -301},
	{`SAVEPOINT SYSx`, -302},
	{`START TRANSACTION ISOLATION LEVEL READ UNCOMMITTED, READ WRITE`, -92},
	{`START TRANSACTION READ ONLY, READ WRITE`, -91},
	{`CREATE SCHEMA order`, -312},
	{`CREATE VIEW v AS SELECT a FROM t ORDER BY a`, -143},
	{`CREATE VIEW v AS SELECT ? FROM t`, -148},
	{`CREATE TABLE t (a)`, -86},
	{`CREATE INDEX i ON t (v) AS HNSW(M=16)`, -400},
	{`CREATE INDEX i ON t (v) AS HNSW(Distance='L2')`, -400},
	{`EXPLAIN CREATE TABLE t (a INT)`, -481},
	{`GRANT FOREIGN ON t TO u`, -60},
	{`SELECT a FROM t UNION SELECT b FROM u INTERSECT SELECT c FROM v`, -1},
}

func checkRefusals(t *testing.T, list []refusal, v Version) {
	t.Helper()
	for _, c := range list {
		_, err := Parse(c.text, v)
		var e *sqlerr.Error
		switch {
		case err == nil:
			t.Errorf("accepted: %s, want %d", c.text, c.code)
		case !errors.As(err, &e):
			t.Errorf("%s: error is %T", c.text, err)
		case e.Code != c.code:
			t.Errorf("%s: %d (%s), want %d", c.text, e.Code, e.Message, c.code)
		}
	}
}

func TestParserRefusesPostgreSQL(t *testing.T) { checkRefusals(t, postgres, v2026_1) }

func TestParserRefusesMalformedText(t *testing.T) { checkRefusals(t, malformed, v2026_1) }

func TestParserRefusesWhatAVersionLacks(t *testing.T) {
	for _, c := range []struct {
		text  string
		since Version
		code  int
	}{
		{`SELECT a FROM t LIMIT 5`, v2025_1, -25},
		{`SELECT a FROM t WHERE a = 1 LIMIT 5 OFFSET 2`, v2025_1, -25},
		{`SELECT a FROM t FETCH FIRST 5 ROWS ONLY`, v2025_1, -25},
		{`SELECT a FROM t EXCEPT SELECT b FROM u`, v2025_3, -25},
		{`SELECT a FROM t INTERSECT SELECT b FROM u`, v2025_3, -25},
		{`SELECT 1 FROM a, LATERAL (SELECT 1) b`, v2025_3, -1},
		{`SELECT 1 FROM a CROSS JOIN LATERAL (SELECT 1) b`, v2026_1, -1},
		{`WITH a AS (SELECT 1 AS x) DELETE FROM t WHERE y IN (SELECT x FROM a)`, v2024_3, -383},
		{`CREATE INDEX i ON t (v) AS HNSW(Distance='Cosine')`, v2025_1, -25},
		{`ALTER TABLE t CONVERT STORAGETYPE = ROW`, v2025_1, -1},
	} {
		before := Version{c.since.Major, c.since.Minor - 1}
		checkRefusals(t, []refusal{{c.text, c.code}}, before)
		if _, err := Parse(c.text, c.since); err != nil {
			t.Errorf("%s refused by %s: %v", c.text, c.since, err)
		}
	}
}
