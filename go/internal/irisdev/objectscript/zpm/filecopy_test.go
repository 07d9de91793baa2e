package zpm

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestFileCopyCopiesFilesAndDirectories(t *testing.T) {
	for _, c := range []struct {
		name, element, before, want, left string
	}{
		{"a directory by its separator", `<FileCopy Name="data/" Target="${mgrdir}to/"/>`, "", "to/a to/sub/b", ""},
		{"a directory without one", `<FileCopy Name="data" Target="${mgrdir}to"/>`, "", "to/a to/sub/b", ""},
		{"a directory is emptied first", `<FileCopy Name="data/" Target="${mgrdir}to/"/>`, "to/x", "to/a to/sub/b", ""},
		{"Overlay keeps what is there, but not at uninstall", `<FileCopy Name="data/" Target="${mgrdir}to/" Overlay="1"/>`, "to/x", "to/a to/sub/b to/x", ""},
		{"a file to a name", `<FileCopy Name="late.txt" Target="${mgrdir}to/new.txt"/>`, "to/x", "to/new.txt to/x", "to/x"},
		{"a file into a directory", `<FileCopy Name="late.txt" Target="${mgrdir}to/"/>`, "to/x", "to/late.txt to/x", "to/x"},
		{"a file over another", `<FileCopy Name="late.txt" Dest="{$MGRDIR}to/x"/>`, "to/x", "to/x", ""},
		{"InstallDirectory", `<FileCopy Name="late.txt" InstallDirectory="${mgrdir}to/y"/>`, "", "to/y", ""},
		{"the stored form", `<Resources><Resource Name="late.txt" ProcessorClass="FileCopy"><Attribute Name="Target">${mgrdir}to/y</Attribute></Resource></Resources>`, "", "to/y", ""},
		{"the name in the target", `<FileCopy Name="late.txt" Target="${mgrdir}to/{name}"/>`, "", "to/late.txt", ""},
		{"SourceDirectory below the root", `<FileCopy Name="x" SourceDirectory="late.txt" Target="${mgrdir}to/x.txt"/>`, "", "to/x.txt", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			both(t, func(t *testing.T, w *world) {
				if c.before != "" {
					path := w.sys.Dir + c.before
					if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
						t.Fatal(err)
					}
					if err := os.WriteFile(path, []byte("old"), 0o644); err != nil {
						t.Fatal(err)
					}
				}
				w.must("load " + w.dir(demoFiles(c.element)))
				if got := listing(t, w.sys.Dir); got != c.want {
					t.Errorf("installed: %s", got)
				}
				w.must("uninstall demo")
				if got := listing(t, w.sys.Dir); got != c.left {
					t.Errorf("uninstalled: %s", got)
				}
			})
		})
	}
}

func TestFileCopyThatCannotBe(t *testing.T) {
	both(t, func(t *testing.T, w *world) {
		w.fails("load "+w.dir(demoFiles(`<FileCopy Name="nothing.txt" Target="${mgrdir}x"/>`)), "Source file does not exists")
		out := w.fails("load "+w.dir(demoFiles(`<FileCopy Name="late.txt"/>`)), "Error validating resource 'late.txt'")
		if !strings.Contains(out, "::InstallDirectory(,ID=)' required") || !strings.Contains(out, "Validate FAILURE") {
			t.Error(out)
		}
	})
}

func TestASourceOutsideOfTheModule(t *testing.T) {
	w := newWorld(t, "0.10")
	if err := os.WriteFile(w.sys.Dir+"there", []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	element := `<FileCopy Name="x" SourceDirectory="${mgrdir}there" Target="${mgrdir}copy"/>`
	w.must("load " + w.dir(demoFiles(element)))
	if got := listing(t, w.sys.Dir); got != "copy there" {
		t.Error(got)
	}
	newWorld(t, "0.7").fails("load "+w.dir(demoFiles(element)), "Source file does not exists")
}
