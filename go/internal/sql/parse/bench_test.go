package parse

import (
	"fmt"
	"os"
	"strings"
	"testing"

	pgparser "github.com/pgplex/pgparser/parser"
)

const typicalQuery = `SELECT u.id, u.name, count(o.id) AS orders, sum(o.total) FROM users u LEFT JOIN orders o ON o.user_id = u.id AND o.state <> 'void' WHERE u.created >= $1 AND u.country IN ('de', 'fr', 'it') GROUP BY u.id, u.name HAVING count(o.id) > 3 ORDER BY orders DESC NULLS LAST LIMIT 20 OFFSET 40`

// describeQuery is one of those that psql's \d sends, without the collation clause that pgparser rejects.
func describeQuery(b *testing.B) string {
	content, err := os.ReadFile("testdata/clients/psql15.sql")
	if err != nil {
		b.Fatal(err)
	}
	for _, text := range strings.Split(string(content), ";\n\n") {
		if strings.Contains(text, "pg_get_expr") && strings.Contains(text, "attidentity") {
			return text
		}
	}
	b.Fatal("no such query among the recorded ones")
	return ""
}

// longInsert is a statement of about size bytes.
func longInsert(size int) string {
	var s strings.Builder
	s.WriteString("INSERT INTO t (a, b, c) VALUES (0, '', NULL)")
	for i := 0; s.Len() < size; i++ {
		fmt.Fprintf(&s, ", (%d, 'name %d', %d.5 + 1)", i, i, i)
	}
	return s.String()
}

func BenchmarkParse(b *testing.B) {
	for _, c := range []struct{ name, text string }{
		{"typical", typicalQuery},
		{"describe", describeQuery(b)},
		{"100KB", longInsert(100 << 10)},
	} {
		b.Run(c.name+"/ours", func(b *testing.B) {
			b.SetBytes(int64(len(c.text)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := Parse(c.text); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(c.name+"/pgparser", func(b *testing.B) {
			b.SetBytes(int64(len(c.text)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := pgparser.Parse(c.text); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkFormatDoubling shows the same of the printer.
func BenchmarkFormatDoubling(b *testing.B) {
	for size := 64 << 10; size <= 1<<20; size *= 2 {
		list, err := Parse(longInsert(size))
		if err != nil {
			b.Fatal(err)
		}
		b.Run(fmt.Sprintf("%dKB", size>>10), func(b *testing.B) {
			b.SetBytes(int64(size))
			for b.Loop() {
				Format(list[0].Node)
			}
		})
	}
}

// BenchmarkDoubling shows that twice the text takes twice the time.
func BenchmarkDoubling(b *testing.B) {
	for size := 64 << 10; size <= 1<<20; size *= 2 {
		text := longInsert(size)
		b.Run(fmt.Sprintf("%dKB", size>>10), func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				if _, err := Parse(text); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
