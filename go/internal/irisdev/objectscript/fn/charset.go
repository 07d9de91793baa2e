package fn

import (
	"encoding/binary"
	"strings"

	"golang.org/x/text/encoding/charmap"

	"iris-pgwire/internal/irisdev/value"
)

// charsets are the tables of one byte a character that IRIS's locales have (IRIS docs, "%SYS.NLS.Locale", XLTTables).
var charsets = map[string]*charmap.Charmap{
	"LATIN1": charmap.ISO8859_1, "LATIN2": charmap.ISO8859_2, "LATINC": charmap.ISO8859_5, "LATINA": charmap.ISO8859_6,
	"LATING": charmap.ISO8859_7, "LATINH": charmap.ISO8859_8, "LATIN9": charmap.ISO8859_15, "CP437": charmap.CodePage437,
	"CP850": charmap.CodePage850, "CP852": charmap.CodePage852, "CP866": charmap.CodePage866, "CP874": charmap.Windows874,
	"CP1250": charmap.Windows1250, "CP1251": charmap.Windows1251, "CP1252": charmap.Windows1252, "CP1253": charmap.Windows1253,
	"CP1255": charmap.Windows1255,
}

// ioTableOf finds a table by name, letter case not counting.
func ioTableOf(name string) (ioTable, bool) {
	name = strings.ToUpper(name)
	if t, ok := ioTables[name]; ok {
		return t, true
	}
	if m, ok := charsets[name]; ok {
		return ioTable{
			out: func(s string) (string, error) { return charsetOut(m, s), nil },
			in:  func(s string) (string, string, error) { return charsetIn(m, s), "", nil },
		}, true
	}
	return ioTable{}, false
}

// charsetOut gives a byte for each character, a question mark for one that the table lacks.
func charsetOut(m *charmap.Charmap, s string) string {
	var b []byte
	for _, r := range wide(s) {
		c, ok := m.EncodeRune(r)
		if !ok {
			c = '?'
		}
		b = append(b, c)
	}
	return value.FromLatin1(b)
}

// charsetIn gives the character of each byte; a byte without one is a question mark, what is no byte stays.
func charsetIn(m *charmap.Charmap, s string) string {
	b, ok := value.Latin1(s)
	if !ok {
		return s
	}
	var out strings.Builder
	for _, c := range b {
		r := m.DecodeByte(c)
		if r == 0xFFFD {
			r = '?'
		}
		out.WriteRune(r)
	}
	return out.String()
}

// utf16Out gives two bytes a character.
func utf16Out(order binary.AppendByteOrder) func(string) (string, error) {
	return func(s string) (string, error) {
		var b []byte
		for _, u := range value.Units(s) {
			b = order.AppendUint16(b, u)
		}
		return value.FromLatin1(b), nil
	}
}

// utf16In reads two bytes a character; a single byte at the end stays as the rest.
func utf16In(order binary.ByteOrder) func(string) (string, string, error) {
	return func(s string) (string, string, error) {
		b, ok := value.Latin1(s)
		if !ok {
			return s, "", nil
		}
		u := make([]uint16, len(b)/2)
		for i := range u {
			u[i] = order.Uint16(b[2*i:])
		}
		return value.FromUnits(u), value.FromLatin1(b[2*len(u):]), nil
	}
}
