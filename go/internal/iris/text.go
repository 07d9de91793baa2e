package iris

import (
	"bytes"
	"math"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// Double is an IEEE double.
func Double(f float64) Value { return Value{kind: KindDouble, num: int64(math.Float64bits(f))} }

// AppendText appends the value as UTF-8 text: strings re-encoded, numbers in plain decimal digits, a double in the
// shortest form that reads back the same, NULL as nothing. Binary is appended as it is.
func (v Value) AppendText(dst []byte) []byte {
	switch v.kind {
	case KindInt:
		return strconv.AppendInt(dst, v.num, 10)
	case KindDecimal:
		return AppendDecimal(dst, v.num, int(v.exp))
	case KindDouble:
		return strconv.AppendFloat(dst, math.Float64frombits(uint64(v.num)), 'g', -1, 64)
	case KindLatin1:
		return appendLatin1(dst, v.data)
	case KindUTF16:
		return appendUTF16(dst, v.data)
	default:
		return append(dst, v.data...)
	}
}

// String gives AppendText's text; NULL gives the empty string.
func (v Value) String() string { return string(v.AppendText(nil)) }

// Clone copies the bytes, so that the value outlives the row that it came in.
func (v Value) Clone() Value {
	if v.data != nil {
		v.data = bytes.Clone(v.data)
	}
	return v
}

// Bytes gives the value as a byte string: an 8-bit string as it is, a Unicode string of characters up to U+00FF one byte
// a character (IRIS keeps binary as characters). ok is false for anything else.
func (v Value) Bytes() (b []byte, ok bool) {
	switch v.kind {
	case KindLatin1, KindBinary, KindUTF8:
		return v.data, true
	case KindUTF16:
		out := make([]byte, 0, len(v.data)/2)
		for i := 0; i+1 < len(v.data); i += 2 {
			if v.data[i+1] != 0 {
				return nil, false
			}
			out = append(out, v.data[i])
		}
		return out, true
	case KindInt, KindDecimal:
		return v.AppendText(nil), true
	}
	return nil, false
}

// appendLatin1 copies runs of ASCII at once; only 128–255 need two bytes.
func appendLatin1(dst, src []byte) []byte {
	start := 0
	for i, c := range src {
		if c < utf8.RuneSelf {
			continue
		}
		dst = append(dst, src[start:i]...)
		dst = append(dst, 0xC0|c>>6, 0x80|c&0x3F)
		start = i + 1
	}
	return append(dst, src[start:]...)
}

// Paired reports that a text has a form in UTF-8: in a Unicode string every surrogate has its other half.
func (v Value) Paired() bool {
	if v.kind != KindUTF16 {
		return true
	}
	for i := 0; i+1 < len(v.data); i += 2 {
		high := v.data[i+1]
		if high&0xF8 != 0xD8 {
			continue
		}
		if high >= 0xDC || i+3 >= len(v.data) || v.data[i+3]&0xFC != 0xDC {
			return false
		}
		i += 2
	}
	return true
}

// appendUTF16 reads UTF-16LE; an unpaired surrogate becomes U+FFFD, since UTF-8 has no form for it (see Paired).
func appendUTF16(dst, src []byte) []byte {
	for i := 0; i+1 < len(src); i += 2 {
		r := rune(src[i]) | rune(src[i+1])<<8
		if utf16.IsSurrogate(r) {
			next := rune(0)
			if i+3 < len(src) {
				next = rune(src[i+2]) | rune(src[i+3])<<8
			}
			if r = utf16.DecodeRune(r, next); r != utf8.RuneError {
				i += 2
			}
		}
		dst = utf8.AppendRune(dst, r)
	}
	return dst
}

// AppendDecimal appends mantissa × 10^exponent in plain digits, keeping trailing zeros behind the point: (1250, -2) is
// "12.50".
func AppendDecimal(dst []byte, mantissa int64, exponent int) []byte {
	if exponent >= 0 {
		dst = strconv.AppendInt(dst, mantissa, 10)
		if mantissa == 0 {
			return dst
		}
		for ; exponent > 0; exponent-- {
			dst = append(dst, '0')
		}
		return dst
	}
	var buf [20]byte
	u := uint64(mantissa)
	if mantissa < 0 {
		dst = append(dst, '-')
		u = -u
	}
	digits := strconv.AppendUint(buf[:0], u, 10)
	scale := -exponent
	if len(digits) > scale {
		dst = append(dst, digits[:len(digits)-scale]...)
		dst = append(dst, '.')
		return append(dst, digits[len(digits)-scale:]...)
	}
	dst = append(dst, '0', '.')
	for i := len(digits); i < scale; i++ {
		dst = append(dst, '0')
	}
	return append(dst, digits...)
}
