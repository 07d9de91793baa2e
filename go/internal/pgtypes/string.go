package pgtypes

import (
	"strings"
	"unicode/utf8"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgerr"
)

// maxName is NAMEDATALEN - 1, the bytes of a value of type name.
const maxName = 63

// checkText refuses what PostgreSQL refuses in any text of a UTF-8 database: broken UTF-8 and NUL. NUL is also IRIS's
// own mark of the empty string.
func checkText(text string) error {
	if strings.IndexByte(text, 0) >= 0 {
		return pgerr.New(pgerr.CharacterNotInRepertoire, "invalid byte sequence for encoding \"UTF8\": 0x00")
	}
	if utf8.ValidString(text) {
		return nil
	}
	for i, r := range text {
		if r == utf8.RuneError {
			if _, size := utf8.DecodeRuneInString(text[i:]); size == 1 {
				return pgerr.New(pgerr.CharacterNotInRepertoire, "invalid byte sequence for encoding \"UTF8\": 0x%02x", text[i])
			}
		}
	}
	return nil
}

func parseString(t Type, text string, _ Style) (iris.Value, error) {
	switch t.OID {
	case Varchar:
		cut, err := fitLength(text, t.CharLength(), "character varying")
		return iris.Text(cut), err
	case Bpchar:
		cut, err := fitLength(text, t.CharLength(), "character")
		// Blanks at the end mean nothing in char(n); without them IRIS compares values as PostgreSQL does.
		return iris.Text(strings.TrimRight(cut, " ")), err
	case Name:
		return iris.Text(cutBytes(text, maxName)), nil
	case Char:
		return iris.Text(cutBytes(text, max(1, firstRune(text)))), nil
	}
	return iris.Text(text), nil
}

// fitLength cuts blanks beyond n characters and refuses anything else there (PostgreSQL docs, "Character Types").
func fitLength(text string, n int, name string) (string, error) {
	if n < 0 || len(text) <= n {
		return text, nil
	}
	count := 0
	for i := range text {
		if count == n {
			if strings.Trim(text[i:], " ") != "" {
				return "", pgerr.New(pgerr.StringDataRightTruncation, "value too long for type %s(%d)", name, n)
			}
			return text[:i], nil
		}
		count++
	}
	return text, nil
}

// cutBytes cuts at a character's start, at most n bytes.
func cutBytes(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

func firstRune(s string) int {
	_, size := utf8.DecodeRuneInString(s)
	return size
}

func textString(dst []byte, t Type, v iris.Value, _ Style) ([]byte, error) {
	return sendString(dst, t, v)
}

func sendString(dst []byte, _ Type, v iris.Value) ([]byte, error) {
	if !v.Paired() {
		return dst, unpaired(v)
	}
	return v.AppendText(dst), nil
}

// unpaired is the complaint about a Unicode string of IRIS's that cuts a character beyond U+FFFF in two: a changed text would
// be worse than none.
func unpaired(v iris.Value) error {
	text := []rune(v.String())
	return pgerr.New(pgerr.CharacterNotInRepertoire, "a text of IRIS has half a character, which UTF-8 cannot hold").
		WithDetail("The text has %d characters and begins with %q.", len(text), string(text[:min(len(text), 40)]))
}

// recvString is the input function: the binary form of a text is the text.
func recvString(t Type, b []byte) (iris.Value, error) { return checked(parseString)(t, b) }

// checked makes a receive function of an input function for the types whose binary form is their text.
func checked(parse func(Type, string, Style) (iris.Value, error)) func(Type, []byte) (iris.Value, error) {
	return func(t Type, b []byte) (iris.Value, error) {
		text := string(b)
		if err := checkText(text); err != nil {
			return iris.Null(), err
		}
		return parse(t, text, Style{})
	}
}

// textBpchar pads to the n characters of char(n).
func textBpchar(dst []byte, t Type, v iris.Value, _ Style) ([]byte, error) {
	if !v.Paired() {
		return dst, unpaired(v)
	}
	start := len(dst)
	dst = v.AppendText(dst)
	for n := utf8.RuneCount(dst[start:]); n < t.CharLength(); n++ {
		dst = append(dst, ' ')
	}
	return dst, nil
}

func sendBpchar(dst []byte, t Type, v iris.Value) ([]byte, error) {
	return textBpchar(dst, t, v, Style{})
}

// recvChar and sendChar are for "char": one byte, zero for the empty value.
func recvChar(t Type, b []byte) (iris.Value, error) {
	switch {
	case len(b) != 1 || b[0] >= utf8.RuneSelf:
		return iris.Null(), badBinary(t)
	case b[0] == 0:
		return iris.Text(""), nil
	}
	return iris.Text(string(b)), nil
}

func sendChar(dst []byte, _ Type, v iris.Value) ([]byte, error) {
	if len(v.Raw()) == 0 && v.Kind() != iris.KindInt {
		return append(dst, 0), nil
	}
	return append(dst, v.String()[0]), nil
}
