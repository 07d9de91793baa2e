package value

import (
	"errors"
	"math"
	"strconv"
	"unicode/utf8"
)

// A subscript is kept as bytes whose order is the IRIS standard collation: NULL, numbers by value, texts by character.
// Every key ends itself, so that keys can be joined and the bytes of a node's subscripts sort as the node does.
//
//	02                         NULL (only where null subscripts are allowed)
//	0E, 14, 15                 -INF, INF, NAN
//	0F … FF, 10, 12 … 00       negative, 0, positive: exponent (2 bytes), pairs of digits; negative ones complemented
//	20 … 00                    text as surrogate-wise UTF-8; 00 and 01 as 01 01 and 01 02
const (
	keyNull      = 0x02
	keyMinusInf  = 0x0E
	keyNegative  = 0x0F
	keyZero      = 0x10
	keyPositive  = 0x12
	keyInf       = 0x14
	keyNaN       = 0x15
	keyText      = 0x20
	exponentBias = 1024
)

// AfterKeys is above the first byte of every key: a prefix followed by it is behind all that begin with the prefix.
const AfterKeys = 0xFF

// ErrSubscript is a value that can't be a subscript (<SUBSCRIPT>).
var ErrSubscript = errors.New("not a subscript")

// AppendKey appends the bytes of a subscript. A text that is a canonical number is that number; a vector is refused.
func AppendKey(buf []byte, v Value) ([]byte, error) {
	switch v.kind {
	case Null:
		return append(buf, keyNull), nil
	case Number:
		return appendNumberKey(buf, v.num < 0, strconv.AppendUint(make([]byte, 0, 20), magnitude(v.num), 10), int(v.exp)), nil
	case Double:
		return appendDoubleKey(buf, v.f), nil
	case String:
		if n, ok := CanonicalNumber(v.s); ok {
			return AppendKey(buf, n)
		}
		return appendTextKey(buf, v.s), nil
	case List:
		return appendTextKey(buf, v.Text()), nil
	}
	return nil, ErrSubscript
}

func appendDoubleKey(buf []byte, f float64) []byte {
	switch {
	case f != f:
		return append(buf, keyNaN)
	case math.IsInf(f, 1):
		return append(buf, keyInf)
	case math.IsInf(f, -1):
		return append(buf, keyMinusInf)
	}
	var room [32]byte
	s := strconv.AppendFloat(room[:0], math.Abs(f), 'e', -1, 64)
	digits, exp := s[:1], 0
	for i := 1; i < len(s); i++ {
		if s[i] == 'e' {
			exp, _ = strconv.Atoi(string(s[i+1:]))
			break
		}
		if s[i] != '.' {
			digits = append(digits, s[i]) // overwrites what has been read
		}
	}
	return appendNumberKey(buf, f < 0, digits, exp-len(digits)+1)
}

// appendNumberKey writes digits × 10^exp, digits being ASCII.
func appendNumberKey(buf []byte, negative bool, digits []byte, exp int) []byte {
	for len(digits) > 0 && digits[0] == '0' {
		digits = digits[1:]
	}
	if len(digits) == 0 {
		return append(buf, keyZero)
	}
	point := exp + len(digits) + exponentBias // 0.ddd × 10^point
	from := len(buf) + 1
	buf = append(buf, keyPositive, byte(point>>8), byte(point))
	for len(digits) > 0 && digits[len(digits)-1] == '0' {
		digits = digits[:len(digits)-1]
	}
	for ; len(digits) > 1; digits = digits[2:] {
		buf = append(buf, (digits[0]-'0')*10+digits[1]-'0'+1)
	}
	if len(digits) == 1 {
		buf = append(buf, (digits[0]-'0')*10+1)
	}
	buf = append(buf, 0)
	if negative {
		buf[from-1] = keyNegative
		for i := from; i < len(buf); i++ {
			buf[i] = ^buf[i]
		}
	}
	return buf
}

// appendTextKey writes each character so that bytes order as UTF-16 units do: a surrogate pair as two of three bytes.
func appendTextKey(buf []byte, s string) []byte {
	buf = append(buf, keyText)
	if s == "" {
		return append(buf, 1, 1, 0) // SQL's empty string is $CHAR(0)
	}
	for i := 0; i < len(s); {
		c := s[i]
		switch {
		case c < 2:
			buf, i = append(buf, 1, c+1), i+1
		case c < utf8.RuneSelf:
			buf, i = append(buf, c), i+1
		default:
			r, n := DecodeRune(s[i:])
			i += n
			if r >= 0x10000 {
				r -= 0x10000
				buf = appendUnit(buf, 0xD800+r>>10)
				r = 0xDC00 + r&0x3FF
			}
			buf = appendUnit(buf, r)
		}
	}
	return append(buf, 0)
}

func appendUnit(buf []byte, r rune) []byte {
	if r < 0x800 {
		return append(buf, 0xC0|byte(r>>6), 0x80|byte(r)&0x3F)
	}
	return append(buf, 0xE0|byte(r>>12), 0x80|byte(r>>6)&0x3F, 0x80|byte(r)&0x3F)
}
