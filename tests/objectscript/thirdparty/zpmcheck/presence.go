package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// present checks that all of the module is there: classes, routines, files, applications. root is where it was loaded from.
func (m *module) present(i instance, root string) error {
	expand, err := i.expander(m, root)
	if err != nil {
		return err
	}
	wrong := m.inNamespace(i, true)
	for _, c := range m.copies {
		from, to := filepath.Join(root, expand(c.source)), target(c, root, expand)
		wrong = errors.Join(wrong, sameTree(from, to))
	}
	return wrong
}

// absent checks that nothing of it is left. What a web application had copied stays: IRIS does not document otherwise.
func (m *module) absent(i instance, root string) error {
	expand, err := i.expander(m, root)
	if err != nil {
		return err
	}
	wrong := m.inNamespace(i, false)
	for _, c := range m.copies {
		if to := target(c, root, expand); !c.stays {
			if _, err := os.Stat(to); err == nil {
				wrong = errors.Join(wrong, fmt.Errorf("%s is still there", to))
			}
		}
	}
	return wrong
}

// target is the file or directory that a FileCopy makes: a file keeps its name in a target that ends in a separator.
func target(c fileCopy, root string, expand func(string) string) string {
	to := expand(c.target)
	if info, err := os.Stat(filepath.Join(root, expand(c.source))); err == nil && !info.IsDir() && strings.HasSuffix(to, "/") {
		return filepath.Join(to, filepath.Base(c.source))
	}
	return filepath.Clean(to)
}

// inNamespace asks for the classes, routines and applications.
func (m *module) inNamespace(i instance, want bool) error {
	var questions, names []string
	for _, c := range m.classes {
		questions = append(questions, `##class(%Dictionary.CompiledClass).%ExistsId("`+c+`")`)
		names = append(names, "class "+c)
	}
	for _, r := range m.routines {
		questions = append(questions, `##class(%Library.Routine).Exists("`+r+`")`)
		names = append(names, "routine "+r)
	}
	for _, a := range m.applications {
		questions = append(questions, `$xecute("(url) new $namespace set $namespace=""%SYS"" quit (+##class(Security.Applications).Get(url,.p))_""|""_$get(p(""DispatchClass""))","`+a.url+`")`)
		names = append(names, "application "+a.url)
	}
	answers, err := i.ask(questions...)
	if err != nil {
		return err
	}
	var wrong error
	for n, a := range answers {
		there := a == "1"
		if app := n - len(m.classes) - len(m.routines); app >= 0 {
			there = strings.HasPrefix(a, "1|")
			if want && there && a != "1|"+m.applications[app].dispatch {
				wrong = errors.Join(wrong, fmt.Errorf("%s has the dispatch class %q", names[n], a[2:]))
			}
		}
		if there != want {
			wrong = errors.Join(wrong, fmt.Errorf("%s: there %v, wanted %v", names[n], there, want))
		}
	}
	return wrong
}

// sameTree checks that each file below from is below to, with the same bytes.
func sameTree(from, to string) error {
	return filepath.WalkDir(from, func(file string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		want, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		rest, err := filepath.Rel(from, file)
		if err != nil {
			return err
		}
		got, err := os.ReadFile(filepath.Join(to, rest))
		if err == nil && !bytes.Equal(got, want) {
			err = fmt.Errorf("%s differs from %s", filepath.Join(to, rest), file)
		}
		return err
	})
}
