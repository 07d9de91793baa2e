package host

import (
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"

	"iris-pgwire/internal/irisdev/control"
	"iris-pgwire/internal/irisdev/objectscript/run"
	"iris-pgwire/internal/irisdev/value"
)

// load imports the files and folders of a client and compiles them all together; what IRIS says meanwhile is shown.
func (h *Host) load(s *control.Session) control.Result {
	files, err := sources(s.Args)
	if err != nil {
		return failed("%v", err)
	}
	p, err := h.open(s)
	if err != nil {
		return failed("%v", err)
	}
	defer p.End()
	defer h.killWhen(s.Context(), p)()
	text, err := loadAndCompile(p, files)
	p.Flush()
	switch {
	case run.IsEnd(err):
		return failed("job %d was ended", p.Job())
	case err != nil:
		return failed("%v", err)
	case text != "":
		return failed("%s", text)
	}
	return control.Result{}
}

// loadAndCompile calls $SYSTEM.OBJ.Load for files and gives the text of its errors.
func loadAndCompile(p *run.Process, files []string) (string, error) {
	obj, err := p.Class("%SYSTEM.OBJ")
	if err != nil {
		return "", err
	}
	list := &run.Var{}
	for _, name := range files {
		node, err := list.Make(value.Text(name))
		if err != nil {
			return "", fmt.Errorf("%s: %w", name, err)
		}
		p.Assign(node, run.Value{})
	}
	status, err := p.CallClass(obj, "Load", []run.Actual{{Var: list}, run.Arg(run.Text("ck"))}, true)
	if err != nil {
		return "", err
	}
	if status.Truth() {
		return "", nil
	}
	text, err := p.CallMethod("%SYSTEM.Status", "GetErrorText", status)
	return text.Text(), err
}

// sources lists the files to load: those named, and all of the known kinds below the folders named.
func sources(paths []string) ([]string, error) {
	var out []string
	for _, path := range paths {
		found := 0
		err := filepath.WalkDir(path, func(name string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() {
				return err
			}
			if name == path || isSource(name) {
				out = append(out, name)
				found++
			}
			return nil
		})
		if err != nil {
			return nil, fmt.Errorf("load %s: %w", path, err)
		}
		if found == 0 {
			return nil, fmt.Errorf("load %s: it has no .cls, .mac, .int or .inc", path)
		}
	}
	return out, nil
}

// isSource reports a file of a kind that a folder is searched for.
func isSource(name string) bool {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".cls", ".mac", ".int", ".inc":
		return true
	}
	return false
}
