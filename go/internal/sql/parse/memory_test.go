package parse

import (
	"runtime"
	"strings"
	"testing"
)

// densest are texts whose trees are largest beside the text: a node every character or two.
var densest = map[string]string{
	"constants":   "select " + strings.Repeat("1,", 50_000) + "1",
	"columns":     "select " + strings.Repeat("a,", 50_000) + "a",
	"calls":       "select " + strings.Repeat("f(),", 25_000) + "1",
	"operators":   "select 1" + strings.Repeat("+1", 4_900),
	"conditions":  "select a" + strings.Repeat(" or a", 20_000),
	"rows":        "values (1)" + strings.Repeat(",(1)", 25_000),
	"tables":      "select from a" + strings.Repeat(",a", 50_000),
	"statements":  strings.Repeat("end;", 25_000),
	"selects":     strings.Repeat("select;", 15_000),
	"subqueries":  "select 1" + strings.Repeat(",(select 1)", 10_000),
	"prefixes":    "select " + strings.Repeat("-a,", 30_000) + "1",
	"casts":       "select 1" + strings.Repeat(",a::b", 20_000),
	"set options": strings.Repeat("set a=b;", 12_000),
}

// TestTreesTakeAtMost50TimesTheText measures what a parsed text keeps alive.
func TestTreesTakeAtMost50TimesTheText(t *testing.T) {
	for name, text := range densest {
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		list, err := Parse(text)
		runtime.GC()
		runtime.ReadMemStats(&after)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		held := float64(after.HeapAlloc-before.HeapAlloc) / float64(len(text))
		t.Logf("%s: %.1f bytes held a byte of text", name, held)
		if held > 50 {
			t.Errorf("%s: %.1f bytes held a byte of text", name, held)
		}
		runtime.KeepAlive(list)
	}
}
