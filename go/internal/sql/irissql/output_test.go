package irissql_test

import (
	"testing"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgtypes"
	"iris-pgwire/internal/sql/eval"
	"iris-pgwire/internal/sql/irissql"
)

// TestFinishedColumns gives rows as IRIS sends them and compares what the gateway makes of them with PostgreSQL's output.
func TestFinishedColumns(t *testing.T) {
	null, dec := iris.Null(), iris.Decimal
	number := func(i int64) iris.Value { return iris.Int(i) }
	word := func(s string) iris.Value { return iris.Latin1([]byte(s)) }
	for _, c := range []struct {
		text string
		row  []iris.Value
		want string // of the first column; an SQLSTATE when it fails
	}{
		{"SELECT 1 + 2", nil, "3"},
		{"SELECT 1.50", nil, "1.50"},
		{"SELECT avg(id) FROM city", []iris.Value{number(10), number(3)}, "3.3333333333333333"},
		{"SELECT avg(id) FROM city", []iris.Value{null, number(0)}, "NULL"},
		{"SELECT avg(area) FROM city", []iris.Value{dec(1001, -2), number(2)}, "5.0050000000000000"},
		{"SELECT avg(rating) FROM city", []iris.Value{iris.Double(3), iris.Double(2)}, "1.5"},
		{"SELECT sum(area) FROM city", []iris.Value{dec(5, -1)}, "0.50"},
		{"SELECT sum(area) FROM city", []iris.Value{null}, "NULL"},
		{"SELECT sum(amount * qty) FROM orders", []iris.Value{number(7)}, "7.00"},
		{"SELECT sum(amount) / count(*) FROM orders", []iris.Value{number(10), number(4)}, "2.5000000000000000"},
		{"SELECT coalesce(sum(amount), 0) FROM orders", []iris.Value{null}, "0"},
		{"SELECT coalesce(sum(amount), 0) FROM orders", []iris.Value{number(3)}, "3.00"},
		{"SELECT sum(CASE WHEN status = 'x' THEN amount ELSE 0 END) FROM orders", []iris.Value{number(3), number(2)}, "3.00"},
		{"SELECT sum(CASE WHEN status = 'x' THEN amount ELSE 0 END) FROM orders", []iris.Value{number(0), number(0)}, "0"},
		{"SELECT id + 1 FROM city", []iris.Value{number(2147483647)}, "22003"},
		{"SELECT population * 2 FROM city", []iris.Value{number(1 << 62)}, "22003"},
		{"SELECT id / 0 FROM city", []iris.Value{number(1)}, "22012"},
		{"SELECT area / 3 FROM city", []iris.Value{number(10)}, "3.3333333333333333"},
		{"SELECT round(area, 1) FROM city", []iris.Value{dec(25, -1)}, "2.5"},
		{"SELECT area * 1.10 FROM city", []iris.Value{dec(25, -1)}, "2.7500"},
		{"SELECT name::int FROM city", []iris.Value{word("abc")}, "22P02"},
		{"SELECT name::int FROM city", []iris.Value{word("12")}, "12"},
		{"SELECT length(name) FROM city", []iris.Value{iris.UTF16([]byte{0x3d, 0xd8, 0x00, 0xde})}, "1"},
		{"SELECT 1 - (emb <=> '[1,2,3]') FROM city", []iris.Value{iris.Double(0.25)}, "0.25"},
		{"SELECT emb <=> '[1,2,3]' FROM city", []iris.Value{iris.Double(0.25)}, "0.75"},
		{"SELECT emb <#> '[1,2,3]' FROM city", []iris.Value{iris.Double(2)}, "-2"},
		{"SELECT id + 1 FROM city GROUP BY id + 1", []iris.Value{number(2147483648)}, "22003"},
		{"SELECT stddev(id) FROM city", []iris.Value{number(3), number(35), number(9)}, "2.0000000000000000"},
		{"SELECT stddev(id) FROM city", []iris.Value{number(3), number(172500000000), number(650000)}, "125830.57392118"},
		{"SELECT variance(area) FROM city", []iris.Value{number(3), dec(2753750, -4), dec(2650, -2)}, "20.6458333333333333"},
		{"SELECT stddev(id) FROM city", []iris.Value{number(1), number(25), number(5)}, "NULL"},
		{"SELECT stddev_pop(id) FROM city", []iris.Value{number(1), number(25), number(5)}, "0"},
		{"SELECT variance(id) FROM city", []iris.Value{number(4), number(30), number(10)}, "1.6666666666666667"},
		{"SELECT string_agg(name, ',') FROM city", []iris.Value{word("a,\x00,b")}, "a,,b"},
		{"VALUES (1.50), (2)", []iris.Value{number(1)}, "1.50"},
		{"VALUES (1.50), (2)", []iris.Value{number(2)}, "2"},
	} {
		if got := firstColumn(t, c.text, c.row); got != c.want {
			t.Errorf("%s over %v: %s, want %s", c.text, c.row, got, c.want)
		}
	}
}

func firstColumn(t *testing.T, text string, row []iris.Value) string {
	t.Helper()
	r, err := analyzed(text)
	if err != nil {
		t.Fatal(err)
	}
	p, err := printed(text, irissql.Options{})
	if err != nil {
		t.Fatal(err)
	}
	c := p.Columns[0]
	finish := c.Finish
	if finish == nil {
		finish = func(row []iris.Value, _ *eval.Env) (iris.Value, error) { return row[c.Source], nil }
	}
	v, err := finish(row, &eval.Env{})
	if err != nil {
		return sqlState(err)
	}
	if v.IsNull() {
		return "NULL"
	}
	out, err := pgtypes.AppendText(nil, r.Columns[0].Type, v, pgtypes.Style{})
	if err != nil {
		return sqlState(err)
	}
	return string(out)
}
