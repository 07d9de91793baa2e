package fn

import (
	"fmt"
	"regexp"
	"strings"

	"iris-pgwire/internal/irisdev/objectscript/fault"
	"iris-pgwire/internal/irisdev/value"
)

var regexpFunctions = table{
	"$LOCATE": pure(2, 3, func(a args) (value.Value, error) {
		m, err := Locate(a.text(0), a.text(1), a.int(2, 1))
		if err != nil {
			return value.Value{}, err
		}
		return count(m.Start)
	}),
	"$MATCH": pure(2, 2, func(a args) (value.Value, error) {
		re, err := compileRegexp(`\A(?:`, a.text(1), `)\z`)
		if err != nil {
			return value.Value{}, err
		}
		return truth(re.MatchString(a.text(0)))
	}),
}

// Found is what $LOCATE found: the first position, the one behind the last, and the text. Start is 0 for nothing.
type Found struct {
	Start, End int
	Text       value.Value
}

// Locate is $LOCATE: the first match at or behind a position. A start beyond the position after the end, and a regular
// expression that is wrong or needs what is not built (look-around, back references, possessive repeats), are
// <REGULAR EXPRESSION>.
func Locate(s, pattern string, start int) (Found, error) {
	re, err := compileRegexp("", pattern, "")
	if err != nil {
		return Found{}, err
	}
	n := value.Length(s)
	start = max(start, 1)
	if start > n+1 {
		return Found{}, fault.New("REGULAR EXPRESSION", "")
	}
	from, ok := offset(s, start)
	if !ok && n > 0 {
		return Found{}, nil
	}
	if from > 0 && looksBack(pattern) {
		if re, err = behind(s[:from], pattern); err != nil {
			return Found{}, err
		}
		m := re.FindStringSubmatchIndex(s)
		if m == nil {
			return Found{}, nil
		}
		return found(s, m[2], m[3]), nil
	}
	m := re.FindStringIndex(s[from:])
	if m == nil {
		return Found{}, nil
	}
	return found(s, from+m[0], from+m[1]), nil
}

func found(s string, from, to int) Found {
	return Found{Start: value.Length(s[:from]) + 1, End: value.Length(s[:to]) + 1, Text: Str(s[from:to])}
}

// looksBack reports a regular expression whose match depends on what stands in front of it.
func looksBack(p string) bool {
	for _, w := range []string{"^", `\b`, `\B`, `\A`} {
		if strings.Contains(p, w) {
			return true
		}
	}
	return false
}

// behind compiles an expression whose first group is the first match behind a text.
func behind(skipped, pattern string) (*regexp.Regexp, error) {
	var b strings.Builder
	b.WriteString(`\A`)
	n := len([]rune(skipped))
	for ; n > 1000; n -= 1000 {
		b.WriteString(`(?s:.{1000})`)
	}
	fmt.Fprintf(&b, `(?s:.{%d})(?s:.*?)(`, n)
	return compileRegexp(b.String(), pattern, ")")
}

// compileRegexp translates a regular expression of ICU (IRIS docs, "Regular Expressions") and compiles it.
func compileRegexp(before, pattern, after string) (*regexp.Regexp, error) {
	text, ok := translateRegexp(pattern)
	if ok {
		if re, err := regexp.Compile(before + text + after); err == nil {
			return re, nil
		}
	}
	return nil, fault.New("REGULAR EXPRESSION", "")
}

// regexpClasses are escapes whose meaning differs: ICU's look at all of Unicode.
var regexpClasses = map[byte]string{
	'd': `\p{Nd}`, 'w': `\p{L}\p{M}\p{Nd}\p{Pc}`, 's': `\t\n\v\f\r\x{85}\p{Z}`, 'h': `\t\p{Zs}`, 'v': `\n\v\f\r\x{85}\x{2028}\x{2029}`,
}

// notSpace are the ranges between what \s matches.
const notSpace = `\x{0}-\x{8}\x{e}-\x{1f}\x{21}-\x{84}\x{86}-\x{9f}\x{a1}-\x{167f}\x{1681}-\x{1fff}\x{200b}-\x{2027}` +
	`\x{202a}-\x{202e}\x{2030}-\x{205e}\x{2060}-\x{2fff}\x{3001}-\x{10ffff}`

// translateRegexp rewrites what Go writes in another way; false for what it doesn't have.
func translateRegexp(p string) (string, bool) {
	var b strings.Builder
	inSet := false
	for i := 0; i < len(p); i++ {
		c := p[i]
		switch {
		case c == '\\':
			text, n, ok := translateEscape(p[i+1:], inSet)
			if !ok {
				return "", false
			}
			b.WriteString(text)
			i += n
			continue
		case inSet && c == '[' && !strings.HasPrefix(p[i:], "[:"), inSet && strings.HasPrefix(p[i:], "&&"), inSet && strings.HasPrefix(p[i:], "--"):
			return "", false // set operations
		case inSet && strings.HasPrefix(p[i:], "[:"):
			end := strings.Index(p[i:], ":]")
			if end < 0 {
				return "", false
			}
			b.WriteString(p[i : i+end+2])
			i += end + 1
			continue
		case c == '[':
			inSet = true
			if strings.HasPrefix(p[i+1:], "^") {
				b.WriteString("[^")
				i++
				continue
			}
		case c == ']':
			inSet = false
		}
		b.WriteByte(c)
	}
	return b.String(), !inSet
}

// translateEscape rewrites what follows a backslash and says how many bytes it took.
func translateEscape(p string, inSet bool) (string, int, bool) {
	if p == "" {
		return "", 0, false
	}
	c := p[0]
	if set, ok := regexpClasses[lowerByte(c)]; ok {
		switch {
		case !inSet && c < 'a':
			return "[^" + set + "]", 1, true
		case !inSet:
			return "[" + set + "]", 1, true
		case c == 'D':
			return `\P{Nd}`, 1, true
		case c == 'S':
			return notSpace, 1, true
		case c < 'a':
			return "", 0, false // a negated class in a set
		}
		return set, 1, true
	}
	switch c {
	case 'u':
		if len(p) < 5 {
			return "", 0, false
		}
		return `\x{` + p[1:5] + `}`, 5, true
	case 'U':
		if len(p) < 9 {
			return "", 0, false
		}
		return `\x{` + p[1:9] + `}`, 9, true
	case 'e':
		return `\x1b`, 1, true
	case 'R':
		return `(?:\r\n|[\n\v\f\r\x{85}\x{2028}\x{2029}])`, 1, !inSet
	case 'Z':
		return `\n?\z`, 1, !inSet
	case 'Q':
		end := strings.Index(p, `\E`)
		if end < 0 {
			return regexp.QuoteMeta(p[1:]), len(p), true
		}
		return regexp.QuoteMeta(p[1:end]), end + 2, true
	case 'p', 'P', 'x':
		return `\` + string(c), 1, true
	}
	if c >= '1' && c <= '9' || strings.IndexByte("GXNkKcC", c) >= 0 {
		return "", 0, false
	}
	return `\` + string(c), 1, true
}

func lowerByte(c byte) byte {
	if c >= 'A' && c <= 'Z' {
		return c - 'A' + 'a'
	}
	return c
}
