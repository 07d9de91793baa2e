package zpm

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"context"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"iris-pgwire/internal/irisdev/objectscript/class"
	"iris-pgwire/internal/irisdev/objectscript/lib"
	"iris-pgwire/internal/irisdev/objectscript/run"
	"iris-pgwire/internal/irisdev/store/storetest"
)

// world is an instance in memory with a package manager and a folder of packages.
type world struct {
	t      testing.TB
	sys    *run.System
	folder string
}

func newWorld(t testing.TB, line string) *world {
	t.Helper()
	s := storetest.Memory(t)
	natives := lib.Natives()
	maps.Copy(natives, Natives())
	dir := t.TempDir()
	manager := filepath.Join(dir, "mgr") + "/"
	if err := os.Mkdir(manager, 0o755); err != nil {
		t.Fatal(err)
	}
	w := &world{t: t, folder: t.TempDir(), sys: run.NewSystem(&run.System{Store: s, Classes: class.NewDictionary(lib.Library()), Natives: natives,
		Check: lib.Check, Version: "IRIS for tests 2025.1 (Build 223U)", Dir: manager, Bin: filepath.Join(dir, "bin") + "/"})}
	p := w.process(nil)
	defer p.End()
	if err := Install(p, line, w.folder); err != nil {
		t.Fatal(err)
	}
	return w
}

func (w *world) process(out *bytes.Buffer) *run.Process {
	w.t.Helper()
	o := run.Options{Directory: w.folder}
	if out != nil {
		o.Out = out
	}
	p, err := w.sys.NewProcess(o)
	if err != nil {
		w.t.Fatal(err)
	}
	return p
}

// zpm runs a command in a process of its own and gives what it wrote; ok is the status.
func (w *world) zpm(command string) (out string, ok bool) {
	w.t.Helper()
	var b bytes.Buffer
	p := w.process(&b)
	defer p.End()
	sc, err := Shell(p, command)
	if err != nil {
		w.t.Fatalf("%s: %v", command, err)
	}
	if level := p.Store().TLevel(); level != 0 {
		w.t.Errorf("%s leaves a transaction of level %d", command, level)
	}
	p.Flush()
	return strings.ReplaceAll(b.String(), "\r\n", "\n"), sc.Truth()
}

// must is zpm for a command that succeeds.
func (w *world) must(command string) string {
	w.t.Helper()
	out, ok := w.zpm(command)
	if !ok {
		w.t.Fatalf("%s:%s", command, out)
	}
	return out
}

// fails is zpm for a command that fails with a text.
func (w *world) fails(command, want string) string {
	w.t.Helper()
	out, ok := w.zpm(command)
	if ok || !strings.Contains(out, "ERROR! ") || !strings.Contains(out, want) {
		w.t.Errorf("%s: ok %v, want %q in:%s", command, ok, want, out)
	}
	return out
}

// value runs a line and gives what it writes, the error's text if it fails.
func (w *world) value(line string) string {
	w.t.Helper()
	var b bytes.Buffer
	p := w.process(&b)
	defer p.End()
	err := p.Line(context.Background(), line)
	p.Flush()
	if err != nil {
		return err.Error()
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// files are the files of a module by their paths.
type files map[string]string

// manifest makes a module.xml of what stands below Module.
func manifest(name, version, parts string) string {
	return `<?xml version="1.0" encoding="UTF-8"?>
<Export generator="Cache" version="25"><Document name="` + name + `.ZPM"><Module><Name>` + name + `</Name><Version>` + version + `</Version>
<Packaging>module</Packaging><SourcesRoot>src</SourcesRoot>` + parts + `</Module></Document></Export>`
}

// dir writes a module into a directory.
func (w *world) dir(f files) string {
	w.t.Helper()
	dir := w.t.TempDir()
	for name, text := range f {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			w.t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o755); err != nil {
			w.t.Fatal(err)
		}
	}
	return dir
}

// pack writes a module as a package into the folder of packages; all of its files are executable.
func (w *world) pack(file string, f files) string {
	w.t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	t := tar.NewWriter(z)
	for _, name := range slices.Sorted(maps.Keys(f)) {
		if err := t.WriteHeader(&tar.Header{Name: name, Mode: 0o755, Size: int64(len(f[name])), Typeflag: tar.TypeReg}); err != nil {
			w.t.Fatal(err)
		}
		if _, err := t.Write([]byte(f[name])); err != nil {
			w.t.Fatal(err)
		}
	}
	if err := t.Close(); err != nil {
		w.t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		w.t.Fatal(err)
	}
	path := filepath.Join(w.folder, file)
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		w.t.Fatal(err)
	}
	return path
}

// both runs a test by the rules of both lines.
func both(t *testing.T, test func(t *testing.T, w *world)) {
	t.Helper()
	for _, line := range Lines {
		t.Run(line, func(t *testing.T) { test(t, newWorld(t, line)) })
	}
}

// old reports the older line.
func (w *world) old() bool {
	p := w.process(nil)
	defer p.End()
	return MainClass(p.Store()) == "%ZPM.PackageManager"
}

// mainClass is a class whose methods write down that they were called.
const mainClass = `Class Demo.Main Extends %RegisteredObject
{
ClassMethod Note(what, extra) As %Status
{
    set ^Demo($order(^Demo(""), -1) + 1) = what_$select($data(extra): "="_extra, 1: "")
    if what '= "", $get(^Fail) = what quit $$$ERROR($$$GeneralError, "told to fail in "_what)
    quit $$$OK
}
ClassMethod Plain(what)
{
    do ..Note(what)
    quit $$$ERROR($$$GeneralError, "nobody looks")
}
ClassMethod Throws(what)
{
    do ..Note(what)
    set x = 1 / 0
}
}
`

// trace gives the notes of Demo.Main.
func (w *world) trace() string {
	return w.value(`set k="" for { set k=$order(^Demo(k),1,v) quit:k=""  write:k>1 " " write v }`)
}

// lastLines gives the last lines of an output.
func lastLines(out string, n int) string {
	all := strings.Split(strings.TrimSuffix(out, "\n"), "\n")
	return strings.Join(all[max(0, len(all)-n):], "\n")
}
