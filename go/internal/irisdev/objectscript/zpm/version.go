package zpm

import (
	"strconv"
	"strings"
)

// Version is a semantic version.
type Version struct {
	Major, Minor, Patch int
	Prerelease, Build   string
}

// ParseVersion reads major.minor.patch-prerelease+build; a part that is missing is 0. The error is a *Problem.
func ParseVersion(s string) (Version, error) {
	v := Version{}
	rest, build, _ := strings.Cut(s, "+")
	rest, pre, _ := strings.Cut(rest, "-")
	v.Prerelease, v.Build = pre, build
	parts := strings.Split(rest, ".")
	if len(parts) > 3 {
		if len(parts) > 4 || v.Build != "" {
			return v, general("Invalid version: %1", s)
		}
		v.Build = parts[3]
	}
	for i, to := range []*int{&v.Major, &v.Minor, &v.Patch} {
		if i >= len(parts) {
			break
		}
		n, err := strconv.Atoi(parts[i])
		if err != nil || n < 0 || strconv.Itoa(n) != parts[i] {
			return v, general("%1 version (%2) must be a positive integer without trailing zeros.", []string{"Major", "Minor", "Patch"}[i], parts[i])
		}
		*to = n
	}
	return v, nil
}

// Snapshot reports a version that is still being worked on.
func (v Version) Snapshot() bool { return strings.EqualFold(v.Build, "snapshot") }

// String writes it in full.
func (v Version) String() string {
	s := strconv.Itoa(v.Major) + "." + strconv.Itoa(v.Minor) + "." + strconv.Itoa(v.Patch)
	if v.Prerelease != "" {
		s += "-" + v.Prerelease
	}
	if v.Build != "" {
		s += "+" + v.Build
	}
	return s
}

// compare orders by major, minor and patch.
func (v Version) compare(o Version) int {
	for _, d := range []int{v.Major - o.Major, v.Minor - o.Minor, v.Patch - o.Patch} {
		if d != 0 {
			return d
		}
	}
	return 0
}

// Follows reports a later version. Prereleases of different versions do not follow each other, a release follows its
// prereleases, and the snapshot of a version is followed by the version itself.
func (v Version) Follows(o Version) bool {
	c := v.compare(o)
	switch {
	case c != 0:
		return c > 0 && (v.Prerelease == "" || o.Prerelease == "")
	case v.Prerelease == o.Prerelease:
		return o.Snapshot() && !v.Snapshot()
	case v.Prerelease == "" || o.Prerelease == "":
		return v.Prerelease == ""
	}
	return laterParts(strings.Split(v.Prerelease, "."), strings.Split(o.Prerelease, "."))
}

// laterParts compares prereleases part by part: numbers come before texts, more parts after fewer.
func laterParts(a, b []string) bool {
	for i, x := range a {
		if i >= len(b) {
			return true
		}
		if x == b[i] {
			continue
		}
		n, err1 := strconv.Atoi(x)
		m, err2 := strconv.Atoi(b[i])
		switch {
		case err1 == nil && err2 == nil:
			return n > m
		case err1 == nil || err2 == nil:
			return err1 != nil
		}
		return x > b[i]
	}
	return false
}
