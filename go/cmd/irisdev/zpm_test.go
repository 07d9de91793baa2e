package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"iris-pgwire/internal/irisdev/control"
	"iris-pgwire/internal/irisdev/instance"
	"iris-pgwire/internal/irisdev/variant"
)

const zpmModule = `<Export generator="Cache" version="25"><Document name="demo.ZPM"><Module><Name>demo</Name><Version>1.0.0</Version>
<Packaging>module</Packaging><SourcesRoot>src</SourcesRoot><Resource Name="Demo.PKG"/>
<FileCopy Name="data/" Target="${mgrdir}demo/"/>
<Invoke Class="Demo.Main" Method="Setup" CheckStatus="true" Phase="Activate" When="After"><Arg>${mgrdir}</Arg></Invoke>
</Module></Document></Export>`

// zpmClass writes rows, globals and a lock in the transaction, and starts a program and a job, which are outside of it.
const zpmClass = `Class Demo.Main Extends %Persistent
{

Property Name As %String;

ClassMethod Setup(dir) As %Status
{
    set o = ..%New(), o.Name = "row", sc = o.%Save()
    if 'sc quit sc
    set ^Demo = 1, ^IRIS.Temp.Demo = $tlevel
    lock +^DemoLock:0  lock -^DemoLock
    do $zf(-100, "/STDOUT=""" _ dir _ "spawned""", "echo", "x")
    job ##class(Demo.Main).Job()
    set ^IRIS.Temp.Job = $zchild
    if $get(^Fail) quit $$$ERROR($$$GeneralError, "told to fail")
    quit $$$OK
}

ClassMethod Job()
{
    lock +^DemoLock:10
    set ^IRIS.Temp.Seen = $test _ $data(^Demo)
}

}
`

// zpmWorld is an instance's directory with a module beside it.
type zpmWorld struct {
	t      *testing.T
	o      instance.Options
	module string
}

func newZpmWorld(t *testing.T, profile string) *zpmWorld {
	t.Helper()
	dir := t.TempDir()
	w := &zpmWorld{t: t, module: filepath.Join(dir, "module"),
		o: instance.Options{Dir: filepath.Join(dir, "iris"), Version: "2025.1", Profile: profile}}
	for name, text := range map[string]string{"module.xml": zpmModule, "src/cls/Demo/Main.cls": zpmClass, "data/a": "A"} {
		path := filepath.Join(w.module, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return w
}

func (w *zpmWorld) ask(r control.Request, in string) (string, error) {
	w.t.Helper()
	var out bytes.Buffer
	r.User, r.Directory = instance.DefaultUser.Name, w.t.TempDir()
	err := attach(w.o, r, strings.NewReader(in), &out)
	return out.String(), err
}

func (w *zpmWorld) zpm(line, command string) (string, error) {
	w.t.Helper()
	return w.ask(control.Request{Command: control.Zpm, Args: []string{command, line, ""}}, "")
}

func (w *zpmWorld) terminal(in string) string {
	w.t.Helper()
	out, err := w.ask(control.Request{Command: control.Terminal}, in)
	if err != nil {
		w.t.Fatal(err)
	}
	return strings.TrimSpace(out)
}

func (w *zpmWorld) exists(name string) bool {
	_, err := os.Stat(filepath.Join(w.o.Dir, "mgr", name))
	return err == nil
}

const zpmState = `write $data(^Demo),##class(%Dictionary.ClassDefinition).%ExistsId("Demo.Main") set rs=##class(%SQL.Statement).%ExecDirect(,"select count(*) from Demo.Main") write rs.%SQLCODE<0`

func TestAFailedInstallTakesClassesRowsAndGlobalsBack(t *testing.T) {
	for _, profile := range []string{variant.Documented, variant.Contrary} {
		for _, line := range []string{"0.7", "0.10"} {
			t.Run(profile+" "+line, func(t *testing.T) {
				w := newZpmWorld(t, profile)
				w.terminal("set ^Fail=1")
				command := "load " + w.module
				if line == "0.7" {
					command = "load -nodev " + w.module // its load of a directory is no transaction otherwise
				}
				out, err := w.zpm(line, command)
				if err == nil || err.Error() != "ERROR #5001: told to fail" || !strings.Contains(out, "ERROR! told to fail") {
					t.Fatalf("%v: %s", err, out)
				}
				if got := w.terminal(zpmState); got != "001" {
					t.Errorf("left: %s", got)
				}
				if !w.exists("demo/a") || !w.exists("spawned") {
					t.Error("files and programs are outside of the transaction")
				}
				w.terminal("kill ^Fail")
				if _, err := w.zpm("", command); err != nil {
					t.Fatal(err)
				}
				if got := w.terminal(zpmState); got != "110" {
					t.Errorf("installed: %s", got)
				}
				if out, err := w.zpm("", "list"); err != nil || strings.TrimSpace(out) != "demo 1.0.0" {
					t.Errorf("%v %s", err, out)
				}
				if _, err := w.zpm("", "uninstall demo"); err != nil {
					t.Fatal(err)
				}
				if w.exists("demo") || w.terminal(zpmState) != "101" {
					t.Errorf("uninstalled: %s", w.terminal(zpmState))
				}
			})
		}
	}
}

func TestALockOfAnInstallIsFreedAtItsEnd(t *testing.T) {
	w := newZpmWorld(t, variant.Documented)
	r := start(t, instance.Options{Dir: w.o.Dir}) // the job outlives the command
	defer r.stop()
	if _, err := w.zpm("0.10", "load "+w.module); err != nil {
		t.Fatal(err)
	}
	if got := w.terminal("for i=1:1:100 quit:$data(^IRIS.Temp.Seen)  hang .05\nwrite ^IRIS.Temp.Demo,^IRIS.Temp.Seen"); got != "111" {
		t.Errorf("$TLEVEL in the method, the job's lock, the global it saw then: %s", got)
	}
}

func TestTheTerminalHasTheCommandOnceThereIsAPackageManager(t *testing.T) {
	w := newZpmWorld(t, variant.Documented)
	if got := w.terminal(`zpm "list"`); !strings.HasPrefix(got, "<SYNTAX>") {
		t.Errorf("without: %q", got)
	}
	if _, err := w.zpm("0.7", "version"); err != nil {
		t.Fatal(err)
	}
	if got := w.terminal("set x=\"version\"\nzpm x\nzpm \"uninstall nothing\"\nzpm"); !strings.HasPrefix(got, "zpm 0.7.2\n\nERROR! Module 'nothing' not found.\n<SYNTAX>") {
		t.Errorf("with: %q", got)
	}
	if _, err := w.zpm("0.8", "list"); err == nil || !strings.Contains(err.Error(), `there is no IPM "0.8"`) {
		t.Error(err)
	}
}
