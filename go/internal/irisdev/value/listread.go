package value

import (
	"encoding/binary"
	"fmt"
	"math"
)

// NextItem decodes the first element of list bytes and says how many bytes it took. Compressed texts (types 13 to 15) and
// reserved types are refused: no open source says how they are laid out.
func NextItem(data []byte) (Item, int, error) { return nextItem(data, true) }

// NextWireItem is NextItem for bytes of a client, who has no vectors to send: type 16 is refused as well.
func NextWireItem(data []byte) (Item, int, error) { return nextItem(data, false) }

func nextItem(data []byte, vectors bool) (Item, int, error) {
	kind, body, n, err := splitItem(data)
	if err != nil {
		return Item{}, 0, err
	}
	if kind == undefinedItem {
		return Item{Undefined: true}, n, nil
	}
	item := Item{}
	if kind >= itemByRef && kind < 2*itemByRef {
		item.ByRef, kind = true, kind-itemByRef
	}
	if kind == itemVector && !vectors {
		return Item{}, 0, fmt.Errorf("%w: item type %d is not supported", ErrList, kind)
	}
	item.Object = kind == itemObject || kind == itemObjectU
	item.Value, err = decodeItem(kind, body)
	return item, n, err
}

const undefinedItem = -1

// splitItem finds type and data of the first element.
func splitItem(data []byte) (kind int, body []byte, n int, err error) {
	if len(data) == 0 {
		return 0, nil, 0, fmt.Errorf("%w: no more elements", ErrList)
	}
	head, size := 1, uint64(data[0])
	switch {
	case data[0] == 1:
		return undefinedItem, nil, 1, nil
	case data[0] > 1:
		size--
	case len(data) < 3:
		return 0, nil, 0, fmt.Errorf("%w: cut in a length", ErrList)
	case data[1]|data[2] != 0:
		head, size = 3, uint64(binary.LittleEndian.Uint16(data[1:]))
	case len(data) < 7:
		return 0, nil, 0, fmt.Errorf("%w: cut in a length", ErrList)
	default:
		head, size = 7, uint64(binary.LittleEndian.Uint32(data[3:]))
	}
	if size == 0 || uint64(len(data)-head) < size {
		return 0, nil, 0, fmt.Errorf("%w: an element of %d bytes where %d remain", ErrList, size, len(data)-head)
	}
	n = head + int(size)
	return int(data[head]), data[head+1 : n], n, nil
}

// decodeItem makes a value of an element's data.
func decodeItem(kind int, body []byte) (Value, error) {
	switch kind {
	case itemNull:
		return NullValue(), nil
	case itemBytes, itemObject:
		return bytesValue(body), nil
	case itemUnicode, itemObjectU:
		return unicodeValue(body)
	case itemPositive, itemNegative:
		return mantissa(body, kind == itemNegative, 0)
	case itemDecimal, itemMinus:
		if len(body) == 0 {
			return Value{}, fmt.Errorf("%w: a decimal without exponent", ErrList)
		}
		return mantissa(body[1:], kind == itemMinus, int8(body[0]))
	case itemDouble:
		return doubleValue(body)
	case itemCompact:
		return compactValue(body)
	case itemVector:
		return decodeVec(body)
	}
	return Value{}, fmt.Errorf("%w: item type %d is not supported", ErrList, kind)
}

// bytesValue is a text of bytes; none is NULL, one zero byte is SQL's empty string.
func bytesValue(b []byte) Value {
	switch {
	case len(b) == 0:
		return NullValue()
	case len(b) == 1 && b[0] == 0:
		return Text("")
	}
	return Text(FromLatin1(b))
}

func unicodeValue(b []byte) (Value, error) {
	if len(b)%2 != 0 {
		return Value{}, fmt.Errorf("%w: half a character", ErrList)
	}
	if len(b) == 0 {
		return NullValue(), nil
	}
	if len(b) == 2 && b[0]|b[1] == 0 {
		return Text(""), nil
	}
	return Text(fromUTF16(b)), nil
}

// mantissa reads little-endian bytes; those missing are 00, or FF for a negative number.
func mantissa(b []byte, negative bool, exp int8) (Value, error) {
	var u uint64
	if negative {
		u = math.MaxUint64
	}
	for i, c := range b {
		if i >= 8 {
			return Value{}, fmt.Errorf("%w: a number of %d bytes", ErrList, len(b))
		}
		u = u&^(0xFF<<(8*i)) | uint64(c)<<(8*i)
	}
	if m := int64(u); (m < 0) == negative {
		return Decimal(m, exp), nil
	}
	return Value{}, fmt.Errorf("%w: a number beyond 64 bits", ErrList)
}

// doubleValue reads item type 8: 8 bytes are a double, up to 4 a single without its low-order zero bytes.
func doubleValue(b []byte) (Value, error) {
	switch {
	case len(b) == 8:
		return Float(math.Float64frombits(binary.LittleEndian.Uint64(b))), nil
	case len(b) <= 4:
		var full [4]byte
		copy(full[4-len(b):], b)
		return Float(float64(math.Float32frombits(binary.LittleEndian.Uint32(full[:])))), nil
	}
	return Value{}, fmt.Errorf("%w: a double of %d bytes", ErrList, len(b))
}

// compactValue reads item type 9, a double without its low-order zero bytes.
func compactValue(b []byte) (Value, error) {
	if len(b) > 8 {
		return Value{}, fmt.Errorf("%w: a double of %d bytes", ErrList, len(b))
	}
	var full [8]byte
	copy(full[8-len(b):], b)
	return Float(math.Float64frombits(binary.LittleEndian.Uint64(full[:]))), nil
}
