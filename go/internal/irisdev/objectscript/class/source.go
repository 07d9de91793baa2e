package class

import (
	"strings"

	"iris-pgwire/internal/irisdev/store"
	"iris-pgwire/internal/irisdev/value"
)

// Sources are kept in globals of the instance, below the namespace:
//
//	^%irisdevClass(ns)                     stamp of the namespace's classes and include files
//	^%irisdevClass(ns,name)                stamp of the class
//	^%irisdevClass(ns,name,"src")          its text
//	^%irisdevClass(ns,name,"gen",member)   code that a method generator made
//	^%irisdevClass(ns,name,"par",param)    value of a parameter that was computed
//	^%irisdevRoutine(ns)                   stamp of the namespace's routines, ("inc") of its includes
//	^%irisdevRoutine(ns,"r",NAME.MAC)      stamp of the routine, and below it "src"; NAME.OBJ is what was compiled
//	^%irisdevRoutine(ns,"backup",NAME.MAC) the versions of before that a save or deletion kept, by number
//
// A stamp is never used twice, so that an old one can come back only with the source that it stood for.
const (
	classGlobal   = "%irisdevClass"
	routineGlobal = "%irisdevRoutine"
	stampGlobal   = "%irisdevStamp"
)

func classNode(ns, name string) store.Ref {
	return store.At(classGlobal, value.Text(ns), value.Text(name))
}

func routineNode(ns, item string) store.Ref {
	return store.At(routineGlobal, value.Text(ns), value.Text("r"), value.Text(item))
}

func text(s string) value.Value { return value.Text(s) }

func read(p *store.Process, r store.Ref) string {
	v, _ := p.Get(r)
	return v.Text()
}

// viewKey names a state of what a namespace's classes are made of. It is asked for at each call of a class method.
type viewKey struct{ ns, stamp, system string }

func keyOf(p *store.Process, ns string) viewKey {
	k := viewKey{ns: strings.ToUpper(ns)}
	k.stamp = read(p, store.At(classGlobal, text(k.ns)))
	if k.ns != system {
		k.system = read(p, systemStamp)
	}
	return k
}

var systemStamp = store.At(classGlobal, text(system))

func includeStamp(p *store.Process, ns string) string {
	s := read(p, store.At(routineGlobal, text(ns), text("inc")))
	if ns != system {
		s += "," + read(p, store.At(routineGlobal, text(system), text("inc")))
	}
	return s
}

// stamp makes a new stamp.
func stamp(p *store.Process) (value.Value, error) {
	n, err := p.Increment(store.At(stampGlobal), value.Int(1))
	return text(n.Text()), err
}

// SetSource keeps the source of a class in the namespace that its name belongs to. What was generated for an older source
// is dropped.
func (d *Dictionary) SetSource(p *store.Process, ns, name, src string) error {
	at := home(name, ns)
	node := classNode(at, name)
	s, err := stamp(p)
	if err != nil {
		return err
	}
	if err := p.Kill(node); err != nil {
		return err
	}
	return set(p, []store.Ref{node.Sub(text("src")), node, store.At(classGlobal, text(at))}, text(src), s, s)
}

// touch makes a class be built again, because what was generated for it changed.
func touch(p *store.Process, at, name string) error {
	s, err := stamp(p)
	if err != nil {
		return err
	}
	return set(p, []store.Ref{classNode(at, name), store.At(classGlobal, text(at))}, s, s)
}

func set(p *store.Process, refs []store.Ref, vals ...value.Value) error {
	for i, r := range refs {
		if err := p.Set(r, vals[i]); err != nil {
			return err
		}
	}
	return nil
}

// Source gives the text of a class that was loaded, or of one of IRIS's own.
func (d *Dictionary) Source(p *store.Process, ns, name string) (string, bool) {
	full := Canonical(name)
	if src, ok := d.builtin.Class(full); ok && visible(full, ns) {
		return src, true
	}
	v, ok := p.Get(classNode(home(full, ns), full).Sub(text("src")))
	return v.Text(), ok
}

// DeleteClass removes a class; false if there is none. IRIS's own stay.
func (d *Dictionary) DeleteClass(p *store.Process, ns, name string) (bool, error) {
	full := Canonical(name)
	at := home(full, ns)
	node := classNode(at, full)
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
	return true, p.Set(store.At(classGlobal, text(at)), s)
}

// Names lists the classes of a namespace in order: those loaded there, those of %SYS that begin with %, and IRIS's own.
func (d *Dictionary) Names(p *store.Process, ns string) ([]string, error) {
	ns = strings.ToUpper(ns)
	var out []string
	for _, n := range d.builtin.Classes() {
		if visible(n, ns) {
			out = append(out, n)
		}
	}
	spaces := []string{ns}
	if ns != system {
		spaces = append(spaces, system)
	}
	for _, at := range spaces {
		for sub := range p.Below(store.At(classGlobal, text(at))) {
			if name := sub.Text(); at == ns || strings.HasPrefix(name, "%") {
				out = append(out, name)
			}
		}
	}
	sortStrings(out)
	return out, nil
}

// Owned lists only the classes that were loaded into a namespace.
func (d *Dictionary) Owned(p *store.Process, ns string) []string {
	var out []string
	for name := range p.Below(store.At(classGlobal, text(strings.ToUpper(ns)))) {
		out = append(out, name.Text())
	}
	return out
}
