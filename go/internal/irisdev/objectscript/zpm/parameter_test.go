package zpm

import (
	"strings"
	"testing"
)

func TestParametersOfTheModuleHoldUnlessTheCommandGivesThem(t *testing.T) {
	both(t, func(t *testing.T, w *world) {
		own := "%IPM.Lifecycle.Module"
		if w.old() {
			own = "%ZPM.PackageManager.Developer.Lifecycle.Module"
		}
		for _, c := range []struct {
			parts, command string
			shown          bool // what is shown with Verbose alone
		}{
			{`<Parameter Name="Verbose">1</Parameter>`, "load", true},
			{`<Parameter Name="Verbose">1</Parameter>`, "load -quiet", false},
			{`<Parameter Name="Verbose" LifecycleClass="` + own + `">1</Parameter>`, "load", true},
			{`<Parameter Name="Verbose" LifecycleClass="Module">1</Parameter>`, "load", true},
			{`<Parameter Name="Verbose" LifecycleClass="StudioProject">1</Parameter>`, "load", false},
			{`<Parameter Name="Other">1</Parameter><NamespaceConfig EnableEnsemble="1"/>`, "load", false},
		} {
			dir := w.dir(files{"module.xml": manifest("demo", "1.0.0", "<Defaults>"+c.parts+`</Defaults><FileCopy Name="a" Target="${mgrdir}a"/>`), "a": "A"})
			if out := w.must(c.command + " " + dir); strings.Contains(out, "Copying ") != c.shown {
				t.Errorf("%s %s: %s", c.command, c.parts, out)
			}
			w.must("uninstall demo")
		}
	})
}
