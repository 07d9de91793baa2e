package class

import (
	"strings"

	"iris-pgwire/internal/irisdev/objectscript/ast"
	"iris-pgwire/internal/irisdev/store"
	"iris-pgwire/internal/irisdev/value"
)

// Host is the process that compiles: some classes need code to be run for that.
type Host interface {
	// Store is where the process works.
	Store() *store.Process
	// Value evaluates the expression of a parameter: Parameter P = {…}.
	Value(c *Class, x ast.Expr) (string, error)
	// Generate runs a method generator (m.Generator) for a class and gives the code that it wrote.
	Generate(c *Class, m *Method) (string, error)
}

// Compile checks classes that were loaded, computes their parameters and runs their method generators, superclasses first.
// A class with a problem does not exist for those who run code, as one that was never compiled. The problems of all are given
// back by class; say is called for each class before it is compiled and may be nil.
func (d *Dictionary) Compile(h Host, ns string, names []string, say func(name string)) map[string]Problems {
	p := h.Store()
	wrong := map[string]Problems{}
	for _, name := range d.compileOrder(p, ns, names) {
		if say != nil {
			say(name)
		}
		if err := d.compile(h, p, ns, name); err != nil {
			wrong[name] = AsProblems(err)
			if err := p.Kill(classNode(home(name, ns), name).Sub(text("ok"))); err != nil {
				wrong[name] = append(wrong[name], AsProblems(err)...)
			}
			if err := touch(p, home(name, ns), name); err != nil {
				wrong[name] = append(wrong[name], AsProblems(err)...)
			}
		}
	}
	return wrong
}

func (d *Dictionary) compile(h Host, p *store.Process, ns, name string) error {
	at := home(name, ns)
	node := classNode(at, name)
	for _, old := range []string{"gen", "par"} {
		if err := p.Kill(node.Sub(text(old))); err != nil {
			return err
		}
	}
	if err := touch(p, at, name); err != nil {
		return err
	}
	c, err := d.compiling(p, ns, name)
	if err != nil {
		return err
	}
	if wrong := check(c); len(wrong) > 0 {
		return wrong
	}
	if err := d.computeParameters(h, p, ns, c); err != nil {
		return err
	}
	if err := set(p, []store.Ref{node.Sub(text("ok"))}, value.Int(1)); err != nil {
		return err
	}
	if err := touch(p, at, name); err != nil {
		return err
	}
	if err := d.generate(h, p, ns, name); err != nil {
		return err
	}
	table, ok := h.(Tables)
	if !ok || !c.Is(persistentClass) {
		return nil
	}
	if c, err = d.Class(p, ns, name); err != nil {
		return err
	}
	if err := table.Project(c); err != nil {
		return &Problem{Code: 5521, Text: "SQLError: " + err.Error()}
	}
	return nil
}

// Tables is a Host that makes the tables of persistent classes.
type Tables interface{ Project(c *Class) error }

// compiling builds a class that may not be compiled yet.
func (d *Dictionary) compiling(p *store.Process, ns, name string) (*Class, error) {
	b := &builder{d: d, p: p, ns: ns, compiling: name, active: map[string]bool{},
		view: &view{classes: map[string]*Class{}, failed: map[string]error{}}}
	return b.class(name)
}

func (d *Dictionary) computeParameters(h Host, p *store.Process, ns string, c *Class) error {
	inc := newIncludes(d, p, ns)
	for _, def := range c.Def.Parameters {
		if def.Computed == "" {
			continue
		}
		x, err := inc.expression(c, def.Computed, def.Line)
		if err != nil {
			return compileProblem(c.Name, def.Name, def.Line, err)
		}
		v, err := h.Value(c, x)
		if err != nil {
			return compileProblem(c.Name, def.Name, def.Line, err)
		}
		if err := p.Set(classNode(c.Namespace, c.Name).Sub(text("par"), text(def.Name)), value.Text(v)); err != nil {
			return err
		}
	}
	return nil
}

// generate runs the generators that the class has or inherits, then builds the class with what they wrote.
func (d *Dictionary) generate(h Host, p *store.Process, ns, name string) error {
	c, err := d.compiling(p, ns, name)
	if err != nil {
		return err
	}
	ran := false
	for _, method := range sortedKeys(c.Methods) {
		m := c.Methods[method]
		if m.Generator == nil {
			continue
		}
		ran = true
		code, err := h.Generate(c, m)
		if err != nil {
			return compileProblem(name, method, 1, err)
		}
		if err := p.Set(classNode(c.Namespace, c.Name).Sub(text("gen"), text(method)), value.Text(code)); err != nil {
			return err
		}
	}
	if !ran {
		return nil
	}
	if err := touch(p, c.Namespace, name); err != nil {
		return err
	}
	if c, err = d.compiling(p, ns, name); err != nil {
		return err
	}
	if wrong := check(c); len(wrong) > 0 {
		return wrong
	}
	return nil
}

// compileOrder puts superclasses, and what CompileAfter and DependsOn name, before the classes that need them.
func (d *Dictionary) compileOrder(p *store.Process, ns string, names []string) []string {
	in := map[string]bool{}
	for _, n := range names {
		in[n] = true
	}
	var out []string
	done := map[string]bool{}
	var visit func(name string)
	visit = func(name string) {
		if done[name] {
			return
		}
		done[name] = true
		if def := d.definition(p, ns, name); def != nil {
			before := append([]string{}, def.Supers...)
			for _, kw := range []string{"compileafter", "dependson"} {
				before = append(before, splitNames(def.Keywords[kw])...)
			}
			for _, prop := range def.Properties {
				if t := d.definition(p, ns, d.resolveName(p, ns, name, def.Imports, prop.Type)); t != nil &&
					t.Keywords["classtype"] == "datatype" {
					before = append(before, prop.Type)
				}
			}
			for _, n := range before {
				if full := d.resolveName(p, ns, name, def.Imports, n); in[full] {
					visit(full)
				}
			}
		}
		out = append(out, name)
	}
	for _, n := range names {
		visit(n)
	}
	return out
}

// definition gives the parsed source of a class, nil if it can't be parsed.
func (d *Dictionary) definition(p *store.Process, ns, name string) *ast.Class {
	def, err := d.Definition(p, ns, name)
	if err != nil {
		return nil
	}
	return def
}

// Definition gives a class as its source declares it, whether it is compiled or not.
func (d *Dictionary) Definition(p *store.Process, ns, name string) (*ast.Class, error) {
	full := Canonical(name)
	src, ok := d.Source(p, ns, full)
	if !ok {
		return nil, noClass(full, ns)
	}
	at := home(full, ns)
	st := read(p, classNode(at, full))
	b := &builder{d: d, p: p, ns: ns, active: map[string]bool{}}
	u, err := b.unit(at, full, st, src)
	if err != nil {
		return nil, err
	}
	return u.def, nil
}

// Building gives a class that is compiled or being compiled.
func (d *Dictionary) Building(p *store.Process, ns, name string) (*Class, error) {
	c, err := d.Class(p, ns, name)
	if err != nil {
		return d.compiling(p, ns, Canonical(name))
	}
	return c, nil
}

// Compiled reports whether a class can be run.
func (d *Dictionary) Compiled(p *store.Process, ns, name string) bool {
	_, err := d.Class(p, ns, name)
	return err == nil
}

func splitNames(s string) []string {
	return strings.FieldsFunc(strings.Trim(s, "() "), func(r rune) bool { return r == ',' || r == ' ' })
}

// CheckLibrary says what is wrong with a class of the library, for the tests of the library.
func (d *Dictionary) CheckLibrary(p *store.Process, name string) Problems {
	b := &builder{d: d, p: p, ns: system, active: map[string]bool{}, view: &view{classes: map[string]*Class{}, failed: map[string]error{}}}
	c, err := b.class(name)
	if err != nil {
		return AsProblems(err)
	}
	if c.Def.Name != name {
		return Problems{{Code: 5001, Text: "its source is that of " + c.Def.Name}}
	}
	return check(c)
}

// WithSubclasses adds to some classes of a namespace those that extend them, directly or not.
func (d *Dictionary) WithSubclasses(p *store.Process, ns string, names []string) []string {
	in := map[string]bool{}
	for _, n := range names {
		in[n] = true
	}
	owned := d.Owned(p, ns)
	for again := true; again; {
		again = false
		for _, n := range owned {
			def := d.definition(p, ns, n)
			if in[n] || def == nil {
				continue
			}
			for _, s := range def.Supers {
				if in[d.resolveName(p, ns, n, def.Imports, s)] {
					in[n], again = true, true
					names = append(names, n)
					break
				}
			}
		}
	}
	return names
}
