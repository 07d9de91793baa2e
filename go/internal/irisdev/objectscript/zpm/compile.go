package zpm

import (
	"sort"
	"strings"

	"iris-pgwire/internal/irisdev/objectscript/run"
	"iris-pgwire/internal/irisdev/value"
)

// compile compiles the module's documents: those with the same flags together, those that want others compiled first after them.
func (m *manager) compile(r *record, q params) error {
	waiting := map[string]*Resource{}
	for _, res := range r.Resources {
		p, err := m.processor(res)
		if err != nil {
			return err
		}
		if p.compile != nil && res.inScope() {
			if err := p.compile(m, r, res, q); err != nil {
				return err
			}
		}
		if res.isDocument() && res.inScope() && res.Attributes["Compile"] != "0" && !strings.EqualFold(res.Attributes["Compile"], "false") {
			waiting[res.Name] = res
		}
	}
	for _, name := range names(waiting) {
		for _, first := range after(waiting[name]) {
			if waiting[first] == nil {
				return general("Resource '%1' cannot compile after nonexistent/non-compilable resource '%2'", name, first)
			}
		}
	}
	for len(waiting) > 0 {
		groups := map[string][]*Resource{}
		for _, name := range names(waiting) {
			if res := waiting[name]; ready(res, waiting) {
				groups[flagsOf(res)] = append(groups[flagsOf(res)], res)
			}
		}
		if len(groups) == 0 {
			return general("Failed to resolve compile order of module resources: %1", strings.Join(names(waiting), ", "))
		}
		for _, flags := range names(groups) {
			var items []string
			for _, res := range groups[flags] {
				children, err := m.children(r, res)
				if err != nil {
					return err
				}
				items = append(items, children...)
				delete(waiting, res.Name)
			}
			if err := m.compileItems(items, display(q)+flags); err != nil {
				return err
			}
		}
	}
	return nil
}

func names[V any](of map[string]V) []string {
	out := make([]string, 0, len(of))
	for k := range of {
		out = append(out, k)
	}
	sort.Strings(out)
	return out
}

// after are the resources that one is compiled after.
func after(res *Resource) []string {
	list := res.Attributes["CompileAfter"]
	if list == "" {
		return nil
	}
	return strings.Split(list, ",")
}

func ready(res *Resource, waiting map[string]*Resource) bool {
	for _, first := range after(res) {
		if waiting[first] != nil {
			return false
		}
	}
	return true
}

func flagsOf(res *Resource) string {
	if f, ok := res.Attributes["Flags"]; ok {
		return f
	}
	return "ck"
}

func (m *manager) compileItems(items []string, flags string) error {
	list := &run.Var{}
	count := 0
	for _, it := range items {
		if strings.HasSuffix(it, ".INC") {
			continue
		}
		node, err := list.Make(value.Text(it))
		if err != nil {
			return err
		}
		m.p.Assign(node, run.Value{})
		count++
	}
	if count == 0 {
		return nil
	}
	c, err := m.p.Class(objClass)
	if err != nil {
		return err
	}
	sc, err := m.p.CallClass(c, "Compile", []run.Actual{{Var: list}, run.Arg(run.Text(flags))}, true)
	if err != nil {
		return err
	}
	return m.good(sc)
}

// children lists the documents that a resource stands for: for a package those of its name that are in the namespace and do not
// belong to another resource.
func (m *manager) children(r *record, res *Resource) ([]string, error) {
	if res.ending() != "PKG" {
		return []string{res.base() + "." + documentType(res)}, nil
	}
	owned, err := m.ownedBy(res)
	if err != nil {
		return nil, err
	}
	prefix := strings.ToUpper(res.base()) + "."
	ns := m.p.Namespace()
	where := ns
	if strings.HasPrefix(res.base(), "%") {
		where = "%SYS"
	}
	var out []string
	take := func(item string) {
		if strings.HasPrefix(strings.ToUpper(item), prefix) && !owned(item) {
			out = append(out, item)
		}
	}
	for _, c := range m.d.Owned(m.p.Store(), where) {
		take(c + ".cls")
	}
	for _, item := range m.d.RoutineNames(m.p.Store(), where) {
		take(item)
	}
	return out, nil
}

// documentType is how the dictionary ends the name of a document.
func documentType(res *Resource) string {
	if res.ending() == "CLS" {
		return "cls"
	}
	return res.ending()
}

// ownedBy reports documents that belong to resources other than one: of all modules in the namespace.
func (m *manager) ownedBy(but *Resource) (func(item string) bool, error) {
	var exact, packages []string
	for _, key := range m.installed() {
		other, err := m.open(key)
		if err != nil {
			return nil, err
		}
		for _, res := range other.Resources {
			name := strings.ToUpper(res.Name)
			if !res.isDocument() || name == strings.ToUpper(but.Name) {
				continue
			}
			if res.ending() == "PKG" {
				packages = append(packages, strings.ToUpper(res.base())+".")
			} else {
				exact = append(exact, name)
			}
		}
	}
	own := strings.ToUpper(but.base()) + "."
	return func(item string) bool {
		item = strings.ToUpper(item)
		for _, e := range exact {
			if e == item {
				return true
			}
		}
		for _, p := range packages {
			if len(p) > len(own) && strings.HasPrefix(item, p) {
				return true
			}
		}
		return false
	}, nil
}
