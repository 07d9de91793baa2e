package main

import (
	"encoding/binary"
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// item is one element of a message's list, or raw bytes between them.
type item struct {
	raw    []byte
	bare   bool   // no list element
	note   string // of bare bytes
	masked bool
}

// Types of list elements.
const (
	typeBytes   = 1
	typeUnicode = 2
	byReference = 32
)

// head gives the length of length form and type byte.
func (it item) head() int {
	switch {
	case it.raw[0] != 0:
		return 2
	case it.raw[1]|it.raw[2] != 0:
		return 4
	}
	return 8
}

// data gives an element's bytes behind its type.
func (it item) data() []byte {
	if it.bare || len(it.raw) < 2 {
		return nil
	}
	return it.raw[it.head():]
}

// splitItems cuts a list into its elements; rest is what is none.
func splitItems(b []byte) (items []item, rest []byte) {
	for len(b) > 0 {
		n := 0
		switch {
		case b[0] > 0:
			n = int(b[0])
		case len(b) >= 4 && b[1]|b[2] != 0:
			n = 3 + int(binary.LittleEndian.Uint16(b[1:]))
		case len(b) >= 8:
			n = 7 + int(binary.LittleEndian.Uint32(b[3:]))
		}
		if n == 0 || n > len(b) {
			return items, b
		}
		items, b = append(items, item{raw: b[:n]}), b[n:]
	}
	return items, nil
}

// split cuts a body by its message: some have bytes that are no list elements. request is the code of the request, also
// for its reply.
func split(f frame, request [2]byte) []item {
	b := f.body
	var out []item
	bare := func(n int, note string) {
		if n = min(n, len(b)); n > 0 {
			out, b = append(out, item{raw: b[:n], bare: true, note: note}), b[n:]
		}
	}
	list := func(b []byte) {
		items, rest := splitItems(b)
		if out = append(out, items...); len(rest) > 0 {
			out = append(out, item{raw: rest, bare: true, note: "no list element"})
		}
	}
	switch string(request[:]) {
	case "HS":
		bare(2, "protocol version")
		if !f.client {
			bare(2, "capabilities")
		}
		list(b)
	case "EB":
		if f.client {
			bare(4, "number of statements")
		}
		list(b)
	case "SM", "SB":
		items, _ := splitItems(b)
		if !f.client || len(items) == 0 {
			list(b)
			break
		}
		out, b = append(out, items[0]), b[len(items[0].raw):]
		bare(4, "length")
		bare(len(b), "content")
	case "JS", "GB":
		if f.client {
			list(b)
		} else {
			bare(len(b), "content")
		}
	case "CN":
		items, _ := splitItems(b)
		out = mask(items, f.client)
	default:
		list(b)
	}
	return out
}

// describe writes an element for people.
func (it item) describe() string {
	switch {
	case it.bare:
		return it.note
	case len(it.raw) == 1:
		return "omitted"
	}
	data, typ := it.data(), it.raw[it.head()-1]
	prefix := ""
	if typ >= byReference {
		typ, prefix = typ-byReference, "by reference "
	}
	return prefix + describe(typ, data)
}

func describe(typ byte, data []byte) string {
	switch typ {
	case typeBytes, 25:
		if text, ok := nested(data); ok {
			return text
		}
		if len(data) == 0 {
			return "null"
		}
		return quote(latin1(data))
	case typeUnicode, 26:
		units := make([]uint16, len(data)/2)
		for i := range units {
			units[i] = binary.LittleEndian.Uint16(data[2*i:])
		}
		return "unicode " + quote(string(utf16.Decode(units)))
	case 4, 5:
		return strconv.FormatInt(integer(data, typ == 5), 10)
	case 6, 7:
		if len(data) > 0 {
			return fmt.Sprintf("%de%d", integer(data[1:], typ == 7), int8(data[0]))
		}
	case 8, 9:
		return "double " + strconv.FormatFloat(double(typ, data), 'g', -1, 64)
	}
	return fmt.Sprintf("type %d", typ)
}

// nested writes what looks like a list in a list: elements without a rest, and no text.
func nested(data []byte) (string, bool) {
	if len(data) < 2 || data[0] >= ' ' {
		return "", false
	}
	items, rest := splitItems(data)
	if len(rest) > 0 {
		return "", false
	}
	var parts []string
	for _, it := range items {
		if len(it.raw) > 1 && (it.raw[it.head()-1] == 0 || it.raw[it.head()-1] > 9) {
			return "", false
		}
		parts = append(parts, it.describe())
	}
	return "list (" + strings.Join(parts, ", ") + ")", true
}

func integer(data []byte, negative bool) int64 {
	u := uint64(0)
	if negative {
		u = math.MaxUint64
	}
	for i, c := range data {
		if i < 8 {
			u = u&^(0xFF<<(8*i)) | uint64(c)<<(8*i)
		}
	}
	return int64(u)
}

// double reads the forms that lack low-order zero bytes: of a single when it is type 8 with up to four bytes.
func double(typ byte, data []byte) float64 {
	bits := uint64(0)
	for _, c := range data {
		bits = bits>>8 | uint64(c)<<56
	}
	if typ == 8 && len(data) <= 4 {
		return float64(math.Float32frombits(uint32(bits >> 32)))
	}
	return math.Float64frombits(bits)
}

func latin1(b []byte) string {
	var s strings.Builder
	for _, c := range b {
		s.WriteRune(rune(c))
	}
	return s.String()
}

// quote shows the beginning of a text.
func quote(s string) string {
	const most = 60
	n := utf8.RuneCountInString(s)
	if n > most {
		s = string([]rune(s)[:20])
	}
	var out strings.Builder
	for _, r := range s {
		if r == '"' || r == '\\' || !unicode.IsPrint(r) {
			fmt.Fprintf(&out, "\\u%04x", r)
		} else {
			out.WriteRune(r)
		}
	}
	if n > most {
		return fmt.Sprintf(`"%s"… (%d characters)`, out.String(), n)
	}
	return `"` + out.String() + `"`
}

// appendText appends a short 8-bit text.
func appendText(b []byte, s string) []byte {
	return append(append(b, byte(len(s)+2), typeBytes), s...)
}
