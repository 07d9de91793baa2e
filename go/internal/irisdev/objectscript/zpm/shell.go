package zpm

import (
	"errors"
	"fmt"
	"strings"

	"iris-pgwire/internal/irisdev/objectscript/class"
	"iris-pgwire/internal/irisdev/objectscript/run"
	"iris-pgwire/internal/irisdev/store"
	"iris-pgwire/internal/irisdev/value"
)

// Shell runs one command of the package manager in a process and gives the status that IPM's Shell method gives; the error
// text is shown as IPM shows it. The error is the end of the process, or an instance without a package manager.
func Shell(p *run.Process, text string) (run.Value, error) {
	m, err := newManager(p)
	if err != nil {
		return run.Value{}, err
	}
	failure := m.execute(text)
	sc, err := m.status(failure)
	if err != nil || failure == nil {
		return sc, err
	}
	shown, err := m.text("%SYSTEM.Status", "GetErrorText", sc.Text())
	if err != nil {
		return sc, err
	}
	lines := strings.Split(strings.ReplaceAll(shown, "\r\n", "\n"), "\n")
	lines[0] = "ERROR! " + strings.TrimPrefix(lines[0], "ERROR #5001: ")
	for _, line := range lines {
		if err := m.say(line); err != nil {
			return sc, err
		}
	}
	return sc, m.p.WriteLine()
}

// Natives are the methods of the package manager's own class, which Install puts into an instance.
func Natives() run.Natives {
	shell := func(p *run.Process, c *run.Call) (run.Value, error) {
		sc, err := Shell(p, c.Text(0))
		if err != nil || sc.Truth() || !c.Arg(1).Truth() {
			return sc, err
		}
		return sc, p.Xecute("halt") // TerminateOnError
	}
	return run.Natives{"%IPM.Main:Shell": shell, "%ZPM.PackageManager:Shell": shell,
		"%IPM.Main:GetVersion": getVersion, "%ZPM.PackageManager:GetVersion": getVersion}
}

// mainClass is the class of a line that code calls.
func (r *Rules) mainClass() string {
	if r.initialize {
		return "%IPM.Main"
	}
	return "%ZPM.PackageManager"
}

// getVersion gives where modules are installed and in which version, by their names. IPM itself is the module zpm.
func getVersion(p *run.Process, c *run.Call) (run.Value, error) {
	m, err := newManager(p)
	if err != nil {
		return run.Value{}, err
	}
	for _, name := range strings.Split(c.Text(0), ",") {
		version := ""
		if name == "zpm" {
			version = m.rules.Version
		} else if r, err := m.open(name); err != nil {
			return run.Value{}, err
		} else if r != nil {
			version = r.Version
		}
		out := c.Var(1)
		if version == "" || out == nil {
			continue
		}
		node, err := out.Make(value.Text(name))
		if err != nil {
			return run.Value{}, err
		}
		p.Assign(node, run.Plain(value.BuildList(value.Text(p.Namespace()), value.Text(version))))
	}
	return run.Int(1), nil
}

const mainSource = `/// The package manager, as far as code calls it.
Class %s [ Abstract ]
{

Parameter VERSION = "%s";

/// Runs one command.
ClassMethod Shell(pCommand As %%String = "", pTerminateOnError As %%Boolean = 0, pHaltOnComplete As %%Boolean = 0) As %%Status [ Language = native ]
{
}

/// Where modules are installed and their versions; the names have commas between them.
ClassMethod GetVersion(ModuleName, ByRef out, list) [ Language = native ]
{
}

}
`

// Install gives an instance the package manager: settings, and the class that code calls. An empty line keeps the one that it
// has, an empty registry the folder; without any, the line is the default.
func Install(p *run.Process, line, registry string) error {
	d, ok := p.System().Classes.(*class.Dictionary)
	if !ok {
		return errors.New("the instance has no class dictionary")
	}
	have := readSettings(p.Store())
	if line == "" {
		line = have.Line
	}
	if line == "" {
		line = DefaultLine
	}
	rules, err := RulesOf(line)
	if err != nil {
		return err
	}
	if registry != "" && registry != have.Registry {
		if err := p.Store().Set(settingNode("registry"), value.Text(registry)); err != nil {
			return err
		}
	}
	if line == have.Line {
		return nil
	}
	for _, other := range Lines {
		r, err := RulesOf(other)
		if err != nil {
			return err
		}
		if _, err := d.DeleteClass(p.Store(), system, r.mainClass()); err != nil {
			return err
		}
	}
	if err := d.SetSource(p.Store(), system, rules.mainClass(), fmt.Sprintf(mainSource, rules.mainClass(), rules.Version)); err != nil {
		return err
	}
	for _, wrong := range d.Compile(p, system, []string{rules.mainClass()}, nil) {
		return wrong
	}
	return p.Store().Set(settingNode("line"), value.Text(line))
}

const system = "%SYS"

// MainClass is the class that has the package manager's Shell method, "" in an instance without one.
func MainClass(p *store.Process) string {
	rules, err := RulesOf(readSettings(p).Line)
	if err != nil {
		return ""
	}
	return rules.mainClass()
}
