package zpm

import (
	"slices"
	"strings"
)

// command is what was typed: its name, parameters and modifiers.
type command struct {
	name      string
	args      []string
	modifiers map[string]bool
	data      params // what modifiers and -D set
}

// syntax is one of IPM's commands.
type syntax struct {
	parameters int
	modifiers  []string
	run        func(*manager, command) error
}

var aliases = map[string]string{"list": "list-installed", "?": "help", "q": "quit", "exit": "quit"}

// short are the modifiers' other names.
var short = map[string]string{"v": "verbose", "q": "quiet", "f": "force", "r": "recurse", "a": "all", "d": "description"}

// common are the modifiers of commands that load something.
var common = []string{"verbose", "quiet", "dev"}

// commandsOf gives the commands of a line.
func (r *Rules) commandsOf() map[string]syntax {
	load := syntax{1, slices.Concat(common, []string{"nodev"}), func(m *manager, c command) error { return m.load(c.arg(0), c.data) }}
	install := syntax{2, common, func(m *manager, c command) error { return m.install(c.arg(0), c.arg(1), c.data) }}
	if r.initialize {
		load.modifiers = slices.Concat(common, []string{"force", "bypass-py-deps"})
		install.modifiers = load.modifiers
	}
	return map[string]syntax{
		"load": load, "install": install,
		"reinstall":      {1, install.modifiers, (*manager).reinstall},
		"uninstall":      {1, []string{"verbose", "quiet", "force", "recurse", "all", "purge"}, (*manager).uninstallCommand},
		"list-installed": {1, nil, func(m *manager, c command) error { return m.list(c.arg(0)) }},
		"version":        {0, nil, func(m *manager, _ command) error { return m.say("zpm " + m.rules.Version) }},
	}
}

// others are IPM's commands that are not built.
var others = []string{"help", "quit", "init", "search", "repo", "exec", "list-dependents", "orphans", "default-modifiers", "arrange",
	"import", "run-from-file", "dependency-analyzer", "config", "unpublish", "update", "generate", "namespace", "enable", "unmap",
	"module-version", "information", "history", "publish", "find", "analyze-namespace", "web"}

func (c command) arg(i int) string {
	if i < len(c.args) {
		return c.args[i]
	}
	return ""
}

// words splits a command at blanks; quotes hold blanks together.
func words(text string) []string {
	var out []string
	var b strings.Builder
	open, quoted := false, false
	for _, c := range text {
		switch {
		case c == '"':
			open, quoted = !open, true
		case c == ' ' && !open:
			if b.Len() > 0 || quoted {
				out = append(out, b.String())
			}
			b.Reset()
			quoted = false
		default:
			b.WriteRune(c)
		}
	}
	if b.Len() > 0 || quoted {
		out = append(out, b.String())
	}
	return out
}

// execute runs the text of a command.
func (m *manager) execute(text string) error {
	list := words(text)
	if len(list) == 0 {
		return nil
	}
	name := strings.ToLower(list[0])
	if full, ok := aliases[name]; ok {
		name = full
	}
	known := m.rules.commandsOf()
	s, ok := known[name]
	switch {
	case ok:
		c, err := m.parse(name, list[1:], s)
		if err != nil {
			return general("Error parsing command: %1", text).because(err)
		}
		return s.run(m, c)
	case slices.Contains(others, name):
		return notBuilt("the command " + name)
	}
	return m.action(list)
}

// parse reads what follows a command's name.
func (m *manager) parse(name string, rest []string, s syntax) (command, *Problem) {
	c := command{name: name, modifiers: map[string]bool{}, data: params{}}
	for i := 0; i < len(rest); i++ {
		w := rest[i]
		if !strings.HasPrefix(w, "-") || w == "-" {
			c.args = append(c.args, w)
			continue
		}
		if setting, ok := strings.CutPrefix(w, "-D"); ok {
			if setting == "" && i+1 < len(rest) {
				i++
				setting = rest[i]
			}
			key, value, _ := strings.Cut(setting, "=")
			c.data[key] = value
			continue
		}
		mod := strings.TrimPrefix(w, "-")
		if full, ok := short[mod]; ok {
			mod = full
		}
		if !slices.Contains(s.modifiers, mod) {
			return c, general("Unknown modifier for command '%1': %2", name, mod)
		}
		c.modifiers[mod] = true
		c.set(mod)
	}
	if len(c.args) > s.parameters {
		return c, general("Too many parameters to command '%1'; only %2 expected.", name, string(rune('0'+s.parameters)))
	}
	return c, nil
}

// set is what a modifier says to the phases.
func (c command) set(modifier string) {
	switch modifier {
	case "verbose":
		c.data["Verbose"] = "1"
	case "quiet":
		c.data["Verbose"] = "0"
	case "dev":
		c.data["DeveloperMode"] = "1"
	case "nodev":
		c.data["DeveloperMode"] = "0"
	case "force":
		c.data["Force"] = "1"
	case "bypass-py-deps":
		c.data["BypassPyDeps"] = "1"
	case "purge":
		c.data["Purge"] = "1"
	}
}

// action runs phases of a module: NAME PHASE… with -only for them alone.
func (m *manager) action(list []string) error {
	c, wrong := m.parse("module-action", list[1:], syntax{9, slices.Concat(common, []string{"only", "force", "recurse"}), nil})
	if wrong != nil {
		return wrong
	}
	if len(c.args) == 0 {
		return general("Unknown command: %1", list[0])
	}
	for _, word := range c.args {
		phase := m.rules.phaseNamed(word)
		phases := m.rules.complete(phase)
		if c.modifiers["only"] {
			phases = []string{phase}
		}
		if err := m.phases(list[0], phases, c.data); err != nil {
			return err
		}
	}
	return nil
}

// phaseNamed finds the phase that a word means; one that is none may be a custom phase.
func (r *Rules) phaseNamed(word string) string {
	for _, p := range r.phases {
		if strings.EqualFold(p, word) {
			return p
		}
	}
	return word
}

func (m *manager) reinstall(c command) error {
	r, err := m.open(c.arg(0))
	if err != nil {
		return err
	}
	if r == nil {
		return general("Module '%1' is not currently installed.", c.arg(0))
	}
	if err := m.say("Reinstalling " + c.arg(0) + " " + r.Version); err != nil {
		return err
	}
	return m.install(c.arg(0), r.Version, c.data)
}

func (m *manager) uninstallCommand(c command) error {
	if c.modifiers["all"] {
		return notBuilt("uninstall -all")
	}
	q := c.data
	for mod, key := range map[string]string{"force": "Clean.Force", "recurse": "Clean.Recurse"} {
		if c.modifiers[mod] {
			q = q.with(key, "1")
		}
	}
	return m.uninstall(c.arg(0), q)
}

// list shows the installed modules with their versions; * in the pattern stands for any text.
func (m *manager) list(pattern string) error {
	width := 0
	var found []*record
	for _, key := range m.installed() {
		r, err := m.open(key)
		if err != nil {
			return err
		}
		if pattern == "" || matches(strings.ToLower(pattern), key) {
			found = append(found, r)
			width = max(width, len(m.label(r)))
		}
	}
	for _, r := range found {
		line := m.label(r) + strings.Repeat(" ", width+1-len(m.label(r))) + r.Version
		if r.Developer {
			line += " (DeveloperMode)"
		}
		if err := m.say(line); err != nil {
			return err
		}
	}
	return nil
}

func matches(pattern, text string) bool {
	first, rest, star := strings.Cut(pattern, "*")
	if !star {
		return pattern == text
	}
	if !strings.HasPrefix(text, first) {
		return false
	}
	text = text[len(first):]
	for i := range len(text) + 1 {
		if matches(rest, text[i:]) {
			return true
		}
	}
	return false
}
