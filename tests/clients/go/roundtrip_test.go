// Package clients drives the gateway with pgx, the PostgreSQL driver of Go.
package clients

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"iris-pgwire/tests/clients/values"
	"iris-pgwire/tests/stack"
)

func connect(t *testing.T) *pgx.Conn {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	conn, err := pgx.Connect(ctx, stack.DSN(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close(context.Background()) })
	return conn
}

func bounded(t *testing.T) context.Context {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	t.Cleanup(cancel)
	return ctx
}

func exec(t *testing.T, conn *pgx.Conn, sql string, args ...any) {
	t.Helper()
	if _, err := conn.Exec(bounded(t), sql, args...); err != nil {
		t.Fatalf("%.200s: %v", sql, err)
	}
}

// code is an error's SQLSTATE; "" for none.
func code(err error) string {
	var server *pgconn.PgError
	switch {
	case err == nil:
		return ""
	case errors.As(err, &server):
		return server.Code
	}
	return err.Error()
}

// TestRowsOfEveryTypeComeBackUnchanged inserts 1,000 rows with the text form of each value and reads them in text and in
// binary; what was read in binary is inserted again as binary.
func TestRowsOfEveryTypeComeBackUnchanged(t *testing.T) {
	conn, ctx := connect(t), bounded(t)
	names, types := make([]string, len(values.Columns)), make([]string, len(values.Columns))
	marks, again := make([]string, len(values.Columns)), make([]string, len(values.Columns))
	for i, c := range values.Columns {
		names[i], types[i] = c.Name, c.Name+" "+c.Type
		marks[i], again[i] = fmt.Sprintf("$%d", i+2), fmt.Sprintf("$%d", i+2)
	}
	list := strings.Join(names, ", ")
	for _, table := range []string{"rt_text", "rt_binary"} {
		exec(t, conn, "DROP TABLE IF EXISTS "+table)
		exec(t, conn, "CREATE TABLE "+table+" (id integer PRIMARY KEY, "+strings.Join(types, ", ")+")")
	}
	raw := conn.PgConn()
	insert := " (id, " + list + ") VALUES ($1, " + strings.Join(marks, ", ") + ")"
	const rows = 1000
	for r := range rows {
		args := make([][]byte, len(values.Columns)+1)
		args[0] = fmt.Append(nil, r)
		for i := range values.Columns {
			if v, ok := values.Columns[i].In(i, r); ok {
				args[i+1] = []byte(v)
			}
		}
		if err := raw.ExecParams(ctx, "INSERT INTO rt_text"+insert, args, nil, nil, nil).Read().Err; err != nil {
			t.Fatalf("row %d: %v", r, err)
		}
	}
	compare(t, raw, "rt_text", list, rows)

	binary := raw.ExecParams(ctx, "SELECT id, "+list+" FROM rt_text ORDER BY id", nil, nil, nil, []int16{1}).Read()
	if binary.Err != nil {
		t.Fatal(binary.Err)
	}
	formats := make([]int16, len(values.Columns)+1)
	for i := range formats {
		formats[i] = 1
	}
	for r, row := range binary.Rows {
		if err := raw.ExecParams(ctx, "INSERT INTO rt_binary"+insert, row, nil, formats, nil).Read().Err; err != nil {
			t.Fatalf("binary row %d: %v", r, err)
		}
	}
	compare(t, raw, "rt_binary", list, rows)
	exec(t, conn, "DROP TABLE rt_text")
	exec(t, conn, "DROP TABLE rt_binary")
}

func compare(t *testing.T, raw *pgconn.PgConn, table, list string, rows int) {
	t.Helper()
	result := raw.ExecParams(bounded(t), "SELECT id, "+list+" FROM "+table+" ORDER BY id", nil, nil, nil, nil).Read()
	if result.Err != nil {
		t.Fatal(result.Err)
	}
	if len(result.Rows) != rows {
		t.Fatalf("%s has %d rows, want %d", table, len(result.Rows), rows)
	}
	wrong := 0
	for r, row := range result.Rows {
		for i := range values.Columns {
			want, notNull := values.Columns[i].In(i, r)
			if got := row[i+1]; (got != nil) != notNull || string(got) != want {
				if wrong++; wrong <= 20 {
					t.Errorf("%s, row %d, %s: %q (NULL: %v), want %q (NULL: %v)", table, r, values.Columns[i].Type, got, got == nil, want, !notNull)
				}
			}
		}
	}
}

func TestWhatIRISCannotHoldIsRefused(t *testing.T) {
	if stack.Oracle() {
		t.Skip("PostgreSQL can hold it")
	}
	conn, ctx := connect(t), bounded(t)
	for _, c := range values.Columns {
		if len(c.Refused) == 0 {
			continue
		}
		exec(t, conn, "DROP TABLE IF EXISTS rt_refused")
		exec(t, conn, "CREATE TABLE rt_refused (v "+c.Type+")")
		for text, want := range c.Refused {
			err := conn.PgConn().ExecParams(ctx, "INSERT INTO rt_refused VALUES ($1)", [][]byte{[]byte(text)}, nil, nil, nil).Read().Err
			if got := code(err); got != want {
				t.Errorf("%s %q: %s (%v), want %s", c.Type, text, got, err, want)
			}
			// The same as a literal.
			_, err = conn.Exec(ctx, "INSERT INTO rt_refused VALUES ('"+text+"')", pgx.QueryExecModeSimpleProtocol)
			if got := code(err); got != want {
				t.Errorf("%s literal %q: %s (%v), want %s", c.Type, text, got, err, want)
			}
		}
		var n int
		if err := conn.QueryRow(ctx, "SELECT count(*) FROM rt_refused").Scan(&n); err != nil || n != 0 {
			t.Errorf("%s: %d rows were stored, %v", c.Type, n, err)
		}
	}
	exec(t, conn, "DROP TABLE IF EXISTS rt_refused")
}

func TestAMebibyteOfTextAndBytesComesBackUnchanged(t *testing.T) {
	conn, ctx := connect(t), bounded(t)
	exec(t, conn, "DROP TABLE IF EXISTS rt_long")
	exec(t, conn, "CREATE TABLE rt_long (id integer PRIMARY KEY, t text, b bytea)")
	bytes := make([]byte, 1<<20)
	for i := range bytes {
		bytes[i] = byte(i * 7)
	}
	for id, mode := range []pgx.QueryExecMode{pgx.QueryExecModeCacheStatement, pgx.QueryExecModeExec} {
		exec(t, conn, "INSERT INTO rt_long VALUES ($1, $2, $3)", mode, id, values.Long, bytes)
		var text string
		var data []byte
		if err := conn.QueryRow(ctx, "SELECT t, b FROM rt_long WHERE id = $1", mode, id).Scan(&text, &data); err != nil {
			t.Fatal(err)
		}
		if text != values.Long || string(data) != string(bytes) {
			t.Errorf("%v: %d and %d bytes came back, or others than were sent", mode, len(text), len(data))
		}
	}
	exec(t, conn, "DROP TABLE rt_long")
}
