package superserver

import (
	"encoding/binary"
	"math"
	"math/bits"
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
	if n >= 0 {
		return appendMantissa(appendHead(dst, mantissaLen(n), typeInt), n)
	}
	return appendMantissa(appendHead(dst, mantissaLen(n), typeNegInt), n)
}

func appendDecimal(dst []byte, mantissa int64, exponent int8) []byte {
	typ := byte(typeDecimal)
	if mantissa < 0 {
		typ = typeNegDecimal
	}
	dst = append(appendHead(dst, mantissaLen(mantissa)+1, typ), byte(exponent))
	return appendMantissa(dst, mantissa)
}

// mantissaLen counts the bytes that say something: those above are all 00, or all FF of a negative number.
func mantissaLen(n int64) int {
	return (bits.Len64(uint64(n^n>>63)) + 7) / 8
}

func appendMantissa(dst []byte, n int64) []byte {
	end := len(dst) + mantissaLen(n)
	return binary.LittleEndian.AppendUint64(dst, uint64(n))[:end]
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
	if single := float32(f); float64(single) == f {
		n := math.Float32bits(single)
		skip := 0
		for skip < 4 && n&0xFF == 0 {
			n, skip = n>>8, skip+1
		}
		dst = append(dst, byte(6-skip), typeDouble)
		for ; skip < 4; skip++ {
			dst, n = append(dst, byte(n)), n>>8
		}
		return dst
	}
	skip := 0
	for skip < 8 && word&0xFF == 0 {
		word, skip = word>>8, skip+1
	}
	dst = append(dst, byte(10-skip), typeCompact)
	for ; skip < 8; skip++ {
		dst, word = append(dst, byte(word)), word>>8
	}
	return dst
}

// appendText writes UTF-8 text: one byte a character while all are up to U+00FF, else UTF-16. The empty string is one
// zero byte, since an empty item is NULL.
func appendText(dst []byte, s []byte) ([]byte, error) {
	if len(s) == 0 {
		return append(dst, 3, typeBytes, 0), nil
	}
	latin, units := measure(s)
	if units > maxString {
		return dst, tooLong(units)
	}
	if latin {
		dst = appendHead(dst, units, typeBytes)
		if units == len(s) {
			return append(dst, s...), checkNUL(s)
		}
		for i := 0; i < len(s); {
			r, size := utf8.DecodeRune(s[i:])
			dst, i = append(dst, byte(r)), i+size
		}
		return dst, checkNUL(s)
	}
	dst = appendHead(dst, 2*units, typeUnicode)
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRune(s[i:])
		if r1, r2 := utf16.EncodeRune(r); r1 != utf8.RuneError {
			dst = append(dst, byte(r1), byte(r1>>8), byte(r2), byte(r2>>8))
		} else {
			dst = append(dst, byte(r), byte(r>>8))
		}
		i += size
	}
	return dst, checkNUL(s)
}

// measure tells whether every character fits one byte, and counts UTF-16 units.
func measure(s []byte) (latin bool, units int) {
	latin = true
	if isASCII(s) {
		return true, len(s)
	}
	for i := 0; i < len(s); {
		if s[i] < utf8.RuneSelf {
			i, units = i+1, units+1
			continue
		}
		r, size := utf8.DecodeRune(s[i:])
		if r > 0xFF {
			latin = false
		}
		if r > 0xFFFF {
			units++
		}
		i, units = i+size, units+1
	}
	return latin, units
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
