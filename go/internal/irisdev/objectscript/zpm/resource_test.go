package zpm

import (
	"strings"
	"testing"
)

const plainClass = "Class %s Extends %%RegisteredObject\n{\n}\n"

func classOf(name string) string {
	return strings.ReplaceAll(strings.ReplaceAll(plainClass, "%s", name), "%%", "%")
}

func TestSourcesAreFoundWhereIPMLooks(t *testing.T) {
	for _, c := range []struct{ name, resource, file, text, exists string }{
		{"a package below cls", "A.B.PKG", "src/cls/A/B/C.cls", classOf("A.B.C"), "A.B.C"},
		{"a package without cls", "A.PKG", "src/A/B/C.cls", classOf("A.B.C"), "A.B.C"},
		{"a class", "A.B.CLS", "src/cls/A/B.cls", classOf("A.B"), "A.B"},
		{"another case on the disk", "A.B.CLS", "src/cls/a/b.CLS", classOf("A.B"), "A.B"},
		{"a percent package", "%A.B.PKG", "src/cls/A/B/C.cls", classOf("%A.B.C"), "%A.B.C"},
		{"a percent package with its sign", "%A.PKG", "src/cls/%A/C.cls", classOf("%A.C"), "%A.C"},
		{"a percent package with _", "%A.PKG", "src/cls/_A/C.cls", classOf("%A.C"), "%A.C"},
	} {
		both(t, func(t *testing.T, w *world) {
			w.must("load " + w.dir(files{"module.xml": manifest("demo", "1.0.0", `<Resource Name="`+c.resource+`"/>`), c.file: c.text}))
			exists := `write ##class(%Dictionary.ClassDefinition).%ExistsId("` + c.exists + `")`
			if got := w.value(exists); got != "1" {
				t.Errorf("%s: %s", c.name, got)
			}
			w.must("uninstall demo")
			if got := w.value(exists); got != "0" {
				t.Errorf("%s: it is still there: %s", c.name, got)
			}
		})
	}
}

func TestIncludeFilesAndRoutines(t *testing.T) {
	both(t, func(t *testing.T, w *world) {
		f := files{"module.xml": manifest("demo", "1.0.0", `<Resource Name="Demo.PKG"/><Resource Name="Demo.INC"/><Resource Name="DemoRun.MAC"/>`),
			"src/inc/Demo.inc":      "ROUTINE Demo [Type=INC]\n#define Answer 42\n",
			"src/rtn/DemoRun.mac":   "ROUTINE DemoRun\nrun() public { quit ##class(Demo.Main).Answer() }\n",
			"src/cls/Demo/Main.cls": "Include Demo\n\nClass Demo.Main\n{\n\nClassMethod Answer()\n{\n    quit $$$Answer\n}\n\n}\n"}
		w.must("load " + w.dir(f))
		if got := w.value("write $$run^DemoRun()"); got != "42" {
			t.Error(got)
		}
		w.must("uninstall demo")
		if got := w.value("write $$run^DemoRun()"); !strings.HasPrefix(got, "<NOROUTINE>") {
			t.Error(got)
		}
	})
}

func TestSourcesThatAreWrong(t *testing.T) {
	both(t, func(t *testing.T, w *world) {
		load := func(parts string, f files, want string) {
			t.Helper()
			f["module.xml"] = manifest("demo", "1.0.0", parts)
			w.fails("load "+w.dir(f), want)
		}
		load(`<Resource Name="Gone.PKG"/>`, files{"src/cls/x.cls": ""}, "Gone' not found")
		load(`<Resource Name="Gone.CLS"/>`, files{"src/cls/x.cls": ""}, "Gone.cls' not found")
		load(`<Resource Name="A.PKG"/>`, files{"src/cls/A/B.cls": "Class A.B Extends Not.There\n{\n}\n"}, "Not.There")
		load(`<Resource Name="A.PKG"/>`, files{"src/cls/A/B.xml": "<Export/>"}, "the load of an XML export")
		load(`<Resource Name="a.GBL"/>`, files{}, "the resource a.GBL")
		load(`<CPF Name="merge.cpf"/>`, files{}, "the resource processor CPF of merge.cpf")
		load(`<LifecycleClass>My.Lifecycle</LifecycleClass>`, files{}, "the lifecycle class My.Lifecycle")
		load(`<Mappings><Mapping Name="A.PKG" Source="X"/></Mappings>`, files{}, "the mapping of A.PKG")
		want := map[bool]string{true: "the resource processor Mapping of A.PKG", false: "the mapping of A.PKG"}[w.old()]
		load(`<Mapping Name="A.PKG" Source="X"/>`, files{}, want)
		load("", files{"requirements.txt": "x"}, "Embedded Python is not available in this instance.")
	})
}

func TestTestsAndScopesTakeNoPart(t *testing.T) {
	both(t, func(t *testing.T, w *world) {
		w.must("load " + w.dir(files{"module.xml": manifest("demo", "1.0.0",
			`<UnitTest Name="tests" Package="Tests" Phase="test"/><Resource Name="Tests.PKG" Scope="test"/>`)}))
	})
}

func TestTheFolderPreloadComesFirst(t *testing.T) {
	both(t, func(t *testing.T, w *world) {
		f := demoFiles(`<Resource Name="Demo.PKG"/>`)
		f["preload/cls/Pre.Load.cls"] = classOf("Pre.Load")
		f["src/cls/Demo/Sub.cls"] = "Class Demo.Sub Extends Pre.Load\n{\n}\n"
		w.must("load " + w.dir(f))
		if got := w.value(`write ##class(%Dictionary.ClassDefinition).%ExistsId("Pre.Load")`); got != "1" {
			t.Error(got)
		}
	})
}

func TestCompileAfterAndFlags(t *testing.T) {
	both(t, func(t *testing.T, w *world) {
		f := files{"src/cls/A/X.cls": classOf("A.X"), "src/cls/B/X.cls": classOf("B.X")}
		f["module.xml"] = manifest("demo", "1.0.0", `<Resource Name="A.PKG" CompileAfter="B.PKG"/><Resource Name="B.PKG" Flags="ck"/>`)
		out := w.must("load -v " + w.dir(f))
		if a, b := strings.Index(out, "Compiling class A.X"), strings.Index(out, "Compiling class B.X"); a < b || b < 0 {
			t.Error(out)
		}
		f["module.xml"] = manifest("demo", "1.0.0", `<Resource Name="A.PKG" CompileAfter="C.PKG"/>`)
		w.fails("load "+w.dir(f), "Resource 'A.PKG' cannot compile after nonexistent/non-compilable resource 'C.PKG'")
		f["module.xml"] = manifest("demo", "1.0.0", `<Resource Name="A.PKG" CompileAfter="B.PKG"/><Resource Name="B.PKG" CompileAfter="A.PKG"/>`)
		w.fails("load "+w.dir(f), "Failed to resolve compile order of module resources: A.PKG, B.PKG")
	})
}

func TestPackagesOfOtherModulesStay(t *testing.T) {
	both(t, func(t *testing.T, w *world) {
		w.must("load " + w.dir(files{"module.xml": manifest("one", "1.0.0", `<Resource Name="A.PKG"/>`), "src/cls/A/X.cls": classOf("A.X")}))
		w.must("load " + w.dir(files{"module.xml": manifest("two", "1.0.0", `<Resource Name="A.B.PKG"/>`), "src/cls/A/B/Y.cls": classOf("A.B.Y")}))
		w.must("uninstall one")
		const exists = `write ##class(%Dictionary.ClassDefinition).%ExistsId("A.X"),##class(%Dictionary.ClassDefinition).%ExistsId("A.B.Y")`
		if got := w.value(exists); got != "01" {
			t.Error(got)
		}
	})
}

func TestWebApplications(t *testing.T) {
	const enabled = `zn "%SYS" do ##class(Security.Applications).Get("/demo",.p) write ##class(Security.Applications).Exists("/demo")," ",$get(p("AutheEnabled"))," ",$get(p("NameSpace"))`
	both(t, func(t *testing.T, w *world) {
		elements := map[string]string{`<CSPApplication Url="/demo" DispatchClass="A.B" PasswordAuthEnabled="1" UnauthenticatedEnabled="1"/>`: "1 96 USER"}
		if !w.old() {
			elements[`<WebApplication Url="/demo" AutheEnabled="32" DispatchClass="A.B"/>`] = "1 32 USER"
		}
		for element, want := range elements {
			w.must("load " + w.dir(files{"module.xml": manifest("demo", "1.0.0", element)}))
			if got := w.value(enabled); got != want {
				t.Errorf("%s: %s", element, got)
			}
			w.must("uninstall demo")
			if got := w.value(enabled); got != "0  " {
				t.Errorf("%s: after uninstall: %s", element, got)
			}
		}
	})
}

func TestAnInstallerClass(t *testing.T) {
	both(t, func(t *testing.T, w *world) {
		f := files{"module.xml": manifest("demo", "1.0.0", `<Resource Name="Demo.PKG"/><InstallerClass>Demo.Setup</InstallerClass>`), "src/cls/Demo/Setup.cls": `Class Demo.Setup
{
ClassMethod OnInstallComponent(db, verbose, dev, upgrade) As %Status
{
    set ^Demo(1) = "install" quit 1
}
ClassMethod OnConfigureComponent(ns, verbose, ByRef vars) As %Status
{
    set ^Demo(2) = "configure " _ ns _ " " _ (vars("InstallDir") '= "") quit 1
}
ClassMethod OnUnconfigureComponent(ns, verbose, purge, ByRef vars) As %Status
{
    set ^Demo(3) = "unconfigure" quit 1
}
ClassMethod OnUnInstallComponent(db, verbose) As %Status
{
    set ^Demo(4) = "uninstall" quit 1
}
}
`}
		w.must("load " + w.dir(f))
		w.must("uninstall demo")
		if got := w.trace(); got != "install configure USER 1 unconfigure uninstall" {
			t.Error(got)
		}
	})
}

func TestASystemSetting(t *testing.T) {
	both(t, func(t *testing.T, w *world) {
		w.must("load " + w.dir(files{"module.xml": manifest("demo", "1.0.0", `<SystemSetting Name="CSP.Demo" Value="UTF-8"/>`)}))
		if got := w.value(`write ^%SYS("CSP","Demo")`); got != "UTF-8" {
			t.Error(got)
		}
	})
}

func TestDeployedSourcesAreLoadedLikeOthers(t *testing.T) {
	both(t, func(t *testing.T, w *world) {
		f := files{"module.xml": manifest("demo", "1.0.0", `<Resource Name="Demo.PKG" Deploy="true"/>`), "src/cls/Demo/A.cls": classOf("Demo.A")}
		w.must("load " + w.dir(f))
		if got := w.value(`write ##class(%Dictionary.CompiledClass).%ExistsId("Demo.A")`); got != "1" {
			t.Error(got)
		}
		f["studio-project/Deployed.xml"] = "<Export/>"
		if w.old() {
			w.must("load " + w.dir(f))
			return
		}
		w.fails("load "+w.dir(f), "the deployed resource Demo.PKG")
	})
}
