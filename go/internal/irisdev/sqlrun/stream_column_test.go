package sqlrun

import (
	"fmt"
	"strings"
	"testing"

	"iris-pgwire/internal/irisdev/irissql/sqltype"
	"iris-pgwire/internal/irisdev/variant"
)

// A stream is longer than any string (IRIS docs, "Storing and Using Stream Data") and part of the transaction.
func TestStreamColumnsHoldWhatNoStringHolds(t *testing.T) {
	c := newTestbed(t, variant.Documented, newest).connect(t)
	long := "x" + strings.Repeat("Ж", sqltype.MaxString)
	c.sql("CREATE TABLE S (Id INTEGER PRIMARY KEY, T LONGVARCHAR, N INTEGER)")
	length := func(id int) string { return c.sql(fmt.Sprintf("SELECT CHAR_LENGTH(T) FROM S WHERE Id = %d", id)) }
	expect := func(what, got, want string) {
		t.Helper()
		if got != want {
			t.Errorf("%s: %.60s, want %s", what, got, want)
		}
	}
	expect("insert", c.sql("INSERT INTO S VALUES (1, ?, 0)", long), "1")
	expect("the length", length(1), fmt.Sprint(sqltype.MaxString+1))
	expect("the end", c.sql("SELECT SUBSTRING(T, 3641144, 5) FROM S WHERE Id = 1"), "ЖЖ")
	c.sql("START TRANSACTION")
	expect("update", c.sql("UPDATE S SET T = ? WHERE Id = 1", "short"), "1")
	expect("shorter", length(1), "5")
	c.sql("ROLLBACK")
	expect("after the rollback", length(1), fmt.Sprint(sqltype.MaxString+1))
	c.sql("UPDATE S SET N = 1")
	expect("another column was changed", length(1), fmt.Sprint(sqltype.MaxString+1))
	c.sql("UPDATE S SET T = NULL")
	expect("no content", c.sql("SELECT COUNT(*), COUNT(T) FROM S WHERE T IS NULL"), "1,0")
	c.sql("UPDATE S SET T = ''")
	expect("empty is not NULL", c.sql("SELECT COUNT(T) FROM S WHERE T IS NOT NULL"), "1")
	c.sql("UPDATE S SET T = ?", long)
	c.sql("DELETE FROM S")
	c.sql("INSERT INTO S (Id) VALUES (1)")
	expect("a new row has nothing of the old one", c.sql("SELECT COUNT(T) FROM S"), "0")
}
