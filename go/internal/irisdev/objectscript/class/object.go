package class

import (
	"strconv"
	"strings"

	"iris-pgwire/internal/irisdev/objectscript/fault"
	"iris-pgwire/internal/irisdev/objectscript/macro"
	"iris-pgwire/internal/irisdev/objectscript/parse"
	"iris-pgwire/internal/irisdev/store"
)

// object is the type of what runs: the lines after expansion, each with its number in the source. As in IRIS it is made by the
// compilation alone and stays what it is, whatever becomes of the source.
const object = "OBJ"

// generated is the mark of intermediate code that was made from a .MAC.
var generated = text("gen")

// routine is parsed object code.
type routine struct {
	stamp string
	*Routine
	err error
}

// Routine gives a routine as a process in a namespace sees it: one that was compiled there, or for % names in %SYS.
// <NOROUTINE> without object code.
func (d *Dictionary) Routine(p *store.Process, ns, name string) (*Routine, error) {
	at := home(name, ns)
	v, ok := p.Get(routineNode(at, name+"."+object))
	if !ok {
		return nil, fault.New("NOROUTINE", "*"+name)
	}
	typ, visible := "INT", false
	for _, one := range []string{"INT", "MAC"} {
		if _, ok := p.Get(routineNode(at, name+"."+one)); ok {
			typ, visible = one, true
		}
	}
	r := d.routine(p, at, name, typ, v.Text()+" "+strconv.FormatBool(visible))
	if r.err != nil {
		return nil, fault.New("NOROUTINE", "*"+name)
	}
	return r.Routine, nil
}

func (d *Dictionary) routine(p *store.Process, at, name, typ, st string) *routine {
	key := at + " " + name
	d.mu.RLock()
	r := d.routines[key]
	d.mu.RUnlock()
	if r != nil && r.stamp == st {
		return r
	}
	code, _ := d.routineSource(p, at, name+"."+object)
	parsed, err := parse.Routine(name, typ, unpack(code))
	r = &routine{stamp: st, err: err}
	if err == nil {
		if strings.HasSuffix(st, " false") {
			parsed.Source = nil // $TEXT has nothing to show
		}
		r.Routine = &Routine{Name: name, Namespace: at, Routine: parsed}
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.routines[key] = r
	return r
}

// CompileRoutine makes the object code of a routine that was loaded, of a .MAC through its intermediate code. When the source
// is wrong, what was compiled before stays.
func (d *Dictionary) CompileRoutine(p *store.Process, ns, name, typ string) error {
	at := home(name, ns)
	lines, err := d.expandRoutine(p, ns, name, typ)
	if err != nil {
		return err
	}
	if typ == "MAC" {
		if err := keep(p, at, name, "INT", joined(lines)); err != nil {
			return err
		}
		if err := p.Set(routineNode(at, name+".INT").Sub(generated), text("1")); err != nil {
			return err
		}
	}
	return keep(p, at, name, object, pack(lines))
}

// UpToDate reports object code that a compilation of the source would make again.
func (d *Dictionary) UpToDate(p *store.Process, ns, item string) bool {
	name, typ := splitItem(item)
	code, ok := d.routineSource(p, home(name, ns), name+"."+object)
	if !ok {
		return false
	}
	lines, err := d.expandRoutine(p, ns, name, typ)
	return err == nil && pack(lines) == code
}

// expandRoutine gives the lines of a routine after its macros, or what is wrong with them.
func (d *Dictionary) expandRoutine(p *store.Process, ns, name, typ string) ([]macro.Line, error) {
	src, ok := d.routineSource(p, home(name, ns), name+"."+typ)
	if !ok {
		return nil, &Problem{Code: 5001, Text: "Routine '" + name + "." + typ + "' does not exist"}
	}
	lines := splitLines(src, 1)
	if typ == "MAC" {
		inc := newIncludes(d, p, ns)
		var names []string
		for _, n := range standard {
			if _, ok := d.builtin.Include(n); ok {
				names = append(names, n)
			}
		}
		defs, err := inc.defined(names)
		if err == nil {
			lines, err = macro.Expand(lines, defs.Clone(), inc, inc.options())
		}
		if err != nil {
			return nil, &Problem{Code: 5475, Text: "Error compiling routine: " + name + ". Errors: " + err.Error()}
		}
	}
	if typ == "INT" {
		lines = macro.Strip(lines)
	}
	if _, err := parse.Routine(name, typ, lines); err != nil {
		return nil, &Problem{Code: 5475, Text: "Error compiling routine: " + name + ". Errors: " + err.Error()}
	}
	return lines, nil
}

// pack writes lines with their numbers; unpack reads them.
func pack(lines []macro.Line) string {
	var b strings.Builder
	for _, l := range lines {
		b.WriteString(strconv.Itoa(l.Line) + "\t" + l.Text + "\n")
	}
	return b.String()
}

func unpack(code string) []macro.Line {
	var out []macro.Line
	for _, one := range strings.Split(strings.TrimSuffix(code, "\n"), "\n") {
		number, line, _ := strings.Cut(one, "\t")
		n, _ := strconv.Atoi(number) // which pack wrote
		out = append(out, macro.Line{Text: line, Line: n})
	}
	return out
}
