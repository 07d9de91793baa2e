package lib

import (
	"os"
	"strconv"
	"strings"

	"iris-pgwire/internal/irisdev/objectscript/class"
	"iris-pgwire/internal/irisdev/objectscript/fault"
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
		return run.Bool(dictionary(p).RoutineExists(p.Store(), p.Namespace(), c.Text(0))), nil
	},
	"%Library.Routine:UpToDateGet": func(p *run.Process, c *run.Call) (run.Value, error) {
		return run.Bool(dictionary(p).UpToDate(p.Store(), p.Namespace(), p.GetRaw(c.Self, "Name").Text())), nil
	},
	"%Library.Routine:Delete": deleteRoutine,
	"%Library.Routine:Save": func(p *run.Process, c *run.Call) (run.Value, error) {
		s, err := streamOf(p, c.Self)
		if err != nil {
			return run.Value{}, err
		}
		item := p.GetRaw(c.Self, "Name").Text()
		if !c.Arg(0).Truth() {
			if err := dictionary(p).Backup(p.Store(), p.Namespace(), item); err != nil {
				return run.Value{}, err
			}
		}
		src := strings.ReplaceAll(value.FromUnits(s.data), "\r\n", "\n")
		s.changed = false
		return good, dictionary(p).SetRoutine(p.Store(), p.Namespace(), item, strings.TrimSuffix(src, "\n"))
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

// deleteRoutine is Delete(name, flag, supressbackup). That there is no such routine is no error.
func deleteRoutine(p *run.Process, c *run.Call) (run.Value, error) {
	item, d := c.Text(0), dictionary(p)
	if strings.Contains(item, ";") {
		return run.Value{}, fault.New("UNIMPLEMENTED", "*deletion of backups")
	}
	how, err := strconv.Atoi(orDefault(c.Text(1), "0"))
	if err != nil || how < int(class.WholeRoutine) || how > int(class.SourceOnly) {
		return Status(5001, "The flag of a deletion is 0, 1 or 2"), nil
	}
	if !strings.Contains(item, ".") {
		for _, typ := range []string{".MAC", ".INT", ".OBJ"} {
			if d.RoutineExists(p.Store(), p.Namespace(), item+typ) {
				item += typ
				break
			}
		}
	}
	if !c.Arg(2).Truth() {
		if err := d.Backup(p.Store(), p.Namespace(), item); err != nil {
			return run.Value{}, err
		}
	}
	_, err = d.DeleteRoutine(p.Store(), p.Namespace(), item, class.Deletion(how))
	return good, err
}
