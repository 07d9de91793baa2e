package plan_test

import (
	"context"
	"testing"

	"iris-pgwire/internal/sql/parse"
	"iris-pgwire/internal/sql/plan"
)

func BenchmarkCompile(b *testing.B) {
	for _, c := range []struct{ name, sql string }{
		{"point query", "SELECT id, name, qty FROM item WHERE id = $1"},
		{"insert", "INSERT INTO item (id, name, qty) VALUES ($1, $2, $3)"},
		{"update", "UPDATE item SET qty = qty + $1 WHERE id = $2"},
	} {
		list, err := parse.Parse(c.sql)
		if err != nil {
			b.Fatal(err)
		}
		in := input(c.sql, list[0])
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for range b.N {
				if _, err := plan.Compile(context.Background(), in); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
