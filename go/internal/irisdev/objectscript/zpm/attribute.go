package zpm

import "sort"

// attributeOf gives an attribute of a resource with its expressions replaced; of several names the last that is there.
func (m *manager) attributeOf(r *record, res *Resource, q params, names ...string) (string, error) {
	text := ""
	for _, n := range names {
		if v, ok := res.Attributes[n]; ok {
			text = v
		}
	}
	return m.evaluateAttribute(r, res, text, q)
}

// evaluateAttribute replaces expressions in an attribute: the Defaults first, and {name} is the resource. The newer line knows
// neither ${version} nor ${verbose} here.
func (m *manager) evaluateAttribute(r *record, res *Resource, text string, q params) (string, error) {
	own := append([]Setting{}, r.Defaults...)
	sort.SliceStable(own, func(a, b int) bool { return own[a].Name < own[b].Name })
	for _, d := range own {
		text = m.replaceDefault(text, d, q)
	}
	if !m.rules.initialize {
		return m.evaluate(r, replaceFold(text, "{name}", res.Name), q)
	}
	names, err := m.names(r, q)
	if err != nil {
		return "", err
	}
	some := names[:0]
	for _, n := range names {
		if n.Name != "version" && n.Name != "verbose" {
			some = append(some, n)
		}
	}
	if text, err = m.replaceAll(text, some); err != nil {
		return "", err
	}
	return m.code(replaceFold(text, "{name}", res.Name))
}
