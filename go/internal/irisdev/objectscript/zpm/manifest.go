package zpm

import "strings"

// Module is what a module.xml says.
type Module struct {
	Name, Version, ExternalName, Description, Keywords string
	Packaging, SourcesRoot                             string
	LifecycleClass, AvailabilityClass, InstallerClass  string
	UpdatePackage, AfterInstallMessage                 string
	GlobalScope, Deployed                              bool
	Author                                             map[string]string
	Dependencies                                       []Dependency
	Requirements                                       *Requirements
	Resources                                          []*Resource
	Mappings                                           []Mapping
	Invokes                                            []*Invoke
	Defaults                                           []Setting
	Parameters                                         []Parameter
	ProcessorDefaults                                  []ProcessorDefault
	// Unread are the elements below Module that the package manager does not read. It says nothing about them.
	Unread []string
}

// Dependency is a module that must be there.
type Dependency struct{ Name, Version, Scope string }

// Requirements are the attributes of SystemRequirements.
type Requirements struct{ Version, Interoperability, Health, IPMVersion, PythonVersion string }

// Resource is a part of a module: classes, files, a web application.
type Resource struct {
	Name, Processor, Scope     string
	Preload, Generated, Deploy bool
	Attributes                 map[string]string
}

// Mapping maps a package, routines or globals from another database.
type Mapping struct{ Name, Source string }

// Invoke is a class method to be called in a phase.
type Invoke struct {
	Class, Method, Phase, CustomPhase, When string
	CheckStatus                             string // "" is not given
	Args                                    []string
}

// Setting is a Default: a name for expressions and its value.
type Setting struct{ Name, Value string }

// Parameter is what a command has unless it says otherwise, with one lifecycle class or with all ("").
type Parameter struct{ Name, Value, Lifecycle string }

// ProcessorDefault are attributes for all resources of a processor that do not have them.
type ProcessorDefault struct {
	Class      string
	Attributes map[string]string
}

// Key is the name that a module is known by.
func (m *Module) Key() string { return strings.ToLower(m.Name) }

// in reports the phase that the invocation belongs to.
func (i *Invoke) in(phase string) bool {
	if i.CustomPhase != "" {
		return i.CustomPhase == phase
	}
	return i.Phase == phase
}

// Read reads the text of a module.xml. The error is a *Problem.
func (r *Rules) Read(text string) (*Module, error) {
	root, err := parseXML(text)
	if err != nil {
		return nil, problem(6301, err.Error())
	}
	if root.name != "Export" {
		return nil, general("No module definition found.")
	}
	var doc *element
	for _, c := range root.children {
		if c.name != "Document" {
			continue
		}
		if doc != nil {
			return nil, general("module.xml contains multiple documents.")
		}
		doc = c
	}
	if doc == nil {
		return nil, general("No module definition found.")
	}
	name, _ := doc.attr("name")
	base, isModule := cutSuffixFold(name, ".ZPM")
	e := doc.child("Module")
	if !isModule || e == nil {
		return nil, general("No module definition found.")
	}
	m := &Module{Packaging: "module", Version: "0.0.1+snapshot", Author: map[string]string{}}
	for _, c := range e.children {
		if err := r.readPart(m, c); err != nil {
			return nil, err
		}
	}
	if !strings.EqualFold(base, m.Name) {
		return nil, general("Module document name '%1' and module name in manifest '%2' must be the same.", base, m.Name)
	}
	r.applyDefaults(m)
	return m, r.validate(m)
}

// cutSuffixFold is strings.CutSuffix without regard to case.
func cutSuffixFold(s, suffix string) (string, bool) {
	i := len(s) - len(suffix)
	if i < 0 || !strings.EqualFold(s[i:], suffix) {
		return s, false
	}
	return s[:i], true
}

// readPart reads an element below Module, after the rewriting that IPM does first: what has a Name, a Path, a SourcePath or a
// Url is a resource, and single elements stand for the collections that they belong to.
func (r *Rules) readPart(m *Module, e *element) error {
	switch e.name {
	case "Invoke":
		return r.readInvoke(m, e)
	case "Default", "Parameter":
		return readDefault(m, e)
	case "Resource":
		m.Resources = append(m.Resources, shortResource(e, "Name"))
		return nil
	}
	if e.name == "Mapping" && r.initialize { // the older line takes it for a resource
		return readMapping(m, e)
	}
	if key := resourceKey(e); key != "" {
		m.Resources = append(m.Resources, shortResource(e, key))
		return nil
	}
	if read := collections[e.name]; read != nil {
		for _, c := range e.children {
			if err := read(r, m, c); err != nil {
				return err
			}
		}
		return nil
	}
	if e.name == "SystemRequirements" {
		return r.readRequirements(m, e)
	}
	if set := r.fields()[e.name]; set != nil {
		set(m, e.value())
		return nil
	}
	if e.name == "Author" {
		return readAuthor(m, e)
	}
	m.Unread = append(m.Unread, e.name)
	return nil
}

// resourceKey is the attribute that names a resource; of several, the last of these that is there.
func resourceKey(e *element) string {
	for _, key := range []string{"SourcePath", "Path", "Name", "Url"} {
		if _, ok := e.attr(key); ok {
			return key
		}
	}
	return ""
}

// collections are the wrapped forms and how an item of each is read.
var collections = map[string]func(*Rules, *Module, *element) error{
	"Invokes":      (*Rules).readInvoke,
	"Mappings":     func(_ *Rules, m *Module, e *element) error { return readMapping(m, e) },
	"Dependencies": (*Rules).readDependency,
	"Defaults": func(_ *Rules, m *Module, e *element) error {
		switch e.name {
		case "Default":
			return readDefault(m, e)
		case "ProcessorDefault":
			return readProcessorDefault(m, e)
		case "Parameter":
			return readParameter(m, e)
		case "NamespaceConfig": // for the phase Verify alone
			return noChildren(e)
		}
		return unexpected(e)
	},
	"Resources": func(_ *Rules, m *Module, e *element) error {
		if e.name != "Resource" { // only a direct child of Module is rewritten
			m.Unread = append(m.Unread, "Resources/"+e.name)
			return nil
		}
		res, err := wrappedResource(e)
		m.Resources = append(m.Resources, res)
		return err
	},
}

// fields are the elements of Module that hold a text.
func (r *Rules) fields() map[string]func(*Module, string) {
	f := map[string]func(*Module, string){
		"Name":                func(m *Module, s string) { m.Name = s },
		"Version":             func(m *Module, s string) { m.Version = s },
		"ExternalName":        func(m *Module, s string) { m.ExternalName = s },
		"Description":         func(m *Module, s string) { m.Description = s },
		"Keywords":            func(m *Module, s string) { m.Keywords = s },
		"Packaging":           func(m *Module, s string) { m.Packaging = s },
		"SourcesRoot":         func(m *Module, s string) { m.SourcesRoot = s },
		"LifecycleClass":      func(m *Module, s string) { m.LifecycleClass = s },
		"InstallerClass":      func(m *Module, s string) { m.InstallerClass = s },
		"AfterInstallMessage": func(m *Module, s string) { m.AfterInstallMessage = s },
		"GlobalScope":         func(m *Module, s string) { m.GlobalScope = isTrue(s) },
		"Deployed":            func(m *Module, s string) { m.Deployed = isTrue(s) },
		"Origin":              func(*Module, string) {},
		"PlatformVersion":     func(*Module, string) {},
	}
	if r.initialize { // the newer line
		f["AvailabilityClass"] = func(m *Module, s string) { m.AvailabilityClass = s }
		f["UpdatePackage"] = func(m *Module, s string) { m.UpdatePackage = s }
		f["IncludeTests"] = func(*Module, string) {}
		f["LastUpdated"] = func(*Module, string) {}
	}
	return f
}

// isTrue reads a boolean of XML.
func isTrue(s string) bool { return s == "1" || strings.EqualFold(s, "true") }
