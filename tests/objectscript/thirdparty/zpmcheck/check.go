package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// checker runs every way a package can come and go by.
type checker struct {
	irisdev, clones, work string
	known                 map[string]string // module name, in lower case: its clone
}

// outcome is what happened on one way, step by step.
type outcome struct {
	steps []string
	err   error // why the last of them failed
}

func (o *outcome) step(name string, err error) bool {
	o.steps = append(o.steps, name)
	o.err = err
	return err == nil
}

func (o outcome) String() string {
	if o.err == nil {
		return strings.Join(o.steps, ", ")
	}
	last := len(o.steps) - 1
	return strings.Join(append(o.steps[:last:last], "not "+o.steps[last]), ", ") + ": " + strings.ReplaceAll(o.err.Error(), "\n", "; ")
}

// check tries one package by one line of IPM: loaded from its directory, then, elsewhere, installed from a folder of packages.
func (c *checker) check(name, line string) (loaded, installed outcome, err error) {
	dir := filepath.Join(c.work, strings.ReplaceAll(name, "/", "-")+"-"+line)
	source := filepath.Join(dir, "source") + "/"
	if err := copyTree(filepath.Join(c.clones, name), source); err != nil {
		return loaded, installed, err
	}
	m, err := readModule(source)
	if err != nil {
		return loaded, installed, err
	}
	calls, err := m.watch()
	if err != nil {
		return loaded, installed, err
	}
	registry := filepath.Join(dir, "registry")
	if err := c.fill(registry, m); err != nil {
		return loaded, installed, err
	}
	one := instance{c.irisdev, filepath.Join(dir, "loaded"), line, registry}
	c.comesAndGoes(&loaded, one, m, calls, "load", source, source)
	if err := pack(source, filepath.Join(registry, m.name+"-"+m.version+".tgz")); err != nil {
		return loaded, installed, err
	}
	two := instance{c.irisdev, filepath.Join(dir, "installed"), line, registry}
	c.comesAndGoes(&installed, two, m, calls, "install", m.name, "")
	return loaded, installed, nil
}

// comesAndGoes is one way: the command, a look at what it brought, list, uninstall, a look at what is left.
func (c *checker) comesAndGoes(o *outcome, i instance, m *module, calls []call, verb, what, root string) {
	if _, err := i.zpm(verb + " " + what); !o.step(verb, err) {
		return
	}
	if root == "" {
		root = packageRoot(i, m)
	}
	if !o.step("all there", errors.Join(m.present(i, root), called(i, m, calls, root, func(phase string) bool { return !leaving(phase) }))) {
		return
	}
	names := []string{m.name}
	for _, d := range m.dependencies {
		if d.scope == "" {
			names = append(names, d.name)
		}
	}
	if !o.step("list", listed(i, names)) {
		return
	}
	if _, err := i.zpm("uninstall " + m.name); !o.step("uninstall", err) {
		return
	}
	wrong := errors.Join(m.absent(i, root), called(i, m, calls, root, leaving))
	if listed(i, names[:1]) == nil {
		wrong = errors.Join(wrong, errors.New("it is still in the list"))
	}
	o.step("all gone", wrong)
}

// leaving reports the phases that uninstall runs.
func leaving(phase string) bool { return phase == "Unconfigure" || phase == "Clean" }

// loading are the phases that load and install run; the others are commands of their own.
func loading(phase string) bool {
	return strings.Contains(" Initialize Reload Validate Compile Activate Configure ", " "+phase+" ")
}

// packageRoot is where the package manager unpacks a package: each line has a place of its own. The older one knows modules by
// their names in lower case.
func packageRoot(i instance, m *module) string {
	if i.line == "0.7" {
		return filepath.Join(i.dir, "mgr", ".modules", "USER", strings.ToLower(m.name), m.version) + "/"
	}
	return filepath.Join(i.dir, "ipm", m.name, m.version) + "/"
}

// called checks the calls of the phases that were run.
func called(i instance, m *module, calls []call, root string, in func(string) bool) error {
	expand, err := i.expander(m, root)
	if err != nil {
		return err
	}
	n, err := i.ask("$get(^ThirdParty.Called,0)")
	if err != nil {
		return err
	}
	var questions []string
	for k := 1; fmt.Sprint(k-1) != n[0]; k++ {
		questions = append(questions, fmt.Sprintf("^ThirdParty.Called(%d)", k))
	}
	log, err := i.ask(questions...)
	if err != nil {
		return err
	}
	var wrong error
	for _, c := range calls {
		if c.custom && i.line != "0.7" {
			continue
		}
		if in(c.phase) && (leaving(c.phase) || loading(c.phase)) && !strings.Contains(strings.Join(c.args, ""), "#{") {
			wrong = errors.Join(wrong, came(log, c.wanted(expand)))
		}
	}
	return wrong
}

func listed(i instance, names []string) error {
	out, err := i.zpm("list")
	if err != nil {
		return err
	}
	for _, n := range names {
		if !strings.Contains("\n"+strings.ToLower(out), "\n"+strings.ToLower(n)+" ") {
			return fmt.Errorf("%s is not in the list: %s", n, strings.TrimSpace(out))
		}
	}
	return nil
}

// fill makes the folder of packages with all that the module needs: a public package that is there, or one without anything in
// it but its name.
func (c *checker) fill(registry string, m *module) error {
	if err := os.MkdirAll(registry, 0o755); err != nil { //nolint:gosec // a folder of public code
		return err
	}
	for _, d := range m.dependencies {
		if clone, ok := c.known[strings.ToLower(d.name)]; ok {
			other, err := readModule(clone)
			if err != nil {
				return err
			}
			if err := pack(clone, filepath.Join(registry, other.name+"-"+other.version+".tgz")); err != nil {
				return err
			}
			if err := c.fill(registry, other); err != nil {
				return err
			}
			continue
		}
		if err := standIn(registry, d); err != nil {
			return err
		}
	}
	return nil
}
