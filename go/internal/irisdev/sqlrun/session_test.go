package sqlrun

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"iris-pgwire/internal/irisdev/superserver"
	"iris-pgwire/internal/irisdev/value"
	"iris-pgwire/internal/irisdev/variant"
)

// accounts is a testbed with a table of two rows.
func accounts(t testing.TB, profile string) *testbed {
	b := newTestbed(t, profile, newest)
	b.connect(t).must("CREATE TABLE account (name VARCHAR(20) NOT NULL UNIQUE, amount INTEGER)",
		"INSERT INTO account (name, amount) VALUES ('Ann', 100)", "INSERT INTO account (name, amount) VALUES ('Bo', 50)")
	return b
}

func TestAReaderWaitsForAChangedRow(t *testing.T) {
	b := accounts(t, variant.Documented)
	writer, reader := b.connect(t), b.connect(t)
	writer.must("START TRANSACTION", "UPDATE account SET amount = 1 WHERE name = 'Ann'")
	reader.expect("1", "SELECT amount FROM account WHERE name = 'Ann'") // READ UNCOMMITTED sees it
	reader.must("SET TRANSACTION ISOLATION LEVEL READ COMMITTED")
	reader.expect("-114", "SELECT amount FROM account WHERE name = 'Ann'")
	reader.expect("50", "SELECT amount FROM account WHERE name = 'Bo'")
	reader.expect("51", "SELECT SUM(amount) FROM account") // aggregates read uncommitted rows under every level
	reader.lockTimeout = 10 * time.Second
	done := make(chan string)
	go func() { done <- reader.sql("SELECT amount FROM account WHERE name = 'Ann'") }()
	time.Sleep(20 * time.Millisecond)
	writer.must("COMMIT")
	if got := <-done; got != "1" {
		t.Errorf("after the commit the reader gets %s", got)
	}
}

func TestASecondWriterIsRefused(t *testing.T) {
	b := accounts(t, variant.Documented)
	first, second := b.connect(t), b.connect(t)
	first.must("START TRANSACTION", "UPDATE account SET amount = 1 WHERE name = 'Ann'")
	second.expect("-110", "UPDATE account SET amount = 2 WHERE name = 'Ann'")
	second.expect("-110", "DELETE FROM account")
	second.expect("2", "SELECT COUNT(*) FROM account") // the refused DELETE left no trace
	second.expect("-110", "ALTER TABLE account ADD COLUMN more INTEGER")
	first.must("INSERT INTO account (name, amount) VALUES ('Cy', 1)")
	second.expect("-110", "INSERT INTO account (name, amount) VALUES ('CY', 2)") // the same key by SQLUPPER
	first.kill()
	second.expect("1", "INSERT INTO account (name, amount) VALUES ('CY', 2)")
	second.expect("100", "SELECT amount FROM account WHERE name = 'Ann'")
	second.expect("1", "UPDATE account SET amount = 2 WHERE name = 'Ann'")
}

func TestWhatRollbackKeeps(t *testing.T) {
	for profile, want := range map[string]string{variant.Documented: "0", variant.Contrary: "-30"} {
		c := accounts(t, profile).connect(t)
		c.must("START TRANSACTION", "INSERT INTO account (name, amount) VALUES ('Cy', 1)", "CREATE TABLE made (a INTEGER)", "ROLLBACK")
		c.expect("100; 50", "SELECT amount FROM account")
		c.expect(want, "SELECT COUNT(*) FROM made")
		c.must("INSERT INTO account (name, amount) VALUES ('Di', 1)")
		c.expect("4", "SELECT ID FROM account WHERE name = 'Di'") // 3 is not given back
	}
}

func TestSavepoints(t *testing.T) {
	c := accounts(t, variant.Documented).connect(t)
	c.must("SAVEPOINT a", "UPDATE account SET amount = 1", "SAVEPOINT b", "UPDATE account SET amount = 2")
	c.expect("2; 2", "SELECT amount FROM account")
	c.must("ROLLBACK TO SAVEPOINT B")
	c.expect("1; 1", "SELECT amount FROM account")
	c.expect("-375", "ROLLBACK TO SAVEPOINT b") // it went with the first; the whole transaction is rolled back
	c.expect("100; 50", "SELECT amount FROM account")
	if c.InTransaction() {
		t.Error("the transaction goes on")
	}
	c.must("SAVEPOINT a", "UPDATE account SET amount = 1", "SAVEPOINT a", "UPDATE account SET amount = 2", "ROLLBACK TO SAVEPOINT a")
	c.expect("1; 1", "SELECT amount FROM account")
	c.expect("-375", "ROLLBACK TO SAVEPOINT a") // the name stood for the newer mark only
	c.expect("-302", "SAVEPOINT sysone")
	for i := range 254 {
		c.must(fmt.Sprintf("SAVEPOINT s%d", i))
	}
	c.expect("-400", "SAVEPOINT one_too_many")
	c.expect("2", "UPDATE account SET amount = 3") // a statement needs no level of its own
	c.must("ROLLBACK")
}

func TestCommitModes(t *testing.T) {
	b := accounts(t, variant.Documented)
	c, other := b.connect(t), b.connect(t)
	c.expect("100", "%INTRANSACTION")
	c.must("SET TRANSACTION %COMMITMODE EXPLICIT")
	c.must("UPDATE account SET amount = 1 WHERE name = 'Ann'")
	c.expect("0", "%INTRANSACTION")
	c.expect("1", "SELECT $TLEVEL")
	c.expect("-119", "INSERT INTO account (name, amount) VALUES ('bo', 1)")
	c.expect("1", "SELECT amount FROM account WHERE name = 'Ann'") // a failed statement undoes itself only
	other.expect("-110", "UPDATE account SET amount = 2 WHERE name = 'Ann'")
	c.must("COMMIT")
	other.expect("1", "UPDATE account SET amount = 2 WHERE name = 'Ann'")
	c.must("SET TRANSACTION %COMMITMODE IMPLICIT", "UPDATE account SET amount = 3 WHERE name = 'Ann'")
	c.expect("100", "%INTRANSACTION")
}

func TestAChangeOfAnUnknownReferenceLeavesNothing(t *testing.T) {
	c := accounts(t, variant.Documented).connect(t)
	c.expect("-119", "INSERT INTO account (name, amount) SELECT name || '1', amount FROM account UNION ALL SELECT 'ann', 5")
	c.expect("2", "SELECT COUNT(*) FROM account")
	c.expect("-104", "INSERT INTO account (name, amount) VALUES ('Cy', 'many')")
	c.expect("-105", "UPDATE account SET amount = ? WHERE name = 'Ann'", "x")
	c.expect("-108", "INSERT INTO account (amount) VALUES (5)")
	c.expect("100; 50", "SELECT amount FROM account")
}

func TestAChangeDoesNotSeeItself(t *testing.T) {
	c := accounts(t, variant.Documented).connect(t)
	c.expect("2", "UPDATE account SET amount = (SELECT SUM(b.amount) FROM account b WHERE b.name <> account.name)")
	c.expect("50; 100", "SELECT amount FROM account")
	c.expect("2", "DELETE FROM account WHERE 2 = (SELECT COUNT(*) FROM account b WHERE b.amount <> account.amount OR b.name = account.name)")
	c.must("CREATE TABLE node (id INTEGER PRIMARY KEY, parent INTEGER REFERENCES node (id) ON DELETE CASCADE ON UPDATE CASCADE, label VARCHAR(9))",
		"INSERT INTO node (id) VALUES (1)", "INSERT INTO node (id, parent) VALUES (2, 1)", "INSERT INTO node (id, parent) VALUES (3, 2)")
	c.expect("3", "UPDATE node SET id = id + 10, label = 'x'")
	c.expect("11,-,x; 12,11,x; 13,12,x", "SELECT id, parent, label FROM node")
	c.expect("1", "DELETE FROM node WHERE id > 0") // the others went with it
	c.expect("0", "SELECT COUNT(*) FROM node")
}

func TestCachedQueriesAreCountedByNormalisedText(t *testing.T) {
	b := accounts(t, variant.Documented)
	c := b.connect(t)
	before := len(b.CachedQueries("USER"))
	for i := range 100 {
		c.must(fmt.Sprintf("insert into account (name,amount) VALUES ('x%d', %d)", i, i))
	}
	if n := len(b.CachedQueries("USER")) - before; n > 1 {
		t.Errorf("%d cached queries: %q", n, b.CachedQueries("USER"))
	}
	c.expect("1", "SELECT COUNT(*) FROM INFORMATION_SCHEMA.STATEMENTS WHERE Statement LIKE 'INSERT INTO account ( name , amount ) VALUES%'")
	c.must("PURGE CACHED QUERIES")
	if n := len(b.CachedQueries("USER")); n != 0 {
		t.Errorf("%d are left", n)
	}
	c.must("SELECT amount FROM account", "DROP TABLE account")
	if n := len(b.CachedQueries("USER")); n != 0 {
		t.Errorf("DDL leaves %q", b.CachedQueries("USER"))
	}
}

func TestAPreparedStatementIsPurgedByDDL(t *testing.T) {
	b := accounts(t, variant.Documented)
	c := b.connect(t)
	ctx := context.Background()
	query, err := c.Prepare(ctx, "SELECT * FROM account")
	if err != nil {
		t.Fatal(err)
	}
	change, err := c.Prepare(ctx, "DELETE FROM account")
	if err != nil {
		t.Fatal(err)
	}
	b.connect(t).must("ALTER TABLE account ADD COLUMN more INTEGER")
	if _, err := query.Query(ctx, nil); !errors.Is(err, superserver.ErrPurged) {
		t.Errorf("query: %v", err)
	}
	if _, err := change.Exec(ctx, [][]value.Value{nil}); !errors.Is(err, superserver.ErrPurged) {
		t.Errorf("change: %v", err)
	}
	c.expect("Ann,100,-; Bo,50,-", "SELECT * FROM account")
}

func TestCancelAndTimeout(t *testing.T) {
	c := accounts(t, variant.Documented).connect(t)
	for i := range 6 {
		c.must(fmt.Sprintf("INSERT INTO account (name) SELECT name || '-%d' FROM account", i))
	}
	p, err := c.Prepare(context.Background(), "SELECT COUNT(*) FROM account a, account b, account c, account d")
	if err != nil {
		t.Fatal(err)
	}
	for code, make := range map[string]func() (context.Context, context.CancelFunc){
		"-450": func() (context.Context, context.CancelFunc) {
			return context.WithTimeout(context.Background(), 20*time.Millisecond)
		},
		"-456": func() (context.Context, context.CancelFunc) {
			ctx, cancel := context.WithCancel(context.Background())
			time.AfterFunc(20*time.Millisecond, cancel)
			return ctx, cancel
		},
	} {
		ctx, cancel := make()
		rows, err := p.Query(ctx, nil)
		if err == nil {
			_, err = rows.Next()
			rows.Close()
		}
		cancel()
		if err == nil || c.codeOf(err) != code {
			t.Errorf("%v, want %s", err, code)
		}
	}
}

func TestLockTable(t *testing.T) {
	b := accounts(t, variant.Documented)
	c, other := b.connect(t), b.connect(t)
	c.must("LOCK TABLE account IN SHARE MODE")
	other.must("LOCK TABLE account IN SHARE MODE WAIT 0", "UNLOCK TABLE account IN SHARE MODE")
	other.expect("-110", "UPDATE account SET amount = 1")
	c.must("UNLOCK TABLE account IN SHARE MODE", "LOCK TABLE account IN EXCLUSIVE MODE")
	other.expect("-110", "LOCK TABLE account IN SHARE MODE WAIT 0")
	c.kill()
	other.expect("2", "UPDATE account SET amount = 1")
}
