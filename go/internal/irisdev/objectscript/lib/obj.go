package lib

import (
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"time"

	"iris-pgwire/internal/irisdev/objectscript/class"
	"iris-pgwire/internal/irisdev/objectscript/fault"
	"iris-pgwire/internal/irisdev/objectscript/run"
	"iris-pgwire/internal/irisdev/value"
)

var objNatives = run.Natives{
	"%SYSTEM.OBJ:Load":             objLoad,
	"%SYSTEM.OBJ:LoadStream":       objLoadStream,
	"%SYSTEM.OBJ:ImportDir":        objImportDir,
	"%SYSTEM.OBJ:Compile":          objCompile,
	"%SYSTEM.OBJ:Delete":           objDelete,
	"%SYSTEM.OBJ:Export":           objExport,
	"%SYSTEM.OBJ:IsValidClassname": func(_ *run.Process, c *run.Call) (run.Value, error) { return run.Bool(validName(c.Text(0))), nil },
	"%SYSTEM.OBJ:IsUpToDate": func(p *run.Process, c *run.Call) (run.Value, error) {
		return run.Bool(dictionary(p).Compiled(p.Store(), p.Namespace(), itemName(c.Text(0)))), nil
	},
}

// dictionary is the instance's class dictionary.
func dictionary(p *run.Process) *class.Dictionary {
	d, ok := p.System().Classes.(*class.Dictionary)
	if !ok {
		panic("the instance's classes are not in a class dictionary") // they always are
	}
	return d
}

// job is one load or compilation: what it says, and what went wrong.
type objJob struct {
	p        *run.Process
	d        *class.Dictionary
	ns       string
	flags    string
	show     bool
	problems class.Problems
	items    []string
	began    time.Time
}

func newJob(p *run.Process, qspec string) *objJob {
	flags, _, _ := strings.Cut(qspec, "/")
	show := !strings.Contains(flags, "-d") && !strings.Contains(qspec, "display=none") && !strings.Contains(qspec, "/nodisplay") &&
		!strings.Contains(qspec, "/display=0") && !strings.Contains(qspec, "displaylog=0")
	return &objJob{p: p, d: dictionary(p), ns: p.Namespace(), flags: qspec, show: show, began: time.Now()}
}

// wants reports a flag letter, c for example, or its long form.
func (j *objJob) wants(letter byte, long string) bool {
	flags, rest, _ := strings.Cut(j.flags, "/")
	for i := range len(flags) {
		if flags[i] == letter {
			return i == 0 || flags[i-1] != '-'
		}
	}
	for _, one := range strings.Split(rest, "/") {
		name, val, has := strings.Cut(strings.TrimSpace(one), "=")
		if strings.EqualFold(name, long) {
			return !has || val == "1"
		}
	}
	return false
}

func (j *objJob) say(form string, args ...any) error {
	if !j.show {
		return nil
	}
	if err := j.p.WriteLine(); err != nil {
		return err
	}
	return j.p.Write(fmt.Sprintf(form, args...))
}

func (j *objJob) stamp() string { return j.p.Now().Format("01/02/2006 15:04:05") }

// wrong notes problems and says them.
func (j *objJob) wrong(err error) error {
	for _, one := range class.AsProblems(err) {
		j.problems = append(j.problems, one)
		if err := j.say("%s", one.Error()); err != nil {
			return err
		}
	}
	return nil
}

// text takes in one source.
func (j *objJob) text(name, src string) error {
	item, err := j.d.LoadText(j.p.Store(), j.ns, name, src)
	if err != nil {
		return j.wrong(err)
	}
	j.items = append(j.items, item)
	return nil
}

func (j *objJob) file(name string) error {
	if err := j.say("Loading file %s as udl", name); err != nil {
		return err
	}
	data, err := os.ReadFile(name)
	if err != nil {
		return j.wrong(&class.Problem{Code: 5012, Text: "File '" + name + "' does not exist"})
	}
	src, err := decode(data, "UTF8")
	if err != nil {
		return err
	}
	return j.text(name, src)
}

// finish ends a load: it compiles when the flags say so, and gives the status.
func (j *objJob) finish(c *run.Call, loaded int) (run.Value, error) {
	if to := c.Var(loaded); loaded > 0 && to != nil {
		j.p.Clear(to)
		for _, item := range j.items {
			node, err := to.Make(value.Text(item))
			if err != nil {
				return run.Value{}, err
			}
			j.p.Assign(node, run.Value{})
		}
	}
	said := "Load finished successfully."
	if len(j.problems) > 0 {
		said = fmt.Sprintf("Detected %d errors during load.", len(j.problems))
	}
	if err := j.say("%s", said); err != nil {
		return run.Value{}, err
	}
	if err := j.endLine(); err != nil {
		return run.Value{}, err
	}
	if j.wants('c', "compile") && len(j.items) > 0 {
		if err := j.compile(j.items); err != nil {
			return run.Value{}, err
		}
	}
	return j.status(c, 2)
}

func (j *objJob) endLine() error {
	if !j.show {
		return nil
	}
	return j.p.WriteLine()
}

// status gives the errors to the argument errorlog and as a status.
func (j *objJob) status(c *run.Call, log int) (run.Value, error) {
	if to := c.Var(log); to != nil {
		j.p.Clear(to)
		j.p.Assign(to, run.Int(int64(len(j.problems))))
		for i, one := range j.problems {
			node, err := to.Make(value.Int(int64(i + 1)))
			if err != nil {
				return run.Value{}, err
			}
			j.p.Assign(node, run.Text(one.Error()))
		}
	}
	return statusOfProblems(j.problems), nil
}

func statusOfProblems(list class.Problems) run.Value {
	if len(list) == 0 {
		return good
	}
	errs := make([]oneError, len(list))
	for i, one := range list {
		text := one.Text
		if one.Where != "" {
			text = one.Where + " " + text
		}
		code := one.Code
		if messages[code] != "%1" {
			code = 5001
		}
		errs[i] = oneError{code: code, params: []string{text}}
	}
	return statusOf(errs...)
}

// compile compiles classes and routines.
func (j *objJob) compile(items []string) error {
	j.began = time.Now()
	if err := j.say("Compilation started on %s with qualifiers '%s'", j.stamp(), j.flags); err != nil {
		return err
	}
	before := len(j.problems)
	var classes []string
	for _, item := range items {
		name, typ := splitItem(item)
		switch typ {
		case "cls":
			classes = append(classes, name)
		case "mac", "int":
			if err := j.say("Compiling routine %s", item); err != nil {
				return err
			}
			if err := j.d.CompileRoutine(j.p.Store(), j.ns, name, strings.ToUpper(typ)); err != nil {
				if err := j.wrong(err); err != nil {
					return err
				}
			}
		}
	}
	if j.wants('b', "subclasses") || j.wants('y', "predecessorclasses") {
		classes = j.d.WithSubclasses(j.p.Store(), j.ns, classes)
	}
	var failed error
	wrong := j.d.Compile(j.p, j.ns, classes, func(name string) {
		if err := j.say("Compiling class %s", name); err != nil && failed == nil {
			failed = err
		}
	})
	for _, name := range sorted(wrong) {
		if err := j.wrong(wrong[name]); err != nil {
			return err
		}
	}
	if failed != nil {
		return failed
	}
	if err := j.project(classes, wrong); err != nil {
		return err
	}
	took := time.Since(j.began).Seconds()
	said := fmt.Sprintf("Compilation finished successfully in %.3fs.", took)
	if n := len(j.problems) - before; n > 0 {
		said = fmt.Sprintf("Detected %d errors during compilation in %.3fs.", n, took)
	}
	if err := j.say("%s", said); err != nil {
		return err
	}
	return j.endLine()
}

// project calls CreateProjection of the projections of classes that were compiled.
func (j *objJob) project(classes []string, wrong map[string]class.Problems) error {
	for _, name := range classes {
		if wrong[name] != nil {
			continue
		}
		c, err := j.d.Class(j.p.Store(), j.ns, name)
		if err != nil {
			continue
		}
		for _, pr := range projections(c) {
			full := j.d.FullName(j.p.Store(), j.ns, c, pr)
			cls, err := j.p.Class(full)
			if err != nil {
				return j.wrong(&class.Problem{Code: 5373, Text: "Class '" + full + "', used by '" + name + "', does not exist"})
			}
			params := &run.Var{}
			sc, err := j.p.CallClass(cls, "CreateProjection", []run.Actual{run.Arg(run.Text(name)), {Var: params}, run.Arg(run.Int(1))}, true)
			if err != nil {
				return err
			}
			if !sc.Truth() {
				if err := j.wrong(&class.Problem{Code: 5001, Text: statusText(sc)}); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// projections gives the classes of a class's projections.
func projections(c *class.Class) []string {
	var out []string
	for _, o := range c.Def.Others {
		if o.Kind != "Projection" {
			continue
		}
		words := strings.FieldsFunc(o.Text, func(r rune) bool { return strings.ContainsRune(" \t\n;([", r) })
		for i, w := range words {
			if strings.EqualFold(w, "as") && i+1 < len(words) {
				out = append(out, words[i+1])
				break
			}
		}
	}
	return out
}

func sorted[V any](m map[string]V) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	sort.Strings(out)
	return out
}

// splitItem splits Pkg.Name.cls or NAME.mac; without a known type it is a class.
func splitItem(item string) (name, typ string) {
	if i := strings.LastIndexByte(item, '.'); i >= 0 {
		switch t := strings.ToLower(item[i+1:]); t {
		case "cls", "mac", "int", "inc":
			return item[:i], t
		}
	}
	return item, "cls"
}

func itemName(item string) string {
	name, _ := splitItem(item)
	return class.Canonical(name)
}

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
			deleted, err = j.d.DeleteRoutine(p.Store(), j.ns, item)
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

// unproject calls RemoveProjection of a class that is about to be deleted.
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
	return nil
}

// objExport writes one class or routine as a source file; the XML form of exports is not built.
func objExport(p *run.Process, c *run.Call) (run.Value, error) {
	return run.Value{}, fault.New("UNIMPLEMENTED", "*Export,%SYSTEM.OBJ")
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
