package lib

import (
	"fmt"
	"os"
	"sort"
	"strings"
	"time"

	"iris-pgwire/internal/irisdev/objectscript/class"
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
	"%SYSTEM.OBJ:ExportUDL":        objExportUDL,
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
		errs[i] = problemError(one.Code, text)
	}
	return statusOf(errs...)
}

// problemError is a problem as an error of a status: under its own code if the text of that can say it.
func problemError(code int, text string) oneError {
	if messages[code] == "%1" {
		return oneError{code: code, params: []string{text}}
	}
	if parts := strings.Split(text, "'"); len(parts) == 3 {
		if e := (oneError{code: code, params: []string{parts[1]}}); e.message() == text {
			return e
		}
	}
	return oneError{code: 5001, params: []string{text}}
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
