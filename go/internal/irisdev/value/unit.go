package value

import (
	"unicode/utf16"
	"unicode/utf8"
	"unsafe"
)

// IRIS counts characters in UTF-16 units: a character beyond U+FFFF is two (IRIS docs, "Surrogate pairs"). Texts are kept
// as UTF-8, where a surrogate without its partner is written in three bytes as if it were a character (WTF-8).

// Units splits a text into its UTF-16 units.
func Units(s string) []uint16 {
	out := make([]uint16, 0, len(s))
	for i := 0; i < len(s); {
		r, n := DecodeRune(s[i:])
		i += n
		if r < 0x10000 {
			out = append(out, uint16(r))
			continue
		}
		hi, lo := utf16.EncodeRune(r)
		out = append(out, uint16(hi), uint16(lo))
	}
	return out
}

// FromUnits joins UTF-16 units to a text; pairs of surrogates become one rune.
func FromUnits(units []uint16) string {
	b := make([]byte, 0, 2*len(units))
	for _, u := range units {
		b = append(b, byte(u), byte(u>>8))
	}
	return fromUTF16(b)
}

// fromUTF16 is FromUnits for little-endian bytes.
func fromUTF16(b []byte) string {
	size := 0
	for i := 0; i+1 < len(b); i += 2 {
		switch {
		case b[i+1] == 0 && b[i] < utf8.RuneSelf:
			size++
		case b[i+1] < 8:
			size += 2
		default:
			size += 3
		}
	}
	out := make([]byte, 0, size)
	for i := 0; i+1 < len(b); i += 2 {
		r := rune(b[i]) | rune(b[i+1])<<8
		if isHigh(r) && i+3 < len(b) {
			if low := rune(b[i+2]) | rune(b[i+3])<<8; isLow(low) {
				r = utf16.DecodeRune(r, low)
				i += 2
			}
		}
		out = appendRune(out, r)
	}
	return unsafe.String(unsafe.SliceData(out), len(out)) // nobody else has it
}

// Length is the number of characters ($LENGTH) of a text.
func Length(s string) int {
	n := 0
	for i := 0; i < len(s); {
		if s[i] < utf8.RuneSelf {
			i, n = i+1, n+1
			continue
		}
		r, size := DecodeRune(s[i:])
		i, n = i+size, n+1
		if r >= 0x10000 {
			n++
		}
	}
	return n
}

// CompareText orders two texts by character as the collation EXACT does: by UTF-16 unit, so that characters beyond
// U+FFFF come before U+E000.
func CompareText(a, b string) int {
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	if i == len(a) || i == len(b) {
		return len(a) - len(b)
	}
	x, y := a[i], b[i]
	// Only lead bytes can tell the two orders apart: F0 and above is a surrogate pair, EE and EF are U+E000 to U+FFFF.
	if x >= 0xF0 && (y == 0xEE || y == 0xEF) {
		return -1
	}
	if y >= 0xF0 && (x == 0xEE || x == 0xEF) {
		return 1
	}
	return int(x) - int(y)
}

// Latin1 gives the bytes of a text whose characters are all below U+0100.
func Latin1(s string) ([]byte, bool) {
	if !isLatin1(s) {
		return nil, false
	}
	out := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c < utf8.RuneSelf {
			out = append(out, c)
			continue
		}
		if c != 0xC2 && c != 0xC3 || i+1 == len(s) || s[i+1]&0xC0 != 0x80 {
			return nil, false
		}
		i++
		out = append(out, c<<6|s[i]&0x3F)
	}
	return out, true
}

// isLatin1 looks for a first byte of a character from U+0100 on.
func isLatin1(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] > 0xC3 {
			return false
		}
	}
	return true
}

// FromLatin1 makes a text of bytes, one character each.
func FromLatin1(b []byte) string {
	high := 0
	for _, c := range b {
		high += int(c >> 7)
	}
	if high == 0 {
		return string(b)
	}
	out := make([]byte, 0, len(b)+high)
	for _, c := range b {
		if c < utf8.RuneSelf {
			out = append(out, c)
		} else {
			out = append(out, 0xC0|c>>6, 0x80|c&0x3F)
		}
	}
	return string(out)
}

// DecodeRune is utf8.DecodeRuneInString with single surrogates as characters; a wrong byte counts as U+FFFD.
func DecodeRune(s string) (rune, int) {
	if len(s) >= 3 && s[0] == 0xED && s[1]&0xE0 == 0xA0 && s[2]&0xC0 == 0x80 {
		return 0xD000 | rune(s[1]&0x3F)<<6 | rune(s[2]&0x3F), 3
	}
	return utf8.DecodeRuneInString(s)
}

// appendRune writes single surrogates too.
func appendRune(b []byte, r rune) []byte {
	if isHigh(r) || isLow(r) {
		return append(b, 0xE0|byte(r>>12), 0x80|byte(r>>6)&0x3F, 0x80|byte(r)&0x3F)
	}
	return utf8.AppendRune(b, r)
}

func isHigh(r rune) bool { return r >= 0xD800 && r < 0xDC00 }

func isLow(r rune) bool { return r >= 0xDC00 && r < 0xE000 }
