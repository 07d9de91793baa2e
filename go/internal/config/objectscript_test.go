package config

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// row is a line of the table that IRIS checks settings with.
var row = regexp.MustCompile(`set table\("([^"]+)"\) = \$listbuild\("([a-z]+)", ([^,]+|"\{\}"), ([^,]*|"[^"]*"), ([^,]*), ([01]), "(.*)"\)`)

// TestTheTableOfIRISIsThisTable: what IRIS takes must be what the sidecar takes, with the same defaults.
func TestTheTableOfIRISIsThisTable(t *testing.T) {
	text, err := os.ReadFile("../../../objectscript/IrisPGWire/Settings.cls")
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]bool{}
	for _, m := range row.FindAllStringSubmatch(string(text), -1) {
		name, otherwise, live := m[1], strings.Trim(m[3], `"`), m[6] == "1"
		if strings.HasPrefix(name, "service.") {
			continue
		}
		found[name] = true
		k := find(name)
		if k == nil {
			t.Errorf("%s is no key of %s", name, FileName)
			continue
		}
		want := strings.Trim(k.otherwise, `"`)
		switch {
		case m[2] == "boolean":
			want = map[string]string{"true": "1", "false": "0"}[want]
		case name == "iris.port":
			want = "" // IRIS asks itself
		}
		if otherwise != want {
			t.Errorf("%s: the default is %q in IRIS and %q here", name, otherwise, want)
		}
		if live != isLive(name) {
			t.Errorf("%s: taken over while running: %v in IRIS, %v here", name, live, isLive(name))
		}
	}
	for _, k := range keys {
		if !found[k.name] && !strings.HasPrefix(k.name, "host.") {
			t.Errorf("IRIS doesn't know %s", k.name)
		}
	}
}
