package main

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestParametersOfAMethod(t *testing.T) {
	for list, want := range map[string][]string{
		"":      nil,
		"a":     {"a"},
		"a, %b": {"a", "%b"},
		`ByRef a As %String(MAXLEN = 5, X = ""), Output b = {$lb(1,2)}, c = "x,y"`: {"a", "b", "c"},
	} {
		if diff := cmp.Diff(want, parameters(list)); diff != "" {
			t.Errorf("%s: %s", list, diff)
		}
	}
}

func TestAWatchedMethodNotesItsCall(t *testing.T) {
	const class = "Class A.One\n{\n\nMethod Go()\n{\n}\n\nClassMethod Go(a As %String = \"\", b) As %Status [ Private ]\n{\n\tquit 1\n}\n\n}\n"
	c := call{class: "A.One", method: "Go", args: []string{"${x}"}}
	text, ok := watchMethod(class, c)
	if want := "[ Private ]\n{\n\t" + note + `"A.One:Go"_"|"_$get(a)_"|"_$get(b)` + "\n\tquit 1"; !ok || !strings.Contains(text, want) {
		t.Errorf("%v %s", ok, text)
	}
	if again, ok := watchMethod(text, c); !ok || again != text {
		t.Error("a method is watched twice")
	}
	if _, ok := watchMethod(class, call{class: "A.One", method: "Other"}); ok {
		t.Error("a method that is not there is watched")
	}
	want := c.wanted(func(s string) string { return strings.ReplaceAll(s, "${x}", "v") })
	for log, ok := range map[string]bool{"A.One:Go|v": true, "A.One:Go|v|more": true, "A.One:Go|vw": false, "A.One:Go": false} {
		if err := came([]string{"A.One:Away", log}, want); (err == nil) != ok {
			t.Errorf("%s: %v", log, err)
		}
	}
}

func TestWhyACommandFailed(t *testing.T) {
	for out, want := range map[string]string{
		"[USER|a]\tReload START\nERROR! no\r\n  > because": "no",
		"it\nbroke\n": "broke (exit)",
	} {
		if got := reason(out, errExit{}); got != want {
			t.Errorf("%q: %q", out, got)
		}
	}
	o := outcome{}
	if !o.step("load", nil) || o.step("list", errExit{}) || o.String() != "load, not list: exit" {
		t.Error(o.String())
	}
}

type errExit struct{}

func (errExit) Error() string { return "exit" }
