package zpm

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
)

// validate checks what the module's classes check when it is saved: required properties, lengths, lists of values.
func (r *Rules) validate(m *Module) error {
	checks := []check{
		{"Module", "Name", m.Name, true, 255, nil}, {"Module", "ExternalName", m.ExternalName, false, 255, nil},
		{"Module", "VersionString", m.Version, true, 100, nil}, {"Module", "Packaging", m.Packaging, true, 50, nil},
		{"Module", "SourcesRoot", m.SourcesRoot, false, 20, nil},
		{"Module", "LifecycleClass", m.LifecycleClass, false, 255, nil},
		{"Module", "InstallerClass", m.InstallerClass, false, 255, nil},
	}
	for _, f := range authorFields {
		limit := map[string]int{"License": 1000, "Notes": 0}
		n, ok := limit[f]
		if !ok {
			n = 255
		}
		checks = append(checks, check{"ModuleAuthorInfo", f, m.Author[f], false, n, nil})
	}
	scopes := []string{"test", "verify"}
	for _, d := range m.Dependencies {
		checks = append(checks, check{"ModuleReference", "Name", d.Name, true, 255, nil},
			check{"ModuleReference", "VersionString", d.Version, true, 100, nil}, check{"ModuleReference", "Scope", d.Scope, false, 0, scopes})
	}
	for _, res := range m.Resources {
		checks = append(checks, check{"ResourceReference", "Name", res.Name, true, 255, nil},
			check{"ResourceReference", "Scope", res.Scope, false, 0, scopes})
	}
	for _, i := range m.Invokes {
		checks = append(checks, r.checksOf(i)...)
	}
	for _, d := range m.Defaults {
		checks = append(checks, check{"ModuleSetting.Default", "Name", d.Name, false, 255, nil},
			check{"ModuleSetting.Default", "Value", d.Value, false, 1000, nil})
	}
	if q := m.Requirements; q != nil {
		checks = append(checks, check{"SystemRequirements", "VersionString", q.Version, false, 100, nil},
			check{"SystemRequirements", "Interoperability", q.Interoperability, false, 0, []string{"enabled", "disabled"}})
	}
	for _, c := range checks {
		if err := r.verify(c); err != nil {
			return err
		}
	}
	if _, err := ParseVersion(m.Version); err != nil {
		return err
	}
	return r.unique(m)
}

func (r *Rules) checksOf(i *Invoke) []check {
	phase := check{"InvokeReference", "Phase", i.Phase, false, 255, nil}
	if r.checkPhase {
		phase.list = r.phases
	}
	out := []check{{"InvokeReference", "Class", i.Class, true, 255, nil}, {"InvokeReference", "Method", i.Method, true, 255, nil}, phase,
		{"InvokeReference", "CustomPhase", i.CustomPhase, false, 255, nil},
		{"InvokeReference", "When", i.When, false, 0, []string{"Before", "After"}}}
	for _, a := range i.Args {
		out = append(out, check{"InvokeReference", "Arg", a, false, 255, nil})
	}
	return out
}

// check is what a property's datatype asks for: a value, at most limit characters, one of a list.
type check struct {
	class, property, value string
	required               bool
	limit                  int
	list                   []string
}

func (r *Rules) verify(c check) error {
	class := r.storage + c.class
	if c.value == "" {
		if c.required {
			return problem(5659, class, c.property, "", "")
		}
		return nil
	}
	cause := problem(5802, class+":"+c.property, c.value)
	if c.list != nil && !slices.Contains(c.list, c.value) {
		return problem(7205, c.value, ","+strings.Join(c.list, ",")).because(cause)
	}
	if n := len(utf16.Encode([]rune(c.value))); c.limit > 0 && n > c.limit {
		return problem(7201, c.value, strconv.Itoa(c.limit)).because(cause)
	}
	return nil
}

// unique refuses a resource that is listed twice; those that are paths may be.
func (r *Rules) unique(m *Module) error {
	seen := map[string]bool{}
	for _, res := range m.Resources {
		if strings.HasPrefix(res.Name, "/") || res.Processor != "" {
			continue
		}
		if seen[res.Name] {
			return general("Resource '%1' is listed more than once in module '%2'", res.Name, m.Name)
		}
		seen[res.Name] = true
	}
	return nil
}
