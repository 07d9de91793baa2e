package zpm

import (
	"strings"

	"iris-pgwire/internal/irisdev/store"
	"iris-pgwire/internal/irisdev/value"
)

// What is installed is kept in a global of the instance, so that it rolls back with everything else:
//
//	^%irisdevIPM(0,"line") and ("registry")   the settings
//	^%irisdevIPM(namespace,module,field)      xml, root, dev
const recordGlobal = "%irisdevIPM"

// Settings are what an instance remembers of its package manager.
type Settings struct {
	Line     string // of the rules: 0.7 or 0.10; "" is no package manager
	Registry string // the folder that install looks into
}

func settingNode(name string) store.Ref {
	return store.At(recordGlobal, value.Int(0), value.Text(name))
}

func readSettings(p *store.Process) Settings {
	line, _ := p.Get(settingNode("line"))
	folder, _ := p.Get(settingNode("registry"))
	return Settings{line.Text(), folder.Text()}
}

// record is an installed module.
type record struct {
	*Module
	XML       string
	Root      string // the directory that it was loaded from, with a separator at its end
	Developer bool
}

func (m *manager) node(key string, field ...string) store.Ref {
	subs := []value.Value{value.Text(m.p.Namespace())}
	if key != "" {
		subs = append(subs, value.Text(strings.ToLower(key)))
	}
	for _, f := range field {
		subs = append(subs, value.Text(f))
	}
	return store.At(recordGlobal, subs...)
}

// open reads an installed module; nil if there is none of that name or external name.
func (m *manager) open(name string) (*record, error) {
	get := func(field string) string { v, _ := m.p.Store().Get(m.node(name, field)); return v.Text() }
	xml := get("xml")
	if xml == "" {
		return m.openExternal(name)
	}
	mod, err := m.rules.Read(xml)
	if err != nil {
		return nil, err
	}
	return &record{mod, xml, get("root"), get("dev") == "1"}, nil
}

func (m *manager) openExternal(name string) (*record, error) {
	if !m.rules.initialize || name == "" {
		return nil, nil
	}
	for _, key := range m.installed() {
		if strings.EqualFold(key, name) {
			continue
		}
		if r, err := m.open(key); err == nil && r != nil && strings.EqualFold(r.ExternalName, name) {
			return r, nil
		}
	}
	return nil, nil
}

// save keeps a module.
func (m *manager) save(r *record) error {
	dev := "0"
	if r.Developer {
		dev = "1"
	}
	for field, text := range map[string]string{"xml": r.XML, "root": r.Root, "dev": dev} {
		if err := m.p.Store().Set(m.node(r.Key(), field), value.Text(text)); err != nil {
			return err
		}
	}
	return nil
}

func (m *manager) forget(key string) error { return m.p.Store().Kill(m.node(key)) }

// installed lists the modules of the namespace by their keys.
func (m *manager) installed() []string {
	var out []string
	for key := range m.p.Store().Below(store.At(recordGlobal, value.Text(m.p.Namespace()))) {
		out = append(out, key.Text())
	}
	return out
}

// dependents lists the modules that need one.
func (m *manager) dependents(key string) ([]string, error) {
	var out []string
	for _, other := range m.installed() {
		if other == key {
			continue
		}
		r, err := m.open(other)
		if err != nil {
			return nil, err
		}
		for _, d := range r.Dependencies {
			if d.Scope == "" && strings.EqualFold(d.Name, key) {
				out = append(out, other)
				break
			}
		}
	}
	return out, nil
}
