package sqlrun

import (
	"fmt"
	"strings"
	"testing"

	"iris-pgwire/internal/irisdev/variant"
)

func TestExplainTellsHowTablesAreReadAndRunsNothing(t *testing.T) {
	c := shop(t, variant.Documented)
	for sql, want := range map[string]string{
		"EXPLAIN SELECT * FROM customer WHERE name < 'B'":                                     "master map SQLUser.customer.IDKEY, looping",
		"EXPLAIN SELECT * FROM orders WHERE customer = 1":                                     "index map SQLUser.orders.by_customer",
		"EXPLAIN SELECT name FROM customer c JOIN orders o ON o.customer = c.id AND o.id = 2": "SQLUser.orders.IDKEY, using the given id",
		"EXPLAIN DELETE FROM orders":                                                          "<sql>DELETE FROM orders</sql>",
	} {
		if got := c.sql(sql); !strings.Contains(got, want) || !strings.HasPrefix(got, "<plans>") {
			t.Errorf("%s\n%s\nwant %s", sql, got, want)
		}
	}
	c.expect("4", "SELECT COUNT(*) FROM orders")
	c.expect("-400", "EXPLAIN STAT SELECT 1")
	c.expect("-481", "EXPLAIN CREATE TABLE a (b INTEGER)")
}

func TestSessionStatements(t *testing.T) {
	b := newTestbed(t, variant.Documented, newest)
	var interrupted []int64
	b.cfg.Interrupt = func(job int64) bool {
		interrupted = append(interrupted, job)
		return job == 7
	}
	if err := b.store.CreateNamespace("OTHER"); err != nil {
		t.Fatal(err)
	}
	c := b.connect(t)
	c.must("CREATE TABLE t (a INTEGER)")
	answers{
		{"0", "CANCEL QUERY 7"},
		{"-400", "CANCEL QUERY 8"},
		{"0", "CALL %SYSTEM.CancelQuery(7)"},
		{"-428", "CALL nothing(1)"},
		{"0", "%CHECKPRIV SELECT ON t"},
		{"-30", "%CHECKPRIV SELECT ON u"},
		{"0", "TUNE TABLE t"},
		{"0", "SET OPTION LOCK_TIMEOUT = 3"},
		{"-400", "SET OPTION nothing = 3"},
		{"-400", "CREATE USER ann IDENTIFY BY secret"},
		{"-400", "GRANT SELECT ON t TO ann"},
		{"-400", "SET TRANSACTION ISOLATION LEVEL READ VERIFIED"},
		{"-400", "USE DATABASE nowhere"},
		{"0", "USE DATABASE other"},
		{"-30", "SELECT * FROM t"},
		{"OTHER", "SELECT $NAMESPACE"},
		{"0", "CREATE TABLE t (b INTEGER)"},
		{"0", `USE DATABASE "USER"`},
		{"a", "SELECT COLUMN_NAME FROM INFORMATION_SCHEMA.COLUMNS WHERE TABLE_NAME = 't' AND COLUMN_NAME <> 'ID'"},
	}.check(c)
	if fmt.Sprint(interrupted) != "[7 8 7]" {
		t.Errorf("interrupted %v", interrupted)
	}
}

func TestDefinitions(t *testing.T) {
	c := newTestbed(t, variant.Documented, newest).connect(t)
	answers{
		{"0", "CREATE TABLE a.t (id SERIAL, n INTEGER DEFAULT 7, made TIMESTAMP DEFAULT CURRENT_TIMESTAMP, v VARCHAR(5) UNIQUE, r ROWVERSION)"},
		{"-201", "CREATE TABLE a.T (b INTEGER)"},
		{"0", "CREATE TABLE IF NOT EXISTS a.t (b INTEGER)"},
		{"1", "INSERT INTO a.t (v) VALUES ('x')"},
		{"1,7,x,1", "SELECT id, n, v, r FROM a.t WHERE made IS NOT NULL"},
		{"1", "INSERT INTO a.t (v, n) VALUES ('y', NULL)"},
		{"2,-,2", "SELECT id, n, r FROM a.t WHERE v = 'Y'"},
		{"-119", "INSERT INTO a.t (v) VALUES ('X')"},
		{"-104", "INSERT INTO a.t (v) VALUES ('longer')"},
		{"1", "INSERT OR UPDATE INTO a.t (v, n) VALUES ('x', 8)"},
		{"8; -", "SELECT n FROM a.t ORDER BY id"},
		{"0", "ALTER TABLE a.t ADD COLUMN more INTEGER DEFAULT 5"},
		{"5; 5", "SELECT more FROM a.t"},
		{"-306", "ALTER TABLE a.t ADD COLUMN MORE INTEGER"},
		{"-304", "ALTER TABLE a.t ADD COLUMN needed INTEGER NOT NULL"},
		{"0", "ALTER TABLE a.t DROP COLUMN n"},
		{"x,5; y,5", "SELECT v, more FROM a.t"},
		{"0", "CREATE INDEX i ON a.t (more)"},
		{"-324", "CREATE INDEX i ON a.t (more)"},
		{"-125", "CREATE UNIQUE INDEX u ON a.t (more)"},
		{"x; y", "SELECT v FROM a.t WHERE more = 5"},
		{"0", "DROP INDEX i ON a.t"},
		{"-333", "DROP INDEX i ON a.t"},
		{"0", "CREATE VIEW a.w AS SELECT v, more + 1 AS n FROM a.t"},
		{"x,6; y,6", "SELECT * FROM a.w"},
		{"-35", "DELETE FROM a.w"},
		{"0", "CREATE TABLE a.child (k VARCHAR(5) REFERENCES a.t (v))"},
		{"-121", "INSERT INTO a.child (k) VALUES ('none')"},
		{"1", "INSERT INTO a.child (k) VALUES ('x')"},
		{"-124", "DELETE FROM a.t WHERE v = 'x'"},
		{"-320", "DROP TABLE a.t"},
		{"-124", "TRUNCATE TABLE a.t"},
		{"0", "DROP TABLE a.child"},
		{"0", "CREATE TABLE a.copy AS SELECT v, more FROM a.t"},
		{"x,5; y,5", "SELECT * FROM a.copy"},
		{"-1", "TRUNCATE TABLE a.copy"},
		{"0", "SELECT COUNT(*) FROM a.copy"},
		{"-475", "DROP SCHEMA a"},
		{"0", "DROP SCHEMA a CASCADE"},
		{"-30", "SELECT * FROM a.t"},
		{"-300", "CREATE TABLE INFORMATION_SCHEMA.t (a INTEGER)"},
		{"-51", "VACUUM"},
	}.check(c)
}

func FuzzStatements(f *testing.F) {
	for _, s := range []string{"SELECT * FROM customer WHERE id IN (SELECT customer FROM orders)", "INSERT INTO orders (total) VALUES (1e5)",
		"UPDATE customer SET city = name || ? WHERE born > '2000-01-01'", "CREATE TABLE z (a INTEGER)", "SELECT TO_VECTOR('1,2') FROM (SELECT 1) x",
		"SELECT COUNT(*) OVER (ORDER BY id) FROM customer ORDER BY 1", "ALTER TABLE orders DROP COLUMN note", "ROLLBACK TO SAVEPOINT x"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		c := shop(t, variant.Documented)
		_, _ = c.try(text)
		c.must("ROLLBACK")
	})
}
