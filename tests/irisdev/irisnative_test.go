// Package irisdev runs drivers that were written for InterSystems IRIS, unmodified, against the development IRIS.
package irisdev

import (
	"database/sql"
	"fmt"
	"testing"

	_ "github.com/caretdev/go-irisnative"
	"github.com/caretdev/go-irisnative/src/connection"

	"iris-pgwire/tests/stack"
)

// openSQL opens the driver's database/sql side.
func openSQL(t *testing.T) *sql.DB {
	t.Helper()
	db, err := sql.Open("intersystems", fmt.Sprintf("iris://_SYSTEM:SYS@%s/USER", stack.IRISAddr(t)))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func mustExec(t *testing.T, db interface {
	Exec(string, ...any) (sql.Result, error)
}, text string, args ...any) {
	t.Helper()
	if _, err := db.Exec(text, args...); err != nil {
		t.Fatalf("%s: %v", text, err)
	}
}

func TestIrisnativeQueriesAndUpdates(t *testing.T) {
	db := openSQL(t)
	db.SetMaxOpenConns(1)
	mustExec(t, db, "DROP TABLE IF EXISTS NativeDriver.Person")
	mustExec(t, db, "CREATE TABLE NativeDriver.Person (id INTEGER PRIMARY KEY, name VARCHAR(50), height NUMERIC(5,1))")
	t.Cleanup(func() { db.Exec("DROP TABLE IF EXISTS NativeDriver.Person") })
	for i := range 3 {
		mustExec(t, db, "INSERT INTO NativeDriver.Person (id, name, height) VALUES (?, ?, ?)", i, fmt.Sprint("name ", i), float64(i)+0.5)
	}
	result, err := db.Exec("UPDATE NativeDriver.Person SET name = ? WHERE id > ?", "changed", 0)
	if err != nil {
		t.Fatal(err)
	}
	if n, err := result.RowsAffected(); n != 2 || err != nil {
		t.Errorf("%d rows changed, %v", n, err)
	}
	// The driver prints what it thinks of a NUMERIC column on standard output, so the test asks for text.
	rows, err := db.Query("SELECT id, name, CAST(height AS VARCHAR(10)) FROM NativeDriver.Person WHERE id < ? ORDER BY id DESC", 3)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var got string
	for rows.Next() {
		var id int
		var name string
		var height float64
		if err := rows.Scan(&id, &name, &height); err != nil {
			t.Fatal(err)
		}
		got += fmt.Sprintf("%d %s %g; ", id, name, height)
	}
	if want := "2 changed 2.5; 1 changed 1.5; 0 name 0 0.5; "; got != want || rows.Err() != nil {
		t.Errorf("got %s, %v; want %s", got, rows.Err(), want)
	}
	if _, err := db.Query("SELECT nope FROM NativeDriver.Person"); err == nil {
		t.Error("a query of a missing field succeeds")
	}
}

func TestIrisnativeReadsManyRows(t *testing.T) {
	db := openSQL(t)
	db.SetMaxOpenConns(1)
	mustExec(t, db, "DROP TABLE IF EXISTS NativeDriver.Many")
	mustExec(t, db, "CREATE TABLE NativeDriver.Many (id INTEGER PRIMARY KEY, filler VARCHAR(2000))")
	t.Cleanup(func() { db.Exec("DROP TABLE IF EXISTS NativeDriver.Many") })
	pad := fmt.Sprintf("%01000d", 7)
	for i := range 150 { // the driver asks for 200 rows at most
		mustExec(t, db, "INSERT INTO NativeDriver.Many (id, filler) VALUES (?, ?)", i, pad)
	}
	rows, err := db.Query("SELECT id, filler FROM NativeDriver.Many ORDER BY id")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	n := 0
	for ; rows.Next(); n++ {
		var id int
		var text string
		if err := rows.Scan(&id, &text); err != nil || id != n || text != pad {
			t.Fatalf("row %d: %d %q, %v", n, id, text, err)
		}
	}
	if n != 150 {
		t.Errorf("%d rows, %v", n, rows.Err())
	}
}

func TestIrisnativeTransactions(t *testing.T) {
	db := openSQL(t)
	db.SetMaxOpenConns(1)
	mustExec(t, db, "DROP TABLE IF EXISTS NativeDriver.Account")
	mustExec(t, db, "CREATE TABLE NativeDriver.Account (id INTEGER PRIMARY KEY)")
	t.Cleanup(func() { db.Exec("DROP TABLE IF EXISTS NativeDriver.Account") })
	for i, end := range []func(*sql.Tx) error{(*sql.Tx).Rollback, (*sql.Tx).Commit} {
		tx, err := db.Begin()
		if err != nil {
			t.Fatal(err)
		}
		mustExec(t, tx, "INSERT INTO NativeDriver.Account (id) VALUES (?)", i+1)
		if err := end(tx); err != nil {
			t.Fatal(err)
		}
	}
	var count, id int
	if err := db.QueryRow("SELECT COUNT(*), MAX(id) FROM NativeDriver.Account").Scan(&count, &id); err != nil || count != 1 || id != 2 {
		t.Errorf("%d rows, the last %d, %v", count, id, err)
	}
}

func TestIrisnativeGlobals(t *testing.T) {
	c, err := connection.Connect(stack.IRISAddr(t), "USER", "_SYSTEM", "SYS")
	if err != nil {
		t.Fatal(err)
	}
	defer c.Disconnect()
	const global = "NativeDriverTest"
	if err := c.GlobalKill(global); err != nil {
		t.Fatal(err)
	}
	for i, v := range []any{"one", 2, 3.5} {
		if err := c.GlobalSet(global, v, "k", i+1); err != nil {
			t.Fatal(err)
		}
	}
	if value, below := c.GlobalIsDefined(global, "k"); value || !below {
		t.Errorf("$DATA of the inner node: %v %v", value, below)
	}
	if value, below := c.GlobalIsDefined(global, "k", 1); !value || below {
		t.Errorf("$DATA of a leaf: %v %v", value, below)
	}
	var text string
	var number int
	if err := c.GlobalGet(global, &text, "k", 1); err != nil || text != "one" {
		t.Errorf("got %q, %v", text, err)
	}
	if err := c.GlobalGet(global, &number, "k", 2); err != nil || number != 2 {
		t.Errorf("got %d, %v", number, err)
	}
	var keys []string
	sub := ""
	for {
		more, err := c.GlobalNext(global, &sub, "k")
		if err != nil {
			t.Fatal(err)
		}
		if !more {
			break
		}
		keys = append(keys, sub)
	}
	if fmt.Sprint(keys) != "[1 2 3]" {
		t.Errorf("subscripts %v", keys)
	}
	if err := c.GlobalKill(global); err != nil {
		t.Fatal(err)
	}
	if value, below := c.GlobalIsDefined(global); value || below {
		t.Error("the global is still there")
	}
}

func TestIrisnativeIsRefusedWithAWrongPassword(t *testing.T) {
	defer func() { _ = recover() }() // the driver panics over some refusals; what counts is that it gets no connection
	if _, err := connection.Connect(stack.IRISAddr(t), "USER", "_SYSTEM", "wrong"); err == nil {
		t.Error("logged in")
	}
}
