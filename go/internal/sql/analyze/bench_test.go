package analyze

import (
	"context"
	"testing"

	"iris-pgwire/internal/sql/parse"
)

func BenchmarkAnalyze(b *testing.B) {
	for name, text := range map[string]string{
		"point":   "SELECT id, name, score FROM author WHERE id = $1",
		"typical": "SELECT a.id, a.name, count(b.id) AS books, sum(b.price) FROM author a LEFT JOIN book b ON b.author_id = a.id AND b.isbn <> 'x' WHERE a.created_at >= $1 AND a.name IN ('de', 'fr', 'it') GROUP BY a.id, a.name HAVING count(b.id) > 3 ORDER BY books DESC NULLS LAST LIMIT 20 OFFSET 40",
	} {
		list, err := parse.Parse(text)
		if err != nil {
			b.Fatal(err)
		}
		opts := Options{Schema: library(b), Path: []string{"public"}, Public: "SQLUser"}
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := Analyze(context.Background(), text, list[0], opts); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
