package fn

import (
	"html"
	"strconv"
	"strings"
	"unicode/utf8"

	"iris-pgwire/internal/irisdev/value"
)

// utf8In reads bytes in UTF-8. What begins a character at the end and is not whole stays as the rest; a wrong byte is a
// question mark. A text with characters beyond a byte is no input in UTF-8 and stays as it is.
func utf8In(s string) (string, string, error) {
	b, ok := value.Latin1(s)
	if !ok {
		return s, "", nil
	}
	var out strings.Builder
	for len(b) > 0 {
		r, n := utf8.DecodeRune(b)
		switch {
		case r != utf8.RuneError || n > 1:
			out.WriteRune(r)
		case !utf8.FullRune(b):
			return out.String(), value.FromLatin1(b), nil
		default:
			out.WriteByte('?')
		}
		b = b[n:]
	}
	return out.String(), "", nil
}

// unescapeEntities reads the character references of HTML and XML.
func unescapeEntities(s string) (string, string, error) {
	if !strings.Contains(s, "&") {
		return s, "", nil
	}
	return html.UnescapeString(s), "", nil
}

// unescapeURL reads %hh and %uhhhh; what is no escape stays.
func unescapeURL(s string) (string, string, error) {
	in := value.Units(s)
	var out []uint16
	for i := 0; i < len(in); {
		switch {
		case in[i] == '%' && i+1 < len(in) && (in[i+1] == 'u' || in[i+1] == 'U') && isHex(in, i+2, 4):
			out, i = append(out, hex(in, i+2, 4)), i+6
		case in[i] == '%' && isHex(in, i+1, 2):
			out, i = append(out, hex(in, i+1, 2)), i+3
		default:
			out, i = append(out, in[i]), i+1
		}
	}
	return value.FromUnits(out), "", nil
}

// unescapeJS reads the escapes of JavaScript and JSON: \n \t …, \xhh, \uhhhh and up to three octal digits.
func unescapeJS(s string) (string, string, error) {
	in := value.Units(s)
	var out []uint16
	for i := 0; i < len(in); {
		if in[i] != '\\' || i+1 == len(in) {
			out, i = append(out, in[i]), i+1
			continue
		}
		u, n := jsEscape(in, i+1)
		out, i = append(out, u), i+1+n
	}
	return value.FromUnits(out), "", nil
}

// jsEscape reads what follows a backslash and says how many characters it took.
func jsEscape(in []uint16, i int) (uint16, int) {
	switch c := in[i]; {
	case c == 'x' && isHex(in, i+1, 2):
		return hex(in, i+1, 2), 3
	case c == 'u' && isHex(in, i+1, 4):
		return hex(in, i+1, 4), 5
	case c >= '0' && c <= '7':
		n, used := uint16(0), 0
		for used < 3 && i+used < len(in) && in[i+used] >= '0' && in[i+used] <= '7' {
			n, used = n*8+in[i+used]-'0', used+1
		}
		return n, used
	default:
		if at := strings.IndexByte("btnvfr", byte(c)); at >= 0 && c < 128 {
			return uint16("\b\t\n\v\f\r"[at]), 1
		}
		return c, 1
	}
}

func isHex(in []uint16, at, n int) bool {
	if at+n > len(in) {
		return false
	}
	for _, u := range in[at : at+n] {
		if !(u >= '0' && u <= '9' || u >= 'a' && u <= 'f' || u >= 'A' && u <= 'F') {
			return false
		}
	}
	return true
}

func hex(in []uint16, at, n int) uint16 {
	v, _ := strconv.ParseUint(value.FromUnits(in[at:at+n]), 16, 16)
	return uint16(v)
}
