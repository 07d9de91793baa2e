package class

import (
	"strings"

	"iris-pgwire/internal/irisdev/objectscript/macro"
	"iris-pgwire/internal/irisdev/store"
	"iris-pgwire/internal/irisdev/value"
)

// RoutineSource gives the text of a routine or include file: NAME.MAC, NAME.INT, NAME.INC. The type may be in any case.
func (d *Dictionary) RoutineSource(p *store.Process, ns, item string) (string, bool) {
	name, typ := splitItem(item)
	switch typ {
	case "INC":
		if src, ok := d.builtin.Include(name); ok {
			return src, true
		}
	case object:
		return "", false // which is no source
	}
	return d.routineSource(p, home(name, ns), name+"."+typ)
}

func (d *Dictionary) routineSource(p *store.Process, at, item string) (string, bool) {
	v, ok := p.Get(routineNode(at, item).Sub(text("src")))
	return v.Text(), ok
}

// SetRoutine keeps the source of a routine or include file. What runs is the object code, until the routine is compiled.
func (d *Dictionary) SetRoutine(p *store.Process, ns, item, src string) error {
	name, typ := splitItem(item)
	at := home(name, ns)
	if err := p.Kill(routineNode(at, name+"."+typ).Sub(generated)); err != nil {
		return err
	}
	return keep(p, at, name, typ, src)
}

// keep puts a text of a routine into its node.
func keep(p *store.Process, at, name, typ, src string) error {
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

// Backup keeps the present text of a routine as a version of before.
func (d *Dictionary) Backup(p *store.Process, ns, item string) error {
	name, typ := splitItem(item)
	at := home(name, ns)
	src, ok := d.routineSource(p, at, name+"."+typ)
	if !ok || typ == object {
		return nil
	}
	versions := store.At(routineGlobal, text(at), text("backup"), text(name+"."+typ))
	last, _ := p.Order(versions.Sub(value.NullValue()), true)
	return p.Set(versions.Sub(value.Add(last, value.Int(1))), text(src))
}

// Deletion says how much of a routine is deleted.
type Deletion int

// The numbers are those of %Routine's method Delete.
const (
	WholeRoutine Deletion = iota // what it is made from and what was made from it
	NamedOnly                    // the named document alone: the object code of a deleted .MAC still runs
	SourceOnly                   // all but the object code
)

// DeleteRoutine removes a routine or include file; false if there was nothing to delete.
func (d *Dictionary) DeleteRoutine(p *store.Process, ns, item string, how Deletion) (bool, error) {
	name, typ := splitItem(item)
	types := map[string][]string{"MAC": {"MAC", "INT", object}, "INT": {"INT", object}}[typ]
	switch {
	case types == nil || how == NamedOnly:
		types = []string{typ}
	case how == SourceOnly:
		types = []string{"MAC", "INT"}
	}
	at, found := home(name, ns), false
	for _, one := range types {
		node := routineNode(at, name+"."+one)
		if _, ok := p.Get(node); !ok || one == object && how == SourceOnly {
			continue
		}
		found = true
		s, err := stamp(p)
		if err != nil {
			return false, err
		}
		if err := p.Kill(node); err != nil {
			return false, err
		}
		if err := changed(p, at, one, s); err != nil {
			return false, err
		}
	}
	return found, nil
}

// RoutineExists reports a document of a routine, NAME.OBJ for its object code. Without a type any source will do.
func (d *Dictionary) RoutineExists(p *store.Process, ns, item string) bool {
	name, typ := splitItem(item)
	types := []string{typ}
	if !strings.Contains(item, ".") {
		types = []string{"MAC", "INT"}
	}
	for _, one := range types {
		if _, ok := p.Get(routineNode(home(name, ns), name+"."+one)); ok {
			return true
		}
	}
	_, builtin := d.builtin.Include(name)
	return builtin && typ == "INC"
}

// RoutineNames lists the routines and include files of a namespace, with their types, in order: what people wrote, not the
// intermediate and object code that was made from it.
func (d *Dictionary) RoutineNames(p *store.Process, ns string) []string {
	ns = strings.ToUpper(ns)
	return routineItems(p, ns, func(item string) bool {
		_, made := p.Get(routineNode(ns, item).Sub(generated))
		return !made && !strings.HasSuffix(item, "."+object)
	})
}

// ObjectNames lists the routines of a namespace that have object code, which is what ^$ROUTINE shows.
func (d *Dictionary) ObjectNames(p *store.Process, ns string) []string {
	names := routineItems(p, strings.ToUpper(ns), func(item string) bool { return strings.HasSuffix(item, "."+object) })
	for i, n := range names {
		names[i] = strings.TrimSuffix(n, "."+object)
	}
	return names
}

func routineItems(p *store.Process, ns string, want func(string) bool) []string {
	var out []string
	for sub := range p.Below(store.At(routineGlobal, text(ns), text("r"))) {
		if item := sub.Text(); want(item) {
			out = append(out, item)
		}
	}
	return out
}

// splitItem splits NAME.mac into NAME and MAC.
func splitItem(item string) (name, typ string) {
	i := strings.LastIndexByte(item, '.')
	if i < 0 {
		return item, "MAC"
	}
	return item[:i], strings.ToUpper(item[i+1:])
}

// joined is the text of lines.
func joined(lines []macro.Line) string {
	parts := make([]string, len(lines))
	for i, l := range lines {
		parts[i] = l.Text
	}
	return strings.Join(parts, "\n")
}
