// Package lib holds IRIS's own classes and include files: sources in ObjectScript, written for the development IRIS from
// InterSystems' class reference, and what of them is written in Go.
package lib

import (
	"embed"
	"io/fs"
	"sort"
	"strings"

	"iris-pgwire/internal/irisdev/objectscript/class"
	"iris-pgwire/internal/irisdev/objectscript/lib/inc"
)

//go:embed cls
var files embed.FS

// sources implements class.Library over the embedded files: cls/%Library/String.cls is %Library.String.
type sources struct {
	classes map[string]string
	names   []string
}

// Library gives the sources of IRIS's own classes and include files.
func Library() class.Library {
	s := &sources{classes: map[string]string{}}
	err := fs.WalkDir(files, "cls", func(file string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := files.ReadFile(file)
		name := strings.ReplaceAll(strings.TrimSuffix(strings.TrimPrefix(file, "cls/"), ".cls"), "/", ".")
		s.classes[name] = string(data)
		s.names = append(s.names, name)
		return err
	})
	if err != nil {
		panic("embedded sources: " + err.Error()) // they are a part of this program
	}
	sort.Strings(s.names)
	return s
}

// Class implements class.Library.
func (s *sources) Class(name string) (string, bool) { t, ok := s.classes[name]; return t, ok }

// Include implements class.Library.
func (s *sources) Include(name string) (string, bool) {
	lines, ok := inc.Include(name)
	return strings.Join(lines, "\n"), ok
}

// Classes implements class.Library.
func (s *sources) Classes() []string { return s.names }
