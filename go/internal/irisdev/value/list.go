package value

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"math/bits"
	"unicode/utf16"
)

// Item types of a $LIST, as the superserver protocol and ObjectScript share them.
const (
	itemNull     = 0
	itemBytes    = 1 // characters below U+0100, one byte each
	itemUnicode  = 2 // UTF-16LE
	itemPositive = 4
	itemNegative = 5
	itemDecimal  = 6 // one byte of exponent, then as itemPositive
	itemMinus    = 7
	itemDouble   = 8 // 8 bytes, or fewer of a single
	itemCompact  = 9 // a double without its low-order zero bytes
	itemVector   = 16
	itemObject   = 25 // an object reference
	itemObjectU  = 26
	itemByRef    = 32 // added to the type of an argument passed by reference
)

// Item is one element of a list with what a value alone doesn't say.
type Item struct {
	Value     Value
	Undefined bool // an omitted element: $LISTBUILD(,)
	ByRef     bool // an argument passed by reference
	Object    bool // an object reference; Value is its text
}

// ErrList is what malformed list bytes give (<LIST> in ObjectScript).
var ErrList = errors.New("not a list")

// BuildList encodes values as a $LIST value.
func BuildList(items ...Value) Value {
	var buf []byte
	for _, v := range items {
		buf = AppendItem(buf, v)
	}
	return ListOf(string(buf))
}

// AppendItem appends one element to list bytes: NULL as the empty string, SQL's empty string as $CHAR(0).
func AppendItem(buf []byte, v Value) []byte {
	switch v.kind {
	case String:
		return appendText(buf, v.s, 0)
	case Number:
		return appendDecimal(buf, v.num, v.exp)
	case Double:
		return binary.LittleEndian.AppendUint64(appendHead(buf, itemDouble, 8), math.Float64bits(v.f))
	case List:
		return append(appendHead(buf, itemBytes, len(v.s)), v.s...)
	case Vector:
		data := v.vec.encode()
		return append(appendHead(buf, itemVector, len(data)), data...)
	}
	return append(buf, 2, itemBytes)
}

// AppendCompact is AppendItem with doubles without their zero bytes, for peers that asked for it.
func AppendCompact(buf []byte, v Value) []byte {
	if v.kind != Double {
		return AppendItem(buf, v)
	}
	if single := float32(v.f); float64(single) == v.f {
		b := math.Float32bits(single)
		n := 4 - bits.TrailingZeros32(b)/8
		return append(appendHead(buf, itemDouble, n), binary.LittleEndian.AppendUint32(nil, b)[4-n:]...)
	}
	b := math.Float64bits(v.f)
	if v.f != v.f {
		b = 0x7FF8 << 48
	}
	n := 8 - bits.TrailingZeros64(b)/8
	return append(appendHead(buf, itemCompact, n), binary.LittleEndian.AppendUint64(nil, b)[8-n:]...)
}

// AppendUndefined appends an omitted element.
func AppendUndefined(buf []byte) []byte { return append(buf, 1) }

// AppendByRef appends an element with the mark of an argument passed by reference.
func AppendByRef(buf []byte, v Value) []byte {
	from := len(buf)
	buf = AppendItem(buf, v)
	switch {
	case buf[from] != 0:
		buf[from+1] |= itemByRef
	case buf[from+1]|buf[from+2] != 0:
		buf[from+3] |= itemByRef
	default:
		buf[from+7] |= itemByRef
	}
	return buf
}

// AppendObject appends an object reference such as 5@Sample.Person.
func AppendObject(buf []byte, oref string) []byte { return appendText(buf, oref, itemObject-itemBytes) }

// appendHead writes length and type of an item of size data bytes in the shortest of the three forms.
func appendHead(buf []byte, kind byte, size int) []byte {
	switch {
	case size <= 253:
		return append(buf, byte(size+2), kind)
	case size <= 65534:
		return append(buf, 0, byte(size+1), byte((size+1)>>8), kind)
	}
	buf = append(buf, 0, 0, 0)
	return append(binary.LittleEndian.AppendUint32(buf, uint32(size+1)), kind)
}

// appendText writes a text as bytes where every character fits, else as UTF-16; shift turns it into an object reference.
func appendText(buf []byte, s string, shift byte) []byte {
	if s == "" {
		return append(buf, 3, itemBytes+shift, 0)
	}
	if isASCII(s) {
		return append(appendHead(buf, itemBytes+shift, len(s)), s...)
	}
	if b, ok := Latin1(s); ok {
		return append(appendHead(buf, itemBytes+shift, len(b)), b...)
	}
	n := Length(s)
	buf = appendHead(buf, itemUnicode+shift, 2*n)
	for i := 0; i < len(s); {
		r, size := DecodeRune(s[i:])
		i += size
		if r >= 0x10000 {
			hi, lo := utf16.EncodeRune(r)
			buf = binary.LittleEndian.AppendUint16(buf, uint16(hi))
			r = lo
		}
		buf = binary.LittleEndian.AppendUint16(buf, uint16(r))
	}
	return buf
}

// appendDecimal writes an integer or a decimal with its mantissa in as few bytes as it needs.
func appendDecimal(buf []byte, m int64, exp int8) []byte {
	kind, u, n := byte(itemPositive), uint64(m), (bits.Len64(uint64(m))+7)/8
	if m < 0 {
		kind, n = itemNegative, (bits.Len64(^u)+7)/8 // the bytes above are all FF
	}
	if exp != 0 {
		buf = append(appendHead(buf, kind+2, n+1), byte(exp))
	} else {
		buf = appendHead(buf, kind, n)
	}
	end := len(buf) + n
	return binary.LittleEndian.AppendUint64(buf, u)[:end]
}

// ListItems decodes the elements of a $LIST; omitted ones are NULL.
func ListItems(v Value) ([]Value, error) {
	data, err := listBytes(v)
	if err != nil {
		return nil, err
	}
	var out []Value
	for len(data) > 0 {
		item, n, err := NextItem(data)
		if err != nil {
			return nil, err
		}
		out = append(out, item.Value)
		data = data[n:]
	}
	return out, nil
}

// listBytes gives the bytes of a value that may be a list: a $LIST, a text of characters below U+0100, or the empty string.
func listBytes(v Value) ([]byte, error) {
	switch v.kind {
	case Null:
		return nil, nil
	case List:
		return bytesOf(v.s), nil // only read: a row isn't copied to be looked at
	case String:
		if b, ok := Latin1(v.s); ok && v.s != "" {
			return b, nil
		}
	}
	return nil, fmt.Errorf("%w: a value of another kind", ErrList)
}
