package zpm

import (
	"strings"

	"iris-pgwire/internal/irisdev/objectscript/run"
	"iris-pgwire/internal/irisdev/value"
)

// invocations runs those of a phase's one side; one that fails ends the phase.
func (m *manager) invocations(r *record, phase, when string, q params) error {
	for _, i := range r.Invokes {
		if !i.in(phase) || i.When != when {
			continue
		}
		if err := m.invoke(r, i, q); err != nil {
			return err
		}
	}
	return nil
}

// invoke calls the method. Whether its status counts is decided by CheckStatus in the older line; in the newer one also when
// the method is declared to return %Status, unless CheckStatus is 0.
func (m *manager) invoke(r *record, i *Invoke, q params) error {
	args := make([]run.Actual, len(i.Args))
	for n, a := range i.Args {
		text, err := m.evaluateArg(r, a, q)
		if err != nil {
			return err
		}
		args[n] = run.Arg(run.Text(text))
	}
	ns := m.p.Namespace()
	defer func() { _ = m.p.SetNamespace(ns) }() // it existed a moment ago
	c, err := m.p.Class(i.Class)
	if err != nil {
		return err
	}
	counts := isTrue(i.CheckStatus)
	if m.rules.byReturnType && i.CheckStatus == "" {
		if method := c.Methods[i.Method]; method != nil {
			counts = m.d.FullName(m.p.Store(), ns, method.Origin, method.Def.Returns) == "%Library.Status"
		}
	}
	sc, err := m.p.CallClass(c, i.Method, args, counts)
	if err != nil || !counts {
		return err
	}
	return m.good(sc)
}

// variables are what an installer class gets by reference.
func (m *manager) variables(r *record, q params) *run.Var {
	vars := &run.Var{}
	for name, v := range q {
		var subs []value.Value
		for _, s := range strings.Split(name, ".") {
			subs = append(subs, value.Text(s))
		}
		if node, err := vars.Make(subs...); err == nil {
			m.p.Assign(node, run.Text(v))
		}
	}
	if node, err := vars.Make(value.Text("InstallDir")); err == nil {
		m.p.Assign(node, run.Text(r.Root))
	}
	return vars
}

// callVars calls a method that gives a status and takes variables as its last argument.
func (m *manager) callVars(class, method string, vars *run.Var, args ...run.Value) error {
	c, err := m.p.Class(class)
	if err != nil {
		return err
	}
	var actuals []run.Actual
	for _, a := range args {
		actuals = append(actuals, run.Arg(a))
	}
	sc, err := m.p.CallClass(c, method, append(actuals, run.Actual{Var: vars}), true)
	if err != nil {
		return err
	}
	return m.good(sc)
}
