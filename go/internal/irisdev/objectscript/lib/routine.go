package lib

import (
	"os"
	"strings"

	"iris-pgwire/internal/irisdev/objectscript/class"
	"iris-pgwire/internal/irisdev/objectscript/parse"
	"iris-pgwire/internal/irisdev/objectscript/run"
	"iris-pgwire/internal/irisdev/value"
)

// classOfFile gives the name of the class that a file defines; nothing if it does not.
func classOfFile(name string) (string, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return "", nil
	}
	def, err := parse.Class(string(data))
	if err != nil {
		return "", nil
	}
	return class.Canonical(def.Name), nil
}

var routineNatives = run.Natives{
	"%Library.Routine:%OnNew": func(p *run.Process, c *run.Call) (run.Value, error) {
		name := c.Text(0)
		if name == "" {
			return Status(5001, "A routine needs a name"), nil
		}
		p.SetRaw(c.Self, "Name", run.Text(name))
		s, err := streamOf(p, c.Self)
		if err != nil {
			return run.Value{}, err
		}
		if src, ok := dictionary(p).RoutineSource(p.Store(), p.Namespace(), name); ok {
			s.data = value.Units(strings.ReplaceAll(src, "\n", "\r\n") + "\r\n")
		}
		return good, nil
	},
	"%Library.Routine:Exists": func(p *run.Process, c *run.Call) (run.Value, error) {
		_, ok := dictionary(p).RoutineSource(p.Store(), p.Namespace(), c.Text(0))
		return run.Bool(ok), nil
	},
	"%Library.Routine:Delete": func(p *run.Process, c *run.Call) (run.Value, error) {
		ok, err := dictionary(p).DeleteRoutine(p.Store(), p.Namespace(), c.Text(0))
		if err == nil && !ok {
			return Status(5018, c.Text(0)), nil
		}
		return good, err
	},
	"%Library.Routine:Save": func(p *run.Process, c *run.Call) (run.Value, error) {
		s, err := streamOf(p, c.Self)
		if err != nil {
			return run.Value{}, err
		}
		src := strings.ReplaceAll(value.FromUnits(s.data), "\r\n", "\n")
		s.changed = false
		return good, dictionary(p).SetRoutine(p.Store(), p.Namespace(), p.GetRaw(c.Self, "Name").Text(), strings.TrimSuffix(src, "\n"))
	},
	"%Library.Routine:Compile": func(p *run.Process, c *run.Call) (run.Value, error) {
		return compileRoutine(p, p.GetRaw(c.Self, "Name").Text()), nil
	},
	"%Library.Routine:CompileOne": func(p *run.Process, c *run.Call) (run.Value, error) {
		return compileRoutine(p, c.Text(0)), nil
	},
	"%Library.Routine:Names": func(p *run.Process, _ *run.Call) (run.Value, error) {
		var items []value.Value
		for _, n := range dictionary(p).RoutineNames(p.Store(), p.Namespace()) {
			items = append(items, value.Text(n))
		}
		return run.Plain(value.BuildList(items...)), nil
	},
}

func compileRoutine(p *run.Process, item string) run.Value {
	name, typ := splitItem(item)
	if typ == "cls" {
		typ = "mac"
	}
	if typ == "inc" {
		return good
	}
	return statusOfProblems(class.AsProblems(dictionary(p).CompileRoutine(p.Store(), p.Namespace(), name, strings.ToUpper(typ))))
}
