// Command zpmcheck installs other people's packages in irisdev and checks that what their module.xml names comes and goes. It
// reads module.xml by itself: a reader shared with irisdev would share its mistakes.
package main

import (
	"encoding/xml"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// node is an element of module.xml.
type node struct {
	XMLName  xml.Name
	Attrs    []xml.Attr `xml:",any,attr"`
	Children []node     `xml:",any"`
	Text     string     `xml:",chardata"`
}

func (n node) attr(names ...string) string {
	for _, name := range names {
		for _, a := range n.Attrs {
			if a.Name.Local == name {
				return a.Value
			}
		}
	}
	return ""
}

func (n node) child(name string) string {
	for _, c := range n.Children {
		if c.XMLName.Local == name {
			return strings.TrimSpace(c.Text)
		}
	}
	return ""
}

// module is what a module.xml says that can be looked for in an instance.
type module struct {
	root, name, version, sources string
	classes, routines            []string // NAME, NAME.INC or NAME.MAC
	copies                       []fileCopy
	applications                 []application
	calls                        []call
	dependencies                 []dependency
	defaults                     map[string]string
	elements                     []string // the kinds of element, in the order of their first use
}

type fileCopy struct {
	source, target string
	stays          bool // when the module goes
}

type application struct{ url, dispatch string }

type call struct {
	class, method, phase string
	custom               bool // in a phase of the module's own, which only the newer line knows
	args                 []string
}

type dependency struct{ name, version, scope string }

// readModule reads DIR/module.xml.
func readModule(dir string) (*module, error) {
	data, err := os.ReadFile(filepath.Join(dir, "module.xml"))
	if err != nil {
		return nil, err
	}
	var root node
	if err := xml.Unmarshal(data, &root); err != nil {
		return nil, fmt.Errorf("read %s/module.xml: %w", dir, err)
	}
	m := &module{root: dir, defaults: map[string]string{}}
	for _, doc := range root.Children {
		for _, e := range doc.Children {
			m.name, m.version, m.sources = e.child("Name"), e.child("Version"), e.child("SourcesRoot")
			for _, part := range e.Children {
				if err := m.part(part); err != nil {
					return nil, err
				}
			}
		}
	}
	if m.name == "" {
		return nil, fmt.Errorf("%s/module.xml names no module", dir)
	}
	return m, nil
}

func (m *module) part(e node) error {
	kind := e.XMLName.Local
	switch kind {
	case "Resources", "Invokes", "Dependencies":
		for _, c := range e.Children {
			if err := m.part(c); err != nil {
				return err
			}
		}
		return nil
	case "Default", "Parameter":
		m.defaults[e.attr("Name")] = e.attr("Value")
	case "Resource":
		m.saw(kind + suffix(e.attr("Name")))
		return m.resource(e)
	case "FileCopy", "CSPApplication", "WebApplication":
		if e.attr("Scope") == "" {
			m.files(e)
		}
	case "Invoke":
		m.invoke(e)
	case "ModuleReference":
		m.dependencies = append(m.dependencies, dependency{e.child("Name"), e.child("Version"), e.attr("Scope")})
	}
	m.saw(kind)
	return nil
}

// files reads an element that copies.
func (m *module) files(e node) {
	if e.XMLName.Local != "FileCopy" {
		m.web(e)
		return
	}
	m.copies = append(m.copies, fileCopy{source: e.attr("SourceDirectory", "Name"), target: e.attr("Target", "Dest", "InstallDirectory")})
}

// plain are the elements that every module has.
var plain = []string{"Name", "Version", "Description", "Packaging", "SourcesRoot", "Keywords", "Author", "ExternalName"}

func (m *module) saw(kind string) {
	if !slices.Contains(plain, kind) && !slices.Contains(m.elements, kind) {
		m.elements = append(m.elements, kind)
	}
}

func suffix(name string) string {
	i := strings.LastIndexByte(name, '.')
	if i < 0 || strings.Contains(name, "/") {
		return ""
	}
	return " " + strings.ToUpper(name[i:])
}

func (m *module) web(e node) {
	url := strings.ToLower(e.attr("Url"))
	if e.XMLName.Local == "WebApplication" {
		url = e.attr("Name", "Url")
	}
	m.applications = append(m.applications, application{url, e.attr("DispatchClass")})
	if to := e.attr("Directory", "DeployPath"); to != "" && e.XMLName.Local == "CSPApplication" {
		m.copies = append(m.copies, fileCopy{e.attr("SourcePath", "Path", "Name", "Url"), to, true})
	}
}

func (m *module) invoke(e node) {
	c := call{class: e.attr("Class"), method: e.attr("Method"), phase: e.attr("Phase"), custom: e.attr("CustomPhase") != ""}
	if c.phase == "" {
		c.phase = "Configure"
	}
	for _, a := range e.Children {
		c.args = append(c.args, strings.TrimSpace(a.Text))
	}
	m.calls = append(m.calls, c)
}

// resource adds the classes or routines of a Resource that belongs to the installed module.
func (m *module) resource(e node) error {
	name := e.attr("Name")
	if e.attr("Scope") != "" || strings.HasPrefix(name, "/") {
		return nil
	}
	i := strings.LastIndexByte(name, '.')
	if i < 0 {
		return nil
	}
	switch base := name[:i]; strings.ToUpper(name[i+1:]) {
	case "CLS":
		m.classes = append(m.classes, base)
	case "INC", "MAC":
		m.routines = append(m.routines, base+strings.ToUpper(name[i:]))
	case "PKG":
		found, err := m.packageClasses(base, e.attr("Directory"))
		m.classes = append(m.classes, found...)
		return err
	}
	return nil
}

var classLine = regexp.MustCompile(`(?m)^Class ([%A-Za-z0-9.]+)`)

// packageClasses finds the classes of a package by what the files below the sources' folder hold, whatever they are called. The
// folder is that of the attribute, else cls, else the sources' own.
func (m *module) packageClasses(name, folder string) ([]string, error) {
	if folder == "" {
		folder = "cls"
	}
	root := filepath.Join(m.root, m.sources, folder)
	if _, err := os.Stat(root); err != nil {
		root = filepath.Join(m.root, m.sources)
	}
	var out []string
	err := filepath.WalkDir(root, func(file string, e os.DirEntry, err error) error {
		if err != nil || filepath.Ext(file) != ".cls" {
			return err
		}
		data, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		if found := classLine.FindSubmatch(data); found != nil && strings.HasPrefix(string(found[1]), name+".") {
			out = append(out, string(found[1]))
		}
		return nil
	})
	if err == nil && len(out) == 0 {
		err = fmt.Errorf("%s has no class of the package %s", root, name)
	}
	return out, err
}
