package superserver

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"strconv"

	"iris-pgwire/internal/iris"
)

var errList = errors.New("bad list item")

// decodeItem reads the item at b[at:] and gives the index behind it. The Value's bytes are b's own.
func decodeItem(b []byte, at int) (v iris.Value, next int, err error) {
	if at < 0 || at >= len(b) {
		return v, at, fmt.Errorf("%w: end of message", errList)
	}
	start, end := at+1, 0
	switch n := int(b[at]); {
	case n == 1: // undefined: no type byte
		return iris.Null(), at + 1, nil
	case n >= 2:
		end = at + n
	default:
		if start, end, err = longForm(b, at); err != nil {
			return v, at, err
		}
	}
	if end > len(b) || start >= end {
		return v, at, fmt.Errorf("%w: length beyond the message", errList)
	}
	v, err = decodeData(b[start], b[start+1:end])
	return v, end, err
}

// longForm reads the medium and the long length form, which start with a zero byte.
func longForm(b []byte, at int) (start, end int, err error) {
	if len(b)-at < 3 {
		return 0, 0, fmt.Errorf("%w: cut length", errList)
	}
	if n := int(binary.LittleEndian.Uint16(b[at+1:])); n != 0 {
		return at + 3, at + 3 + n, nil
	}
	if len(b)-at < 7 {
		return 0, 0, fmt.Errorf("%w: cut length", errList)
	}
	n := binary.LittleEndian.Uint32(b[at+3:])
	if uint64(n) > uint64(len(b)) {
		return 0, 0, fmt.Errorf("%w: length beyond the message", errList)
	}
	return at + 7, at + 7 + int(n), nil
}

func decodeData(typ byte, data []byte) (iris.Value, error) {
	if typ >= byReference && typ < 2*byReference {
		typ -= byReference
	}
	switch typ {
	case typeNull:
		return iris.Null(), nil
	case typeBytes, typeOref:
		return decodeBytes(data), nil
	case typeUnicode, typeOrefWide:
		if len(data)%2 != 0 {
			return iris.Null(), fmt.Errorf("%w: odd Unicode string", errList)
		}
		return iris.UTF16(data), nil
	case typeInt, typeNegInt:
		return decodeInt(typ == typeNegInt, data)
	case typeDecimal, typeNegDecimal:
		return decodeDecimal(typ == typeNegDecimal, data)
	case typeDouble, typeCompact:
		return decodeDouble(typ, data)
	}
	// 10 to 12 are reserved, 13 to 15 compressed Unicode, 16 $VECTOR: no client knows their layout.
	return iris.Null(), fmt.Errorf("%w: type %d is not supported", errList, typ)
}

// decodeBytes tells NULL (no byte) from the empty string (one zero byte).
func decodeBytes(data []byte) iris.Value {
	switch {
	case len(data) == 0:
		return iris.Null()
	case len(data) == 1 && data[0] == 0:
		return iris.Latin1(data[:0])
	}
	return iris.Latin1(data)
}

// mantissa reads up to eight bytes; ok is false when the number needs more than 64 bits signed.
func mantissa(negative bool, data []byte) (n int64, ok bool) {
	fill := byte(0)
	if negative {
		fill = 0xFF
	}
	for len(data) > 8 && data[len(data)-1] == fill {
		data = data[:len(data)-1]
	}
	if len(data) > 8 {
		return 0, false
	}
	u := uint64(0)
	if negative && len(data) < 8 {
		u = ^uint64(0) << (8 * len(data))
	}
	for i, c := range data {
		u |= uint64(c) << (8 * i)
	}
	return int64(u), negative == (int64(u) < 0)
}

func decodeInt(negative bool, data []byte) (iris.Value, error) {
	n, ok := mantissa(negative, data)
	if ok {
		return iris.Int(n), nil
	}
	if !negative && len(data) == 8 { // 2^63 and above: kept exactly, as digits
		return iris.TextBytes(strconv.AppendUint(nil, binary.LittleEndian.Uint64(data), 10)), nil
	}
	return iris.Null(), fmt.Errorf("%w: integer of %d bytes", errList, len(data))
}

func decodeDecimal(negative bool, data []byte) (iris.Value, error) {
	if len(data) == 0 {
		return iris.Null(), fmt.Errorf("%w: decimal without an exponent", errList)
	}
	n, ok := mantissa(negative, data[1:])
	if !ok {
		return iris.Null(), fmt.Errorf("%w: decimal of %d bytes", errList, len(data))
	}
	return iris.Decimal(n, int8(data[0])), nil
}

func decodeDouble(typ byte, data []byte) (iris.Value, error) {
	if len(data) > 8 || typ == typeDouble && len(data) > 4 && len(data) < 8 {
		return iris.Null(), fmt.Errorf("%w: double of %d bytes", errList, len(data))
	}
	bits := uint64(0)
	for _, c := range data {
		bits = bits>>8 | uint64(c)<<56
	}
	if typ == typeDouble && len(data) < 8 {
		return iris.Double(float64(math.Float32frombits(uint32(bits >> 32)))), nil
	}
	return iris.Double(math.Float64frombits(bits)), nil
}
