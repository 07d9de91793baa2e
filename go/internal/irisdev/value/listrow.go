package value

import (
	"encoding/binary"
	"math"
	"unicode/utf8"
	"unsafe"
)

// AppendItems is ListItems for rows: it appends to dst, and texts of ASCII are parts of the list itself, which its row
// keeps alive anyway.
func AppendItems(dst []Value, list Value) ([]Value, error) {
	if list.kind != List {
		items, err := ListItems(list)
		return append(dst, items...), err
	}
	s := list.s
	for at := 0; at < len(s); {
		if n := int(s[at]); n > 1 && at+n <= len(s) {
			dst = append(dst, Value{})
			if shortItem(&dst[len(dst)-1], s[at+1], s[at+2:at+n]) {
				at += n
				continue
			}
			dst = dst[:len(dst)-1]
		}
		item, n, err := NextItem(bytesOf(s[at:]))
		if err != nil {
			return nil, err
		}
		dst = append(dst, item.Value)
		at += n
	}
	return dst, nil
}

// ItemEnds appends to dst where each element of a list ends.
func ItemEnds(dst []int, list string) ([]int, error) {
	for at := 0; at < len(list); {
		if n := int(list[at]); n > 1 && at+n <= len(list) {
			at += n
		} else {
			_, _, n, err := splitItem(bytesOf(list[at:]))
			if err != nil {
				return nil, err
			}
			at += n
		}
		dst = append(dst, at)
	}
	return dst, nil
}

// ItemSet is a set of the kinds of elements of a list: 1<<kind, only of those with the short length form.
type ItemSet uint32

// The kinds that are the same bytes in a row and on the wire.
const (
	TextItems   ItemSet = 1<<itemBytes | 1<<itemUnicode
	NumberItems ItemSet = 1<<itemPositive | 1<<itemNegative | 1<<itemDecimal | 1<<itemMinus
	DoubleItems ItemSet = 1 << itemDouble
)

// Has reports that one element of a list is of these kinds.
func (k ItemSet) Has(item string) bool { return item[0] > 1 && item[1] < 32 && k>>item[1]&1 != 0 }

// ItemValue is the value of one element.
func ItemValue(item string) (v Value, err error) {
	if item[0] > 1 && shortItem(&v, item[1], item[2:]) {
		return v, nil
	}
	got, _, err := NextItem(bytesOf(item))
	return got.Value, err
}

// shortItem reads the frequent items into a zero Value; false leaves it to NextItem.
func shortItem(v *Value, kind byte, body string) bool {
	switch kind {
	case itemBytes:
		if len(body) == 0 {
			return true // NULL
		}
		if len(body) == 1 && body[0] == 0 {
			v.kind = String
			return true
		}
		v.kind, v.s = String, body
		if !isASCII(body) {
			v.s = FromLatin1(bytesOf(body))
		}
		return true
	case itemUnicode:
		if len(body) == 0 || len(body)%2 != 0 || len(body) == 2 && body == "\x00\x00" {
			return false
		}
		v.kind, v.s = String, fromUTF16(bytesOf(body))
		return true
	case itemPositive, itemNegative:
		if len(body) > 7 {
			return false
		}
		v.kind, v.num = Number, littleEndian(body, kind == itemNegative)
		return true
	case itemDecimal, itemMinus:
		if len(body) == 0 || len(body) > 8 {
			return false
		}
		v.kind, v.exp, v.num = Number, int8(body[0]), littleEndian(body[1:], kind == itemMinus)
		return true
	case itemDouble:
		if len(body) != 8 {
			return false
		}
		v.kind, v.f = Double, math.Float64frombits(uint64(littleEndian(body, false)))
		return true
	}
	return false
}

// bytesOf gives the bytes of a text to be read, without a copy.
func bytesOf(s string) []byte { return unsafe.Slice(unsafe.StringData(s), len(s)) }

func isASCII(s string) bool {
	for ; len(s) >= 8; s = s[8:] {
		if binary.LittleEndian.Uint64(bytesOf(s))&0x8080808080808080 != 0 {
			return false
		}
	}
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// littleEndian reads at most eight bytes; those missing are 00, or FF for a negative number.
func littleEndian(s string, negative bool) int64 {
	var full [8]byte
	if negative {
		full = [8]byte{0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF}
	}
	copy(full[:], s)
	return int64(binary.LittleEndian.Uint64(full[:]))
}
