package class

import (
	"strings"

	"iris-pgwire/internal/irisdev/objectscript/fault"
	"iris-pgwire/internal/irisdev/objectscript/macro"
	"iris-pgwire/internal/irisdev/objectscript/parse"
	"iris-pgwire/internal/irisdev/store"
	"iris-pgwire/internal/irisdev/value"
)

// routine is a parsed routine with what it was made from.
type routine struct {
	stamp string
	*Routine
	err error
}

// Routine gives a routine as a process in a namespace sees it: one that was loaded there, or for % names in %SYS. A .MAC
// goes before an .INT. <NOROUTINE> if there is none, or none that compiles.
func (d *Dictionary) Routine(p *store.Process, ns, name string) (*Routine, error) {
	at := home(name, ns)
	for _, typ := range []string{"MAC", "INT"} {
		v, ok := p.Get(routineNode(at, name+"."+typ))
		if !ok {
			continue
		}
		r := d.routine(p, ns, at, name, typ, v.Text())
		if r.err != nil {
			return nil, fault.New("NOROUTINE", "*"+name)
		}
		return r.Routine, nil
	}
	return nil, fault.New("NOROUTINE", "*"+name)
}

// CompileRoutine says what is wrong with a routine that was loaded.
func (d *Dictionary) CompileRoutine(p *store.Process, ns, name, typ string) error {
	at := home(name, ns)
	v, ok := p.Get(routineNode(at, name+"."+typ))
	if !ok {
		return &Problem{Code: 5001, Text: "Routine '" + name + "." + typ + "' does not exist"}
	}
	return d.routine(p, ns, at, name, typ, v.Text()).err
}

func (d *Dictionary) routine(p *store.Process, ns, at, name, typ, st string) *routine {
	key, full := at+" "+name+"."+typ, st+" "+includeStamp(p, ns)
	d.mu.RLock()
	r := d.routines[key]
	d.mu.RUnlock()
	if r != nil && r.stamp == full {
		return r
	}
	r = &routine{stamp: full}
	r.Routine, r.err = d.parseRoutine(p, ns, at, name, typ)
	d.mu.Lock()
	defer d.mu.Unlock()
	d.routines[key] = r
	return r
}

func (d *Dictionary) parseRoutine(p *store.Process, ns, at, name, typ string) (*Routine, error) {
	src, _ := d.routineSource(p, at, name+"."+typ)
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
	r, err := parse.Routine(name, typ, lines)
	if err != nil {
		return nil, &Problem{Code: 5475, Text: "Error compiling routine: " + name + ". Errors: " + err.Error()}
	}
	return &Routine{Name: name, Namespace: at, Routine: r}, nil
}

// RoutineSource gives the text of a routine or include file: NAME.MAC, NAME.INT, NAME.INC. The type may be in any case.
func (d *Dictionary) RoutineSource(p *store.Process, ns, item string) (string, bool) {
	name, typ := splitItem(item)
	if typ == "INC" {
		if src, ok := d.builtin.Include(name); ok {
			return src, true
		}
	}
	return d.routineSource(p, home(name, ns), name+"."+typ)
}

func (d *Dictionary) routineSource(p *store.Process, at, item string) (string, bool) {
	v, ok := p.Get(routineNode(at, item).Sub(text("src")))
	return v.Text(), ok
}

// SetRoutine keeps the source of a routine or include file.
func (d *Dictionary) SetRoutine(p *store.Process, ns, item, src string) error {
	name, typ := splitItem(item)
	at := home(name, ns)
	s, err := stamp(p)
	if err != nil {
		return err
	}
	node := routineNode(at, name+"."+typ)
	if err := set(p, []store.Ref{node.Sub(text("src")), node}, text(src), s); err != nil {
		return err
	}
	return changed(p, at, typ, s)
}

// changed gives a namespace a new stamp after a change of a routine; an include file is part of classes too.
func changed(p *store.Process, at, typ string, s value.Value) error {
	if typ != "INC" {
		return p.Set(store.At(routineGlobal, text(at)), s)
	}
	return set(p, []store.Ref{store.At(routineGlobal, text(at), text("inc")), store.At(classGlobal, text(at))}, s, s)
}

// DeleteRoutine removes a routine or include file; false if there is none.
func (d *Dictionary) DeleteRoutine(p *store.Process, ns, item string) (bool, error) {
	name, typ := splitItem(item)
	at := home(name, ns)
	node := routineNode(at, name+"."+typ)
	if _, ok := p.Get(node); !ok {
		return false, nil
	}
	s, err := stamp(p)
	if err != nil {
		return false, err
	}
	if err := p.Kill(node); err != nil {
		return false, err
	}
	return true, changed(p, at, typ, s)
}

// RoutineNames lists the routines and include files of a namespace, with their types, in order.
func (d *Dictionary) RoutineNames(p *store.Process, ns string) []string {
	ns = strings.ToUpper(ns)
	var out []string
	sub := value.NullValue()
	for {
		next, ok := p.Order(store.At(routineGlobal, text(ns), text("r"), sub), false)
		if !ok {
			return out
		}
		out = append(out, next.Text())
		sub = next
	}
}

// splitItem splits NAME.mac into NAME and MAC.
func splitItem(item string) (name, typ string) {
	i := strings.LastIndexByte(item, '.')
	if i < 0 {
		return item, "MAC"
	}
	return item[:i], strings.ToUpper(item[i+1:])
}
