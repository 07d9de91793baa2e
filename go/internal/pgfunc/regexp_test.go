package pgfunc

import (
	"strings"
	"testing"
)

// What Go's engine cannot say, or says with other groups, is refused by name.
func TestRegularExpressionsThatAreRefused(t *testing.T) {
	for _, x := range []struct{ pattern, reason string }{
		{`(a)\1`, "back-reference"},
		{`a(?=b)`, "lookaround"},
		{`a(?!b)`, "lookaround"},
		{`(?<=a)b`, "lookaround"},
		{`[[.a.]]`, "collating element"},
		{`[[:<:]]a`, "[[:<:]]"},
		{`\m.`, `\m beside`},
		{`(?x)a`, "embedded option"},
	} {
		_, err := compilePattern(x.pattern, regexFlags{dotNewline: true})
		if err == nil || !strings.Contains(err.Error(), x.reason) || !strings.Contains(err.Error(), "0A000") {
			t.Errorf("%s: %v, want a refusal of %s", x.pattern, err, x.reason)
		}
	}
}

// Alternatives are harmless where only one of them can match, or all have one length.
func TestGroupsBesideAlternatives(t *testing.T) {
	for pattern, refused := range map[string]bool{
		`(foo|bar)x`: false, `Ste(v|ph)en`: false, `(a|b)(c*)`: false, `(a|ab)(c|bcd)(d*)`: true, `(a.*|.b)c`: true,
		`(x+|y)`: true, `(?:a|ab)c`: false, `(a*)(b+)`: false, `((a|b)+)c`: false, `(ab?)*`: true,
	} {
		p, err := compilePattern(pattern, regexFlags{dotNewline: true})
		if err != nil {
			t.Fatal(err)
		}
		if got := p.exact(true) != nil; got != refused {
			t.Errorf("groups of %s are refused: %v, want %v", pattern, got, refused)
		}
	}
}

func TestAPatternIsCompiledOnceForACallSite(t *testing.T) {
	c := &Context{}
	first, err := c.compile("a+", regexFlags{})
	if err != nil {
		t.Fatal(err)
	}
	if again, _ := c.compile("a+", regexFlags{}); again != first {
		t.Error("the same pattern was compiled again")
	}
	if other, _ := c.compile("a+", regexFlags{fold: true}); other == first {
		t.Error("other flags gave the same pattern")
	}
}
