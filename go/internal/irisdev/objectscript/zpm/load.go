package zpm

import (
	"os"
	"path/filepath"
	"strings"

	"iris-pgwire/internal/irisdev/objectscript/run"
)

// load is the command for a directory or an archive.
func (m *manager) load(path string, q params) error {
	if path == "" {
		return general("No path has been specified.")
	}
	if strings.HasPrefix(path, "http") {
		return notBuilt("load from a URL")
	}
	info, err := os.Stat(path)
	if m.rules.initialize {
		if err != nil && !filepath.IsAbs(path) {
			return general("The specified path must be absolute.")
		}
		q = q.with("Load", "1")
	}
	q = q.with("cmd", "load")
	switch {
	case err == nil && info.IsDir():
		if m.rules.loadIsDev && q["DeveloperMode"] == "" {
			q = q.with("DeveloperMode", "1")
		}
		return m.loadModule(path, q)
	case err == nil && m.isArchive(path):
		dir, err := m.unpackForLoad(path, q)
		if err != nil {
			return err
		}
		return m.loadModule(dir, q)
	case m.rules.initialize:
		return m.loadModule(path, q) // which does not find the manifest
	}
	return nil // the older line does nothing and says nothing
}

// isArchive reports a name that a package has.
func (m *manager) isArchive(path string) bool {
	lower := strings.ToLower(path)
	return strings.HasSuffix(lower, ".tgz") || m.rules.initialize && strings.HasSuffix(lower, ".tar.gz")
}

// unpackForLoad unpacks an archive that was named: the older line into a temporary directory that stays, the newer one to the
// place of installed modules.
func (m *manager) unpackForLoad(path string, q params) (string, error) {
	temp, err := os.MkdirTemp("", "zpm")
	if err != nil {
		return "", general("Error creating directory: %1", err.Error())
	}
	if err := m.verbose(q, "Extracting archive to "+temp+"/"); err != nil {
		return "", err
	}
	if err := m.extract(path, temp); err != nil {
		return "", err
	}
	if !m.rules.initialize {
		return temp, nil
	}
	defer os.RemoveAll(temp) //nolint:errcheck // what is left there harms nobody
	found := manifestDir(temp)
	if found == "" {
		return "", general("No module.xml file found in archive.")
	}
	r, err := m.readManifest(found)
	if err != nil {
		return "", err
	}
	dir, err := m.ipmDir(r.Module)
	if err != nil {
		return "", err
	}
	return dir, m.replaceDir(found, dir)
}

// replaceDir moves an unpacked module to its place.
func (m *manager) replaceDir(from, to string) error {
	if err := os.RemoveAll(to); err != nil {
		return general("Error removing directory %1: %2", to, err.Error())
	}
	if err := os.MkdirAll(filepath.Dir(filepath.Clean(to)), 0o777); err != nil { //nolint:gosec // as IRIS makes them: the umask decides
		return general("Error creating directory %1: %2", to, err.Error())
	}
	return m.copied("CopyDir", "Error copying directory "+from+" to "+to, run.Text(from+"/"), run.Text(to), run.Int(1), run.Value{},
		run.Int(0))
}

// manifestDir finds the top-most directory with a module.xml.
func manifestDir(root string) string {
	best := ""
	_ = filepath.WalkDir(root, func(name string, e os.DirEntry, err error) error { // what can't be read has no manifest
		if err == nil && !e.IsDir() && e.Name() == "module.xml" {
			if dir := filepath.Dir(name); best == "" || strings.Count(dir, "/") < strings.Count(best, "/") {
				best = dir
			}
		}
		return nil
	})
	return best
}

// ipmDir is where a downloaded module lies: below the manager directory and by namespace in the older line, below the data
// directory in the newer one.
func (m *manager) ipmDir(mod *Module) (string, error) {
	s := m.p.System()
	if !m.rules.initialize {
		return filepath.Join(s.Dir, ".modules", m.p.Namespace(), mod.Key(), mod.Version) + "/", nil
	}
	data, err := m.text("%SYSTEM.Util", "DataDirectory")
	return filepath.Join(data, "ipm", mod.Name, mod.Version) + "/", err
}

// loadModule loads the module of a directory, with its dependencies, in one transaction; in developer mode the manifest is
// committed before the phases, so that it can be mended.
func (m *manager) loadModule(dir string, q params) error {
	level := m.p.Store().TLevel()
	failure := m.loadWithin(dir, q)
	if run.IsEnd(failure) {
		return failure
	}
	if m.p.Store().TLevel() > level {
		if err := m.p.Store().TRollbackTo(level); err != nil {
			return err
		}
	}
	return failure
}

func (m *manager) loadWithin(dir string, q params) error {
	dir, err := m.text(fileClass, "NormalizeDirectory", dir)
	if err != nil {
		return err
	}
	st := m.p.Store()
	transaction := !q.on("NoTransaction") && !q.on("NoJournal")
	if q.on("NoJournal") {
		return notBuilt("-DNoJournal")
	}
	if transaction {
		if err := st.TStart(); err != nil {
			return err
		}
	}
	r, developer, err := m.register(dir, q)
	if err != nil {
		return err
	}
	q = q.with("DeveloperMode", flag(developer))
	if developer && transaction { // the manifest stays, whatever happens to what follows
		if err := st.TCommit(); err != nil {
			return err
		}
		if err := st.TStart(); err != nil {
			return err
		}
	}
	if err := m.require(r); err != nil {
		return err
	}
	if err := m.loadDependencies(r, q); err != nil {
		return err
	}
	if !m.rules.initialize {
		if err := m.preload(dir, q); err != nil {
			return err
		}
	}
	if developer && transaction {
		if err := st.TCommit(); err != nil {
			return err
		}
	}
	if err := m.phases(r.Key(), m.rules.activation(), q.with("RootDirectory", dir)); err != nil {
		return err
	}
	if !developer && transaction {
		if err := st.TCommit(); err != nil {
			return err
		}
	}
	return m.afterInstall(r, q)
}

func flag(on bool) string {
	if on {
		return "1"
	}
	return "0"
}

// register reads the manifest and keeps it in the place of an installed one.
func (m *manager) register(dir string, q params) (*record, bool, error) {
	r, err := m.readManifest(dir)
	if err != nil {
		return nil, false, err
	}
	if len(r.Unread) > 0 {
		if err := m.say("WARNING: IPM does not read these elements of module.xml: " + strings.Join(r.Unread, ", ")); err != nil {
			return nil, false, err
		}
	}
	old, err := m.open(r.Key())
	if err != nil {
		return nil, false, err
	}
	if old != nil && m.rules.initialize {
		if err := m.mayReplace(old, r, q); err != nil {
			return nil, false, err
		}
	}
	r.Developer = old != nil && old.Developer
	if v, ok := q["DeveloperMode"]; ok && (m.rules.initialize || !r.Deployed) {
		r.Developer = v == "1"
	}
	switch {
	case r.LifecycleClass != "" && strings.TrimPrefix(r.LifecycleClass, m.lifecyclePackage()) != "Module":
		return nil, false, notBuilt("the lifecycle class " + r.LifecycleClass)
	case r.Packaging != "module":
		return nil, false, notBuilt("the packaging " + r.Packaging)
	}
	return r, r.Developer, m.save(r)
}

func (m *manager) lifecyclePackage() string {
	if m.rules.initialize {
		return "%IPM.Lifecycle."
	}
	return "%ZPM.PackageManager.Developer.Lifecycle."
}

// mayReplace refuses an older version, and an update past a module's update steps (the newer line).
func (m *manager) mayReplace(old, r *record, q params) error {
	from, err := ParseVersion(old.Version)
	if err != nil {
		return err
	}
	to, err := ParseVersion(r.Version)
	if err != nil {
		return err
	}
	if from.Follows(to) {
		return general("Cannot downgrade %1 from version %2 to %3. To downgrade a module, you must first run the uninstall command."+
			" Then, run the install or load command with the desired module version.", r.Name, old.Version, r.Version)
	}
	if to.Follows(from) && r.UpdatePackage != "" && !q.on("Force") && !q.on("DeveloperMode") {
		return general("Cannot perform an update of %1 from version %2 to %3 using the 'install' or 'load' commands. Please use the 'update'"+
			" command instead. If you are intentionally trying to bypass running update steps, please use the -force flag for 'install' or"+
			" 'load'.", r.Name, old.Version, r.Version)
	}
	return nil
}

// afterInstall shows the module's message.
func (m *manager) afterInstall(r *record, q params) error {
	if r.AfterInstallMessage == "" {
		return nil
	}
	text, err := m.evaluate(r, r.AfterInstallMessage, q)
	if err != nil {
		return err
	}
	if err := m.say(text); err != nil {
		return err
	}
	return m.p.WriteLine()
}
