package superserver

import (
	"unicode/utf16"
	"unicode/utf8"

	"iris-pgwire/internal/pgerr"
)

// streamText gives the UTF-8 of a character stream. InterSystems' JDBC driver stores a character beyond U+FFFF as two
// surrogates of three bytes each (CESU-8), so IRIS may send such pairs; an unpaired surrogate becomes U+FFFD, as in any
// other text. Other bytes that are no UTF-8 are refused (22021): what they stand for is not known.
func streamText(b []byte) ([]byte, error) {
	if utf8.Valid(b) {
		return b, nil
	}
	out := make([]byte, 0, len(b))
	for i := 0; i < len(b); {
		r, size := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && size == 1 {
			if r = surrogate(b[i:]); r == 0 {
				return nil, pgerr.New(pgerr.CharacterNotInRepertoire, "IRIS sent a character stream that is not UTF-8, at byte %d", i)
			}
			size = 3
			if both := utf16.DecodeRune(r, surrogate(b[i+3:])); both != utf8.RuneError {
				r, size = both, 6
			}
		}
		out = utf8.AppendRune(out, r)
		i += size
	}
	return out, nil
}

// surrogate is the half of a pair that b begins with, in three bytes; 0 if it begins with anything else.
func surrogate(b []byte) rune {
	if len(b) < 3 || b[0] != 0xED || b[1]&0xE0 != 0xA0 || b[2]&0xC0 != 0x80 {
		return 0
	}
	return 0xD000 | rune(b[1]&0x3F)<<6 | rune(b[2]&0x3F)
}
