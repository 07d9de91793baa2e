package pgfunc

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// classEscapes are the shorthands for classes; Go's \s lacks the vertical tab.
var classEscapes = map[byte]string{
	'd': "[0-9]", 'D': "[^0-9]", 'w': "[0-9A-Za-z_]", 'W': "[^0-9A-Za-z_]", 's': "[[:space:]]", 'S': "[^[:space:]]",
}

// charEscapes are the escapes for one character (PostgreSQL docs, table "Regular Expression Character-Entry Escapes").
var charEscapes = map[byte]rune{
	'a': 7, 'b': 8, 'B': '\\', 'e': 27, 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t', 'v': '\v', '0': 0,
}

// escape reads what follows a backslash outside of brackets.
func (t *translator) escape() error {
	if t.at >= len(t.s) {
		return invalidRegex("invalid escape \\ sequence")
	}
	c := t.s[t.at]
	if class, ok := classEscapes[c]; ok {
		t.at++
		t.emit(class, true)
		t.word = c == 'd' || c == 'w'
		return nil
	}
	switch {
	case c == 'A':
		t.context = true
		return t.assertion(`\A`)
	case c == 'Z':
		return t.assertion(`\z`)
	case c == 'y':
		t.context = true
		return t.assertion(`\b`)
	case c == 'Y':
		t.context = true
		return t.assertion(`\B`)
	case c == 'm' || c == 'M':
		return t.wordEdge(c)
	case c >= '1' && c <= '9':
		return regexRefused("a back-reference")
	}
	r, err := t.charEscape()
	if err != nil {
		return err
	}
	t.literal(r)
	return nil
}

func (t *translator) assertion(s string) error {
	t.at++
	t.emit(s, false)
	return nil
}

// wordEdge is \m and \M, which are \b where the character inside the word is known.
func (t *translator) wordEdge(c byte) error {
	inside := t.word
	if c == 'm' {
		next, _ := utf8.DecodeRuneInString(t.s[t.at+1:])
		rest := t.s[t.at+1:]
		inside = wordChar(next) || strings.HasPrefix(rest, `\w`) || strings.HasPrefix(rest, `\d`)
		// A quantifier behind that character may make it absent.
		if tail := strings.TrimLeft(rest, `\`); len(tail) > 1 && strings.IndexByte("*?{", tail[1]) >= 0 {
			inside = false
		}
	}
	if !inside {
		return regexRefused("\\" + string(rune(c)) + " beside anything but a word character")
	}
	t.context = true
	return t.assertion(`\b`)
}

// charEscape reads an escape that stands for one character, its letter next.
func (t *translator) charEscape() (rune, error) {
	c := t.s[t.at]
	bad := invalidRegex("invalid escape \\ sequence")
	digits := 0
	switch c {
	case 'x':
		for t.at+1+digits < len(t.s) && isHex(t.s[t.at+1+digits]) {
			digits++
		}
	case 'u':
		digits = 4
	case 'U':
		digits = 8
	case 'c':
		if t.at+1 >= len(t.s) {
			return 0, bad
		}
		r := rune(t.s[t.at+1] & 31)
		t.at += 2
		return r, nil
	}
	if digits > 0 {
		end := t.at + 1 + digits
		if end > len(t.s) {
			return 0, bad
		}
		n, err := strconv.ParseUint(t.s[t.at+1:end], 16, 32)
		if err != nil || n > utf8.MaxRune {
			return 0, bad
		}
		t.at = end
		return rune(n), nil
	}
	if r, ok := charEscapes[c]; ok {
		t.at++
		return r, nil
	}
	if wordChar(rune(c)) && c != '_' {
		return 0, bad
	}
	r, n := utf8.DecodeRuneInString(t.s[t.at:])
	t.at += n
	return r, nil
}

func isHex(c byte) bool {
	return c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'f'
}

// bracket translates [ ], where a ] or - may stand first and a \ escapes.
func (t *translator) bracket() error {
	unbalanced := invalidRegex("brackets [] not balanced")
	switch {
	case strings.HasPrefix(t.s[t.at:], "[:<:]]"), strings.HasPrefix(t.s[t.at:], "[:>:]]"):
		return regexRefused("[[:<:]] and [[:>:]]")
	}
	var b strings.Builder
	b.WriteByte('[')
	negated := strings.HasPrefix(t.s[t.at:], "^")
	if negated {
		t.at++
		b.WriteByte('^')
		if !t.flags.dotNewline {
			b.WriteString(`\n`)
		}
	}
	for first := true; ; first = false {
		if t.at >= len(t.s) {
			return unbalanced
		}
		if t.s[t.at] == ']' && !first {
			t.at++
			break
		}
		if err := t.member(&b); err != nil {
			return err
		}
	}
	b.WriteByte(']')
	t.emit(b.String(), true)
	return nil
}

// member reads a class, a character or a range of a bracket expression.
func (t *translator) member(b *strings.Builder) error {
	rest := t.s[t.at:]
	switch {
	case strings.HasPrefix(rest, "[:"):
		end := strings.Index(rest, ":]")
		if end < 0 {
			return invalidRegex("brackets [] not balanced")
		}
		name := rest[2:end]
		if !strings.Contains(" alnum alpha blank cntrl digit graph lower print punct space upper xdigit word ", " "+name+" ") {
			return invalidRegex("invalid character class")
		}
		b.WriteString("[:" + name + ":]")
		t.at += end + 2
		return nil
	case strings.HasPrefix(rest, "[."), strings.HasPrefix(rest, "[="):
		return regexRefused("a collating element")
	case rest[0] == '\\' && len(rest) > 1:
		if class, ok := classEscapes[rest[1]]; ok {
			if rest[1] == 'D' || rest[1] == 'W' || rest[1] == 'S' {
				return invalidRegex("invalid escape \\ sequence")
			}
			b.WriteString(strings.TrimSuffix(strings.TrimPrefix(class, "["), "]"))
			t.at += 2
			return nil
		}
	}
	low, err := t.bracketChar()
	if err != nil {
		return err
	}
	writeClassChar(b, low)
	if !strings.HasPrefix(t.s[t.at:], "-") || strings.HasPrefix(t.s[t.at:], "-]") {
		return nil
	}
	t.at++
	if t.at >= len(t.s) {
		return invalidRegex("brackets [] not balanced")
	}
	high, err := t.bracketChar()
	if err != nil {
		return err
	}
	if high < low {
		return invalidRegex("invalid character range")
	}
	b.WriteByte('-')
	writeClassChar(b, high)
	return nil
}

func (t *translator) bracketChar() (rune, error) {
	if t.s[t.at] == '\\' {
		t.at++
		if t.at >= len(t.s) {
			return 0, invalidRegex("invalid escape \\ sequence")
		}
		return t.charEscape()
	}
	r, n := utf8.DecodeRuneInString(t.s[t.at:])
	t.at += n
	return r, nil
}

func writeClassChar(b *strings.Builder, r rune) {
	if r < utf8.RuneSelf && strings.IndexByte(`\[]^-&~`, byte(r)) >= 0 {
		b.WriteByte('\\')
	}
	b.WriteRune(r)
}
