package lib

import (
	"os"
	"path/filepath"
	"sort"
	"strings"

	"iris-pgwire/internal/irisdev/objectscript/class"
	"iris-pgwire/internal/irisdev/objectscript/fault"
	"iris-pgwire/internal/irisdev/objectscript/run"
	"iris-pgwire/internal/irisdev/value"
)

// names lists what an argument names: a text with commas, an array by its subscripts, or a $LIST.
func names(c *run.Call, at int) []string {
	var out []string
	if v := c.Var(at); v != nil {
		v.Each(func(sub value.Value, _ *run.Var) bool {
			out = append(out, sub.Text())
			return true
		})
	}
	if items, err := value.ListItems(c.Arg(at).Value); err == nil && c.Arg(at).Kind() == value.List {
		for _, it := range items {
			out = append(out, it.Text())
		}
		return out
	}
	for _, one := range strings.Split(c.Text(at), ",") {
		if one = strings.TrimSpace(one); one != "" {
			out = append(out, one)
		}
	}
	return out
}

func objLoad(p *run.Process, c *run.Call) (run.Value, error) {
	j := newJob(p, c.Text(1))
	if err := j.say("Load started on %s", j.stamp()); err != nil {
		return run.Value{}, err
	}
	for _, name := range names(c, 0) {
		list := []string{absolute(p, name)}
		if strings.ContainsAny(name, "*?") {
			if found, err := filepath.Glob(list[0]); err == nil {
				list = found
			}
		}
		for _, one := range list {
			if st, err := os.Stat(one); err == nil && st.IsDir() {
				if err := j.dir(one, []string{"*.cls", "*.mac", "*.inc", "*.int"}, false); err != nil {
					return run.Value{}, err
				}
				continue
			}
			if err := j.file(one); err != nil {
				return run.Value{}, err
			}
		}
	}
	return j.finish(c, 3)
}

func objLoadStream(p *run.Process, c *run.Call) (run.Value, error) {
	j := newJob(p, c.Text(1))
	if c.Arg(0).Obj == nil {
		return run.Value{}, fault.New("INVALID OREF", "")
	}
	src, err := streamText(p, c.Arg(0).Obj)
	if err != nil {
		return run.Value{}, err
	}
	name := c.Text(6)
	if name == "" {
		name = "stream.cls"
		if strings.HasPrefix(strings.TrimSpace(src), "ROUTINE ") {
			name = "stream.mac"
		}
	}
	if err := j.text(name, src); err != nil {
		return run.Value{}, err
	}
	return j.finish(c, 3)
}

// dir takes in the files of a directory, in the order of their names; include files come first.
func (j *objJob) dir(dir string, patterns []string, recurse bool) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return j.wrong(&class.Problem{Code: 5011, Text: "Directory '" + dir + "' does not exist"})
	}
	sort.SliceStable(entries, func(a, b int) bool {
		return strings.HasSuffix(entries[a].Name(), ".inc") && !strings.HasSuffix(entries[b].Name(), ".inc")
	})
	for _, e := range entries {
		name := filepath.Join(dir, e.Name())
		switch {
		case e.IsDir() && recurse:
			err = j.dir(name, patterns, recurse)
		case !e.IsDir() && matchesAny(e.Name(), patterns):
			err = j.file(name)
		default:
			continue
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func objImportDir(p *run.Process, c *run.Call) (run.Value, error) {
	j := newJob(p, c.Text(2))
	if err := j.say("Load of directory started on %s", j.stamp()); err != nil {
		return run.Value{}, err
	}
	patterns := strings.FieldsFunc(orDefault(c.Text(1), "*.cls"), func(r rune) bool { return r == ';' || r == ',' })
	if err := j.dir(normal(p, c.Text(0)), patterns, c.Arg(4).Truth()); err != nil {
		return run.Value{}, err
	}
	// errorlog is the fourth argument here, loaded the sixth.
	shifted := *c
	shifted.Args = append(append([]run.Actual{}, c.Args[:2]...), c.Args[3], run.Actual{})
	if len(c.Args) > 5 {
		shifted.Args[3] = c.Args[5]
	}
	return j.finish(&shifted, 3)
}

// matching finds the items of a namespace that names and patterns stand for.
func (j *objJob) matching(list []string) ([]string, error) {
	var out []string
	for _, one := range list {
		name, typ := splitItem(one)
		if !strings.ContainsAny(one, "*?") {
			if typ == "cls" {
				name = class.Canonical(name)
			}
			out = append(out, name+"."+typ)
			continue
		}
		if typ == "cls" {
			for _, have := range j.d.Owned(j.p.Store(), j.ns) {
				if ok, err := filepath.Match(name, have); ok && err == nil {
					out = append(out, have+".cls")
				}
			}
			continue
		}
		for _, have := range j.d.RoutineNames(j.p.Store(), j.ns) {
			if ok, err := filepath.Match(strings.ToLower(one), strings.ToLower(have)); ok && err == nil {
				out = append(out, have)
			}
		}
	}
	return out, nil
}

func objCompile(p *run.Process, c *run.Call) (run.Value, error) {
	j := newJob(p, c.Text(1))
	items, err := j.matching(names(c, 0))
	if err != nil {
		return run.Value{}, err
	}
	var there []string
	for _, item := range items {
		name, typ := splitItem(item)
		if typ == "cls" && !j.d.Exists(p.Store(), j.ns, name) {
			if err := j.wrong(&class.Problem{Code: 5351, Text: "Class '" + name + "' does not exist"}); err != nil {
				return run.Value{}, err
			}
			continue
		}
		there = append(there, item)
	}
	if err := j.compile(there); err != nil {
		return run.Value{}, err
	}
	return j.status(c, 2)
}

func objDelete(p *run.Process, c *run.Call) (run.Value, error) {
	j := newJob(p, c.Text(1))
	list := names(c, 0)
	items, err := j.matching(list)
	if err != nil {
		return run.Value{}, err
	}
	for _, item := range items {
		name, typ := splitItem(item)
		deleted := false
		if typ == "cls" {
			if err := j.unproject(name); err != nil {
				return run.Value{}, err
			}
			if err := j.say("Deleting class %s", name); err != nil {
				return run.Value{}, err
			}
			deleted, err = j.d.DeleteClass(p.Store(), j.ns, name)
		} else {
			deleted, err = j.d.DeleteRoutine(p.Store(), j.ns, item, class.WholeRoutine)
		}
		if err != nil {
			return run.Value{}, err
		}
		if !deleted {
			if err := j.wrong(&class.Problem{Code: 5351, Text: "Class '" + name + "' does not exist"}); err != nil {
				return run.Value{}, err
			}
		}
	}
	if err := j.endLine(); err != nil {
		return run.Value{}, err
	}
	return j.status(c, 2)
}

// unproject calls RemoveProjection of a class that is about to be deleted, and removes its table. The rows stay unless the flags
// ask for their deletion.
func (j *objJob) unproject(name string) error {
	c, err := j.d.Class(j.p.Store(), j.ns, name)
	if err != nil {
		return nil
	}
	for _, pr := range projections(c) {
		cls, err := j.p.Class(j.d.FullName(j.p.Store(), j.ns, c, pr))
		if err != nil {
			continue
		}
		if _, err := j.p.CallClass(cls, "RemoveProjection", []run.Actual{run.Arg(run.Text(name)), {Var: &run.Var{}},
			run.Arg(run.Int(0))}, true); err != nil {
			return err
		}
	}
	if run.Extent(c) == nil {
		return nil
	}
	return j.p.Unproject(c.Name, j.wants('e', "deleteextent"))
}

// objExport is the export in XML, which is not built.
func objExport(*run.Process, *run.Call) (run.Value, error) {
	return run.Value{}, fault.New("UNIMPLEMENTED", "*Export,%SYSTEM.OBJ")
}

// objExportUDL writes the source of a class or routine to a file.
func objExportUDL(p *run.Process, c *run.Call) (run.Value, error) {
	name, typ := splitItem(c.Text(0))
	d := dictionary(p)
	src, ok := "", false
	if typ == "cls" {
		src, ok = d.Source(p.Store(), p.Namespace(), name)
	} else if src, ok = d.RoutineSource(p.Store(), p.Namespace(), c.Text(0)); ok {
		src = "ROUTINE " + name + " [Type=" + strings.ToUpper(typ) + "]\n" + src + "\n"
	}
	if !ok {
		return Status(5001, "Item '"+c.Text(0)+"' does not exist"), nil
	}
	if err := os.WriteFile(normal(p, c.Text(1)), []byte(src), 0o666&^umask(p)); err != nil {
		return Status(5008, c.Text(1)), nil
	}
	return good, nil
}

// validName reports a name that a class can have.
func validName(s string) bool {
	parts := strings.Split(s, ".")
	for i, part := range parts {
		if part == "" {
			return false
		}
		for k, r := range part {
			letter := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r > 127
			if !letter && !(k > 0 && r >= '0' && r <= '9') && !(i == 0 && k == 0 && r == '%') {
				return false
			}
		}
	}
	return true
}
