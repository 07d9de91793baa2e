package sqlrun

import (
	"testing"

	"iris-pgwire/internal/irisdev/variant"
)

// underBoth runs a test under both profiles; likely tells which one it is.
func underBoth(t *testing.T, run func(t *testing.T, b *testbed, likely bool)) {
	for _, profile := range []string{variant.Documented, variant.Contrary} {
		t.Run(profile, func(t *testing.T) { run(t, accounts(t, profile), profile == variant.Documented) })
	}
}

func TestWhatAFailedChangeLeavesOfItsTransaction(t *testing.T) {
	const again = "INSERT INTO account (name, amount) VALUES ('Ann', 1)"
	underBoth(t, func(t *testing.T, b *testbed, likely bool) {
		c := b.connect(t)
		c.must("START TRANSACTION", "UPDATE account SET amount = 7 WHERE name = 'Bo'")
		c.expect("-119", again)
		want := "50"
		if likely {
			want = "7"
		}
		c.expect(want, "SELECT amount FROM account WHERE name = 'Bo'")
		if c.InTransaction() != likely {
			t.Errorf("in a transaction: %v", c.InTransaction())
		}
		c.must("ROLLBACK", "START TRANSACTION", "UPDATE account SET amount = 7 WHERE name = 'Bo'", "SAVEPOINT a")
		c.expect("-119", again)
		c.must("ROLLBACK TO SAVEPOINT a")
		c.expect("7", "SELECT amount FROM account WHERE name = 'Bo'")
	})
}

func TestWhetherASavepointServesTwice(t *testing.T) {
	underBoth(t, func(t *testing.T, b *testbed, likely bool) {
		c := b.connect(t)
		c.must("START TRANSACTION", "SAVEPOINT a", "UPDATE account SET amount = 7", "ROLLBACK TO SAVEPOINT a", "UPDATE account SET amount = 8")
		want := "0"
		if likely {
			want = "-375"
		}
		c.expect(want, "ROLLBACK TO SAVEPOINT a")
		c.expect("100; 50", "SELECT amount FROM account")
	})
}

func TestLastIdentityOfATableWithoutOne(t *testing.T) {
	underBoth(t, func(t *testing.T, b *testbed, likely bool) {
		c := b.connect(t)
		c.must("INSERT INTO account (name, amount) VALUES ('Cy', 1)")
		want := `""`
		if likely {
			want = "3"
		}
		c.expect(want, "SELECT LAST_IDENTITY()")
		c.must("CREATE TABLE counted (id BIGINT IDENTITY, v INTEGER)", "INSERT INTO counted (v) VALUES (9)")
		c.expect("1", "SELECT LAST_IDENTITY()")
	})
}
