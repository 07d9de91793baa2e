package irisdev

import (
	"context"
	"fmt"
	"testing"

	"github.com/jackc/pgx/v5"

	"iris-pgwire/tests/stack"
)

// Every distinct text is compiled and kept by IRIS, so literals have to arrive as parameters.
func TestLiteralsOfManyInsertsMakeNoCachedQueries(t *testing.T) {
	ctx := context.Background()
	pg, err := pgx.Connect(ctx, stack.DSN(t))
	if err != nil {
		t.Fatal(err)
	}
	defer pg.Close(ctx)
	run := func(sql string) {
		t.Helper()
		if _, err := pg.Exec(ctx, sql, pgx.QueryExecModeSimpleProtocol); err != nil {
			t.Fatalf("%s: %v", sql, err)
		}
	}
	run("DROP TABLE IF EXISTS many_literals")
	run("CREATE TABLE many_literals (id integer PRIMARY KEY, name varchar(20), amount numeric(10,2))")
	defer run("DROP TABLE many_literals")
	for i := range 1000 {
		run(fmt.Sprintf("INSERT INTO many_literals (id, name, amount) VALUES (%d, 'name %d', %d.5)", i, i, i))
	}
	var cached int
	err = openSQL(t).QueryRow("SELECT COUNT(*) FROM INFORMATION_SCHEMA.STATEMENTS WHERE Statement LIKE '%INSERT%many_literals%'").Scan(&cached)
	if err != nil || cached < 1 || cached > 2 {
		t.Errorf("1000 INSERTs make %d cached queries, %v", cached, err)
	}
}
