package pgfunc

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"iris-pgwire/internal/pgerr"
)

// translator turns PostgreSQL's advanced regular expressions (PostgreSQL docs, 9.7.3) into Go's syntax, construct by
// construct; what Go's engine has no equal of is refused.
type translator struct {
	s     string
	at    int
	depth int
	out   strings.Builder
	flags regexFlags
	// atom reports that a quantifier may follow; word that the last atom is surely one word character.
	atom, word bool
	lazy       int // non-greedy quantifiers
	greedy     int
	context    bool // has assertions that look at what is before a position
}

// regexFlags are the options of a regular expression (PostgreSQL docs, table "ARE Embedded-Option Letters").
type regexFlags struct {
	fold, literal         bool
	dotNewline, lineEdges bool // the default: . matches a newline, ^ and $ the ends of the whole text
	global                bool
}

func invalidRegex(what string) error {
	return pgerr.New("2201B", "invalid regular expression: %s", what)
}

func regexRefused(what string) error { return pgerr.NotBuilt(0, "a regular expression with "+what) }

// parseFlags reads the flags argument of the regexp functions.
func parseFlags(text string) (regexFlags, error) {
	f := regexFlags{dotNewline: true}
	for _, c := range text {
		if c == 'g' {
			f.global = true
			continue
		}
		if !f.set(c) {
			if strings.ContainsRune("bextw", c) {
				return f, regexRefused("the option \"" + string(c) + "\"")
			}
			return f, invalidParameter("invalid regular expression option: \"%c\"", c)
		}
	}
	return f, nil
}

func (f *regexFlags) set(c rune) bool {
	switch c {
	case 'i':
		f.fold = true
	case 'c':
		f.fold = false
	case 'q':
		f.literal = true
	case 's':
		f.dotNewline, f.lineEdges = true, false
	case 'm', 'n':
		f.dotNewline, f.lineEdges = false, true
	case 'p':
		f.dotNewline, f.lineEdges = false, false
	case 't', 'e':
	default:
		return false
	}
	return true
}

// translate gives Go's pattern.
func (t *translator) translate() (string, error) {
	if rest, ok := strings.CutPrefix(t.s, "***="); ok {
		t.s, t.flags.literal = rest, true
	} else if rest, ok := strings.CutPrefix(t.s, "***:"); ok {
		t.s = rest
	}
	if !t.flags.literal {
		if err := t.embedded(); err != nil {
			return "", err
		}
	}
	if t.flags.literal {
		t.literals(t.s)
	} else if err := t.branches(); err != nil {
		return "", err
	}
	mode := ""
	if t.flags.fold {
		mode += "i"
	}
	if t.flags.dotNewline {
		mode += "s"
	}
	if t.flags.lineEdges {
		mode += "m"
	}
	if mode != "" {
		return "(?" + mode + ")" + t.out.String(), nil
	}
	return t.out.String(), nil
}

// embedded reads (?flags) at the start.
func (t *translator) embedded() error {
	if !strings.HasPrefix(t.s, "(?") || len(t.s) < 3 || t.s[2] < 'a' || t.s[2] > 'z' {
		return nil
	}
	end := strings.IndexByte(t.s, ')')
	if end < 0 {
		return invalidRegex("invalid embedded option")
	}
	for _, c := range t.s[2:end] {
		if !t.flags.set(c) {
			return regexRefused("the embedded option \"" + string(c) + "\"")
		}
	}
	t.s = t.s[end+1:]
	return nil
}

func (t *translator) literals(s string) {
	for _, r := range s {
		t.literal(r)
	}
}

func (t *translator) literal(r rune) {
	if r < utf8.RuneSelf && strings.IndexByte(`\.+*?()|[]{}^$`, byte(r)) >= 0 {
		t.out.WriteByte('\\')
	}
	t.out.WriteRune(r)
	t.atom, t.word = true, wordChar(r)
}

func wordChar(r rune) bool {
	return r == '_' || r >= '0' && r <= '9' || r|0x20 >= 'a' && r|0x20 <= 'z' && r < utf8.RuneSelf
}

func (t *translator) branches() error {
	for t.at < len(t.s) {
		r, n := utf8.DecodeRuneInString(t.s[t.at:])
		start := t.at
		t.at += n
		if err := t.piece(r, start); err != nil {
			return err
		}
	}
	if t.depth > 0 {
		return invalidRegex("parentheses () not balanced")
	}
	return nil
}

func (t *translator) piece(r rune, start int) error {
	switch r {
	case '(':
		return t.group()
	case ')':
		if t.depth == 0 {
			return invalidRegex("parentheses () not balanced")
		}
		t.depth--
		t.emit(")", true)
	case '|':
		t.emit("|", false)
	case '*', '+', '?':
		return t.quantifier(string(r))
	case '{':
		if t.at < len(t.s) && t.s[t.at] >= '0' && t.s[t.at] <= '9' {
			return t.bound(start)
		}
		t.literal(r)
	case '[':
		return t.bracket()
	case '\\':
		return t.escape()
	case '^', '$':
		t.context = true
		t.emit(string(r), false)
	case '.':
		t.emit(".", true)
	default:
		t.literal(r)
	}
	return nil
}

func (t *translator) emit(s string, atom bool) {
	t.out.WriteString(s)
	t.atom, t.word = atom, false
}

func (t *translator) group() error {
	t.depth++
	if !strings.HasPrefix(t.s[t.at:], "?") {
		t.emit("(", false)
		return nil
	}
	switch {
	case strings.HasPrefix(t.s[t.at:], "?:"):
		t.at += 2
		t.emit("(?:", false)
		return nil
	case strings.HasPrefix(t.s[t.at:], "?="), strings.HasPrefix(t.s[t.at:], "?!"), strings.HasPrefix(t.s[t.at:], "?<"):
		return regexRefused("lookaround")
	}
	return invalidRegex("quantifier operand invalid")
}

// quantifier follows an atom, once.
func (t *translator) quantifier(q string) error {
	if !t.atom {
		return invalidRegex("quantifier operand invalid")
	}
	if t.at < len(t.s) && t.s[t.at] == '?' {
		t.at++
		q += "?"
		t.lazy++
	} else {
		t.greedy++
	}
	t.emit(q, false)
	return nil
}

func (t *translator) bound(start int) error {
	end := strings.IndexByte(t.s[start:], '}')
	if end < 0 {
		return invalidRegex("braces {} not balanced")
	}
	low, high, ranged := strings.Cut(t.s[start+1:start+end], ",")
	m, err := strconv.Atoi(low)
	n := m
	if err == nil && ranged && high != "" {
		n, err = strconv.Atoi(high)
	}
	if err != nil || m > 255 || n > 255 || n < m {
		return invalidRegex("invalid repetition count(s)")
	}
	t.at = start + end + 1
	q := t.s[start:t.at]
	if !ranged || m == n && high != "" {
		// An exact count has no preference of its own.
		if !t.atom {
			return invalidRegex("quantifier operand invalid")
		}
		if t.at < len(t.s) && t.s[t.at] == '?' {
			t.at++
		}
		t.emit(q, false)
		return nil
	}
	return t.quantifier(q)
}
