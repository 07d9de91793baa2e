package zpm

import "testing"

func TestVersionsInOrder(t *testing.T) {
	// The SemVer specification's own example, then releases.
	order := []string{"1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta", "1.0.0-beta.2", "1.0.0-beta.11", "1.0.0-rc.1",
		"1.0.0+snapshot", "1.0.0", "1.0.1", "1.2", "1.10.0", "2"}
	for i, a := range order {
		for j, b := range order {
			v, w := version(t, a), version(t, b)
			if got := v.Follows(w); got != (i > j) {
				t.Errorf("%s follows %s: %v", a, b, got)
			}
		}
	}
	if v := version(t, "1.1.0-a"); v.Follows(version(t, "1.0.0-b")) {
		t.Error("prereleases of different versions follow each other")
	}
}

func version(t *testing.T, s string) Version {
	t.Helper()
	v, err := ParseVersion(s)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestVersionsThatAreNone(t *testing.T) {
	for _, s := range []string{"", "x", "1.x", "01.0.0", "-1.0.0", "1.0.0.0.0", "1..0"} {
		if v, err := ParseVersion(s); err == nil {
			t.Errorf("%q is %v", s, v)
		}
	}
	if s := version(t, "1.2.3-rc.1+b7").String(); s != "1.2.3-rc.1+b7" {
		t.Error(s)
	}
}

func TestVersionExpressions(t *testing.T) {
	for expression, c := range map[string]struct{ in, out string }{
		"":               {"0.0.1", ""},
		"*":              {"9.9.9", ""},
		"1.2.3":          {"1.2.3", "1.2.4"},
		"=1.2.3":         {"1.2.3", "1.2.2"},
		"1.x":            {"1.9.0", "2.0.0"},
		"1.*.*":          {"1.9.0", "2.0.0"},
		"0.1.*":          {"0.1.7", "0.2.0"},
		"1":              {"1.9.9", "2.0.0"},
		">=2024.1":       {"2025.1", "2023.3"},
		">= 2024.1":      {"2024.1", "2023.3"},
		">2024.1":        {"2024.2", "2024.1"},
		"<=2024.1":       {"2024.1", "2024.2"},
		"<2024.1":        {"2023.1", "2024.1"},
		"^1.2.3":         {"1.9.0", "2.0.0"},
		"^0.2.3":         {"0.2.9", "0.3.0"},
		"^0.0.3":         {"0.0.3", "0.0.4"},
		"~1.2.3":         {"1.2.9", "1.3.0"},
		"~1":             {"1.9.0", "2.0.0"},
		">=1.0.0 <2.0.0": {"1.5.0", "2.0.0"},
		">=1.0 && <2.0":  {"1.5.0", "2.0.0"},
		"1.0.0 || 3.x":   {"3.1.0", "2.0.0"},
		"1.2 - 2.0":      {"2.0.5", "2.1.0"},
		"1.0.0 - 1.2.0":  {"1.2.0", "1.2.1"},
		"^1.0.0-beta":    {"1.0.0", "1.0.0-alpha"},
		"1.x.x":          {"1.0.0", "2.0.0-beta.1"},
		">=1.0.0":        {"1.0.0+snapshot", "1.0.0-rc.1"},
	} {
		r, err := ParseRange(expression)
		if err != nil {
			t.Errorf("%s: %v", expression, err)
			continue
		}
		if !r.Allows(version(t, c.in)) {
			t.Errorf("%s does not allow %s", expression, c.in)
		}
		if c.out != "" && r.Allows(version(t, c.out)) {
			t.Errorf("%s allows %s", expression, c.out)
		}
	}
	for _, s := range []string{"x.y", ">>1", "1.0.0 - b", "=>1"} {
		if _, err := ParseRange(s); err == nil {
			t.Errorf("%s is an expression", s)
		}
	}
}
