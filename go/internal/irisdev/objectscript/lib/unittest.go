package lib

import (
	"strings"

	"iris-pgwire/internal/irisdev/objectscript/run"
	"iris-pgwire/internal/irisdev/value"
)

var unitTestNatives = run.Natives{
	"%UnitTest.Manager:ClassOfFile": func(p *run.Process, c *run.Call) (run.Value, error) {
		name, err := classOfFile(absolute(p, c.Text(0)))
		return run.Text(name), err
	},
	"%UnitTest.Manager:IsTestCase": func(p *run.Process, c *run.Call) (run.Value, error) {
		cls, err := dictionary(p).Class(p.Store(), p.Namespace(), c.Text(0))
		return run.Bool(err == nil && cls.Is("%UnitTest.TestCase") && !cls.Def.Keywords.Has("abstract")), nil
	},
	"%UnitTest.Manager:TestMethods": func(p *run.Process, c *run.Call) (run.Value, error) {
		cls, err := dictionary(p).Class(p.Store(), p.Namespace(), c.Text(0))
		if err != nil {
			return run.Value{}, err
		}
		var found []value.Value
		for _, name := range sorted(cls.Methods) {
			if m := cls.Methods[name]; strings.HasPrefix(name, "Test") && m.Property == nil && !m.Def.ClassMethod {
				found = append(found, value.Text(name))
			}
		}
		return run.Plain(value.BuildList(found...)), nil
	},
}
