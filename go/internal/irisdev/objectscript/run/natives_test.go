package run_test

import "iris-pgwire/internal/irisdev/objectscript/run"

// natives are those that the tests need.
func natives() run.Natives {
	return run.Natives{
		"%Library.RegisteredObject:%New": func(p *run.Process, c *run.Call) (run.Value, error) { return p.New(c.Class, c.Args) },
		"%Library.SystemBase:%New":       func(p *run.Process, c *run.Call) (run.Value, error) { return p.New(c.Class, c.Args) },
	}
}
