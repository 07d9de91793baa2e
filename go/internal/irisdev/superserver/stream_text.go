package superserver

import (
	"strings"
	"unicode/utf8"
)

// utf16Width is how many characters of IRIS, which are UTF-16 code units, a rune has.
func utf16Width(r rune) int {
	if r > 0xFFFF {
		return 2
	}
	return 1
}

// surrogate reads one half of a surrogate pair in three bytes, which is how the JDBC driver sends it (CESU-8).
func surrogate(b []byte) (half rune, ok bool) {
	if len(b) < 3 || b[0] != 0xED || b[1]&0xE0 != 0xA0 || b[2]&0xC0 != 0x80 {
		return 0, false
	}
	return 0xD000 | rune(b[1]&0x3F)<<6 | rune(b[2]&0x3F), true
}

// streamText decodes the bytes of a text that a client wrote: UTF-8, in which a pair of surrogates may also stand as two
// times three bytes. It counts the characters as IRIS does; false if the bytes are neither.
func streamText(b []byte) (text string, characters int, ok bool) {
	var out strings.Builder
	out.Grow(len(b))
	for len(b) > 0 {
		r, size := utf8.DecodeRune(b)
		if r == utf8.RuneError && size == 1 {
			high, isHigh := surrogate(b)
			low, isLow := surrogate(b[min(3, len(b)):])
			if !isHigh || !isLow || high >= 0xDC00 || low < 0xDC00 {
				return "", 0, false
			}
			r, size = (high-0xD800)<<10+(low-0xDC00)+0x10000, 6
		}
		out.WriteRune(r)
		characters += utf16Width(r)
		b = b[size:]
	}
	return out.String(), characters, true
}

// announced reports that n is the length of a written piece: in bytes, or of a text in characters as the JDBC driver
// counts them.
func announced(n int, data []byte, binary bool) bool {
	if n == len(data) {
		return true
	}
	if binary {
		return false
	}
	_, characters, ok := streamText(data)
	return ok && n == characters
}
