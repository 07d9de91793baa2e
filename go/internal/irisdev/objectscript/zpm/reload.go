package zpm

import (
	"os"
	"path/filepath"
	"strings"

	"iris-pgwire/internal/irisdev/objectscript/run"
)

const objClass = "%SYSTEM.OBJ"

// display is the flag that shows or hides what a load or compilation says.
func display(q params) string {
	if q.on("Verbose") {
		return "d"
	}
	return "-d"
}

// reload reads the manifest again and loads the sources of the module's documents.
func (m *manager) reload(r *record, q params) error {
	root := q["RootDirectory"]
	if root == "" && r.Developer {
		root = r.Root
	}
	if root == "" {
		return nil
	}
	fresh, err := m.readManifest(root)
	if err != nil {
		return err
	}
	if fresh.Key() != r.Key() {
		return general("Module name mismatch.")
	}
	fresh.Developer = r.Developer
	if _, ok := q["DeveloperMode"]; ok {
		fresh.Developer = q.on("DeveloperMode")
	}
	*r = *fresh
	if len(r.Mappings) > 0 {
		return notBuilt("the mapping of " + r.Mappings[0].Name)
	}
	if err := m.python(r, q); err != nil {
		return err
	}
	if !m.rules.initialize {
		if err := m.preload(r.Root, q); err != nil {
			return err
		}
	}
	if err := m.save(r); err != nil {
		return err
	}
	for _, res := range m.ordered(r) {
		if !res.inScope() || !res.isDocument() || res.Generated || res.Preload {
			continue
		}
		if _, compiled := find(filepath.Join(r.Root, "studio-project", "Deployed.xml"), false); res.Deploy && m.rules.initialize && compiled {
			return notBuilt("the deployed resource " + res.Name) // it comes without its sources
		}
		if err := m.loadDocument(r, res, q); err != nil {
			return err
		}
	}
	return nil
}

// readManifest reads the module.xml of a directory, which ends in a separator.
func (m *manager) readManifest(dir string) (*record, error) {
	data, err := os.ReadFile(filepath.Join(dir, "module.xml"))
	if err != nil {
		return nil, problem(5012, filepath.Join(dir, "module.xml"))
	}
	mod, err := m.rules.Read(string(data))
	if err != nil {
		return nil, err
	}
	return &record{Module: mod, XML: string(data), Root: strings.TrimSuffix(dir, "/") + "/"}, nil
}

// python refuses modules that want Python packages: the development IRIS has no embedded Python.
func (m *manager) python(r *record, q params) error {
	if q.on("BypassPyDeps") {
		return nil
	}
	if _, err := os.Stat(r.Root + "requirements.txt"); err != nil {
		return nil
	}
	return general("Embedded Python is not available in this instance.")
}

// preload loads and compiles the folder preload, if there is one.
func (m *manager) preload(root string, q params) error {
	dir := root + "preload"
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return m.verbose(q, "Skipping preload - directory does not exist.")
	}
	return m.importDir(dir, allTypes, "ck"+display(q))
}

// allTypes are the files of a folder that are loaded.
const allTypes = "*.cls;*.mac;*.int;*.inc"

func (m *manager) importDir(dir, types, flags string) error {
	err := filepath.WalkDir(dir, func(name string, e os.DirEntry, err error) error {
		if err == nil && !e.IsDir() && strings.EqualFold(filepath.Ext(name), ".xml") {
			return notBuilt("the load of an XML export: " + name)
		}
		return err
	})
	if err != nil {
		return err
	}
	return m.call(objClass, "ImportDir", run.Text(dir), run.Text(types), run.Text(flags), run.Value{}, run.Int(1))
}
