package zpm

import (
	"strconv"
	"strings"

	"iris-pgwire/internal/irisdev/objectscript/run"
)

// clean takes the module's resources away: unconfigured first, then the files that were copied, then classes and routines, and at
// the end what is known of the module.
func (m *manager) clean(r *record, q params) error {
	skip, err := m.spared(r, q)
	if err != nil || skip {
		return err
	}
	if err := m.phases(r.Key(), []string{"Unconfigure"}, q); err != nil {
		return err
	}
	level, _ := strconv.Atoi(q["Clean.Level"])
	if level > 0 {
		if err := m.deleteResources(r, q); err != nil {
			return err
		}
	}
	if q.on("Clean.Recurse") || q["Clean.Recurse"] == "" {
		if err := m.cleanDependencies(r, q, level); err != nil {
			return err
		}
	}
	if level > 0 {
		return m.forget(r.Key())
	}
	return nil
}

// spared reports a module that stays: one that others need, or that all namespaces share.
func (m *manager) spared(r *record, q params) (bool, error) {
	if r.GlobalScope && !q.on("Clean.GlobalScope") {
		return true, m.log(r, "Clean SKIPPED - module has global scope.")
	}
	if q.on("Clean.Force") || q["Clean.Level"] == "" || q["Clean.Level"] == "0" {
		return false, nil
	}
	all, err := m.dependents(r.Key())
	if err != nil {
		return false, err
	}
	var needed []string
	for _, other := range all {
		if !m.pending[other] {
			needed = append(needed, other)
		}
	}
	if len(needed) == 0 {
		return false, nil
	}
	s := "s"
	if len(needed) == 1 {
		s = ""
	}
	return true, m.log(r, "Clean SKIPPED - required by "+strconv.Itoa(len(needed))+" other module"+s+". ("+strings.Join(needed, "; ")+")")
}

// deleteResources runs the processors' part, then deletes documents; what can't be deleted is a warning.
func (m *manager) deleteResources(r *record, q params) error {
	var items []string
	for _, res := range m.ordered(r) {
		p, err := m.processor(res)
		if err != nil {
			return err
		}
		if p.clean != nil && res.inScope() {
			if err := p.clean(m, r, res, q); err != nil {
				return err
			}
			continue
		}
		if !res.isDocument() {
			continue
		}
		children, err := m.children(r, res)
		if err != nil {
			return err
		}
		items = append(items, children...)
	}
	classes, projections, others := m.sorted(items)
	for _, item := range append(append(classes, projections...), others...) {
		err := m.call(objClass, "Delete", run.Text(item), run.Text(display(q)))
		if run.IsEnd(err) {
			return err
		}
		if err != nil {
			if err := m.say("WARNING: " + err.Error()); err != nil {
				return err
			}
		}
	}
	return nil
}

// sorted tells classes from those that make projections, which are deleted after them, and from routines. What is not there
// is left out.
func (m *manager) sorted(items []string) (classes, projections, others []string) {
	for _, item := range items {
		name, isClass := strings.CutSuffix(item, ".cls")
		if !isClass {
			if _, ok := m.d.RoutineSource(m.p.Store(), m.p.Namespace(), item); ok {
				others = append(others, item)
			}
			continue
		}
		if !m.d.Exists(m.p.Store(), m.p.Namespace(), name) {
			if _, ok := m.d.Source(m.p.Store(), m.p.Namespace(), name); !ok {
				continue
			}
		}
		c, err := m.d.Class(m.p.Store(), m.p.Namespace(), name)
		if err == nil && c.Is("%Projection.AbstractProjection") {
			projections = append(projections, item)
			continue
		}
		classes = append(classes, item)
	}
	return classes, projections, others
}

// cleanDependencies cleans the modules that this one needed, as far as no other needs them.
func (m *manager) cleanDependencies(r *record, q params, level int) error {
	m.pending[r.Key()] = true
	for _, d := range r.Dependencies {
		key := strings.ToLower(d.Name)
		if m.pending[key] {
			continue
		}
		other, err := m.open(key)
		if err != nil || other == nil {
			if err != nil {
				return err
			}
			continue
		}
		if err := m.phases(key, []string{"Clean"}, q.with("Clean.Level", strconv.Itoa(level+1))); err != nil {
			return err
		}
	}
	return nil
}

// uninstall is the command: the module is cleaned as if it were a dependency, outside of a transaction.
func (m *manager) uninstall(name string, q params) error {
	if name == "" {
		return general("A module name must be specified for uninstall unless the -all flag is used.")
	}
	all := q.with("Clean.Level", "1")
	for _, key := range []string{"Clean.Force", "Clean.Recurse"} {
		if _, ok := all[key]; !ok {
			all = all.with(key, "0")
		}
	}
	return m.phases(name, []string{"Clean"}, all)
}
