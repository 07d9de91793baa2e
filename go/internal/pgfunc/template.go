package pgfunc

import (
	"strings"
	"unicode/utf8"
)

// node is one piece of a template of to_char and its like: a pattern with its modifiers, or literal characters.
type node struct {
	pattern string // as the table spells it; "" for literal text
	text    string // the literal text
	quoted  bool   // it stood in double quotes
	fill    bool   // FM: no padding
	th      string // "th" or "TH"
}

// datePatterns are the patterns of dates and times, the longer before the shorter (PostgreSQL docs, table
// "Template Patterns for Date/Time Formatting"). A lower-case spelling means the same unless it is listed by itself.
var datePatterns = strings.Fields(`
A.D. A.M. AD AM B.C. BC CC DAY DDD DD DY Day Dy D FF1 FF2 FF3 FF4 FF5 FF6 FX HH24 HH12 HH IDDD ID IW IYYY IYY IY I J MI
MM MONTH MON MS Month Mon OF P.M. PM Q RM SSSSS SSSS SS TZH TZM TZ US WW W Y,YYY YYYY YYY YY Y
a.d. a.m. ad am b.c. bc cc day ddd dd dy d ff1 ff2 ff3 ff4 ff5 ff6 fx hh24 hh12 hh iddd id iw iyyy iyy iy i j mi
mm month mon ms of p.m. pm q rm sssss ssss ss tzh tzm tz us ww w y,yyy yyyy yyy yy y
`)

// ownCase are the lower-case patterns that differ from their upper-case ones.
var ownCase = wordSet("a.d. a.m. ad am b.c. bc day dy month mon p.m. pm rm tz")

// dateTemplate cuts a template for dates into its nodes.
func dateTemplate(s string) []node {
	var out []node
	for len(s) > 0 {
		var n node
		for {
			switch {
			case strings.HasPrefix(s, "FM"), strings.HasPrefix(s, "fm"):
				n.fill = true
				s = s[2:]
				continue
			case strings.HasPrefix(s, "TM"), strings.HasPrefix(s, "tm"):
				s = s[2:] // the names of the locale, which are the English ones
				continue
			}
			break
		}
		if s == "" {
			break
		}
		if p := prefixOfAny(s, datePatterns); p != "" {
			n.pattern, s = p, s[len(p):]
			if !ownCase[p] && p != "Day" && p != "Dy" && p != "Month" && p != "Mon" {
				n.pattern = strings.ToUpper(p)
			}
			switch {
			case strings.HasPrefix(s, "TH"), strings.HasPrefix(s, "th"):
				n.th, s = s[:2], s[2:]
			case strings.HasPrefix(s, "SP"), strings.HasPrefix(s, "sp"):
				s = s[2:]
			}
			out = append(out, n)
			continue
		}
		n.text, n.quoted, s = literalOf(s)
		out = append(out, n)
	}
	return out
}

func prefixOfAny(s string, list []string) string {
	for _, p := range list {
		if strings.HasPrefix(s, p) {
			return p
		}
	}
	return ""
}

// literalOf reads a quoted string, or one character; a backslash before a double quote makes it a character.
func literalOf(s string) (text string, quoted bool, rest string) {
	switch {
	case s[0] == '"':
		var b strings.Builder
		i := 1
		for ; i < len(s) && s[i] != '"'; i++ {
			if s[i] == '\\' && i+1 < len(s) {
				i++
			}
			b.WriteByte(s[i])
		}
		return b.String(), true, s[min(i+1, len(s)):]
	case strings.HasPrefix(s, `\"`):
		return `"`, false, s[2:]
	}
	_, n := utf8.DecodeRuneInString(s)
	return s[:n], false, s[n:]
}
