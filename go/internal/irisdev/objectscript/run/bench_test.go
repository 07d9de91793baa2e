package run_test

import (
	"context"
	"testing"

	"iris-pgwire/internal/irisdev/objectscript/run"
)

// BenchmarkLoop is a FOR of a million turns.
func BenchmarkLoop(b *testing.B) {
	for name, code := range map[string]string{
		"sum":    `set s=0 for i=1:1:1000000 { set s=s+i }`,
		"old":    `set s=0 for i=1:1:1000000 set s=s+i`,
		"array":  `for i=1:1:100000 { set a(i)=i }`,
		"global": `for i=1:1:100000 { set ^a(i)=i }`,
		"call":   `for i=1:1:100000 { set x=##class(Test.Base).Kind() }`,
		"object": `for i=1:1:100000 { set o=##class(Test.Calls).%New() }`,
		"getter": `set o=##class(Test.Base).%New() for i=1:1:100000 { set x=o.Name }`,
		"text":   `for i=1:1:100000 { set s=$extract("abcdef",i#6+1)_i if s="x" { set t=1 } }`,
	} {
		b.Run(name, func(b *testing.B) {
			sys := newSystem(b)
			load(b, sys, "testdata/code")
			for range b.N {
				p, err := sys.NewProcess(run.Options{})
				if err != nil {
					b.Fatal(err)
				}
				if err := p.Line(context.Background(), code); err != nil {
					b.Fatal(err)
				}
				p.End()
			}
		})
	}
}
