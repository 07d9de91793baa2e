package class

import (
	"errors"
	"fmt"
	"strings"

	"iris-pgwire/internal/irisdev/objectscript/ast"
	"iris-pgwire/internal/irisdev/store"
)

// builder makes classes. Two may make the same class at the same time; then the last one is kept. Without a view it makes classes
// of the library. The dictionary's mutex is held for single steps only, for code may run while a class is built.
type builder struct {
	d      *Dictionary
	p      *store.Process // nil for the library
	ns     string
	view   *view
	active map[string]bool // being built, to find circles of superclasses
	inc    *includes
	// compiling is the class that is being compiled, which may not be compiled already, as all others must.
	compiling string
}

// class gives a class by its full name, building it and its superclasses if they are not there.
func (b *builder) class(full string) (*Class, error) {
	if c, err := b.known(full); c != nil || err != nil {
		return c, err
	}
	if b.active[full] {
		return nil, &Problem{Code: 5021, Text: "Superclasses of class '" + full + "' form a circle"}
	}
	b.active[full] = true
	defer delete(b.active, full)
	c, err := b.build(full)
	b.d.mu.Lock()
	defer b.d.mu.Unlock()
	switch {
	case err != nil && b.view != nil:
		b.view.failed[full] = err
	case err == nil && b.view != nil && !b.ofLibrary(full):
		b.view.classes[full] = c
	case err == nil:
		b.d.own[full] = c
	}
	return c, err
}

// known gives what was made before: a class, or why there is none.
func (b *builder) known(full string) (*Class, error) {
	b.d.mu.RLock()
	defer b.d.mu.RUnlock()
	if visible(full, b.ns) {
		if c, ok := b.d.own[full]; ok {
			return c, nil
		}
	}
	if b.view == nil {
		return nil, nil
	}
	return b.view.classes[full], b.view.failed[full]
}

func (b *builder) ofLibrary(full string) bool {
	_, ok := b.d.builtin.Class(full)
	return ok && visible(full, b.ns)
}

func (b *builder) exists(full string) bool {
	if b.ofLibrary(full) {
		return true
	}
	if b.p == nil {
		return false
	}
	_, ok := b.p.Get(classNode(home(full, b.ns), full))
	return ok
}

// name resolves a class name in the source of def.
func (b *builder) name(def *ast.Class, name string) string {
	if strings.Contains(name, ".") || strings.HasPrefix(name, "%") {
		return Canonical(name)
	}
	for _, pkg := range append([]string{packageOf(def.Name)}, def.Imports...) {
		if full := pkg + "." + name; b.exists(full) {
			return full
		}
	}
	return "User." + name
}

// build makes a class from its source.
func (b *builder) build(full string) (*Class, error) {
	at := home(full, b.ns)
	src, st, lib := "", "", false
	if src, lib = b.d.builtin.Class(full); !lib || !visible(full, b.ns) {
		if b.p == nil {
			return nil, noClass(full, b.ns)
		}
		node := classNode(at, full)
		v, ok := b.p.Get(node)
		if ok && full != b.compiling {
			_, ok = b.p.Get(node.Sub(text("ok")))
		}
		if !ok {
			return nil, noClass(full, b.ns)
		}
		st, src = v.Text(), read(b.p, node.Sub(text("src")))
	} else {
		at = system
	}
	if b.inc == nil {
		b.inc = newIncludes(b.d, b.p, b.ns)
	}
	u, err := b.unit(at, full, st, src)
	if err != nil {
		return nil, err
	}
	supers := make([]*Class, 0, len(u.def.Supers))
	for _, name := range u.def.Supers {
		super, err := b.class(b.name(u.def, name))
		if err != nil {
			return nil, superProblem(full, b.name(u.def, name), err)
		}
		supers = append(supers, super)
	}
	c := &Class{Name: full, Namespace: at, Def: u.def, Stamp: st, Methods: map[string]*Method{}, Properties: map[string]*Property{},
		Parameters: map[string]*Parameter{}, XData: map[string]*ast.XDataDef{}, Queries: map[string]*ast.QueryDef{}}
	if err := b.members(c, supers); err != nil {
		return nil, err
	}
	return c, b.generated(c)
}

// superProblem says that a superclass can't be used.
func superProblem(name, super string, err error) error {
	var p *Problem
	if errors.As(err, &p) || !isNoClass(err) {
		return fmt.Errorf("superclass %s: %w", super, err)
	}
	return &Problem{Code: 5373, Text: "Class '" + super + "', used by '" + name + "', does not exist"}
}

// members fills in what the class declares and what it inherits. Of two superclasses that have a member of the same name,
// the first wins, with Inheritance = right the last (IRIS docs, "Class Keywords: Inheritance").
func (b *builder) members(c *Class, supers []*Class) error {
	if c.Def.Keywords["inheritance"] == "right" {
		reversed := make([]*Class, len(supers))
		for i, s := range supers {
			reversed[len(supers)-1-i] = s
		}
		supers = reversed
	}
	c.Chain = chain(c, supers)
	if err := b.methods(c); err != nil {
		return err
	}
	for _, s := range supers {
		inherit(c, s)
	}
	if err := b.systemMethods(c, supers); err != nil {
		return err
	}
	for _, p := range c.Def.Parameters {
		c.Parameters[p.Name] = b.parameter(c, p)
	}
	for _, x := range c.Def.XData {
		c.XData[x.Name] = x
	}
	for _, q := range c.Def.Queries {
		c.Queries[q.Name] = q
		b.queryMethod(c, q)
	}
	if err := b.properties(c); err != nil {
		return err
	}
	b.indexMethods(c)
	return nil
}

// systemBase is what IRIS adds to every class as a superclass (IRIS class reference, "%Library.SystemBase").
const systemBase = "%Library.SystemBase"

// systemMethods gives a class without a superclass the class methods that all classes have. It makes no objects: without
// %RegisteredObject it has no %New.
func (b *builder) systemMethods(c *Class, supers []*Class) error {
	if len(supers) > 0 || c.Name == systemBase || c.Def.Keywords["classtype"] == "datatype" || !b.ofLibrary(systemBase) {
		return nil
	}
	base, err := b.class(systemBase)
	if err != nil {
		return err
	}
	for name, m := range base.Methods {
		if _, ok := c.Methods[name]; !ok && m.Def.ClassMethod && name != "%New" {
			c.Methods[name] = m
		}
	}
	return nil
}

// chain is the class, then its ancestors: each superclass with all of its own before the next one.
func chain(c *Class, supers []*Class) []*Class {
	out := []*Class{c}
	seen := map[string]bool{}
	for _, s := range supers {
		for _, a := range s.Chain {
			if !seen[a.Name] {
				seen[a.Name] = true
				out = append(out, a)
			}
		}
	}
	return out
}

// inherit takes over the members of a superclass that the class does not have.
func inherit(c, s *Class) {
	for name, m := range s.Methods {
		have, ok := c.Methods[name]
		switch {
		case !ok && !m.Def.Keywords.Has("notinheritable"):
			c.Methods[name] = m
		case ok && have.Origin == c && have.Super == nil:
			have.Super = m
			have.Formals = inheritFormals(have.Formals, m.Formals)
		}
	}
	for _, name := range s.Order {
		p := s.Properties[name]
		if _, ok := c.Properties[name]; !ok && !p.Def.Keywords.Has("notinheritable") {
			c.Properties[name] = p
			c.Order = append(c.Order, name)
		}
	}
	for name, p := range s.Parameters {
		if _, ok := c.Parameters[name]; !ok {
			c.Parameters[name] = p
		}
	}
	for name, x := range s.XData {
		if _, ok := c.XData[name]; !ok && !x.Keywords.Has("notinheritable") {
			c.XData[name] = x
		}
	}
	for name, q := range s.Queries {
		if _, ok := c.Queries[name]; !ok {
			c.Queries[name] = q
		}
	}
}

// parameter gives a parameter its value: the written one, the one that was computed at compile time, or that of the
// superclass when the declaration has none.
func (b *builder) parameter(c *Class, p *ast.ParamDef) *Parameter {
	out := &Parameter{Origin: c, Def: p, Value: p.Value}
	switch {
	case p.Computed != "" && b.p != nil:
		out.Value = read(b.p, classNode(c.Namespace, c.Name).Sub(text("par"), text(p.Name)))
	case !p.HasValue && c.Parameters[p.Name] != nil:
		out.Value = c.Parameters[p.Name].Value
	}
	return out
}

// queryMethod gives a query its method NameFunc, which is that of %Library.Query.
func (b *builder) queryMethod(c *Class, q *ast.QueryDef) {
	t, err := b.class("%Library.Query")
	if err != nil || c.Methods[q.Name+"Func"] != nil && c.Methods[q.Name+"Func"].Origin == c {
		return
	}
	own := *t.Methods["Func"]
	own.Query = q
	c.Methods[q.Name+"Func"] = &own
}

// inheritFormals gives a method the formal parameters that the overridden one has and it does not: who knows only the
// superclass may call it with all arguments.
func inheritFormals(own, super []ast.Formal) []ast.Formal {
	if len(own) >= len(super) || len(own) > 0 && own[len(own)-1].Variadic {
		return own
	}
	out := append([]ast.Formal(nil), own...)
	for _, f := range super[len(own):] {
		for _, o := range own {
			if o.Name == f.Name {
				f.Name = "%" + f.Name // its own parameter of that name stands elsewhere
			}
		}
		out = append(out, f)
	}
	return out
}
