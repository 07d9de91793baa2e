package zpm

import (
	"strings"

	"iris-pgwire/internal/irisdev/objectscript/run"
)

const fileClass = "%Library.File"

// copyEarly copies when Activate begins; Validate wants a target.
func (m *manager) copyEarly(r *record, res *Resource, phase string, q params) error {
	if phase == "Validate" {
		return m.validCopy(r, res, q)
	}
	return m.copyIn(r, res, phase, q, false)
}

// copyLate copies when Activate ends, for those that ask for it.
func (m *manager) copyLate(r *record, res *Resource, phase string, q params) error {
	return m.copyIn(r, res, phase, q, true)
}

func (m *manager) validCopy(r *record, res *Resource, q params) error {
	target, err := m.attributeOf(r, res, q, "Target", "Dest", "InstallDirectory")
	if err != nil || target != "" {
		return err
	}
	return general("Error validating resource '%1'", res.Name).because(problem(5659, m.rules.processors+"FileCopy", "InstallDirectory", "", ""))
}

func (m *manager) copyIn(r *record, res *Resource, phase string, q params, late bool) error {
	if phase != "Activate" || isTrue(res.Attributes["Defer"]) != late {
		return nil
	}
	c, err := m.copying(r, res, q)
	if err != nil || c.target == "" {
		return err
	}
	if err := m.direct(&c); err != nil {
		return err
	}
	return m.copy(c, isTrue(res.Attributes["Overlay"]), q)
}

// copying is one FileCopy: what is copied where.
type copying struct {
	source, target, targetDir string
	file                      bool
}

// copying finds source and target; the source is relative to the module's root, in the newer line unless SourceDirectory begins
// with an expression.
func (m *manager) copying(r *record, res *Resource, q params) (copying, error) {
	target, err := m.attributeOf(r, res, q, "Target", "Dest", "InstallDirectory")
	if err != nil {
		return copying{}, err
	}
	source, err := m.attributeOf(r, res, q, "SourceDirectory")
	if err != nil {
		return copying{}, err
	}
	given := res.Attributes["SourceDirectory"]
	if source == "" {
		return copying{source: r.Root + res.Name, target: target}, nil
	}
	if m.rules.initialize && (strings.HasPrefix(given, "${") || strings.HasPrefix(given, "{$")) {
		return copying{source: source, target: target}, nil
	}
	return copying{source: r.Root + source, target: target}, nil
}

// direct decides between file and directory: a directory ends in a separator or is one.
func (m *manager) direct(c *copying) error {
	dir, err := m.text(fileClass, "NormalizeDirectory", c.source)
	if err != nil {
		return err
	}
	is, err := m.yes(fileClass, "DirectoryExists", run.Text(dir))
	if err != nil {
		return err
	}
	if endsDir(c.source) || is {
		c.source = dir
		c.target, err = m.text(fileClass, "NormalizeDirectory", c.target)
		c.targetDir = c.target
		return err
	}
	c.file = true
	if c.source, err = m.text(fileClass, "NormalizeFilename", c.source); err != nil {
		return err
	}
	if !endsDir(c.target) {
		if c.target, err = m.text(fileClass, "NormalizeFilename", c.target); err != nil {
			return err
		}
		c.targetDir, err = m.text(fileClass, "ParentDirectoryName", c.target)
		return err
	}
	if c.targetDir, err = m.text(fileClass, "NormalizeDirectory", c.target); err != nil {
		return err
	}
	name, err := m.text(fileClass, "GetFilename", c.source)
	if err != nil {
		return err
	}
	c.target, err = m.text(fileClass, "NormalizeFilename", name, c.targetDir)
	return err
}

func endsDir(name string) bool { return strings.HasSuffix(name, "/") || strings.HasSuffix(name, `\`) }

// copy copies with %Library.File, which knows nothing of modes that IRIS would not keep. Without overlay a directory is emptied
// first.
func (m *manager) copy(c copying, overlay bool, q params) error {
	is, err := m.yes(fileClass, "DirectoryExists", run.Text(c.targetDir))
	if err != nil {
		return err
	}
	if !is {
		made, err := m.yes(fileClass, "CreateDirectoryChain", run.Text(c.targetDir))
		if err != nil {
			return err
		}
		if !made {
			return general("Error creating directory %1: ", c.targetDir)
		}
	}
	how := " as directory "
	if c.file {
		how = " as file "
	}
	if err := m.verbose(q, "Copying "+c.source+" to "+c.target+how); err != nil {
		return err
	}
	if c.file {
		there, err := m.yes(fileClass, "Exists", run.Text(c.source))
		if err != nil {
			return err
		}
		if !there {
			return general("Source file does not exists")
		}
		return m.copied("CopyFile", "File not copied: ", run.Text(c.source), run.Text(c.target), run.Bool(!overlay))
	}
	return m.copied("CopyDir", "Error copying directory "+c.source+" to "+c.target, run.Text(c.source), run.Text(c.target), run.Int(1),
		run.Value{}, run.Bool(!overlay))
}

// copied calls a method of %Library.File that copies.
func (m *manager) copied(method, failed string, args ...run.Value) error {
	ok, err := m.yes(fileClass, method, args...)
	if err == nil && !ok {
		err = general(failed)
	}
	return err
}

// deleteCopy deletes the target when the module goes: the file, or the whole directory.
func (m *manager) deleteCopy(r *record, res *Resource, q params) error {
	c, err := m.copying(r, res, q)
	if err != nil {
		return err
	}
	c.source = r.Root + res.Name // here SourceDirectory is not looked at
	if c.target == "" {
		return nil
	}
	if err := m.direct(&c); err != nil {
		return err
	}
	if err := m.verbose(q, "Deleting "+c.target); err != nil {
		return err
	}
	method := "RemoveDirectoryTree"
	if c.file {
		method = "Delete"
	}
	_, err = m.yes(fileClass, method, run.Text(c.target))
	return err
}
