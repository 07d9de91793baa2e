package zpm

import (
	"sort"
	"strings"

	"iris-pgwire/internal/irisdev/objectscript/run"
	"iris-pgwire/internal/irisdev/store"
	"iris-pgwire/internal/irisdev/value"
)

// webBefore makes a WebApplication before Configure and Activate and deletes it before Unconfigure and Clean.
func (m *manager) webBefore(r *record, res *Resource, phase string, q params) error {
	name, ok := res.Attributes["Name"]
	if !ok {
		name = res.Attributes["Url"]
	}
	props := map[string]string{"NameSpace": m.p.Namespace()}
	for key, v := range res.Attributes {
		if key == "Name" || key == "Url" {
			continue
		}
		text, err := m.evaluateAttribute(r, res, v, q)
		if err != nil {
			return err
		}
		props[key] = text
	}
	return m.application(name, phase, props, q)
}

// application makes, changes or deletes a web application.
func (m *manager) application(name, phase string, props map[string]string, q params) error {
	ns := m.p.Namespace()
	defer func() { _ = m.p.SetNamespace(ns) }() // it existed a moment ago
	if err := m.p.SetNamespace("%SYS"); err != nil {
		return err
	}
	const class = "Security.Applications"
	there, err := m.yes(class, "Exists", run.Text(name))
	if err != nil {
		return err
	}
	switch phase {
	case "Configure", "Activate":
		method, said := "Create", "Creating Web Application "
		if there {
			method, said = "Modify", "Updating Web Application "
		}
		if err := m.verbose(q, said+name); err != nil {
			return err
		}
		return m.callVars(class, method, m.array(props), run.Text(name))
	case "Unconfigure", "Clean":
		if !there {
			return nil
		}
		if err := m.verbose(q, "Deleting Web Application "+name); err != nil {
			return err
		}
		return m.call(class, "Delete", run.Text(name))
	}
	return nil
}

// array makes a local array of texts.
func (m *manager) array(texts map[string]string) *run.Var {
	keys := make([]string, 0, len(texts))
	for k := range texts {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	out := &run.Var{}
	for _, k := range keys {
		if node, err := out.Make(value.Text(k)); err == nil {
			m.p.Assign(node, run.Text(texts[k]))
		}
	}
	return out
}

// systemSetting sets ^%SYS("CSP",name), which stays when the module goes.
func (m *manager) systemSetting(r *record, res *Resource, q params) error {
	kind, name, _ := strings.Cut(res.Name, ".")
	if name, _, _ = strings.Cut(name, "."); kind != "CSP" || name == "" {
		return nil
	}
	text, err := m.attributeOf(r, res, q, "Value")
	if err != nil {
		return err
	}
	return m.p.Store().Set(store.At("%SYS", value.Text("CSP"), value.Text(name)), value.Text(text))
}
