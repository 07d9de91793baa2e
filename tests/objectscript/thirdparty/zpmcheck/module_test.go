package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// folder makes a directory of files.
func folder(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func manifest(parts string) string {
	return `<Export><Document name="a.ZPM"><Module><Name>A</Name><Version>1.0.0</Version><SourcesRoot>src</SourcesRoot>` + parts +
		`</Module></Document></Export>`
}

func TestWhatAModuleNames(t *testing.T) {
	dir := folder(t, map[string]string{
		"module.xml": manifest(`<Resource Name="A.PKG"/><Resource Name="B.INC"/><Resource Name="T.PKG" Scope="test"/><Resource Name="/x/"/>
<FileCopy Name="f/" Target="${mgrdir}f/"/><FileCopy Name="g" InstallDirectory="g" Scope="test"/>
<CSPApplication Url="/App" SourcePath="/web" DeployPath="${cspdir}app" DispatchClass="A.Rest"/><WebApplication Url="/W"/>
<Invokes><Invoke Class="A.One" Method="Setup"><Arg> ${ns} </Arg></Invoke></Invokes><Invoke Class="A.One" Method="Down" Phase="Unconfigure"/>
<Dependencies><ModuleReference><Name>d</Name><Version>1.*</Version></ModuleReference></Dependencies><Default Name="P" Value="v"/>`),
		"src/cls/A/One.cls":   "/// x\nClass A.One\n{\n}\n",
		"src/cls/Other/B.cls": "Class AB.One\n{\n}\n",
		"src/A/Test.cls":      "Class A.Test\n{\n}\n", // not below cls
	})
	m, err := readModule(dir)
	if err != nil {
		t.Fatal(err)
	}
	m.root = ""
	want := &module{name: "A", version: "1.0.0", sources: "src", classes: []string{"A.One"}, routines: []string{"B.INC"},
		copies:       []fileCopy{{"f/", "${mgrdir}f/", false}, {"/web", "${cspdir}app", true}},
		applications: []application{{"/app", "A.Rest"}, {"/W", ""}},
		calls:        []call{{"A.One", "Setup", "Configure", false, []string{"${ns}"}}, {"A.One", "Down", "Unconfigure", false, nil}},
		dependencies: []dependency{{"d", "1.*", ""}}, defaults: map[string]string{"P": "v"},
		elements: []string{"Resource .PKG", "Resource .INC", "Resource", "FileCopy", "CSPApplication", "WebApplication", "Invoke",
			"ModuleReference", "Default"}}
	all := cmp.AllowUnexported(module{}, fileCopy{}, application{}, call{}, dependency{})
	if diff := cmp.Diff(want, m, all); diff != "" {
		t.Error(diff)
	}
}

func TestModulesThatCannotBeChecked(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"<Export", "read "},
		{"<Export/>", "names no module"},
		{manifest(`<Resource Name="None.PKG"/>`), "no class of the package None"},
	} {
		_, err := readModule(folder(t, map[string]string{"module.xml": c.text, "src/cls/A.cls": "Class A.A {}"}))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", c.text, err)
		}
	}
}

func TestWhereAFileCopyGoes(t *testing.T) {
	root := folder(t, map[string]string{"dir/a": "", "file": ""})
	same := func(s string) string { return s }
	for _, c := range []struct{ source, target, want string }{
		{"dir/", "/t/x/", "/t/x"}, {"dir", "/t/x", "/t/x"}, {"file", "/t/x", "/t/x"}, {"file", "/t/x/", "/t/x/file"},
	} {
		if got := target(fileCopy{source: c.source, target: c.target}, root, same); got != c.want {
			t.Errorf("%v: %s", c, got)
		}
	}
}
