package sqlfunc

import (
	"strings"
	"testing"

	"iris-pgwire/internal/irisdev/irissql"
	"iris-pgwire/internal/irisdev/irissql/sqltype"
)

func TestPatterns(t *testing.T) {
	for _, x := range []struct {
		op              irissql.MatchOp
		c               sqltype.Collation
		pattern, escape string
		yes, no         []string
	}{
		{irissql.Like, sqltype.Exact, "a%", "", []string{"a", "abc"}, []string{"A", "ba", ""}},
		{irissql.Like, sqltype.SQLUpper, "a%", "", []string{"abc", "ABC"}, []string{"ba"}},
		{irissql.Like, sqltype.Exact, "_b_", "", []string{"abc", "xbx", "äbö"}, []string{"ab", "abcd"}},
		{irissql.Like, sqltype.Exact, `100\%`, `\`, []string{"100%"}, []string{"1000", `100\%`}},
		{irissql.Like, sqltype.Exact, `a\%`, "", []string{`a\`, `a\b`}, []string{"a%"}}, // no escape unless one is given
		{irissql.Like, sqltype.Exact, "%a%b%", "", []string{"xaxbx", "ab"}, []string{"ba"}},
		{irissql.StartsWith, sqltype.SQLUpper, "ab", "", []string{"ABC"}, []string{"xab"}},
		{irissql.StartsWith, sqltype.Exact, "ab", "", []string{"abc"}, []string{"ABC"}},
		{irissql.Matches, sqltype.SQLUpper, "[a-c]?*", "", []string{"ax", "bcd"}, []string{"Ax", "a", "dx"}},
		{irissql.Matches, sqltype.Exact, "[^a-c]", "", []string{"d"}, []string{"a", ""}},
	} {
		m, err := CompilePattern(x.op, x.c, x.pattern, x.escape)
		if err != nil {
			t.Errorf("%q: %v", x.pattern, err)
			continue
		}
		for _, y := range x.yes {
			if !m(s(y)) {
				t.Errorf("%q does not match %q under %v", x.pattern, y, x.c)
			}
		}
		for _, n := range x.no {
			if m(s(n)) {
				t.Errorf("%q matches %q under %v", x.pattern, n, x.c)
			}
		}
	}
	if _, err := CompilePattern(irissql.Like, sqltype.Exact, "a", "ab"); codeOf(t, err) != -63 {
		t.Errorf("an escape of two characters: %v", err)
	}
}

func TestLongPatternsTakeNoExponentialTime(t *testing.T) {
	m, err := CompilePattern(irissql.Like, sqltype.Exact, strings.Repeat("%a", 50)+"b", "")
	if err != nil {
		t.Fatal(err)
	}
	if m(s(strings.Repeat("a", 5000))) {
		t.Error("matched without a b")
	}
}
