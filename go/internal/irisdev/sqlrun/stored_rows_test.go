package sqlrun

import (
	"context"
	"testing"

	"iris-pgwire/internal/irisdev/superserver"
	"iris-pgwire/internal/irisdev/value"
	"iris-pgwire/internal/irisdev/variant"
)

func TestRowsAsStoredAreTheRows(t *testing.T) {
	c := shop(t, variant.Documented)
	c.must("ALTER TABLE customer ADD COLUMN late VARCHAR(10)", "CREATE TABLE long (id INTEGER PRIMARY KEY, body LONGVARCHAR, v VECTOR(DOUBLE, 2))")
	for _, x := range []struct {
		sql    string
		stored bool
	}{
		{"SELECT * FROM customer", true},
		{"SELECT late, name, id, late FROM customer", true}, // rows older than the column end before it
		{"SELECT id, total, placed FROM orders WHERE id = 2", false},
		{"SELECT %ID, note FROM orders", true},
		{"SELECT name FROM customer WHERE city = 'Oslo'", false},
		{"SELECT name, UPPER(name) FROM customer", false},
		{"SELECT name FROM customer ORDER BY name", false},
		{"SELECT DISTINCT city FROM customer", false},
		{"SELECT c.name, o.total FROM customer c JOIN orders o ON o.customer = c.id", false},
		{"SELECT * FROM long", false},
		{"SELECT 1", false},
	} {
		p, err := c.Prepare(context.Background(), x.sql)
		if err != nil {
			t.Fatal(err)
		}
		cursor, err := p.Query(context.Background(), nil)
		if err != nil {
			t.Fatal(err)
		}
		stored, ok := cursor.(superserver.StoredCursor)
		if ok != x.stored {
			t.Errorf("%s: as stored: %v, want %v", x.sql, ok, x.stored)
		}
		if ok {
			compareStored(t, p, stored)
		}
		cursor.Close()
	}
}

// compareStored reads a query both ways.
func compareStored(t *testing.T, p superserver.Prepared, stored superserver.StoredCursor) {
	t.Helper()
	cursor, err := p.Query(context.Background(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer cursor.Close()
	for {
		row, err1 := cursor.Next()
		id, list, ok, err2 := stored.NextStored()
		if err1 != nil || err2 != nil || ok != (row != nil) {
			t.Fatalf("row %v, %v; as stored %v, %v", row, err1, ok, err2)
		}
		if !ok {
			return
		}
		items, err := value.ListItems(value.ListOf(list))
		if err != nil {
			t.Fatal(err)
		}
		for i, at := range stored.Places() {
			var got value.Value
			switch {
			case at < 0:
				got = value.Int(id)
			case at < len(items):
				got = items[at]
			}
			if got != row[i] {
				t.Errorf("column %d is %v as stored, else %v", i, got, row[i])
			}
		}
	}
}
