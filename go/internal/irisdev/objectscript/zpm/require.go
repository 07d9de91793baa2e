package zpm

import (
	"errors"
	"strings"
)

// require checks the module's SystemRequirements; what is missing is said all at once.
func (m *manager) require(r *record) error {
	q := r.Requirements
	if q == nil {
		return nil
	}
	var wrong []string
	note := func(err error) error {
		var p *Problem
		if errors.As(err, &p) {
			wrong = append(wrong, p.Text)
			return nil
		}
		return err
	}
	if err := note(m.requireVersion(q.Version)); err != nil {
		return err
	}
	if q.Interoperability == "enabled" || isTrue(q.Health) {
		wrong = append(wrong, m.noInteroperability())
	}
	if isTrue(q.Health) {
		wrong = append(wrong, "The module requires InterSystems IRIS for Health, HealthConnect, or HealthShare. Current system is not compatible.")
	}
	if q.IPMVersion != "" {
		if err := note(allowed(q.IPMVersion, m.rules.Version,
			"The module requires IPM version "+q.IPMVersion+". Current IPM version is "+m.rules.Version)); err != nil {
			return err
		}
	}
	if q.PythonVersion != "" {
		wrong = append(wrong, "Embedded Python is not available in this instance.")
	}
	if len(wrong) == 0 {
		return nil
	}
	return general(strings.Join(wrong, "\nERROR #5001: "))
}

func (m *manager) noInteroperability() string {
	ns := m.p.Namespace()
	if m.rules.initialize {
		return "This module requires an interoperability-enabled namespace. " + ns + " is not interoperability-enabled."
	}
	return "The module requires Interoperability Production Enabled. Namespace <" + ns + "> doesn't support Interoperability Production"
}

// requireVersion compares major and minor of the instance.
func (m *manager) requireVersion(want string) error {
	if want == "" {
		return nil
	}
	major, err := m.text("%SYSTEM.Version", "GetMajor")
	if err != nil {
		return err
	}
	minor, err := m.text("%SYSTEM.Version", "GetMinor")
	if err != nil {
		return err
	}
	have := major + "." + minor
	return allowed(want, have, "The module cannot be installed on the current version ("+have+") of the system, version \""+want+"\" is required")
}

// allowed compares a version with an expression.
func allowed(expression, version, failed string) error {
	r, err := ParseRange(expression)
	if err != nil {
		return err
	}
	v, err := ParseVersion(version)
	if err != nil {
		return err
	}
	if !r.Allows(v) {
		return general(failed)
	}
	return nil
}
