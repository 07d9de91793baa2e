package run

import (
	"strings"

	"iris-pgwire/internal/irisdev/objectscript/ast"
	"iris-pgwire/internal/irisdev/objectscript/class"
	"iris-pgwire/internal/irisdev/objectscript/fault"
	"iris-pgwire/internal/irisdev/value"
)

// Value evaluates the expression of a class parameter in its class (class.Host).
func (p *Process) Value(c *class.Class, x ast.Expr) (string, error) {
	v, err := p.within(&frame{class: c, name: c.Name + ".G1", kind: "DO"}, func() (Value, error) {
		p.newVar("%classname")
		p.Assign(p.variable("%classname"), Text(c.Name))
		return p.Eval(c, x)
	})
	return v.Text(), err
}

// generatorVars are what a method generator finds (IRIS docs, "Defining Method and Trigger Generators"), with the class that
// each is an object of and how it is opened: by the class, by the class and the method, or by the class that defines the method.
var generatorVars = []struct {
	name, class string
	id          func(c *class.Class, m *class.Method) string
}{
	{"%class", "%Dictionary.ClassDefinition", func(c *class.Class, _ *class.Method) string { return c.Name }},
	{"%compiledclass", "%Dictionary.CompiledClass", func(c *class.Class, _ *class.Method) string { return c.Name }},
	{"%method", "%Dictionary.MethodDefinition", func(_ *class.Class, m *class.Method) string { return m.Origin.Name + "||" + m.Def.Name }},
	{"%compiledmethod", "%Dictionary.CompiledMethod", func(c *class.Class, m *class.Method) string { return c.Name + "||" + m.Def.Name }},
}

// Generate runs a method generator for a class and gives the code that it wrote to %code (class.Host).
func (p *Process) Generate(c *class.Class, m *class.Method) (code string, err error) {
	defer p.guard(&err)
	f := &frame{class: c, method: m, name: c.Name + ".G1", label: labelOf(m.Def.Name), line: m.Def.BodyLine - 1,
		vars: map[string]*Var{}, kind: "DO"}
	f.lines = m.Generator.Lines
	_, err = p.within(&frame{class: c, name: c.Name + ".G1", kind: "DO"}, func() (Value, error) {
		stream, err := p.generatorScope(c, m)
		if err != nil {
			return Value{}, err
		}
		sc, err := p.runFrame(f, nil, nil)
		if err != nil {
			return Value{}, err
		}
		if f.has && !sc.Truth() {
			return Value{}, p.statusError(sc)
		}
		code, err = p.streamText(stream)
		return Value{}, err
	})
	return code, err
}

// generatorScope makes the variables of a generator, which are public.
func (p *Process) generatorScope(c *class.Class, m *class.Method) (Value, error) {
	put := func(name string, v Value) {
		p.newVar(name)
		p.Assign(p.variable(name), v)
	}
	sc, err := p.Class("%Stream.TmpCharacter")
	if err != nil {
		return Value{}, err
	}
	stream, err := p.New(sc, nil)
	if err != nil {
		return Value{}, err
	}
	put("%code", stream)
	put("%classname", Text(c.Name))
	put("%mode", Text("method"))
	if err := p.generatorParameters(c); err != nil {
		return Value{}, err
	}
	for _, g := range generatorVars {
		dc, err := p.Class(g.class)
		if err != nil {
			continue // then the code that needs it has <UNDEFINED>
		}
		v, err := p.CallClass(dc, "%OpenId", []Actual{Arg(Text(g.id(c, m)))}, true)
		if err != nil {
			return Value{}, err
		}
		put(g.name, v)
	}
	return stream, nil
}

// generatorParameters makes %parameter: the values of the class's parameters by their names, "" for one without a value.
func (p *Process) generatorParameters(c *class.Class) error {
	p.newVar("%parameter")
	all := p.variable("%parameter")
	for name, par := range c.Parameters {
		node, err := all.Make(value.Text(name))
		if err != nil {
			return err
		}
		p.Assign(node, Text(par.Value))
	}
	return nil
}

// streamText reads a stream from its beginning.
func (p *Process) streamText(stream Value) (string, error) {
	if stream.Obj == nil {
		return "", fault.New("INVALID OREF", "")
	}
	if err := p.Do(stream.Obj, "Rewind"); err != nil {
		return "", err
	}
	var b strings.Builder
	for {
		end, err := p.GetProperty(stream.Obj, "AtEnd")
		if err != nil || end.Truth() {
			return b.String(), err
		}
		part, err := p.Call(stream.Obj, "Read", Int(32000))
		if err != nil {
			return "", err
		}
		if part.IsEmpty() {
			return b.String(), nil
		}
		b.WriteString(part.Text())
	}
}
