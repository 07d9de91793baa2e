package zpm

import (
	"os"
	"path/filepath"
	"strings"

	"iris-pgwire/internal/irisdev/objectscript/run"
)

// loadDocument finds the files of a document below the sources' folder and loads them without compiling.
func (m *manager) loadDocument(r *record, res *Resource, q params) error {
	doc := documents[res.ending()]
	ext := orElse(res, "FilenameExtension", doc.extension)
	if _, ok := res.Attributes["LoadAsDirectory"]; ok || orElse(res, "Format", "UDL") != "UDL" || ext == "xml" {
		return notBuilt("the load of " + res.Name + " by its attributes")
	}
	base, err := m.sourceFolder(r, res, doc, q)
	if err != nil {
		return err
	}
	name := res.base()
	from, to := orElse(res, "FilenameTranslateIdentifier", ".%"), orElse(res, "FilenameTranslateAssociator", "/")
	var tried string
	for _, n := range []string{name, strings.ReplaceAll(name, "%", "_"), strings.ReplaceAll(name, "_", ""), strings.ReplaceAll(name, "%", "")} {
		for _, percent := range []bool{false, true} {
			a, b := from, to
			if percent { // a % may be a part of the file's name
				a, b = without(from, to, '%')
			}
			tried = filepath.Join(base, translate(n, a, b))
			found, err := m.loadFiles(tried, ext, doc.directory, q)
			if found || err != nil {
				return err
			}
		}
	}
	if !doc.directory {
		tried += "." + ext
	}
	return general("Resource path '%1' not found", tried)
}

func orElse(res *Resource, attribute, value string) string {
	if v, ok := res.Attributes[attribute]; ok {
		return v
	}
	return value
}

// sourceFolder is the folder of a document's kind below the sources, or the sources' folder.
func (m *manager) sourceFolder(r *record, res *Resource, doc document, q params) (string, error) {
	folders := doc.folders
	if dir, ok := res.Attributes["Directory"]; ok {
		text, err := m.evaluateAttribute(r, res, dir, q)
		if err != nil {
			return "", err
		}
		folders = []string{text}
	}
	root := filepath.Join(r.Root, r.SourcesRoot)
	for _, f := range folders {
		if dir, ok := find(filepath.Join(root, f), true); ok {
			return dir, nil
		}
	}
	return root, nil
}

// loadFiles loads a folder or a file; false if there is none.
func (m *manager) loadFiles(path, ext string, directory bool, q params) (bool, error) {
	if directory {
		dir, ok := find(path, true)
		if !ok {
			return false, nil
		}
		types := allTypes
		if ext != "" {
			types = "*." + ext
		}
		return true, m.importDir(dir, types, display(q)+"-c")
	}
	for _, e := range fileEndings(ext) {
		file, ok := find(path+"."+e, false)
		if !ok {
			continue
		}
		if e == "xml" {
			return true, notBuilt("the load of an XML export: " + file)
		}
		return true, m.call(objClass, "Load", run.Text(file), run.Text(display(q)+"-c"))
	}
	return false, nil
}

func fileEndings(ext string) []string {
	if ext == "mac" {
		return []string{"mac", "rtn", "xml"}
	}
	return []string{ext, "xml"}
}

// translate is $TRANSLATE.
func translate(s, from, to string) string {
	return strings.Map(func(c rune) rune {
		i := strings.IndexRune(from, c)
		switch {
		case i < 0:
			return c
		case i < len(to):
			return rune(to[i])
		}
		return -1
	}, s)
}

// without takes a character out of a pair of translations.
func without(from, to string, c byte) (string, string) {
	i := strings.IndexByte(from, c)
	if i < 0 {
		return from, to
	}
	if i < len(to) {
		to = to[:i] + to[i+1:]
	}
	return from[:i] + from[i+1:], to
}

// find looks for a file or directory; case does not matter in its path.
func find(path string, dir bool) (string, bool) {
	if info, err := os.Stat(path); err == nil {
		return path, info.IsDir() == dir
	}
	up := filepath.Dir(path)
	if up == path {
		return "", false
	}
	up, ok := find(up, true)
	if !ok {
		return "", false
	}
	entries, err := os.ReadDir(up)
	if err != nil {
		return "", false
	}
	for _, e := range entries {
		if strings.EqualFold(e.Name(), filepath.Base(path)) {
			info, err := os.Stat(filepath.Join(up, e.Name()))
			if err == nil && info.IsDir() == dir {
				return filepath.Join(up, e.Name()), true
			}
		}
	}
	return "", false
}
