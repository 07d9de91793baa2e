package pgfunc_test

import (
	"testing"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgfunc"
	"iris-pgwire/internal/pgtypes"
)

// BenchmarkCalls measures the functions that finish rows most often.
func BenchmarkCalls(b *testing.B) {
	for _, x := range []struct {
		id, result string
		args       []string
	}{
		{"int4pl", "int4", []string{"int4:1", "int4:2"}},
		{"numeric_add", "numeric", []string{"numeric:12.50", "numeric:0.25"}},
		{"numeric_div", "numeric", []string{"numeric:100.00", "numeric:7"}},
		{"texteq", "bool", []string{"text:hello", "text:world"}},
		{"textcat", "text", []string{"text:hello", "text:world"}},
		{"lower", "text", []string{"text:Hello World"}},
		{"textregexeq", "bool", []string{"text:hello world", "text:^h.*d$"}},
		{"to_char(timestamp,text)", "text", []string{"timestamp:2024-02-29 12:00", "text:YYYY-MM-DD"}},
		{"to_char(numeric,text)", "text", []string{"numeric:1234.5", "text:FM999,990.00"}},
		{"timestamp_pl_interval", "timestamp", []string{"timestamp:2024-02-29 12:00", "interval:1 day"}},
		{"extract(text,timestamp)", "numeric", []string{"text:year", "timestamp:2024-02-29 12:00"}},
		{"jsonb_object_field_text", "text", []string{"jsonb:{\"a\": 1, \"b\": \"x\"}", "text:b"}},
		{"cosine_distance", "float8", []string{"vector:[1,2,3,4,5,6,7,8]", "vector:[8,7,6,5,4,3,2,1]"}},
	} {
		b.Run(x.id, func(b *testing.B) {
			f, _ := pgfunc.Lookup(x.id)
			c := &pgfunc.Context{Result: typeOf(b, x.result)}
			var args []iris.Value
			for _, a := range x.args {
				t, v := literal(b, a)
				c.Args, args = append(c.Args, t), append(args, v)
			}
			b.ReportAllocs()
			for b.Loop() {
				if _, err := f.Call(c, args); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkCastTextToNumeric(b *testing.B) {
	text, numeric := pgtypes.Of(pgtypes.Text), pgtypes.Type{OID: pgtypes.Numeric, Mod: pgtypes.NumericMod(10, 2)}
	f, _ := pgfunc.Cast(text, numeric, true)
	c := &pgfunc.Context{Args: []pgtypes.Type{text}, Result: numeric}
	args := []iris.Value{iris.Text("1234.567")}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := f.Call(c, args); err != nil {
			b.Fatal(err)
		}
	}
}
