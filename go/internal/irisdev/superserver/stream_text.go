package superserver

import (
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"iris-pgwire/internal/irisdev/value"
)

// streamText decodes the bytes of a text that a client wrote: UTF-8, in which a pair of surrogates may also stand as two
// times three bytes. It counts the characters as IRIS does; false if the bytes are neither.
func streamText(b []byte) (text string, characters int, ok bool) {
	var out strings.Builder
	out.Grow(len(b))
	for s := string(b); len(s) > 0; {
		r, size := value.DecodeRune(s)
		switch {
		case utf16.IsSurrogate(r): // half a pair in three bytes, which is how the JDBC driver sends it (CESU-8)
			other, more := value.DecodeRune(s[size:])
			if r, size = utf16.DecodeRune(r, other), size+more; r == utf8.RuneError {
				return "", 0, false
			}
		case r == utf8.RuneError && size == 1:
			return "", 0, false
		}
		out.WriteRune(r)
		characters += utf16.RuneLen(r)
		s = s[size:]
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
