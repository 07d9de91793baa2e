package main

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"

	"iris-pgwire/internal/iris"
)

// maker makes random values, the same for the same seed and table.
type maker struct{ *rand.Rand }

func newMaker(seed uint64, table int) *maker {
	return &maker{rand.New(rand.NewPCG(seed, uint64(table)))}
}

// value makes a value for a column and its canonical text.
func (m *maker) value(c column) (iris.Value, string) {
	if m.IntN(10) == 0 {
		return iris.Null(), "-"
	}
	switch c.Kind {
	case "bit":
		return m.integer(0, 1)
	case "tinyint":
		return m.integer(-128, 127)
	case "smallint":
		return m.integer(math.MinInt16, math.MaxInt16)
	case "integer":
		return m.integer(math.MinInt32, math.MaxInt32)
	case "bigint":
		return m.integer(-math.MaxInt64, math.MaxInt64)
	case "numeric":
		return m.numeric(c)
	case "double":
		f := m.double()
		return iris.Double(f), doubleText(f)
	case "text":
		return m.text(c.Size)
	case "guid":
		s := fmt.Sprintf("%08x-%04x-%04x-%04x-%012x", m.Uint32(), m.Uint32()>>16, m.Uint32()>>16, m.Uint32()>>16, m.Uint64()>>16)
		return iris.Text(s), `"` + s + `"`
	case "binary":
		return m.binary(c.Size)
	case "vector":
		return m.vector(c.Size)
	}
	return m.moment(c.Kind)
}

// integer makes one at a border between lengths, or any within the limits.
func (m *maker) integer(low, high int64) (iris.Value, string) {
	n := low + int64(m.Uint64N(uint64(high)-uint64(low)+1))
	switch m.IntN(4) {
	case 0:
		n = []int64{low, high, 0, 1, -1}[m.IntN(5)]
	case 1: // 255, 256, 65535, 65536 …, and just below and above
		n = int64(1)<<(8*m.IntN(8)) + int64(m.IntN(3)) - 1
		if m.IntN(2) == 0 {
			n = -n
		}
	}
	n = max(low, min(high, n))
	return iris.Int(n), strconv.FormatInt(n, 10)
}

// numeric fills the precision, or not.
func (m *maker) numeric(c column) (iris.Value, string) {
	limit := uint64(math.MaxInt64)
	if c.Size < 19 {
		limit = uint64(math.Pow10(c.Size)) - 1
	}
	n := int64(m.Uint64N(limit + 1))
	switch m.IntN(4) {
	case 0:
		n = []int64{0, 1, int64(limit)}[m.IntN(3)]
	case 1:
		n /= int64(math.Pow10(m.IntN(c.Size)))
	}
	if m.IntN(2) == 0 {
		n = -n
	}
	v := iris.Decimal(n, int8(-c.Scale))
	text, err := numericText(v.String())
	if err != nil {
		text = err.Error()
	}
	return v, text
}

// specialDoubles are at the borders of what a double is.
var specialDoubles = []float64{0, math.Copysign(0, -1), 1, -1, 0.1, 1.5, 1 << 53, 1<<53 + 2, math.MaxFloat64, -math.MaxFloat64,
	math.SmallestNonzeroFloat64, -math.SmallestNonzeroFloat64, 0x1p-1022, 0x1.fffffffffffffp-1023, math.MaxFloat32,
	math.SmallestNonzeroFloat32, math.Inf(1), math.Inf(-1), math.NaN(), math.Pi, 1e22, 1e-7}

func (m *maker) double() float64 {
	switch m.IntN(4) {
	case 0:
		return specialDoubles[m.IntN(len(specialDoubles))]
	case 1:
		return float64(math.Float32frombits(m.Uint32()&^0x00800000)) * 0.5 // a single, never NaN
	case 2: // a denormal
		return math.Float64frombits(m.Uint64() & 0x800FFFFFFFFFFFFF)
	}
	for {
		if f := math.Float64frombits(m.Uint64()); f == f {
			return f
		}
	}
}

// specialTexts look like something else, or have what gets lost on the way.
var specialTexts = []string{"", " ", "0", "-0", "1.0", "007", "1E3", ".5", "NULL", "a  ", "  a", "O'Reilly", `"`, "?", "%", "\t\r\n", "\x01", "a\x00b", "\x7f\u0080", "ÿ",
	"\u00a0", "é", "Ж", "漢字", "😀", "😀a😀", "\ufffd\uffff", "\u2028", "0001-01-01", "{fn NOW()}", "5@%Stream.GlobalCharacter"}

// alphabets are ranges of characters that need different forms.
var alphabets = [][2]rune{{' ', '~'}, {1, 0x7f}, {0x80, 0xff}, {1, 0xff}, {1, 0xfff}, {0xe000, 0xffff}, {0x4e00, 0x9fff}, {0x10000, 0x10ffff}, {1, 0x10ffff}}

// text makes one of at most size UTF-16 units.
func (m *maker) text(size int) (iris.Value, string) {
	if s := specialTexts[m.IntN(len(specialTexts))]; m.IntN(3) == 0 && len(utf16.Encode([]rune(s))) <= size {
		return iris.Text(s), unitsText(utf16.Encode([]rune(s)))
	}
	n := m.length(size)
	alphabet := alphabets[m.IntN(len(alphabets))]
	var b strings.Builder
	for units := 0; units < n; units++ {
		r := alphabet[0] + m.Int32N(alphabet[1]-alphabet[0]+1)
		if utf16.IsSurrogate(r) {
			r = 'x'
		}
		if r > 0xffff {
			if units++; units == n {
				break
			}
		}
		b.WriteRune(r)
	}
	return iris.Text(b.String()), unitsText(utf16.Encode([]rune(b.String())))
}

// length is mostly short, sometimes at a border of the item's length form.
func (m *maker) length(size int) int {
	switch m.IntN(20) {
	case 0:
		return min(size, 250+m.IntN(10))
	case 1:
		if m.IntN(50) == 0 {
			return min(size, 65530+m.IntN(10))
		}
		return min(size, m.IntN(2000))
	case 2:
		return min(size, 300)
	}
	return m.IntN(min(size, 40) + 1)
}

func (m *maker) binary(size int) (iris.Value, string) {
	b := make([]byte, m.length(size))
	for i := range b {
		b[i] = byte(m.Uint32())
		if m.IntN(8) == 0 {
			b[i] = 0
		}
	}
	if len(b) == 1 && b[0] == 0 { // the wire's empty string
		b[0] = 1
	}
	return iris.Binary(b), binaryText(b)
}

// vector makes elements of moderate size.
func (m *maker) vector(size int) (iris.Value, string) {
	parts, texts := make([]string, size), make([]string, size)
	for i := range parts {
		f := (m.Float64() - 0.5) * math.Pow(10, float64(m.IntN(30)-15))
		switch m.IntN(4) {
		case 0:
			f = float64(float32(f))
		case 1:
			f = float64(m.IntN(2000) - 1000)
		}
		parts[i], texts[i] = strconv.FormatFloat(f, 'f', -1, 64), doubleText(f)
	}
	return iris.Text(strings.Join(parts, ",")), strings.Join(texts, ",")
}

// moment makes a date from 1840-12-31 on, where DATE begins by default, a time, or both from year 1 on.
func (m *maker) moment(kind string) (iris.Value, string) {
	first, last := time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(9999, 12, 31, 23, 59, 59, 999999000, time.UTC)
	if kind == "date" {
		first = time.Date(1840, 12, 31, 0, 0, 0, 0, time.UTC)
	}
	t := time.Unix(first.Unix()+m.Int64N(last.Unix()-first.Unix()), m.Int64N(1000000)*1000).UTC()
	switch m.IntN(5) {
	case 0:
		t = t.Truncate(time.Second)
	case 1:
		t = []time.Time{first, last, time.Unix(0, 0).UTC(), time.Date(1969, 12, 31, 23, 59, 59, 999999000, time.UTC), time.Date(2024, 2, 29, 0, 0, 0, 0, time.UTC)}[m.IntN(5)]
	case 2:
		t = t.Truncate(time.Millisecond)
	}
	text := t.Format(map[string]string{"date": "2006-01-02", "time": "15:04:05.000000", "timestamp": "2006-01-02 15:04:05.000000"}[kind])
	return iris.Text(text), text
}
