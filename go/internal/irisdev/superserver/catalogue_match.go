package superserver

import "strings"

// searchEscape is the driver's getSearchStringEscape().
const searchEscape = '\\'

// matches compares a name with a pattern of LIKE, letter case aside, as IRIS compares names: % is any text, _ any
// character, a backslash takes the next one as it is.
func matches(pattern, name string) bool {
	return like([]rune(strings.ToUpper(pattern)), []rune(strings.ToUpper(name)))
}

func like(pattern, name []rune) bool {
	for len(pattern) > 0 {
		p := pattern[0]
		pattern = pattern[1:]
		switch {
		case p == '%':
			for i := range len(name) + 1 {
				if like(pattern, name[i:]) {
					return true
				}
			}
			return false
		case len(name) == 0:
			return false
		case p == searchEscape && len(pattern) > 0:
			p, pattern = pattern[0], pattern[1:]
			if p != name[0] {
				return false
			}
		case p != '_' && p != name[0]:
			return false
		}
		name = name[1:]
	}
	return len(name) == 0
}

// is compares a name with one that is not a pattern; % stands for a name that the program left out.
func is(want, name string) bool { return want == "%" || strings.EqualFold(want, name) }
