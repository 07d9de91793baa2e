package fn

import (
	"strings"

	"iris-pgwire/internal/irisdev/value"
)

// stripAction is the second argument of $ZSTRIP: where to strip, and the classes of characters.
type stripAction struct {
	all, lead, trail, repeat bool
	remove, keep             string // class letters; keep are those behind an apostrophe
}

func parseStrip(s string) (stripAction, bool) {
	var p stripAction
	i := 0
	for ; i < len(s); i++ {
		switch s[i] {
		case '*':
			p.all = true
			continue
		case '<':
			p.lead = true
			continue
		case '>':
			p.trail = true
			continue
		case '=':
			p.repeat = true
			continue
		}
		break
	}
	if i == 0 || p.all && i > 1 {
		return p, false
	}
	for ; i < len(s); i++ {
		not := s[i] == '\''
		if not {
			i++
		}
		if i == len(s) || strings.IndexByte("EAPCNLUW", upperByte(s[i])) < 0 || not && p.remove == "" || !not && p.keep != "" {
			return p, false
		}
		if not {
			p.keep += string(upperByte(s[i]))
		} else {
			p.remove += string(upperByte(s[i]))
		}
	}
	return p, true
}

func upperByte(c byte) byte {
	if c >= 'a' && c <= 'z' {
		return c - 'a' + 'A'
	}
	return c
}

// zstrip is $ZSTRIP(string, action, remove, keep).
func zstrip(a args) (value.Value, error) {
	p, ok := parseStrip(a.text(1))
	if !ok {
		return value.Value{}, errFunction
	}
	extra, spared := value.Units(a.text(2)), value.Units(a.text(3))
	matches := func(u uint16) bool {
		if has(extra, u) {
			return true
		}
		return ofClasses(u, p.remove) && !ofClasses(u, p.keep) && !has(spared, u)
	}
	u := value.Units(a.text(0))
	return str(value.FromUnits(p.strip(u, matches)))
}

func (p stripAction) strip(u []uint16, matches func(uint16) bool) []uint16 {
	for p.lead && len(u) > 0 && matches(u[0]) {
		u = u[1:]
	}
	for p.trail && len(u) > 0 && matches(u[len(u)-1]) {
		u = u[:len(u)-1]
	}
	out := make([]uint16, 0, len(u))
	for _, c := range u {
		if p.all && matches(c) || p.repeat && len(out) > 0 && out[len(out)-1] == c && matches(c) {
			continue
		}
		out = append(out, c)
	}
	return out
}

func has(list []uint16, u uint16) bool {
	for _, c := range list {
		if c == u {
			return true
		}
	}
	return false
}
