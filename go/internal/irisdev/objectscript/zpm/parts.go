package zpm

import "strings"

// The parts of a module have classes of their own, which ignore attributes that they don't know and refuse such elements.

// unexpected is the error for an element that a class does not have.
func unexpected(e *element) error { return problem(6237, e.name) }

// noChildren refuses elements below e but those named.
func noChildren(e *element, but ...string) error {
next:
	for _, c := range e.children {
		for _, name := range but {
			if c.name == name {
				continue next
			}
		}
		return unexpected(c)
	}
	return nil
}

func (r *Rules) readInvoke(m *Module, e *element) error {
	if e.name != "Invoke" {
		return unexpected(e)
	}
	if err := noChildren(e, "Arg"); err != nil {
		return err
	}
	i := &Invoke{Phase: "Configure", When: "After"}
	targets := map[string]*string{"Class": &i.Class, "Method": &i.Method, "Phase": &i.Phase, "When": &i.When, "CheckStatus": &i.CheckStatus}
	if r.initialize {
		targets["CustomPhase"] = &i.CustomPhase
	}
	for _, a := range e.attrs {
		if to := targets[a.name]; to != nil {
			*to = a.value
		}
	}
	for _, c := range e.children {
		i.Args = append(i.Args, c.text)
	}
	m.Invokes = append(m.Invokes, i)
	return nil
}

func readMapping(m *Module, e *element) error {
	if e.name != "Mapping" {
		return unexpected(e)
	}
	if err := noChildren(e); err != nil {
		return err
	}
	name, _ := e.attr("Name")
	source, _ := e.attr("Source")
	m.Mappings = append(m.Mappings, Mapping{name, source})
	return nil
}

func readDefault(m *Module, e *element) error {
	name, _ := e.attr("Name")
	value, _ := e.attr("Value")
	m.Defaults = append(m.Defaults, Setting{name, value})
	return nil
}

func readParameter(m *Module, e *element) error {
	if err := noChildren(e); err != nil {
		return err
	}
	p := Parameter{Value: e.value()}
	p.Name, _ = e.attr("Name")
	p.Lifecycle, _ = e.attr("LifecycleClass")
	m.Parameters = append(m.Parameters, p)
	return nil
}

func (r *Rules) readDependency(m *Module, e *element) error {
	if e.name != "ModuleReference" {
		return unexpected(e)
	}
	but := []string{"Name", "Version"}
	if r.initialize {
		but = append(but, "DisplayName")
	}
	if err := noChildren(e, but...); err != nil {
		return err
	}
	d := Dependency{}
	d.Scope, _ = e.attr("Scope")
	if c := e.child("Name"); c != nil {
		d.Name = c.value()
	}
	if c := e.child("Version"); c != nil {
		d.Version = c.value()
	} else if r.initialize {
		d.Version = "*"
	}
	m.Dependencies = append(m.Dependencies, d)
	return nil
}

func (r *Rules) readRequirements(m *Module, e *element) error {
	if err := noChildren(e); err != nil {
		return err
	}
	q := &Requirements{}
	targets := map[string]*string{"Version": &q.Version, "Interoperability": &q.Interoperability}
	if r.initialize {
		targets["Health"], targets["IPMVersion"], targets["PythonVersion"] = &q.Health, &q.IPMVersion, &q.PythonVersion
	}
	for _, a := range e.attrs {
		if to := targets[a.name]; to != nil {
			*to = a.value
		}
	}
	m.Requirements = q
	return nil
}

// authorFields are the elements of Author.
var authorFields = []string{"Person", "Organization", "CopyrightDate", "License", "Notes"}

func readAuthor(m *Module, e *element) error {
	if err := noChildren(e, authorFields...); err != nil {
		return err
	}
	for _, c := range e.children {
		m.Author[c.name] = c.value()
	}
	return nil
}

// shortResource reads an element of its own name: all attributes belong to the processor, the children are dropped.
func shortResource(e *element, key string) *Resource {
	res := &Resource{Attributes: map[string]string{}}
	res.Name, _ = e.attr(key)
	if e.name != "Resource" {
		res.Processor = e.name
	}
	for _, a := range e.attrs {
		res.set(a)
		switch a.name {
		case "SourcePath":
			res.Attributes["Path"] = a.value
		case "DeployPath":
			res.Attributes["Directory"] = a.value
		default:
			res.Attributes[a.name] = a.value
		}
	}
	return res
}

// set takes in an attribute that all resources have.
func (res *Resource) set(a attribute) {
	switch a.name {
	case "ProcessorClass":
		res.Processor = a.value
	case "Scope":
		res.Scope = a.value
	case "Preload":
		res.Preload = isTrue(a.value)
	case "Generated":
		res.Generated = isTrue(a.value)
	case "Deploy":
		res.Deploy = isTrue(a.value)
	}
}

// wrappedResource reads the stored form, whose processor's attributes are elements.
func wrappedResource(e *element) (*Resource, error) {
	res := &Resource{Attributes: map[string]string{}}
	if err := noChildren(e, "Attribute", "API"); err != nil {
		return res, err
	}
	res.Name, _ = e.attr("Name")
	for _, a := range e.attrs {
		res.set(a)
	}
	for _, c := range e.children {
		if name, ok := c.attr("Name"); ok && c.name == "Attribute" {
			res.Attributes[name] = c.value()
		}
	}
	return res, nil
}

func readProcessorDefault(m *Module, e *element) error {
	if e.child("Condition") != nil {
		return notBuilt("a <Condition> of a <ProcessorDefault>")
	}
	if err := noChildren(e, "Attribute"); err != nil {
		return err
	}
	d := ProcessorDefault{Attributes: map[string]string{}}
	d.Class, _ = e.attr("Class")
	for _, c := range e.children {
		if name, ok := c.attr("Name"); ok {
			d.Attributes[name] = c.value()
		}
	}
	m.ProcessorDefaults = append(m.ProcessorDefaults, d)
	return nil
}

// applyDefaults gives resources the attributes that their processor's defaults have.
func (r *Rules) applyDefaults(m *Module) {
	for _, res := range m.Resources {
		class := res.processorClass()
		for _, d := range m.ProcessorDefaults {
			if strings.TrimPrefix(d.Class, r.processors) != strings.TrimPrefix(class, r.processors) {
				continue
			}
			for name, v := range d.Attributes {
				if _, ok := res.Attributes[name]; !ok {
					res.Attributes[name] = v
				}
			}
		}
	}
}
