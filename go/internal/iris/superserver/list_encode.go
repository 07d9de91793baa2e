package superserver

import (
	"encoding/binary"
	"math"
	"math/bits"
	"slices"
	"unicode/utf16"
	"unicode/utf8"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgerr"
)

// Types of $LIST items.
const (
	typeNull       = 0
	typeBytes      = 1 // 8-bit string
	typeUnicode    = 2 // UTF-16LE
	typeInt        = 4
	typeNegInt     = 5
	typeDecimal    = 6
	typeNegDecimal = 7
	typeDouble     = 8 // eight bytes a double, fewer a single
	typeCompact    = 9 // a double without its low zero bytes
	typeOref       = 25
	typeOrefWide   = 26
	byReference    = 32 // added to the type
)

// maxString is the longest string of IRIS, in characters (IRIS docs, "General System Limits").
const maxString = 3641144

// Limits of the short and the medium length form, in bytes of data.
const (
	maxShort  = 253
	maxMedium = 65534
)

func appendNull(dst []byte) []byte { return append(dst, 2, typeBytes) }

// appendHead writes the length form for n bytes of data and the type.
func appendHead(dst []byte, n int, typ byte) []byte {
	switch {
	case n <= maxShort:
		return append(dst, byte(n+2), typ)
	case n <= maxMedium:
		return append(binary.LittleEndian.AppendUint16(append(dst, 0), uint16(n+1)), typ)
	}
	return append(binary.LittleEndian.AppendUint32(append(dst, 0, 0, 0), uint32(n+1)), typ)
}

// appendInt writes the fewest bytes: little endian, without the leading zeros (or ones, when negative).
func appendInt(dst []byte, n int64) []byte {
	size, at := mantissaLen(n), len(dst)
	dst = append(dst, byte(size+2), typeInt+sign(n), 0, 0, 0, 0, 0, 0, 0, 0)
	binary.LittleEndian.PutUint64(dst[at+2:], uint64(n))
	return dst[:at+2+size]
}

func appendDecimal(dst []byte, mantissa int64, exponent int8) []byte {
	size, at := mantissaLen(mantissa), len(dst)
	dst = append(dst, byte(size+3), typeDecimal+sign(mantissa), byte(exponent), 0, 0, 0, 0, 0, 0, 0, 0)
	binary.LittleEndian.PutUint64(dst[at+3:], uint64(mantissa))
	return dst[:at+3+size]
}

// sign is what a negative number adds to the type.
func sign(n int64) byte { return byte(uint64(n) >> 63) }

// mantissaLen counts the bytes that say something: those above are all 00, or all FF of a negative number.
func mantissaLen(n int64) int {
	return (bits.Len64(uint64(n^n>>63)) + 7) / 8
}

// appendDouble writes eight bytes, or, once the server has said that it reads compact doubles, a single or double
// without its low-order zero bytes, as the drivers do.
func appendDouble(dst []byte, f float64, compact bool) []byte {
	word := math.Float64bits(f)
	if f != f {
		word = 0x7ff8 << 48 // one NaN for all: its payload means nothing to SQL
	}
	if !compact {
		return binary.LittleEndian.AppendUint64(append(dst, 10, typeDouble), word)
	}
	at := len(dst)
	if single := float32(f); float64(single) == f {
		n := math.Float32bits(single)
		skip := bits.TrailingZeros32(n) / 8
		dst = append(dst, byte(6-skip), typeDouble, 0, 0, 0, 0)
		binary.LittleEndian.PutUint32(dst[at+2:], n>>(8*skip))
		return dst[:at+6-skip]
	}
	skip := bits.TrailingZeros64(word) / 8
	dst = append(dst, byte(10-skip), typeCompact, 0, 0, 0, 0, 0, 0, 0, 0)
	binary.LittleEndian.PutUint64(dst[at+2:], word>>(8*skip))
	return dst[:at+10-skip]
}

// appendText writes UTF-8 text: one byte a character while all are up to U+00FF, else UTF-16. The empty string is one
// zero byte, since an empty item is NULL.
func appendText(dst []byte, s []byte) ([]byte, error) {
	if len(s) == 0 {
		return append(dst, 3, typeBytes, 0), nil
	}
	if !isASCII(s) {
		return appendWide(dst, s)
	}
	if len(s) > maxString {
		return dst, tooLong(len(s))
	}
	return append(appendHead(dst, len(s), typeBytes), s...), checkNUL(s)
}

// appendWide writes a text that is not ASCII alone. Its length is counted first, in UTF-16 units; bytes that are no UTF-8,
// which no caller sends, count and become one U+FFFD each.
func appendWide(dst, s []byte) ([]byte, error) {
	latin, units := measure(s)
	if units > maxString {
		return dst, tooLong(units)
	}
	out, ok := dst, false
	if latin {
		out, ok = appendLatin(appendHead(dst, units, typeBytes), s)
	} else {
		out, ok = appendUTF16(slices.Grow(appendHead(dst, 2*units, typeUnicode), 2*units), s)
	}
	if !ok {
		return appendWide(dst, []byte(string([]rune(string(s)))))
	}
	return out, nil
}

// appendLatin writes two bytes of UTF-8 as one; false if s is no UTF-8.
func appendLatin(dst, s []byte) (out []byte, ok bool) {
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= utf8.RuneSelf {
			if i++; c < 0xC2 || i == len(s) || s[i]&0xC0 != 0x80 {
				return dst, false
			}
			c = c<<6 | s[i]&0x3F
		}
		dst = append(dst, c)
	}
	return dst, true
}

// appendUTF16 writes little-endian units; false if s is no UTF-8.
func appendUTF16(dst, s []byte) (out []byte, ok bool) {
	for i := 0; i < len(s); {
		c := s[i]
		switch {
		case c < utf8.RuneSelf:
			dst = append(dst, c, 0)
			i++
			continue
		case c >= 0xC2 && c < 0xE0 && i+1 < len(s) && s[i+1]&0xC0 == 0x80:
			dst = append(dst, c<<6|s[i+1]&0x3F, c>>2&7)
			i += 2
			continue
		}
		r, size := utf8.DecodeRune(s[i:])
		if size == 1 {
			return dst, false
		}
		i += size
		if r > 0xFFFF {
			r1, r2 := utf16.EncodeRune(r)
			dst = append(dst, byte(r1), byte(r1>>8))
			r = r2
		}
		dst = append(dst, byte(r), byte(r>>8))
	}
	return dst, true
}

// measure tells whether every character fits one byte, and counts UTF-16 units: every byte that does not continue a
// character begins one, and those from F0 on begin two units.
func measure(s []byte) (latin bool, units int) {
	top := byte(0)
	for _, c := range s {
		if c&0xC0 != 0x80 {
			units++
		}
		if c >= 0xF0 {
			units++
		}
		top = max(top, c)
	}
	return top <= 0xC3, units
}

// isASCII looks at eight bytes at a time.
func isASCII(s []byte) bool {
	for ; len(s) >= 8; s = s[8:] {
		if binary.LittleEndian.Uint64(s)&0x8080808080808080 != 0 {
			return false
		}
	}
	for _, c := range s {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// checkNUL refuses the one text that the wire can't tell from the empty string.
func checkNUL(s []byte) error {
	if len(s) == 1 && s[0] == 0 {
		return pgerr.New(pgerr.CharacterNotInRepertoire, "invalid byte sequence for encoding \"UTF8\": 0x00")
	}
	return nil
}

func tooLong(n int) error {
	return pgerr.New(pgerr.ProgramLimitExceeded, "value of %d characters is longer than IRIS's limit of %d", n, maxString)
}

// appendBinary writes bytes as an 8-bit string. A single zero byte would be the empty string: refused.
func appendBinary(dst, b []byte) ([]byte, error) {
	switch {
	case len(b) == 0:
		return append(dst, 3, typeBytes, 0), nil
	case len(b) == 1 && b[0] == 0:
		return dst, pgerr.New(pgerr.FeatureNotSupported, "IRIS cannot receive a byte string of exactly one zero byte")
	case len(b) > maxString:
		return dst, tooLong(len(b))
	}
	return append(appendHead(dst, len(b), typeBytes), b...), nil
}

// appendValue writes a parameter.
func appendValue(dst []byte, v iris.Value, compact bool) ([]byte, error) {
	switch v.Kind() {
	case iris.KindNull:
		return appendNull(dst), nil
	case iris.KindInt:
		return appendInt(dst, v.Mantissa()), nil
	case iris.KindDecimal:
		return appendDecimal(dst, v.Mantissa(), v.Exponent()), nil
	case iris.KindDouble:
		f, _ := v.Float64()
		return appendDouble(dst, f, compact), nil
	case iris.KindUTF8:
		return appendText(dst, v.Raw())
	case iris.KindUTF16:
		switch n := len(v.Raw()); {
		case n == 0:
			return appendText(dst, nil)
		case n > 2*maxString:
			return dst, tooLong(n / 2)
		}
		return append(appendHead(dst, len(v.Raw()), typeUnicode), v.Raw()...), nil
	}
	return appendBinary(dst, v.Raw())
}
