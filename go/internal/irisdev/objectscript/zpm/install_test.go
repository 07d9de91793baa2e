package zpm

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// everyPhase is a module with an invocation on both sides of every phase that load, install and uninstall run.
func everyPhase() string {
	var b strings.Builder
	b.WriteString(`<Resource Name="Demo.PKG"/><FileCopy Name="data/" Target="${mgrdir}demo/"/><FileCopy Name="late.txt" Target="${mgrdir}demo-late.txt" Defer="1"/>`)
	for _, phase := range []string{"Compile", "Activate", "Configure", "Unconfigure", "Clean"} {
		for _, when := range []string{"Before", "After"} {
			if phase == "Compile" && when == "Before" || phase == "Clean" && when == "After" {
				continue // there are no classes
			}
			b.WriteString(`<Invoke Class="Demo.Main" Method="Note" CheckStatus="true" Phase="` + phase + `" When="` + when + `"><Arg>` + phase + when +
				`</Arg><Arg>#{##class(%File).Exists("` + "${mgrdir}demo/a" + `")_##class(%File).Exists("` + "${mgrdir}demo-late.txt" + `")_$tlevel}</Arg></Invoke>`)
		}
	}
	return b.String()
}

func demoFiles(parts string) files {
	return files{"module.xml": manifest("demo", "1.0.0", parts), "src/cls/Demo/Main.cls": mainClass, "data/a": "A", "data/sub/b": "B", "late.txt": "late"}
}

func TestPhasesAndTheirSidesRunInOrder(t *testing.T) {
	both(t, func(t *testing.T, w *world) {
		w.pack("demo-1.0.0.tgz", demoFiles(everyPhase()))
		out := w.must("install demo")
		// Configure runs inside of Activate; files are copied before Activate's invocations, deferred ones after them.
		const want = "CompileAfter=001 ActivateBefore=101 ConfigureBefore=101 ConfigureAfter=101 ActivateAfter=101"
		if got := w.trace(); got != want {
			t.Errorf("install: %s", got)
		}
		phases := "Reload,*,Validate,Compile,Activate,Configure"
		if !w.old() {
			phases = "Initialize," + phases
		}
		if got := starts(out); got != phases {
			t.Errorf("phases: %s", got)
		}
		w.value("kill ^Demo")
		out = w.must("uninstall demo")
		if got := w.trace(); got != "CleanBefore=110 UnconfigureBefore=110 UnconfigureAfter=110" {
			t.Errorf("uninstall: %s", got)
		}
		if got := starts(out); got != "Clean,Unconfigure" {
			t.Errorf("phases: %s", got)
		}
		if got := w.value("do ##class(Demo.Main).Note(1)"); got != "<CLASS DOES NOT EXIST> *Demo.Main" {
			t.Errorf("after uninstall: %s", got)
		}
		if left := listing(t, w.sys.Dir); strings.Contains(" "+left, " demo/") || strings.Contains(left, "demo-late") {
			t.Errorf("files left: %s", left)
		}
		if got := strings.TrimSpace(w.must("list")); got != "" {
			t.Errorf("list: %q", got)
		}
	})
}

// starts lists the phases that an output says were begun.
func starts(out string) string {
	var list []string
	for _, line := range strings.Split(out, "\n") {
		_, rest, _ := strings.Cut(line, "]\t")
		if phase, ok := strings.CutSuffix(strings.Split(rest, " (")[0], " START"); ok {
			list = append(list, phase)
		}
		if rest == "Module object refreshed." {
			list = append(list, "*")
		}
	}
	return strings.Join(list, ",")
}

func listing(t *testing.T, dir string) string {
	t.Helper()
	var out []string
	err := filepath.Walk(dir, func(name string, info os.FileInfo, err error) error {
		if err != nil || info.IsDir() {
			return err
		}
		rel, _ := filepath.Rel(dir, name)
		out = append(out, rel)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(out, " ")
}

func TestAFailureRollsBackGlobalsAndClassesButNotFiles(t *testing.T) {
	for _, phase := range []string{"CompileAfter", "ActivateBefore", "ConfigureBefore", "ConfigureAfter", "ActivateAfter"} {
		t.Run(phase, func(t *testing.T) {
			both(t, func(t *testing.T, w *world) {
				w.value(`set ^Fail="` + phase + `",^Kept=1`)
				w.pack("demo-1.0.0.tgz", demoFiles(everyPhase()))
				out := w.fails("install demo", "told to fail in "+phase)
				failing := strings.TrimSuffix(strings.TrimSuffix(phase, "Before"), "After")
				if !strings.Contains(out, "[demo]\t"+failing+" FAILURE\n") {
					t.Errorf("no failure of the phase: %s", out)
				}
				if got := w.value("write $data(^Demo),^Kept,##class(%Dictionary.ClassDefinition).%ExistsId(\"Demo.Main\")"); got != "010" {
					t.Errorf("left: %s", got)
				}
				if got := strings.TrimSpace(w.must("list")); got != "" {
					t.Errorf("list: %q", got)
				}
				copied := strings.Contains(" "+listing(t, w.sys.Dir), " demo/a")
				if copied != (phase != "CompileAfter") {
					t.Errorf("copied: %v", copied)
				}
			})
		})
	}
}

func TestLoadOfADirectoryIsATransactionInTheNewerLineOnly(t *testing.T) {
	both(t, func(t *testing.T, w *world) {
		w.value(`set ^Fail="ActivateAfter"`)
		dir := w.dir(demoFiles(everyPhase()))
		w.fails("load "+dir, "told to fail")
		// The older line loads in developer mode: what was done stays, so that it can be mended.
		want := "0"
		if w.old() {
			want = "10"
		}
		if got := w.value("write $data(^Demo)"); got != want {
			t.Errorf("^Demo: %s", got)
		}
		if got := strings.TrimSpace(w.must("list")); (got != "") != w.old() {
			t.Errorf("list: %q", got)
		}
		w.value("kill ^Fail,^Demo")
		w.must("load " + dir)
		if got := w.trace(); !strings.HasSuffix(got, "ActivateAfter=10"+map[bool]string{true: "0", false: "1"}[w.old()]) {
			t.Errorf("trace: %s", got)
		}
		if got := strings.TrimSpace(w.must("list")); strings.HasSuffix(got, "(DeveloperMode)") != w.old() {
			t.Errorf("list: %q", got)
		}
	})
}

func TestWithoutATransactionNothingRollsBack(t *testing.T) {
	both(t, func(t *testing.T, w *world) {
		w.value(`set ^Fail="ActivateAfter"`)
		w.pack("demo-1.0.0.tgz", demoFiles(everyPhase()))
		w.fails("install demo -DNoTransaction=1", "told to fail")
		if got := w.value("write $data(^Demo)"); got != "10" {
			t.Errorf("^Demo: %s", got)
		}
	})
}

func TestWhoseStatusCounts(t *testing.T) {
	for _, c := range []struct {
		name, attributes, method string
		fails                    [2]bool // 0.7, 0.10
	}{
		{"a %Status without CheckStatus", "", "Note", [2]bool{false, true}},
		{"CheckStatus on a %Status", `CheckStatus="1"`, "Note", [2]bool{true, true}},
		{"CheckStatus switched off", `CheckStatus="0"`, "Note", [2]bool{false, false}},
		{"no declared type", "", "Plain", [2]bool{false, false}},
		{"CheckStatus without a declared type", `CheckStatus="true"`, "Plain", [2]bool{true, true}},
		{"an exception", "", "Throws", [2]bool{true, true}},
		{"an exception with CheckStatus off", `CheckStatus="0"`, "Throws", [2]bool{true, true}},
		{"a method that is not there", "", "Nothing", [2]bool{true, true}},
	} {
		t.Run(c.name, func(t *testing.T) {
			for i, line := range Lines {
				w := newWorld(t, line)
				w.value(`set ^Fail="x"`)
				dir := w.dir(demoFiles(`<Resource Name="Demo.PKG"/><Invoke Class="Demo.Main" Method="` + c.method + `" ` + c.attributes + `><Arg>x</Arg></Invoke>`))
				if out, ok := w.zpm("load " + dir); ok == c.fails[i] {
					t.Errorf("%s: ok %v %s", line, ok, lastLines(out, 2))
				}
			}
		})
	}
}

func TestErrorsOfInvocationsKeepTheirText(t *testing.T) {
	both(t, func(t *testing.T, w *world) {
		dir := w.dir(demoFiles(`<Resource Name="Demo.PKG"/><Invoke Class="Demo.Main" Method="Throws"><Arg>x</Arg></Invoke>`))
		w.fails("load "+dir, "ERROR! ERROR #5002: ObjectScript error: <DIVIDE>zThrows+2^Demo.Main.1")
		dir = w.dir(demoFiles(`<Invoke Class="Not.There" Method="M"/>`))
		w.fails("load "+dir, "<CLASS DOES NOT EXIST>")
	})
}

func TestModesOfFilesAreLost(t *testing.T) {
	both(t, func(t *testing.T, w *world) {
		f := demoFiles(`<Resource Name="Demo.PKG"/><FileCopy Name="data/" Target="${mgrdir}demo/"/>`)
		f["data/empty"] = ""
		w.pack("demo-1.0.0.tgz", f)
		w.must("install demo")
		info, err := os.Stat(w.sys.Dir + "demo/a")
		if err != nil || info.Mode()&0o111 != 0 {
			t.Errorf("%v %v", info, err)
		}
		// Files without content don't survive the older line.
		if _, err := os.Stat(w.sys.Dir + "demo/empty"); (err == nil) == w.old() {
			t.Errorf("the empty file: %v", err)
		}
		home := ".modules/USER/demo/1.0.0/module.xml"
		if !w.old() {
			home = "../ipm/demo/1.0.0/module.xml"
		}
		if _, err := os.Stat(w.sys.Dir + home); err != nil {
			t.Error(err)
		}
		w.must("uninstall demo")
		if _, err := os.Stat(w.sys.Dir + home); err != nil {
			t.Errorf("the unpacked module stays: %v", err)
		}
	})
}

func TestTheStatusReachesCode(t *testing.T) {
	both(t, func(t *testing.T, w *world) {
		class := "%IPM.Main"
		if w.old() {
			class = "%ZPM.PackageManager"
		}
		got := w.value(`set sc=##class(` + class + `).Shell("uninstall nothing") write "|",$system.Status.GetErrorText(sc)`)
		if !strings.HasSuffix(got, "|ERROR #5001: Module 'nothing' not found.") {
			t.Errorf("%q", got)
		}
		w.pack("demo-1.0.0.tgz", demoFiles(`<Resource Name="Demo.PKG"/>`))
		if got := w.value(`set sc=##class(` + class + `).Shell("install demo") write "|",sc`); !strings.HasSuffix(got, "|1") {
			t.Errorf("%q", got)
		}
		other := map[bool]string{false: "%ZPM.PackageManager", true: "%IPM.Main"}[w.old()]
		version := map[bool]string{true: "0.7.2", false: "0.10.9"}[w.old()]
		got = w.value(`do ##class(` + class + `).GetVersion("zpm,demo,none", .out) write $listget(out("zpm"),2),$listtostring(out("demo")),$data(out("none"))`)
		if got != version+"USER,1.0.00" {
			t.Error(got)
		}
		if got := w.value(`do ##class(` + other + `).Shell("list")`); got != "<CLASS DOES NOT EXIST> *"+other {
			t.Errorf("%q", got)
		}
	})
}
