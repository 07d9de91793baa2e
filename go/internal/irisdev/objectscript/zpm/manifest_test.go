package zpm

import (
	"strings"
	"testing"
)

func TestManifestsThatAreRefused(t *testing.T) {
	const both = "both"
	for _, c := range []struct{ name, parts, line, want string }{
		{"an element of an invocation", `<Invoke Class="A.B" Method="M"><Args/></Invoke>`, both, "ERROR #6237: Unexpected tag in XML input: Args"},
		{"requirements as elements", `<SystemRequirements><Version>1</Version></SystemRequirements>`, both, "ERROR #6237: Unexpected tag in XML input: Version"},
		{"an element of the author", `<Author><Name>x</Name></Author>`, both, "Unexpected tag in XML input: Name"},
		{"an element of a dependency", `<Dependencies><ModuleReference><Name>a</Name><Url>b</Url></ModuleReference></Dependencies>`, both, "Unexpected tag in XML input: Url"},
		{"a phase that there is not", `<Invoke Class="A.B" Method="M" Phase="Setup"/>`, "0.10",
			"ERROR #7205: Datatype value 'Setup' not in VALUELIST ',Clean,Initialize,Reload,*,Validate,ExportData,Compile,Activate,Document,MakeDeployed,Test,Package,Verify,Publish,Configure,Unconfigure,ApplyUpdateSteps'\n" +
				"  > ERROR #5802: Datatype validation failed on property '%IPM.Storage.InvokeReference:Phase', with value equal to \"Setup\""},
		{"a side that there is not", `<Invoke Class="A.B" Method="M" When="During"/>`, both, "not in VALUELIST ',Before,After'"},
		{"no class", `<Invoke Method="M"/>`, "0.7", "ERROR #5659: Property '%ZPM.PackageManager.Developer.InvokeReference::Class(,ID=)' required"},
		{"a long folder of sources", `<SourcesRoot>a/very/long/path/to/the/sources</SourcesRoot>`, both, "length longer than MAXLEN allowed of 20"},
		{"a long argument", `<Invoke Class="A.B" Method="M"><Arg>` + strings.Repeat("x", 256) + `</Arg></Invoke>`, both, "MAXLEN allowed of 255"},
		{"a version that is none", `<Version>one</Version>`, both, "Major version (one) must be a positive integer"},
		{"two names", `<Name>other</Name>`, both, "Module document name 'demo' and module name in manifest 'other' must be the same."},
		{"a resource twice", `<Resource Name="A.PKG"/><Resource Name="A.PKG"/>`, both, "Resource 'A.PKG' is listed more than once in module 'demo'"},
		{"no XML", `<Invoke`, both, "ERROR #6301: SAX XML Parser Error: "},
	} {
		for _, line := range Lines {
			if c.line != both && c.line != line {
				continue
			}
			r, err := RulesOf(line)
			if err != nil {
				t.Fatal(err)
			}
			if _, err = r.Read(manifest("demo", "1.0.0", c.parts)); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%s: %s: %v", line, c.name, err)
			}
		}
	}
}

func TestWhatIsNoManifest(t *testing.T) {
	r, err := RulesOf("0.10")
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		`<Export/>`: "No module definition found.",
		`<Module/>`: "No module definition found.",
		`<Export><Document name="a.cls"><Module/></Document></Export>`:                         "No module definition found.",
		`<Export><Document name="a.ZPM"/></Export>`:                                            "No module definition found.",
		`<Export><Document name="a.ZPM"><Module/></Document><Document name="b.ZPM"/></Export>`: "module.xml contains multiple documents.",
		``: "SAX XML Parser Error",
	} {
		if _, err := r.Read(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", text, err)
		}
	}
}

func TestElementsBelowModule(t *testing.T) {
	const parts = `<ExternalName>Demo</ExternalName><Description>d</Description><Author><Person>p</Person><License>MIT</License></Author>
<Resource Name="A.PKG" CompileAfter="B.CLS" Unknown="1"/>
<Resources><Resource Name="B.CLS" Preload="true"><Attribute Name="Flags">ck</Attribute></Resource><FileCopy Name="x"/></Resources>
<FileCopy Name="f/" Target="t/"/><CSPApplication Url="/x" SourcePath="/csp" DeployPath="d"/><UnitTest Name="tests" Package="T"/>
<Invokes><Invoke Class="A.B" Method="M" When="Before" Else="x"><Arg>1</Arg><Arg/></Invoke></Invokes><Invoke Class="A.B" Method="N"/>
<Defaults><Default Name="a" Value="b"/></Defaults><Default Name="c" Value="d"/>
<Dependencies><ModuleReference><Name>other</Name><Version>^1.0.0</Version></ModuleReference></Dependencies>
<SystemRequirements Version="&gt;=2024.1" Interoperability="enabled"/><Setup/><FileCopy><Source>x</Source></FileCopy>`
	for _, line := range Lines {
		r, err := RulesOf(line)
		if err != nil {
			t.Fatal(err)
		}
		m, err := r.Read(manifest("Demo", "1.2.3", parts))
		if err != nil {
			t.Fatal(err)
		}
		if m.Key() != "demo" || m.ExternalName != "Demo" || m.Author["License"] != "MIT" || len(m.Resources) != 5 || len(m.Invokes) != 2 ||
			len(m.Defaults) != 2 || m.Dependencies[0] != (Dependency{"other", "^1.0.0", ""}) || m.Requirements.Version != ">=2024.1" {
			t.Errorf("%s: %+v", line, m)
		}
		// IPM passes over what it does not know directly below Module.
		if got := strings.Join(m.Unread, " "); got != "Resources/FileCopy Setup FileCopy" {
			t.Errorf("%s: unread: %s", line, got)
		}
		csp := m.Resources[3]
		if csp.Name != "/csp" || csp.Processor != "CSPApplication" || csp.Attributes["Path"] != "/csp" || csp.Attributes["Directory"] != "d" {
			t.Errorf("%s: %+v", line, csp)
		}
		i := m.Invokes[0]
		if i.Phase != "Configure" || i.When != "Before" || i.CheckStatus != "" || strings.Join(i.Args, "|") != "1|" {
			t.Errorf("%s: %+v", line, i)
		}
	}
}

func TestProcessorDefaultsFillAttributes(t *testing.T) {
	r, err := RulesOf("0.10")
	if err != nil {
		t.Fatal(err)
	}
	m, err := r.Read(manifest("demo", "1.0.0", `<Resource Name="A.PKG"/><Resource Name="B.PKG" Directory="b"/><Resource Name="C.CLS"/>
<Defaults><ProcessorDefault Class="Default.Package"><Attribute Name="Directory">a</Attribute></ProcessorDefault></Defaults>`))
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{"a", "b", ""} {
		if got := m.Resources[i].Attributes["Directory"]; got != want {
			t.Errorf("%s: %q", m.Resources[i].Name, got)
		}
	}
}

func FuzzManifest(f *testing.F) {
	f.Add(manifest("demo", "1.0.0", `<Resource Name="A.PKG"/><Invoke Class="A" Method="B"><Arg>x</Arg></Invoke>`))
	f.Fuzz(func(t *testing.T, text string) {
		for _, line := range Lines {
			r, err := RulesOf(line)
			if err != nil {
				t.Fatal(err)
			}
			m, err := r.Read(text)
			if err == nil && m.Key() == "" {
				t.Error("a module without a name")
			}
		}
	})
}
