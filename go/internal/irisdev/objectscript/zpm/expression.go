package zpm

import (
	"path/filepath"
	"strings"

	"iris-pgwire/internal/irisdev/objectscript/parse"
	"iris-pgwire/internal/irisdev/objectscript/run"
)

// evaluate replaces the expressions in a value: ${name} and {$name} without regard to case, then #{ObjectScript}.
func (m *manager) evaluate(r *record, text string, q params) (string, error) {
	if !strings.Contains(text, "{") {
		return text, nil
	}
	if m.rules.initialize {
		if strings.Contains(text, "$$$") {
			return "", notBuilt("a macro in an expression: " + text)
		}
		names, err := m.defaults(r, q)
		if err != nil {
			return "", err
		}
		if text, err = m.replaceAll(text, names); err != nil {
			return "", err
		}
	}
	names, err := m.names(r, q)
	if err != nil {
		return "", err
	}
	if text, err = m.replaceAll(text, names); err != nil {
		return "", err
	}
	if m.rules.initialize {
		text = replaceFold(text, "{name}", r.Name)
	}
	return m.code(text)
}

// evaluateArg replaces the expressions in an Arg of an Invoke: before and after the module's Defaults.
func (m *manager) evaluateArg(r *record, text string, q params) (string, error) {
	text, err := m.evaluate(r, text, q)
	if err != nil {
		return "", err
	}
	if text == "\x00" {
		text = ""
	}
	for _, d := range r.Defaults {
		text = m.replaceDefault(text, d, q)
	}
	return m.evaluate(r, text, q)
}

// setting is the value of a Default, or what the command gave for it.
func (m *manager) setting(d Setting, q params) string {
	key := d.Name
	if !m.rules.initialize {
		key = "zpm." + d.Name
	}
	if v, ok := q[key]; ok {
		return v
	}
	return d.Value
}

// replaceDefault replaces one Default; the older line wants ${ and the name's own case.
func (m *manager) replaceDefault(text string, d Setting, q params) string {
	if m.rules.initialize {
		return replaceName(text, d.Name, m.setting(d, q))
	}
	return strings.ReplaceAll(text, "${"+d.Name+"}", m.setting(d, q))
}

// maxLevels is how often Defaults are looked up in each other.
const maxLevels = 20

// defaults are the module's Defaults with the expressions in their values replaced.
func (m *manager) defaults(r *record, q params) ([]Setting, error) {
	system, err := m.names(r, q)
	if err != nil {
		return nil, err
	}
	var own []Setting
	for _, d := range r.Defaults {
		own = append(own, Setting{d.Name, m.setting(d, q)})
	}
	for range maxLevels {
		changed := false
		for i := range own {
			before := own[i].Value
			for _, n := range append(append([]Setting{}, own...), system...) {
				if n.Name != own[i].Name {
					own[i].Value = replaceName(own[i].Value, n.Name, n.Value)
				}
			}
			changed = changed || own[i].Value != before
		}
		if !changed {
			break
		}
	}
	return own, nil
}

// names are those that every module has.
func (m *manager) names(r *record, q params) ([]Setting, error) {
	ns := m.p.Namespace()
	s := m.p.System()
	install := strings.TrimSuffix(filepath.Dir(filepath.Clean(s.Dir)), "/") + "/"
	verbose := "0"
	if q.on("Verbose") {
		verbose = "1"
	}
	out := []Setting{{"namespace", ns}, {"ns", ns}, {"mgrdir", s.Dir}, {"cspdir", install + "csp/"}, {"root", r.Root},
		{"bindir", s.Bin}, {"libdir", install + "lib/"}, {"verbose", verbose}, {"packagename", r.Name}, {"version", r.Version}}
	if !m.rules.initialize {
		out[8].Value = r.Key()
		return out, nil
	}
	own, err := m.ipmDir(r.Module)
	if err != nil {
		return nil, err
	}
	role := m.databaseRole()
	return append(out, Setting{"namespaceLower", strings.ToLower(ns)}, Setting{"installDir", install}, Setting{"dataDir", install},
		Setting{"ipmDir", own}, Setting{"dbrole", role}, Setting{"globalsDbRole", role}), nil
}

// webNames need what the development IRIS does not have: a web server, namespaces of several databases.
var webNames = []string{"webroot", "namespaceRoutineDB", "namespaceGlobalsDB"}

func (m *manager) replaceAll(text string, names []Setting) (string, error) {
	for _, n := range names {
		text = replaceName(text, n.Name, n.Value)
	}
	for _, n := range webNames {
		if replaceName(text, n, "") != text && (m.rules.initialize || n == "webroot") {
			return "", notBuilt("the expression ${" + n + "}")
		}
	}
	return text, nil
}

// replaceName replaces both forms of an expression.
func replaceName(text, name, value string) string {
	return replaceFold(replaceFold(text, "{$"+name+"}", value), "${"+name+"}", value)
}

// replaceFold is strings.ReplaceAll without regard to case.
func replaceFold(text, old, value string) string {
	if !strings.Contains(text, "{") {
		return text
	}
	var b strings.Builder
	for i := 0; i < len(text); {
		if i+len(old) <= len(text) && strings.EqualFold(text[i:i+len(old)], old) {
			b.WriteString(value)
			i += len(old)
			continue
		}
		b.WriteByte(text[i])
		i++
	}
	return b.String()
}

// code replaces #{expression} by the value of the expression, the empty string if it fails.
func (m *manager) code(text string) (string, error) {
	for from := 0; ; {
		at := strings.Index(text[from:], "#{")
		if at < 0 {
			return text, nil
		}
		at += from
		end := strings.IndexByte(text[at:], '}')
		if end <= 2 {
			return text, nil
		}
		value, err := m.value(strings.TrimSpace(text[at+2 : at+end]))
		if err != nil {
			return "", err
		}
		text = text[:at] + value + text[at+end+1:]
		from = at + len(value)
	}
}

func (m *manager) value(source string) (string, error) {
	x, err := parse.Expr(source)
	if err != nil {
		return "", nil //nolint:nilerr // as IPM does
	}
	v, err := m.p.Eval(nil, x)
	if run.IsEnd(err) {
		return "", err
	}
	if err != nil {
		return "", nil //nolint:nilerr // as IPM does
	}
	return v.Text(), nil
}
