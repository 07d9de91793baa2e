package fn

import (
	"fmt"
	"strings"

	"iris-pgwire/internal/irisdev/value"
)

// The escapes of $ZCONVERT's tables, as its page lists them.

var htmlEscapes = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "'", "&#39;", "\u00a0", "&nbsp;")

var xmlEscapes = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "'", "&apos;")

func escapeHTML(s string) (string, error) { return htmlEscapes.Replace(s), nil }

func escapeXML(s string) (string, error) { return xmlEscapes.Replace(s), nil }

// escapeURL leaves letters, digits and ! $ ' ( ) * - . _ / as they are; a character beyond 255 is %uhhhh.
func escapeURL(s string) (string, error) {
	var b strings.Builder
	for _, u := range value.Units(s) {
		switch {
		case u > 0xFF:
			fmt.Fprintf(&b, "%%u%04X", u)
		case u >= 'a' && u <= 'z' || u >= 'A' && u <= 'Z' || u >= '0' && u <= '9' || strings.IndexByte("!$'()*-._/", byte(u)) >= 0:
			b.WriteByte(byte(u))
		default:
			fmt.Fprintf(&b, "%%%02X", u)
		}
	}
	return b.String(), nil
}

var jsLetters = map[uint16]string{'\b': `\b`, '\t': `\t`, '\n': `\n`, '\v': `\v`, '\f': `\f`, '\r': `\r`, '"': `\"`, '\'': `\'`, '/': `\/`, '\\': `\\`}

var jsonLetters = map[uint16]string{'\b': `\b`, '\t': `\t`, '\n': `\n`, '\f': `\f`, '\r': `\r`, '"': `\"`, '\\': `\\`}

func escapeJS(s string) (string, error)   { return escapeLetters(s, jsLetters, 8, `\x%02x`), nil }
func escapeJSON(s string) (string, error) { return escapeLetters(s, jsonLetters, 32, `\u%04X`), nil }

// escapeLetters writes letters as listed, and other characters below a limit by their code.
func escapeLetters(s string, letters map[uint16]string, below uint16, control string) string {
	in := value.Units(s)
	out := make([]uint16, 0, len(in))
	for _, u := range in {
		text, named := letters[u]
		if !named && u < below {
			text, named = fmt.Sprintf(control, u), true
		}
		if !named {
			out = append(out, u)
			continue
		}
		for i := 0; i < len(text); i++ {
			out = append(out, uint16(text[i]))
		}
	}
	return value.FromUnits(out)
}

// utf8Out gives the bytes of a text in UTF-8; half a surrogate pair is no character and becomes a question mark.
func utf8Out(s string) (string, error) {
	var b []byte
	for _, r := range wide(s) {
		if r >= 0xD800 && r <= 0xDFFF {
			r = '?'
		}
		b = append(b, string(r)...)
	}
	return value.FromLatin1(b), nil
}
