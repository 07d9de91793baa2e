package fn_test

import (
	"testing"
	"unicode/utf8"

	"iris-pgwire/internal/irisdev/objectscript/ast"
	"iris-pgwire/internal/irisdev/objectscript/fn"
	"iris-pgwire/internal/irisdev/objectscript/parse"
	"iris-pgwire/internal/irisdev/value"
)

// FuzzFunctions calls every function with texts: none may panic.
func FuzzFunctions(f *testing.F) {
	f.Add("a,b,c", ",", "2", "3")
	f.Add("\x03\x01a", "-1", "*E'N", "x")
	f.Add("2024-02-29 10:00:00", "3", "1", "")
	f.Add("\u00e2\u0082", "I", "UTF8", "")
	f.Add("1.5E-3", "+,T", "2", "-1")
	f.Fuzz(func(t *testing.T, a, b, c, d string) {
		if !utf8.ValidString(a + b + c + d) {
			return
		}
		args := []value.Value{fn.Str(a), fn.Str(b), fn.Str(c), fn.Str(d)}
		for _, name := range functionNames {
			g, ok := fn.Lookup(name)
			if !ok {
				t.Fatalf("no function %s", name)
			}
			n := min(g.Max, len(args))
			if n < g.Min {
				continue
			}
			v, err := g.Call(newEvaluator(), args[:n], []bool{true, true, true, true}[:n])
			if err == nil && v.Kind() == value.String && v.Raw() == "" {
				t.Fatalf("%s gives the wrong empty string", name)
			}
			_ = fn.ZWriteText(v)
		}
		for _, op := range []string{"+", "-", "*", "/", "\\", "#", "**", "_", "<", "=", "[", "]", "]]", "&", "!"} {
			_, _ = fn.Op(op, args[0], args[1])
		}
		_, _ = fn.SetPiece(args[0], b, fn.Whole(args[2]), fn.Whole(args[3]), true, args[1])
		_, _ = fn.SetExtract(args[0], fn.Whole(args[2]), fn.Whole(args[3]), true, args[1])
		_, _ = fn.SetList(args[0], fn.Whole(args[2]), fn.Whole(args[3]), true, args[1])
		_, _ = fn.SplitName(a)
	})
}

var functionNames = []string{"$ASCII", "$BIT", "$BITCOUNT", "$BITFIND", "$CHAR", "$DECIMAL", "$DOUBLE", "$EXTRACT", "$FACTOR",
	"$FIND", "$FNUMBER", "$INUMBER", "$ISVALIDDOUBLE", "$ISVALIDNUM", "$JUSTIFY", "$LENGTH", "$LIST", "$LISTBUILD", "$LISTDATA",
	"$LISTFIND", "$LISTFROMSTRING", "$LISTGET", "$LISTLENGTH", "$LISTSAME", "$LISTTOSTRING", "$LISTVALID", "$LOCATE", "$MATCH",
	"$NCONVERT", "$NORMALIZE", "$NUMBER", "$PIECE", "$QLENGTH", "$QSUBSCRIPT", "$REPLACE", "$REVERSE", "$SCONVERT",
	"$TRANSLATE", "$WASCII", "$WCHAR", "$WEXTRACT", "$WFIND", "$WISWIDE", "$WLENGTH", "$WREVERSE", "$ZABS", "$ZARCSIN",
	"$ZBOOLEAN", "$ZCONVERT", "$ZCRC", "$ZDATE", "$ZDATEH", "$ZDATETIME", "$ZDATETIMEH", "$ZHEX", "$ZISWIDE", "$ZLASCII",
	"$ZLCHAR", "$ZLN", "$ZNAME", "$ZPOWER", "$ZSIN", "$ZSTRIP", "$ZTIME", "$ZTIMEH", "$ZWIDTH", "$ZWPACK", "$ZWUNPACK"}

// FuzzMatch compares a pattern match with a slow one that tries every split.
func FuzzMatch(f *testing.F) {
	f.Add("a1b22", ".(1L,1.2N)")
	f.Add("aaab", ".3\"a\".E")
	f.Add("-5", ".1\"-\"1.N")
	f.Fuzz(func(t *testing.T, s, pattern string) {
		if len(s) > 8 || len(pattern) > 24 || !utf8.ValidString(s) {
			return
		}
		items, err := parse.Pattern(pattern)
		if err != nil || !bounded(items) {
			return
		}
		u := value.Units(s)
		if got, want := fn.Match(s, items), slowMatch(u, items); got != want {
			t.Fatalf("%q ? %s: %v, want %v", s, pattern, got, want)
		}
	})
}

func bounded(items []ast.PatternItem) bool {
	for _, p := range items {
		if p.Min > 12 || p.Max > 12 {
			return false
		}
		for _, a := range p.Alternatives {
			if !bounded(a) {
				return false
			}
		}
	}
	return len(items) < 6
}

func slowMatch(u []uint16, items []ast.PatternItem) bool {
	if len(items) == 0 {
		return len(u) == 0
	}
	p := items[0]
	if p.Min > 0 || p.Max != 0 {
		next := p
		next.Min, next.Max = max(p.Min-1, 0), max(p.Max-1, -1)
		if p.Max < 0 {
			next.Max = -1
		}
		rest := append([]ast.PatternItem{next}, items[1:]...)
		for n := 0; n <= len(u); n++ {
			if n == 0 && p.Min == 0 || !slowOnce(u[:n], p) {
				continue
			}
			if slowMatch(u[n:], rest) {
				return true
			}
		}
	}
	return p.Min == 0 && slowMatch(u, items[1:])
}

func slowOnce(u []uint16, p ast.PatternItem) bool {
	if p.Literal != nil {
		return value.FromUnits(u) == *p.Literal
	}
	if p.Alternatives != nil {
		for _, a := range p.Alternatives {
			if slowMatch(u, a) {
				return true
			}
		}
		return false
	}
	return len(u) == 1 && fn.Match(value.FromUnits(u), []ast.PatternItem{{Min: 1, Max: 1, Codes: p.Codes}})
}
