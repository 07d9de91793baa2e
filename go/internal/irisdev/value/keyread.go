package value

import (
	"math"
	"strconv"
	"strings"
)

// NextKey decodes the first subscript of joined keys and says how many bytes it took.
func NextKey(key string) (Value, int, error) {
	if key == "" {
		return Value{}, 0, ErrSubscript
	}
	switch key[0] {
	case keyNull:
		return NullValue(), 1, nil
	case keyZero:
		return Int(0), 1, nil
	case keyMinusInf:
		return Float(math.Inf(-1)), 1, nil
	case keyInf:
		return Float(math.Inf(1)), 1, nil
	case keyNaN:
		return Float(math.NaN()), 1, nil
	case keyText:
		return readTextKey(key)
	case keyNegative:
		return readNumberKey(key, 0xFF)
	case keyPositive:
		if n, size, ok := readWholeKey(key); ok {
			return Int(n), size, nil
		}
		return readNumberKey(key, 0)
	}
	return Value{}, 0, ErrSubscript
}

// readWholeKey reads what most subscripts are, a positive integer of up to 18 digits.
func readWholeKey(key string) (n int64, size int, ok bool) {
	if len(key) < 4 {
		return 0, 0, false
	}
	point := int(key[1])<<8 | int(key[2]) - exponentBias
	digits, i := 0, 3
	for ; i < len(key) && key[i] != 0; i++ {
		if digits += 2; digits > 18 || key[i] > 100 {
			return 0, 0, false
		}
		n = n*100 + int64(key[i]-1)
	}
	switch {
	case i == len(key) || point < 1 || point > 18:
		return 0, 0, false
	case digits <= point:
		return n * int64(pow10[point-digits]), i + 1, true
	case digits == point+1 && n%10 == 0: // the last pair had one digit
		return n / 10, i + 1, true
	}
	return 0, 0, false
}

// SkipKey says how many bytes the first subscript of joined keys takes, without decoding it; 0 if it is none.
func SkipKey(key string) int {
	if key == "" {
		return 0
	}
	end := byte(0)
	switch key[0] {
	case keyNull, keyZero, keyMinusInf, keyInf, keyNaN:
		return 1
	case keyNegative:
		end = 0xFF
		fallthrough
	case keyPositive:
		if len(key) < 3 {
			return 0
		}
		// The exponent may hold the end byte.
		return 4 + strings.IndexByte(key[3:], end)
	}
	return 1 + strings.IndexByte(key, 0)
}

func readNumberKey(key string, mask byte) (Value, int, error) {
	if len(key) < 4 {
		return Value{}, 0, ErrSubscript
	}
	point := int(key[1]^mask)<<8 | int(key[2]^mask) - exponentBias
	var digits [48]byte
	d, i := digits[:0], 3
	for ; i < len(key) && key[i] != mask; i++ {
		p := key[i] ^ mask - 1
		if p > 99 || len(d) > 40 {
			return Value{}, 0, ErrSubscript
		}
		d = append(d, p/10+'0', p%10+'0')
	}
	if i == len(key) {
		return Value{}, 0, ErrSubscript
	}
	exp := point - len(d)
	if n := len(d); n > 0 && d[n-1] == '0' {
		d, exp = d[:n-1], exp+1
	}
	return numberOfKey(string(d), exp, mask != 0), i + 1, nil
}

// numberOfKey is a Number where its digits fit, else the Double that they came from.
func numberOfKey(d string, exp int, negative bool) Value {
	m, err := strconv.ParseUint(d, 10, 64)
	if err == nil && m <= math.MaxInt64 {
		if n := scaled(m, exp, negative); n.kind == Number {
			return n
		}
	}
	if err == nil && m == 1<<63 && negative && exp >= -128 && exp <= 127 {
		return Decimal(math.MinInt64, int8(exp))
	}
	f, _ := strconv.ParseFloat(d+"E"+strconv.Itoa(exp), 64)
	if negative {
		f = -f
	}
	return Float(f)
}

func readTextKey(key string) (Value, int, error) {
	end := strings.IndexByte(key, 0)
	if end < 0 {
		return Value{}, 0, ErrSubscript
	}
	s := key[1:end]
	if strings.IndexByte(s, 1) < 0 && strings.IndexByte(s, 0xED) < 0 {
		return Text(s), end + 1, nil
	}
	if s == "\x01\x01" {
		return Text(""), end + 1, nil
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == 1 && i+1 < len(s):
			i++
			b.WriteByte(s[i] - 1)
		case c == 0xED && i+2 < len(s):
			hi, _ := DecodeRune(s[i:])
			if lo, _ := DecodeRune(s[i+3:]); isHigh(hi) && isLow(lo) {
				b.WriteRune((hi-0xD800)<<10 + lo - 0xDC00 + 0x10000)
				i += 5
				continue
			}
			b.WriteString(s[i : i+3])
			i += 2
		default:
			b.WriteByte(c)
		}
	}
	return Text(b.String()), end + 1, nil
}
