package superserver

import (
	"encoding/binary"

	"iris-pgwire/internal/iris"
)

// lowBytes masks the n low bytes of a word.
var lowBytes = [9]uint64{0, 1<<8 - 1, 1<<16 - 1, 1<<24 - 1, 1<<32 - 1, 1<<40 - 1, 1<<48 - 1, 1<<56 - 1, 1<<64 - 1}

// decodeInto is decodeItem for rows: the frequent items, short strings and numbers with another item behind them, are
// read here; all others there.
func decodeInto(v *iris.Value, b []byte, at int) (next int, err error) {
	if at >= 0 && at+10 <= len(b) {
		n := int(b[at])
		next = at + n
		size := n - 2
		switch {
		case size < 1 || next > len(b):
		case b[at+1] == typeBytes:
			if size > 1 || b[at+2] != 0 {
				*v = iris.Latin1(b[at+2 : next : next])
				return next, nil
			}
		case b[at+1] == typeUnicode && size&1 == 0:
			*v = iris.UTF16(b[at+2 : next : next])
			return next, nil
		case size > 7:
		case b[at+1] == typeInt:
			*v = iris.Int(int64(binary.LittleEndian.Uint64(b[at+2:]) & lowBytes[size]))
			return next, nil
		case b[at+1] == typeNegInt:
			*v = iris.Int(int64(binary.LittleEndian.Uint64(b[at+2:]) | ^lowBytes[size]))
			return next, nil
		case b[at+1] == typeDecimal:
			*v = iris.Decimal(int64(binary.LittleEndian.Uint64(b[at+2:])&lowBytes[size]>>8), int8(b[at+2]))
			return next, nil
		}
	}
	*v, next, err = decodeItem(b, at)
	return next, err
}

// appendSet is appendValue for all values of a parameter set: the frequent ones are written here, all others there.
func appendSet(dst []byte, set []iris.Value, compact bool) (out []byte, err error) {
	for i := range set {
		switch v := &set[i]; v.Kind() {
		case iris.KindInt:
			dst = appendInt(dst, v.Mantissa())
		case iris.KindDecimal:
			dst = appendDecimal(dst, v.Mantissa(), v.Exponent())
		case iris.KindUTF8:
			dst, err = appendText(dst, v.Raw())
		default:
			dst, err = appendValue(dst, *v, compact)
		}
		if err != nil {
			return dst, err
		}
	}
	return dst, nil
}
