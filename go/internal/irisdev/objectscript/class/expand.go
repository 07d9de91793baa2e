package class

import (
	"slices"
	"strings"

	"iris-pgwire/internal/irisdev/objectscript/ast"
	"iris-pgwire/internal/irisdev/objectscript/macro"
	"iris-pgwire/internal/irisdev/objectscript/parse"
	"iris-pgwire/internal/irisdev/store"
)

// standard are the include files that every class has without saying so (IRIS docs, "Macros: system macros").
var standard = []string{"%occInclude", "%occStatus", "%occErrors", "%occMessages"}

// includes finds include files and expands code with them. It belongs to one builder.
type includes struct {
	d     *Dictionary
	p     *store.Process
	ns    string
	stamp string
	defs  map[string]*macro.Defs // by the names included, joined
	// classes are the macros that each class has when its methods before the present one were expanded.
	classes map[string]*macro.Defs
}

func newIncludes(d *Dictionary, p *store.Process, ns string) *includes {
	i := &includes{d: d, p: p, ns: ns, defs: map[string]*macro.Defs{}, classes: map[string]*macro.Defs{}}
	if p != nil {
		i.stamp = includeStamp(p, ns)
	}
	return i
}

// Include gives the lines of an include file: IRIS's own, one of the namespace, or one of %SYS.
func (i *includes) Include(name string) ([]string, bool) {
	src, ok := i.d.builtin.Include(name)
	if !ok && i.p != nil {
		src, ok = i.d.routineSource(i.p, home(name, i.ns), name+".INC")
	}
	if !ok {
		return nil, false
	}
	return strings.Split(strings.ReplaceAll(src, "\r\n", "\n"), "\n"), true
}

// names lists what a class includes: the standard files, its own, and those of its superclasses.
func (i *includes) names(c *Class) []string {
	var out []string
	for _, n := range standard {
		if _, ok := i.d.builtin.Include(n); ok {
			out = append(out, n)
		}
	}
	for _, a := range c.Chain {
		for _, n := range a.Def.Includes {
			if !slices.Contains(out, n) {
				out = append(out, n)
			}
		}
	}
	return out
}

// defined gives the macros that some include files define.
func (i *includes) defined(names []string) (*macro.Defs, error) {
	key := strings.Join(names, ",")
	if defs := i.defs[key]; defs != nil {
		return defs, nil
	}
	defs := macro.NewDefs()
	lines := make([]macro.Line, len(names))
	for n, name := range names {
		lines[n] = macro.Line{Text: "#include " + name}
	}
	if _, err := macro.Expand(lines, defs, i, i.options()); err != nil {
		return nil, err
	}
	i.defs[key] = defs
	return defs, nil
}

// expand expands the macros in lines of a class. What they define is seen by the lines that come later: the methods of a class
// are one routine for the preprocessor.
func (i *includes) expand(c *Class, lines []macro.Line) ([]macro.Line, error) {
	defs, err := i.own(c)
	if err != nil {
		return nil, err
	}
	opts := i.options()
	opts.Class = c.Name
	return macro.Expand(lines, defs, i, opts)
}

// own gives the macros of a class: at first those of its includes.
func (i *includes) own(c *Class) (*macro.Defs, error) {
	if defs := i.classes[c.Name]; defs != nil {
		return defs, nil
	}
	defs, err := i.defined(i.names(c))
	if err != nil {
		return nil, err
	}
	i.classes[c.Name] = defs.Clone()
	return i.classes[c.Name], nil
}

// options lets directives run code, where somebody can.
func (i *includes) options() macro.Options {
	var o macro.Options
	if i.p != nil && i.d.Eval != nil {
		o.Eval = func(expr string) (string, error) { return i.d.Eval(i.p, i.ns, expr) }
	}
	if i.p != nil && i.d.Execute != nil {
		o.Execute = func(line string) error { return i.d.Execute(i.p, i.ns, line) }
	}
	return o
}

// code expands and parses code of a class.
func (i *includes) code(c *Class, lines []macro.Line) (*ast.Block, error) {
	lines, err := i.expand(c, lines)
	if err != nil {
		return nil, err
	}
	return parse.Code(lines)
}

// expression expands and parses one expression of a class.
func (i *includes) expression(c *Class, src string, line int) (ast.Expr, error) {
	src = strings.TrimSpace(strings.ReplaceAll(strings.ReplaceAll(src, "\r", ""), "\n", " "))
	lines, err := i.expand(c, []macro.Line{{Text: src, Line: line}})
	if err != nil {
		return nil, err
	}
	if len(lines) != 1 {
		return nil, errOneExpression
	}
	return parse.Expr(strings.TrimSpace(lines[0].Text))
}
