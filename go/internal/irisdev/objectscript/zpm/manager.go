package zpm

import (
	"errors"
	"strings"

	"iris-pgwire/internal/irisdev/objectscript/class"
	"iris-pgwire/internal/irisdev/objectscript/fault"
	"iris-pgwire/internal/irisdev/objectscript/run"
)

// manager is the package manager in one process, for one command.
type manager struct {
	p        *run.Process
	d        *class.Dictionary
	rules    *Rules
	registry string // the folder of archives, "" without one
	// pending are the modules that are being installed: a cycle of dependencies ends at them.
	pending map[string]bool
}

// newManager works by the settings of the instance.
func newManager(p *run.Process) (*manager, error) {
	d, ok := p.System().Classes.(*class.Dictionary)
	if !ok {
		return nil, errors.New("the instance has no class dictionary")
	}
	s := readSettings(p.Store())
	rules, err := RulesOf(s.Line)
	return &manager{p: p, d: d, rules: rules, registry: s.Registry, pending: map[string]bool{}}, err
}

// params are the values of a command: Verbose, DeveloperMode, Clean.Force, and what -D sets.
type params map[string]string

func (q params) on(name string) bool {
	v, ok := q[name]
	return ok && v != "" && v != "0"
}

func (q params) with(name, value string) params {
	out := make(params, len(q)+1)
	for k, v := range q {
		out[k] = v
	}
	out[name] = value
	return out
}

// say begins a line with a text.
func (m *manager) say(text string) error {
	if err := m.p.WriteLine(); err != nil {
		return err
	}
	return m.p.Write(text)
}

// verbose is say for commands that ask for it.
func (m *manager) verbose(q params, text string) error {
	if !q.on("Verbose") {
		return nil
	}
	return m.say(text)
}

// status makes the status that code gets of an error. The end of the process stays what it is, in err.
func (m *manager) status(failure error) (sc run.Value, err error) {
	var one *Problem
	var failed *failedStatus
	var thrown *run.Thrown
	var f *fault.Error
	switch {
	case failure == nil:
		return run.Int(1), nil
	case run.IsEnd(failure):
		return run.Value{}, failure
	case errors.As(failure, &failed):
		return failed.status, nil
	case errors.As(failure, &one):
		return m.problemStatus(one)
	case errors.As(failure, &thrown):
		o, err := m.p.Exception(thrown)
		if err != nil {
			return run.Value{}, err
		}
		return m.p.Call(o, "AsStatus")
	case errors.As(failure, &f):
		return m.p.CallMethod("%SYSTEM.Status", "Error", run.Int(5002), run.Text(f.Error()))
	}
	return m.p.CallMethod("%SYSTEM.Status", "Error", run.Int(5001), run.Text(failure.Error()))
}

func (m *manager) problemStatus(one *Problem) (run.Value, error) {
	args := []run.Value{run.Int(int64(one.Code))}
	for _, param := range one.Params {
		args = append(args, run.Text(param))
	}
	sc, err := m.p.CallMethod("%SYSTEM.Status", "Error", args...)
	if err != nil || one.Cause == nil {
		return sc, err
	}
	cause, err := m.problemStatus(one.Cause)
	if err != nil {
		return sc, err
	}
	return m.p.CallMethod("%SYSTEM.Status", "EmbedStatus", sc, cause)
}

// failedStatus is an error status that code gave.
type failedStatus struct {
	status run.Value
	text   string
}

func (f *failedStatus) Error() string { return f.text }

// good turns a status into an error.
func (m *manager) good(sc run.Value) error {
	if sc.Truth() {
		return nil
	}
	text, err := m.p.CallMethod("%SYSTEM.Status", "GetErrorText", sc)
	if err != nil {
		return err
	}
	return &failedStatus{sc, strings.ReplaceAll(text.Text(), "\r\n", "\n")}
}

// call calls a method that gives a status.
func (m *manager) call(class, method string, args ...run.Value) error {
	sc, err := m.p.CallMethod(class, method, args...)
	if err != nil {
		return err
	}
	return m.good(sc)
}

// yes calls a method that gives a boolean.
func (m *manager) yes(class, method string, args ...run.Value) (bool, error) {
	v, err := m.p.CallMethod(class, method, args...)
	return v.Truth(), err
}

// text calls a method that gives a text.
func (m *manager) text(class, method string, args ...string) (string, error) {
	vals := make([]run.Value, len(args))
	for i, a := range args {
		vals[i] = run.Text(a)
	}
	v, err := m.p.CallMethod(class, method, vals...)
	return v.Text(), err
}
