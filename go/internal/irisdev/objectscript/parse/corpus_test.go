package parse_test

import (
	"cmp"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"iris-pgwire/internal/irisdev/objectscript/ast"
	"iris-pgwire/internal/irisdev/objectscript/lib/inc"
	"iris-pgwire/internal/irisdev/objectscript/macro"
	"iris-pgwire/internal/irisdev/objectscript/parse"
)

// corpus is a directory of ObjectScript that others wrote: all its include files, and those of IRIS.
type corpus struct {
	includes map[string][]string
	classes  map[string]*ast.Class
	failed   int
	t        *testing.T
}

func (c *corpus) Include(name string) ([]string, bool) {
	if rows, ok := inc.Include(name); ok {
		return rows, true
	}
	rows, ok := c.includes[name]
	return rows, ok
}

// TestCorpus parses every source below the directories that the environment variable OBJECTSCRIPT_CORPUS lists.
func TestCorpus(t *testing.T) {
	dirs := os.Getenv("OBJECTSCRIPT_CORPUS")
	if dirs == "" {
		t.Skip("OBJECTSCRIPT_CORPUS is not set")
	}
	for _, dir := range filepath.SplitList(dirs) {
		t.Run(filepath.Base(dir), func(t *testing.T) { testCorpus(t, dir) })
	}
}

func testCorpus(t *testing.T, dir string) {
	c := &corpus{includes: map[string][]string{}, classes: map[string]*ast.Class{}, t: t}
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		ext := strings.ToLower(filepath.Ext(path))
		if err != nil || d.IsDir() || !strings.Contains(".cls .mac .inc .int .rtn", ext) || ext == "" {
			return err
		}
		text, err := os.ReadFile(path)
		files[path] = string(text)
		if class, err := parse.Class(string(text)); ext == ".cls" && err == nil {
			c.classes[class.Name] = class
		}
		if name, typ, rows, ok := parse.RoutineFile(string(text)); ok && typ == "INC" {
			c.includes[name] = rows
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for path, text := range files {
		before := c.failed
		c.file(path, text)
		if c.failed > before {
			t.Errorf("%s: %d problems", path, c.failed-before)
		}
	}
	t.Logf("%d files", len(files))
}

func (c *corpus) file(path, text string) {
	switch strings.ToLower(filepath.Ext(path)) {
	case ".cls":
		class, err := parse.Class(text)
		c.check(path, err)
		if err == nil {
			c.class(path, class)
		}
	case ".mac", ".int", ".rtn":
		name, typ, rows, ok := parse.RoutineFile(text)
		if !ok {
			c.t.Logf("%s: no ROUTINE line", path)
			return
		}
		lines, err := macro.Expand(macro.Lines(rows, 1), macro.NewDefs(), c, options)
		c.check(path, err)
		_, err = parse.Routine(name, typ, lines)
		c.check(path, err)
	case ".inc":
		_, _, rows, _ := parse.RoutineFile(text)
		_, err := macro.Expand(macro.Lines(rows, 1), macro.NewDefs(), c, options)
		c.check(path, err)
	}
}

var options = macro.Options{Eval: func(string) (string, error) { return "x", nil }, Execute: func(string) error { return nil }}

func (c *corpus) check(path string, err error) {
	if err != nil {
		c.failed++
		c.t.Logf("%s: %v", path, err)
	}
}

// class expands and parses the bodies of all methods.
func (c *corpus) class(path string, class *ast.Class) {
	defs := macro.NewDefs() // a macro of one method is known in those after it
	for _, name := range append([]string{"%occInclude"}, c.inherited(class, 0)...) {
		_, err := macro.Expand(macro.Lines([]string{"#include " + name}, 1), defs, c, options)
		c.check(path, err)
	}
	for _, m := range class.Methods {
		if l := strings.ToLower(cmp.Or(m.Keywords["language"], class.Keywords["language"])); l != "" && l != "objectscript" && l != "cache" {
			continue
		}
		lines, err := macro.Expand(macro.Lines(strings.Split(m.Body, "\n"), m.BodyLine), defs, c, options)
		c.check(path+": "+m.Name, err)
		if err != nil {
			continue
		}
		if strings.EqualFold(m.Keywords["codemode"], "expression") {
			_, err = parse.Expr(text(lines))
		} else {
			_, err = parse.Code(lines)
		}
		c.check(path+": "+m.Name, err)
	}
}

// inherited gives the include files of a class and of those it extends.
func (c *corpus) inherited(class *ast.Class, depth int) []string {
	list := append(append([]string{}, class.Includes...), class.GeneratorIncludes...)
	for _, s := range class.Supers {
		switch short, _, _ := strings.Cut(class.Name, "."); {
		case s == "%UnitTest.TestCase" || s == "TestCase":
			list = append(list, "%outUnitTest")
		case c.classes[s] != nil && depth < 20:
			list = append(list, c.inherited(c.classes[s], depth+1)...)
		case c.classes[short+"."+s] != nil && depth < 20:
			list = append(list, c.inherited(c.classes[short+"."+s], depth+1)...)
		}
	}
	return list
}

// text joins lines.
func text(lines []macro.Line) string {
	var b strings.Builder
	for _, l := range lines {
		b.WriteString(l.Text + "\n")
	}
	return b.String()
}
