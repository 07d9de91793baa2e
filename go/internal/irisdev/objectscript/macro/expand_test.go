package macro_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"iris-pgwire/internal/irisdev/objectscript/macro"
)

// files are include files for tests.
type files map[string]string

func (f files) Include(name string) ([]string, bool) {
	text, ok := f[name]
	return strings.Split(text, "\n"), ok
}

var includes = files{
	"Lib":   "#include Other\n#define ISOK(%sc) (+(%sc))\n#define TWO ($$$ONE+$$$ONE)",
	"Other": "#include Lib\n#define ONE 1",
	"Code":  "#define HERE 1\nlabel set x=1",
	"Open":  "#if 1",
}

var options = macro.Options{
	Eval: func(s string) (string, error) {
		if s == "bad" {
			return "", errors.New("<UNDEFINED>bad")
		}
		return "[" + s + "]", nil
	},
	Execute: func(string) error { return nil },
	Class:   "A.B", Method: "m",
}

// expand gives the lines that a source becomes, without empty ones at the end.
func expand(source string) string {
	lines, err := macro.Expand(macro.Lines(strings.Split(source, "\n"), 1), macro.NewDefs(), includes, options)
	if err != nil {
		return err.Error()
	}
	rows := make([]string, len(lines))
	for i, l := range lines {
		rows[i] = l.Text
	}
	return strings.TrimRight(strings.Join(rows, "\n"), "\n")
}

func check(t *testing.T, cases [][2]string) {
	t.Helper()
	for _, c := range cases {
		if got := expand(c[0]); got != c[1] {
			t.Errorf("%s\n is   %q\n want %q", c[0], got, c[1])
		}
	}
}

func TestComments(t *testing.T) {
	check(t, [][2]string{
		{" set x=1 // why", " set x=1"},
		{" set x=1 ; why", " set x=1"},
		{" set x=1 ##; why", " set x=1"},
		{"#; nothing\n quit", "\n quit"},
		{` set x="a//b;c/*d" // why`, ` set x="a//b;c/*d"`},
		{` set x="say ""//"""`, ` set x="say ""//"""`},
		{" set x=1/*a*/+2", " set x=1 +2"},
		{" set x=1 /* a\n b \"\n c */ set y=2", " set x=1\n\n set y=2"},
		{" &sql(select 'it//s', \"a;b\" -- ; why\n from c /* d */ where e=')')", " &sql(select 'it//s', \"a;b\" \n from c   where e=')')"},
	})
}

func TestDefine(t *testing.T) {
	check(t, [][2]string{
		{"#define A 1\n w $$$A", "\n w 1"},
		{"#define A(%x,%y) %x+%y*%xx\n w $$$A(1,$$$B)_$$$A(a(b,c),\"d,e\")\n#define B 2", "MPP5610: Referenced macro not defined: 'B' (line 2)"},
		{"#define B 2\n#define A(%x,%y) %x+%y*%xx\n w $$$A(1,$$$B)_$$$A(a(b,c),\"d,e\")", "\n\n w 1+2*%xx_a(b,c)+\"d,e\"*%xx"},
		{"#define A(%x) {%x}\n w $$$A({\"a\":1,\"b\":2})", "\n w {{\"a\":1,\"b\":2}}"},
		{"#define A(%x,%y) <%x|%y>\n w $$$A(1)", "\n w <1|>"},
		{"#define A(%x) %x\n w $$$A(1,2)", "too many arguments for macro 'A' (line 2)"},
		{"#define A 1\n w $$$A(2)", "\n w 1(2)"},
		{"#define A(%x) \"%x\"_%x\n w $$$A(y)", "\n w \"%x\"_y"},
		{"#define A(%x,%r...) f(%x,%r)\n w $$$A(1,2,3)", "\n w f(1,2,3)"},
		{"#def1arg A(%all) f(%all)\n w $$$A(1,2,\"3\")", "\n w f(1,2,\"3\")"},
		{"#def1arg A text\n w $$$A", "\n w text"},
		{"#define A 1 ##continue\n +2 ##Continue\n +3\n w $$$A", "\n\n\n w 1  +2  +3"},
		{"#define A 1\n#undef A\n w $$$A", "MPP5610: Referenced macro not defined: 'A' (line 3)"},
		{"#define a 1\n w $$$A", "MPP5610: Referenced macro not defined: 'A' (line 2)"},
		{" w \"$$$A\"", " w \"$$$A\""},
		{" w $$$CurrentClass,$$$CurrentMethod", " w \"A.B\",\"m\""},
		{"#define A(%x) f(%x)\n w $$$A(1,\n   2)\n quit", "too many arguments for macro 'A' (line 2)"},
		{"#define A(%x) f(%x)\n w $$$A(g(1, // one\n   2))\n quit", "\n w f(g(1, 2))\n\n quit"},
		{"#define A(x) 1", "the parameter x of a macro does not begin with % (line 1)"},
		{"#define A $$$A\n w $$$A", "macros nested too deeply (line 2)"},
		{"#define A $$$B$$$B$$$B\n#define B $$$C$$$C$$$C\n#define C $$$D$$$D\n#define D $$$E$$$E\n#define E ab\n w $$$A",
			"\n\n\n\n\n w " + strings.Repeat("ab", 36)},
	})
}

func TestConditions(t *testing.T) {
	check(t, [][2]string{
		{"#if 1\n a\n#else\n b\n#endif\n c", "\n a\n\n\n\n c"},
		{"#if 0\n a\n#elseIf 1\n b\n#elseif 1\n c\n#ELSE\n d\n#EndIf", "\n\n\n b"},
		{"#ifDef A\n a\n#else\n#define A\n#ifdef $$$A\n b\n#endif\n#endif\n#ifndef A\n c\n#endif", "\n\n\n\n\n b"},
		{"#if 0\n#if $$$NOTHING\n#bogus\n $$$NOTHING\n#endif\n#endif\n a", "\n\n\n\n\n\n a"},
		{"#define V 3\n#if $$$V\n a\n#endif", "\n\n a"},
		{"#if 1\n a", "#if without #endif (line 2)"},
		{"#endif", "#endif, #else or #elseIf without #if (line 1)"},
		{"#if 1\n#else\n#else\n#endif", "#else after #else (line 3)"},
		{"#if bad\n#endif", "cannot evaluate bad: <UNDEFINED>bad (line 1)"},
	})
}

func TestInclude(t *testing.T) {
	check(t, [][2]string{
		{"#include Lib\n w $$$TWO,$$$ISOK(sc)", "\n w (1+1),(+(sc))"},
		{"#include Lib.INC\n w $$$ONE", "\n w 1"},
		{"#include Code\n w $$$HERE", "label set x=1\n\n w 1"},
		{"#include Nothing", "MPP5635: No include file 'Nothing' (line 1)"},
		{"#include Open", "#if without #endif (line 1)"},
	})
}

func TestOtherDirectives(t *testing.T) {
	check(t, [][2]string{
		{"#dim x As %String\n quit", "\n quit"},
		{"#dim x As %String = \"a=b\"\n quit", " set x=\"a=b\"\n quit"},
		{"#Dim a, b As list Of %Integer = 1", " set (a, b)=1"},
		{"#dim x As %DynamicObject = {\n \"a\":1\n }", " set x={\n \"a\":1\n }"},
		{"#dim 1x", "#dim needs names of variables (line 1)"},
		{"#execute set ^a=1\n quit", "\n quit"},
		{"#noshow\n#import A\n quit", "\n\n quit"},
		{"#bogus", "unknown preprocessor directive #bogus (line 1)"},
		{" do ##class(A).b(), ##super(1)", " do ##class(A).b(), ##super(1)"},
	})
}

func TestFunctions(t *testing.T) {
	check(t, [][2]string{
		{"#define A 1\n w ##expression($$$A+1)", "\n w [1+1]"},
		{"#define A 1\n w ##quote(a,\"b\",$$$A),##QuoteExp($$$A)", "\n w \"a,\"\"b\"\",$$$A\",\"1\""},
		{" w ##stripq(\"a\"\"b\"),##lit($$$A)", " w a\"b,$$$A"},
		{" w ##beginquote a \"b\" ##endquote,1", " w \"a \"\"b\"\"\",1"},
		{"#define T(%e) set ##unique(new)=%e quit:##unique(old)\n $$$T($$$U)\n#define U 1\n", "MPP5610: Referenced macro not defined: 'U' (line 2)"},
		{"#define U ##unique(new)\n#define T(%e) set ##unique(new)=%e quit:##unique(old)\n $$$T($$$U)\n $$$T(1)",
			"\n\n set %mmmu1=%mmmu2 quit:%mmmu1\n set %mmmu3=1 quit:%mmmu3"},
		{" w ##unique(old)", "##unique takes new, or old after new (line 1)"},
		{" w ##expression(bad)", "cannot evaluate bad: <UNDEFINED>bad (line 1)"},
		{" w ##quote(a", "the argument of ##quote has no end (line 1)"},
	})
}

// Macros that grow without text end as well.
func TestMacrosThatMultiply(t *testing.T) {
	source := "#define M0\n"
	for i := range 60 {
		source += fmt.Sprintf("#define M%d $$$M%d$$$M%d\n", i+1, i, i)
	}
	if got := expand(source + " w $$$M60"); got != "too many macros in one line (line 62)" {
		t.Error(got)
	}
}

// Every line keeps its number, and there is one for each of the source.
func TestLineNumbers(t *testing.T) {
	lines, err := macro.Expand(macro.Lines([]string{"#define A(%x) %x", " w $$$A(f(1,", " 2))", " quit"}, 40), macro.NewDefs(), nil, macro.Options{})
	if got := fmt.Sprint(lines, err); got != "[{ 40} { w f(1, 2) 41} { 42} { quit 43}] <nil>" {
		t.Error(got)
	}
}

// What a caller defines before is known; a clone does not change it.
func TestDefs(t *testing.T) {
	defs := macro.NewDefs()
	defs.Define("A", "1")
	clone := defs.Clone()
	if _, err := macro.Expand(macro.Lines([]string{"#define B $$$A"}, 1), clone, nil, macro.Options{}); err != nil {
		t.Fatal(err)
	}
	if !clone.Has("B") || defs.Has("B") || !defs.Has("A") {
		t.Error("clones share their macros")
	}
	_, err := macro.Expand(macro.Lines([]string{"#if x", "#endif"}, 1), defs, nil, macro.Options{})
	if err == nil || !strings.Contains(err.Error(), "nothing can be evaluated here") {
		t.Error(err)
	}
}

func FuzzExpand(f *testing.F) {
	for _, s := range []string{"#define A(%x,%y...) %x##quote(%y)\n $$$A(1,2)", "#if 1\n#include Lib\n#else\n#endif", "#dim x As A=1 /* */ ;",
		" &sql(a'b) ##unique(new) ##beginquote x ##endquote", "#def1arg B(%a) $$$B(%a)\n $$$B(\"", " a ##continue\n b"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		_, err := macro.Expand(macro.Lines(strings.Split(s, "\n"), 1), macro.NewDefs(), includes, options)
		if _, ok := err.(*macro.Error); err != nil && !ok {
			t.Fatalf("%T: %v", err, err)
		}
	})
}
