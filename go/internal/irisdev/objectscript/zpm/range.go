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
		return []bound{{">=", lower}, {"<", *upper}}, nil
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
		limit := Version{Major: v.Major, Minor: v.Minor + 1}
		if strings.Count(text, ".") == 0 {
			limit = Version{Major: v.Major + 1}
		}
		return []bound{{">=", v}, {"<", limit}}, nil
	case "^":
		limit := Version{Major: v.Major + 1}
		if v.Major == 0 {
			limit = Version{Minor: v.Minor + 1}
			if v.Minor == 0 && strings.Count(text, ".") > 1 {
				limit = Version{Patch: v.Patch + 1}
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
	if n == 1 {
		return lower, &Version{Major: lower.Major + 1}, nil
	}
	return lower, &Version{Major: lower.Major, Minor: lower.Minor + 1}, nil
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

func (b bound) allows(v Version) bool {
	c := v.compare(b.v)
	if c == 0 && v.Prerelease != b.v.Prerelease {
		c = -1
		if v.Prerelease == "" || b.v.Prerelease != "" && v.Follows(b.v) {
			c = 1
		}
	}
	switch b.op {
	case ">":
		return c > 0
	case ">=":
		return c >= 0
	case "<":
		return c < 0
	case "<=":
		return c <= 0
	}
	return c == 0
}
