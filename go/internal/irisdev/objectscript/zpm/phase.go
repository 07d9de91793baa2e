package zpm

import (
	"slices"
	"strings"

	"iris-pgwire/internal/irisdev/objectscript/run"
)

// phases runs phases of a module's lifecycle one after the other and stops at the first that fails.
func (m *manager) phases(name string, list []string, q params) error {
	r, err := m.need(name)
	if err != nil {
		return err
	}
	q = m.parameters(r, q)
	for _, phase := range list {
		if phase == "*" {
			if r, err = m.need(r.Key()); err != nil {
				return err
			}
			if err := m.say("[" + m.label(r) + "]\tModule object refreshed."); err != nil {
				return err
			}
			continue
		}
		if err := m.phase(r, phase, q); err != nil {
			return err
		}
	}
	return nil
}

// parameters are those of a command with what the module has for those that it does not give.
func (m *manager) parameters(r *record, q params) params {
	for _, p := range r.Parameters {
		if _, given := q[p.Name]; !given && (p.Lifecycle == "" || strings.TrimPrefix(p.Lifecycle, m.lifecyclePackage()) == "Module") {
			q = q.with(p.Name, p.Value)
		}
	}
	return q
}

// need opens a module that must be there.
func (m *manager) need(name string) (*record, error) {
	r, err := m.open(name)
	if err == nil && r == nil {
		err = general("Module '%1' not found.", name)
	}
	return r, err
}

// label is the module's name in messages.
func (m *manager) label(r *record) string {
	if m.rules.initialize {
		return r.Name
	}
	return r.Key()
}

// log is a message of the lifecycle.
func (m *manager) log(r *record, text string) error {
	return m.say("[" + m.p.Namespace() + "|" + m.label(r) + "]\t" + text)
}

func (m *manager) phase(r *record, phase string, q params) error {
	if !slices.Contains(m.rules.phases, phase) && !isCustom(r, phase) {
		return general("<METHOD DOES NOT EXIST> method %%1 of the lifecycle class", phase)
	}
	start := phase + " START"
	if phase == "Reload" {
		start += " (" + r.Root + ")"
	}
	if err := m.log(r, start); err != nil {
		return err
	}
	failure := m.steps(r, phase, q)
	if run.IsEnd(failure) {
		return failure
	}
	if failure != nil {
		if err := m.say("[" + m.label(r) + "]\t" + phase + " FAILURE"); err != nil {
			return err
		}
		return failure
	}
	return m.log(r, phase+" SUCCESS")
}

// isCustom reports a phase that the module's own invocations define.
func isCustom(r *record, phase string) bool {
	return slices.ContainsFunc(r.Invokes, func(i *Invoke) bool { return i.CustomPhase != "" && strings.EqualFold(i.CustomPhase, phase) })
}

// steps is the inside of a phase, in IPM's order: processors before, invocations before, the phase itself, invocations after,
// processors after.
func (m *manager) steps(r *record, phase string, q params) error {
	for _, res := range m.ordered(r) {
		if err := m.before(r, res, phase, q); err != nil {
			return err
		}
	}
	if err := m.invocations(r, phase, "Before", q); err != nil {
		return err
	}
	if do := lifecycle(phase); do != nil {
		if err := do(m, r, q); err != nil {
			return err
		}
	} else if !isCustom(r, phase) {
		return notBuilt("phase " + phase)
	}
	if err := m.invocations(r, phase, "After", q); err != nil {
		return err
	}
	for _, res := range m.ordered(r) {
		if err := m.after(r, res, phase, q); err != nil {
			return err
		}
	}
	return nil
}

// lifecycle is what a phase itself does, nil for one that is not built.
func lifecycle(phase string) func(*manager, *record, params) error {
	nothing := func(*manager, *record, params) error { return nil }
	return map[string]func(*manager, *record, params) error{
		"Initialize": (*manager).initialize, "Reload": (*manager).reload, "Validate": nothing, "Compile": (*manager).compile,
		"Activate": (*manager).activate, "Configure": (*manager).configure, "Unconfigure": (*manager).unconfigure,
		"Clean": (*manager).clean, "ExportData": nothing,
	}[phase]
}

// activate configures the module; what is there to activate is done by the processors.
func (m *manager) activate(r *record, q params) error {
	return m.phases(r.Key(), []string{"Configure"}, q)
}

// initialize loads the folder preload, in the newer line.
func (m *manager) initialize(r *record, q params) error { return m.preload(r.Root, q) }

// configure calls the module's installer class.
func (m *manager) configure(r *record, q params) error {
	if r.InstallerClass == "" {
		return nil
	}
	vars := m.variables(r, q)
	if err := m.call(r.InstallerClass, "OnInstallComponent", run.Text(q["Configure.DatabaseName"]), run.Text(q["Verbose"]),
		run.Text(q["DeveloperMode"]), run.Int(0)); err != nil {
		return err
	}
	return m.callVars(r.InstallerClass, "OnConfigureComponent", vars, run.Text(m.p.Namespace()), run.Text(q["Verbose"]))
}

func (m *manager) unconfigure(r *record, q params) error {
	if r.InstallerClass == "" {
		return nil
	}
	if err := m.callVars(r.InstallerClass, "OnUnconfigureComponent", m.variables(r, q), run.Text(m.p.Namespace()),
		run.Text(q["Verbose"]), run.Int(0)); err != nil {
		return err
	}
	return m.call(r.InstallerClass, "OnUnInstallComponent", run.Text(q["Configure.DatabaseName"]), run.Text(q["Verbose"]))
}
