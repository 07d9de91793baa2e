package zpm

import (
	"os"
	"path/filepath"
	"sort"
	"strings"
)

// registryName is what the folder is called as a repository.
const registryName = "local"

// offer is a package in the registry.
type offer struct {
	name    string
	version Version
	text    string // the version as it is written
	file    string
}

// offers lists the packages of a name, the latest first. Files that are no packages are passed over.
func (m *manager) offers(name string, want Range) ([]offer, error) {
	entries, err := os.ReadDir(m.registry)
	if err != nil {
		return nil, general("Repository '%1' is unavailable.", registryName)
	}
	var out []offer
	for _, e := range entries {
		file := filepath.Join(m.registry, e.Name())
		if e.IsDir() || !m.isArchive(file) {
			continue
		}
		text, err := manifestIn(file)
		if err != nil {
			continue
		}
		mod, err := m.rules.Read(text)
		if err != nil || !strings.EqualFold(mod.Name, name) {
			continue
		}
		v, err := ParseVersion(mod.Version)
		if err == nil && want.Allows(v) {
			out = append(out, offer{mod.Name, v, mod.Version, file})
		}
	}
	sort.SliceStable(out, func(a, b int) bool {
		x, y := out[a].version, out[b].version
		if c := x.compare(y); c != 0 {
			return c > 0
		}
		return x.Follows(y)
	})
	return out, nil
}

// install is the command for a module of the registry.
func (m *manager) install(name, version string, q params) error {
	if name == "" {
		if m.rules.initialize {
			return general("No module name specified.")
		}
		return nil
	}
	if from, module, ok := strings.Cut(name, "/"); ok {
		if !strings.EqualFold(from, registryName) {
			return general("'%1' not found in any repository.", module)
		}
		name = module
	}
	want, err := ParseRange(version)
	if err != nil {
		return err
	}
	if m.registry == "" && m.rules.initialize {
		return general("No repositories are configured and enabled in this namespace.")
	}
	var found []offer
	if m.registry != "" {
		if found, err = m.offers(name, want); err != nil {
			return err
		}
	}
	if len(found) == 0 {
		if version != "" {
			return general("%1 %2 not found in any repository.", name, version)
		}
		return general("'%1' not found in any repository.", name)
	}
	if q["DeveloperMode"] == "" {
		q = q.with("DeveloperMode", "0")
	}
	return m.installOffer(found[0], q.with("cmd", "install"), true)
}

// installOffer unpacks a package to its place and loads it. What it may not replace is refused before that.
func (m *manager) installOffer(o offer, q params, top bool) error {
	old, err := m.open(o.name)
	if err != nil {
		return err
	}
	if old != nil && !q.on("PermitDowngrade") {
		if top && old.Developer && !q.on("DeveloperMode") {
			return general("Cannot install '%1' over previously installed in developer mode", old.Name)
		}
		have, err := ParseVersion(old.Version)
		if err != nil {
			return err
		}
		if !m.rules.initialize && have.Follows(o.version) {
			return general("Cannot downgrade %1 from version %2 to %3", old.Name, old.Version, o.text)
		}
	}
	if err := m.suits(o); err != nil {
		return err
	}
	if err := m.verbose(q, "Module "+o.name+" was downloaded from "+registryName+" ("+m.registry+")"); err != nil {
		return err
	}
	dir, err := m.ipmDir(&Module{Name: o.name, Version: o.text})
	if err != nil {
		return err
	}
	if err := os.RemoveAll(dir); err != nil {
		return general("Error removing directory %1: %2", dir, err.Error())
	}
	if err := made(os.MkdirAll(dir, 0o777), dir); err != nil { //nolint:gosec // as IRIS makes them: the umask decides
		return err
	}
	if err := m.extract(o.file, dir); err != nil {
		return err
	}
	if err := m.verbose(q, "Loading from "+dir); err != nil {
		return err
	}
	return m.loadModule(dir, q)
}

// suits checks that a version suits the modules that need it already.
func (m *manager) suits(o offer) error {
	all, err := m.dependents(strings.ToLower(o.name))
	if err != nil {
		return err
	}
	var against []string
	for _, key := range all {
		if m.pending[key] {
			continue
		}
		r, err := m.open(key)
		if err != nil {
			return err
		}
		for _, d := range r.Dependencies {
			want, err := ParseRange(d.Version)
			if err != nil {
				return err
			}
			if strings.EqualFold(d.Name, o.name) && !want.Allows(o.version) {
				against = append(against, r.Name+" "+r.Version+": "+d.Version)
			}
		}
	}
	if len(against) == 0 {
		return nil
	}
	return general("Requested version (%1 %2) does not satisfy the requirements of other modules installed in the current namespace (%3).",
		o.name, o.text, strings.Join(against, "; "))
}

// loadDependencies installs what the module needs and is not there in a version that suits.
func (m *manager) loadDependencies(r *record, q params) error {
	m.pending[r.Key()] = true
	defer delete(m.pending, r.Key())
	for _, d := range r.Dependencies {
		if d.Scope != "" || m.pending[strings.ToLower(d.Name)] {
			continue
		}
		want, err := ParseRange(d.Version)
		if err != nil {
			return err
		}
		have, err := m.open(d.Name)
		if err != nil {
			return err
		}
		if have != nil {
			if v, err := ParseVersion(have.Version); err == nil && want.Allows(v) {
				continue
			}
		}
		var found []offer
		if m.registry != "" {
			if found, err = m.offers(d.Name, want); err != nil {
				return err
			}
		}
		if len(found) == 0 {
			return general("Could not find satisfactory version of %1 in any repositories. Required by: %2", d.Name,
				r.Name+" "+r.Version+": "+d.Version)
		}
		if err := m.installOffer(found[0], q.with("DeveloperMode", "0"), false); err != nil {
			return err
		}
	}
	return nil
}
