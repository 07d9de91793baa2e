package zpm

import (
	"strconv"
	"strings"
)

// Range is a version expression: >=1.2.0, ^1.2.3, ~1.2, 1.x, 1.2 - 2.0, joined by blanks (and), || (or). The zero value
// allows every version.
type Range struct{ any [][]bound }

// bound is one comparison.
type bound struct {
	op string // > >= < <= =
	v  Version
}

// ParseRange reads an expression. The error is a *Problem.
func ParseRange(s string) (Range, error) {
	var r Range
	for _, part := range strings.Split(s, "||") {
		part = strings.Map(func(c rune) rune {
			if c == '(' || c == ')' {
				return -1
			}
			return c
		}, strings.ReplaceAll(part, "&&", " "))
		all, err := parseAll(strings.TrimSpace(part))
		if err != nil {
			return r, general("Invalid version expression: %1", s)
		}
		if len(all) == 0 {
			return Range{}, nil // one alternative that allows everything
		}
		r.any = append(r.any, all)
	}
	return r, nil
}

func parseAll(s string) ([]bound, error) {
	if from, to, ok := strings.Cut(s, " - "); ok {
		lower, _, err := span(strings.TrimSpace(from))
		if err != nil {
			return nil, err
		}
		v, upper, err := span(strings.TrimSpace(to))
		if err != nil {
			return nil, err
		}
		if upper == nil {
			return []bound{{">=", lower}, {"<=", v}}, nil
		}
		limit := *upper
		limit.Prerelease = ""
		return []bound{{">=", lower}, {"<", limit}}, nil
	}
	var out []bound
	words := strings.Fields(s)
	for i := 0; i < len(words); i++ {
		w := words[i]
		if strings.Trim(w, "<>=~^") == "" && i+1 < len(words) { // the operator stands apart
			i++
			w += words[i]
		}
		some, err := parseOne(w)
		if err != nil {
			return nil, err
		}
		out = append(out, some...)
	}
	return out, nil
}

func parseOne(w string) ([]bound, error) {
	text := strings.TrimLeft(w, "<>=~^")
	op := w[:len(w)-len(text)]
	v, upper, err := span(text)
	if err != nil {
		return nil, err
	}
	switch op {
	case ">=", "<", "<=", ">":
		if upper != nil && op == "<=" {
			return []bound{{"<", *upper}}, nil
		}
		if upper != nil && op == ">" {
			return []bound{{">=", *upper}}, nil
		}
		return []bound{{op, v}}, nil
	case "~", "~>":
		limit := before(v.Major, v.Minor+1, 0)
		if strings.Count(text, ".") == 0 {
			limit = before(v.Major+1, 0, 0)
		}
		return []bound{{">=", v}, {"<", limit}}, nil
	case "^":
		limit := before(v.Major+1, 0, 0)
		if v.Major == 0 {
			limit = before(0, v.Minor+1, 0)
			if v.Minor == 0 && strings.Count(text, ".") > 1 {
				limit = before(0, 0, v.Patch+1)
			}
		}
		return []bound{{">=", v}, {"<", limit}}, nil
	case "", "=":
		switch {
		case isWild(text):
			return nil, nil
		case upper != nil:
			return []bound{{">=", v}, {"<", *upper}}, nil
		}
		return []bound{{"=", v}}, nil
	}
	return nil, strconv.ErrSyntax
}

func isWild(s string) bool { return s == "" || s == "*" || strings.EqualFold(s, "x") }

// span reads a version that may be cut short or end in .x or .*; upper is then the first version beyond it.
func span(s string) (lower Version, upper *Version, err error) {
	if isWild(s) {
		return Version{}, &Version{Major: 1 << 30}, nil
	}
	parts := strings.SplitN(s, ".", 3)
	n := len(parts)
	for i, p := range parts {
		if isWild(p) {
			n = i
			break
		}
	}
	if lower, err = ParseVersion(strings.Join(parts[:n], ".")); err != nil || n == 3 {
		return lower, nil, err
	}
	limit := before(lower.Major, lower.Minor+1, 0)
	if n == 1 {
		limit = before(lower.Major+1, 0, 0)
	}
	return lower, &limit, nil
}

// before is a limit that comes before a version and its prereleases.
func before(major, minor, patch int) Version {
	return Version{Major: major, Minor: minor, Patch: patch, Prerelease: "0"}
}

// Allows reports a version that the expression allows.
func (r Range) Allows(v Version) bool {
	if len(r.any) == 0 {
		return true
	}
	for _, all := range r.any {
		ok := true
		for _, b := range all {
			ok = ok && b.allows(v)
		}
		if ok {
			return true
		}
	}
	return false
}

// allows compares as versions follow each other, without their builds: a prerelease suits only bounds of its own version.
func (b bound) allows(v Version) bool {
	v.Build = ""
	if v.compare(b.v) == 0 && v.Prerelease == b.v.Prerelease {
		return b.op != "<" && b.op != ">"
	}
	switch b.op {
	case ">", ">=":
		return v.Follows(b.v)
	case "<", "<=":
		return b.v.Follows(v)
	}
	return false
}
