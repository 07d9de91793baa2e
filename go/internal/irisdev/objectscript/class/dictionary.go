package class

import (
	"strings"
	"sync"

	"iris-pgwire/internal/irisdev/objectscript/ast"
	"iris-pgwire/internal/irisdev/objectscript/fault"
	"iris-pgwire/internal/irisdev/store"
)

// system is the namespace that % classes and routines live in; they are seen from everywhere.
const system = "%SYS"

// Library holds IRIS's own sources.
type Library interface {
	// Class gives the source of a class by its full name, Include that of an include file.
	Class(name string) (text string, ok bool)
	Include(name string) (text string, ok bool)
	// Classes lists the names of all classes in order.
	Classes() []string
}

// Dictionary gives classes and routines to those who run them. It is safe for concurrent use; what it gives must not be
// changed. It keeps what it made for as long as the sources stay the same: each change of a source, and each rollback of
// one, shows in the stamp of its namespace.
type Dictionary struct {
	builtin Library
	// Eval evaluates an expression while code is compiled (#if, ##expression) and Execute runs a line (#execute), each by a
	// process like p in the namespace. Without them such directives are refused. They are set before the first use.
	Eval    func(p *store.Process, ns, expr string) (string, error)
	Execute func(p *store.Process, ns, line string) error

	mu       sync.RWMutex
	own      map[string]*Class   // of the library, by full name
	views    map[viewKey]*view   // by namespace and stamps
	units    map[string]*unit    // by namespace and class name: the last one parsed
	bodies   map[string]*bodies  // likewise
	routines map[string]*routine // by namespace and routine name
}

// view is a namespace as it was at some stamps.
type view struct {
	classes map[string]*Class
	failed  map[string]error
}

// maxViews bounds the views that are kept: the present one of each namespace, and those that a rollback brings back.
const maxViews = 16

// NewDictionary makes a dictionary.
func NewDictionary(library Library) *Dictionary {
	return &Dictionary{builtin: library, own: map[string]*Class{}, views: map[viewKey]*view{}, units: map[string]*unit{},
		bodies:   map[string]*bodies{},
		routines: map[string]*routine{}}
}

// Class gives a class as a process in a namespace sees it. The name is a full one, or a short one: %X is %Library.X, X is
// User.X. <CLASS DOES NOT EXIST> if there is none that was compiled.
func (d *Dictionary) Class(p *store.Process, ns, name string) (*Class, error) {
	full := Canonical(name)
	if c := d.system(full, ns); c != nil {
		return c, nil
	}
	key := keyOf(p, ns)
	d.mu.RLock()
	v := d.views[key]
	if v != nil {
		if c, ok := v.classes[full]; ok {
			d.mu.RUnlock()
			return c, nil
		}
	}
	d.mu.RUnlock()
	b := &builder{d: d, p: p, ns: ns, view: d.viewOf(key), active: map[string]bool{}}
	c, err := b.class(full)
	if err != nil && !isNoClass(err) {
		return nil, noClass(full, ns)
	}
	return c, err
}

// Exists reports whether there is a class of that name, compiled or not.
func (d *Dictionary) Exists(p *store.Process, ns, name string) bool {
	full := Canonical(name)
	if _, ok := d.builtin.Class(full); ok && visible(full, ns) {
		return true
	}
	_, ok := p.Get(classNode(home(full, ns), full))
	return ok
}

// FullName finds what a class name in the code of a class means: a name with a package is full; %X is %Library.X; X is
// looked for in the package of from, in its imports, and is User.X otherwise (IRIS docs, "Class Names: short names").
func (d *Dictionary) FullName(p *store.Process, ns string, from *Class, name string) string {
	if from == nil || strings.Contains(name, ".") || strings.HasPrefix(name, "%") {
		return Canonical(name)
	}
	return d.resolveName(p, ns, from.Name, from.Def.Imports, name)
}

func (d *Dictionary) resolveName(p *store.Process, ns, from string, imports []string, name string) string {
	if strings.Contains(name, ".") || strings.HasPrefix(name, "%") {
		return Canonical(name)
	}
	for _, pkg := range append([]string{packageOf(from)}, imports...) {
		if full := pkg + "." + name; d.Exists(p, ns, full) {
			return full
		}
	}
	return "User." + name
}

// system gives a class of the library, nil if it has none of that name.
func (d *Dictionary) system(full, ns string) *Class {
	if !visible(full, ns) {
		return nil
	}
	d.mu.RLock()
	c, ok := d.own[full]
	d.mu.RUnlock()
	if ok {
		return c
	}
	if _, ok := d.builtin.Class(full); !ok {
		return nil
	}
	b := &builder{d: d, ns: system, active: map[string]bool{}}
	c, err := b.class(full)
	if err != nil {
		// The library is a part of this program and a test compiles all of it.
		panic("class " + full + " of the library: " + err.Error())
	}
	return c
}

func (d *Dictionary) viewOf(key viewKey) *view {
	d.mu.Lock()
	defer d.mu.Unlock()
	v := d.views[key]
	if v == nil {
		if len(d.views) >= maxViews {
			clear(d.views)
		}
		v = &view{classes: map[string]*Class{}, failed: map[string]error{}}
		d.views[key] = v
	}
	return v
}

// visible reports whether a class of the library is seen in a namespace: those without % only in %SYS.
func visible(full, ns string) bool { return strings.HasPrefix(full, "%") || ns == system }

// home is the namespace that keeps a class or routine.
func home(name, ns string) string {
	if strings.HasPrefix(name, "%") {
		return system
	}
	return strings.ToUpper(ns)
}

// Canonical gives the full form of a name that needs no context.
func Canonical(name string) string {
	switch {
	case strings.Contains(name, "."):
		return name
	case strings.HasPrefix(name, "%"):
		return "%Library." + name[1:]
	}
	return "User." + name
}

func packageOf(name string) string {
	if i := strings.LastIndexByte(name, '.'); i >= 0 {
		return name[:i]
	}
	return "User"
}

// noClass is <CLASS DOES NOT EXIST> *Name, or <UNIMPLEMENTED> for a class that IRIS has and the development IRIS has not. Those
// that only %SYS has do not exist elsewhere.
func noClass(name, ns string) error {
	if isUnbuilt(name) && (strings.HasPrefix(name, "%") || strings.HasPrefix(name, "Ens") || ns == system) {
		return fault.New("UNIMPLEMENTED", "*class "+name)
	}
	return fault.New("CLASS DOES NOT EXIST", "*"+name)
}

// Routine is a routine that can be run.
type Routine struct {
	Name      string
	Namespace string
	*ast.Routine
}
