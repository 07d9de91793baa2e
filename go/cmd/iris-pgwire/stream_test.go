package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/iris/superserver"
	"iris-pgwire/internal/irisdev/instance"
	"iris-pgwire/internal/irisdev/irisdevtest"
)

// letters gives a connection to a gateway whose IRIS has a table with long columns.
func letters(t *testing.T) *pgx.Conn {
	t.Helper()
	dev := irisdevtest.Start(t, instance.Options{})
	direct, err := superserver.Connect(t.Context(), superserver.Config{Address: dev.Address},
		iris.Login{User: "_SYSTEM", Password: "SYS", Namespace: "USER"})
	if err != nil {
		t.Fatal(err)
	}
	defer direct.Close()
	if _, err := direct.ExecDirect(t.Context(), "CREATE TABLE SQLUser.Letters (Id INTEGER PRIMARY KEY, Body LONGVARCHAR, Scan LONGVARBINARY)"); err != nil {
		t.Fatal(err)
	}
	g, _ := startGateway(t, dev.Address)
	conn, err := g.dial(t)
	if err != nil {
		t.Fatal(err)
	}
	return conn
}

// IRIS's long columns are text and bytea to PostgreSQL clients, whatever their length.
func TestLongColumnsThroughTheGateway(t *testing.T) {
	conn, ctx := letters(t), context.Background()
	for i, c := range []struct {
		body string
		scan []byte
	}{
		{"", []byte{}},
		{"short Ж", []byte{0, 0}},
		{"1@%Stream.GlobalCharacter", []byte{0}},
		{strings.Repeat("long é漢😀 ", 300_000), bytes.Repeat([]byte{0, 1, 255}, 1_500_000)},
	} {
		if _, err := conn.Exec(ctx, "INSERT INTO letters (id, body, scan) VALUES ($1, $2, $3)", i, c.body, c.scan); err != nil {
			t.Fatalf("row %d: %v", i, err)
		}
		var body string
		var scan []byte
		if err := conn.QueryRow(ctx, "SELECT body, scan FROM letters WHERE id = $1", i).Scan(&body, &scan); err != nil {
			t.Fatalf("row %d: %v", i, err)
		}
		if body != c.body || !bytes.Equal(scan, c.scan) {
			t.Errorf("row %d: %d and %d bytes came back as %d and %d", i, len(c.body), len(c.scan), len(body), len(scan))
		}
		// In text form, by a cursor, and read whole because something is computed.
		for _, query := range []string{
			"SELECT body, scan FROM letters WHERE id = %d", "BEGIN; DECLARE c CURSOR FOR SELECT body, scan FROM letters WHERE id = %d; FETCH c; COMMIT",
			"SELECT body, scan, to_char(id, '999') FROM letters WHERE id = %d",
		} {
			row := onlyRow(ctx, t, conn, fmt.Sprintf(query, i))
			if string(row[0]) != c.body || string(row[1]) != fmt.Sprintf("\\x%x", c.scan) {
				t.Errorf("%s: %d and %d bytes came back as %d and %d", query, len(c.body), 2*len(c.scan)+2, len(row[0]), len(row[1]))
			}
		}
	}
	for q, want := range map[string]string{
		"SELECT upper(body) FROM letters WHERE id = 1":                  "SHORT Ж",
		"SELECT body || 'x' FROM letters WHERE id = 1":                  "short Жx",
		"SELECT length(body) FROM letters WHERE id = 1":                 "7",
		"SELECT id FROM letters WHERE body IS NOT NULL ORDER BY 1 DESC": "3",
		"SELECT id FROM letters WHERE body = 'short Ж'":                 "0A000", // IRIS: SQLCODE -313
		"SELECT id FROM letters WHERE body LIKE 'short%'":               "0A000", // IRIS looks at the stream's identifier
		"SELECT DISTINCT body FROM letters":                             "0A000",
		"SELECT id FROM letters ORDER BY body":                          "0A000",
		"SELECT body FROM letters WHERE id = 1 UNION SELECT 'short Ж'":  "0A000",
		"SELECT count(*) FROM letters GROUP BY body":                    "0A000",
	} {
		text := answer(ctx, conn, q)
		if text != want {
			t.Errorf("%s: %s, want %s", q, text, want)
		}
	}
}

// onlyRow is the only row that statements of a simple query give.
func onlyRow(ctx context.Context, t *testing.T, conn *pgx.Conn, query string) (row [][]byte) {
	t.Helper()
	results, err := conn.PgConn().Exec(ctx, query).ReadAll()
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	for _, r := range results {
		if len(r.Rows) > 0 {
			row = r.Rows[0]
		}
	}
	if row == nil {
		t.Fatalf("%s: no row", query)
	}
	return row
}

// answer is the one value that a query gives, or the SQLSTATE that it is refused with.
func answer(ctx context.Context, conn *pgx.Conn, query string) string {
	var got any
	err := conn.QueryRow(ctx, query).Scan(&got)
	var failure *pgconn.PgError
	switch {
	case errors.As(err, &failure):
		return failure.Code
	case err != nil:
		return err.Error()
	}
	return fmt.Sprint(got)
}
