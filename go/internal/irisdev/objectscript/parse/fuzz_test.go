package parse_test

import (
	"strings"
	"testing"

	"iris-pgwire/internal/irisdev/objectscript/macro"
	"iris-pgwire/internal/irisdev/objectscript/parse"
)

// sources are where fuzzing begins: one of each construct.
var sources = []string{
	`a+b*(c_"d")'=-1.5E3`, `x?1.3N1"a".(1"b",2E)`, `^|"a"|b(1),^["x","y"]z`, `@x@(1)`, `$s(a:1,1:$case(b,1:2,:3))`,
	`{"a":[1,(b),{"c":null}]}.%ToJSON()`, `##class(A.B)x.m(.y,z...,)`, `$$a+1^|"x"|b(1)`, `..#P_i%q_$SYSTEM.A.b()`,
	"if a { quit } else { do b^c(1) }", "for i=1:1:3,5 write !,?5,*65\n. quit", "lab(a,b) PUBLIC { quit a }", "&sql(select ')')",
	"try {\n throw x\n}\ncatch e { }", " do:x  quit:y -1\n . set (a,b)=1,@c\n", "job a(1):(\"x\"::1):2 lock +(a,^b)#\"S\":0", sampleClass,
}

func fuzz(f *testing.F, parseText func(string) error) {
	for _, s := range sources {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		err := parseText(s)
		if _, ok := err.(*parse.Error); err != nil && !ok {
			t.Fatalf("%T: %v", err, err)
		}
	})
}

func FuzzExpr(f *testing.F) {
	fuzz(f, func(s string) error { _, err := parse.Expr(s); return err })
}

func FuzzLine(f *testing.F) {
	fuzz(f, func(s string) error { _, err := parse.Line(s); return err })
}

func FuzzCode(f *testing.F) {
	fuzz(f, func(s string) error {
		_, err := parse.Code(macro.Lines(strings.Split(s, "\n"), 1))
		return err
	})
}

func FuzzClass(f *testing.F) {
	fuzz(f, func(s string) error { _, err := parse.Class(s); return err })
}
