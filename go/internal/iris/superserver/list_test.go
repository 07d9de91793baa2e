package superserver

import (
	"bytes"
	"encoding/hex"
	"math"
	"strings"
	"testing"

	"iris-pgwire/internal/iris"
)

func fromHex(t testing.TB, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(strings.ReplaceAll(s, " ", ""))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// The bytes are those that InterSystems' drivers send for the values.
var itemCases = []struct {
	name string
	v    iris.Value
	item string
}{
	{"null", iris.Null(), "02 01"},
	{"empty string", iris.Text(""), "03 01 00"},
	{"0", iris.Int(0), "02 04"},
	{"1", iris.Int(1), "03 04 01"},
	{"255", iris.Int(255), "03 04 ff"},
	{"256", iris.Int(256), "04 04 00 01"},
	{"65536", iris.Int(65536), "05 04 00 00 01"},
	{"largest", iris.Int(math.MaxInt64), "0a 04 ff ff ff ff ff ff ff 7f"},
	{"-1", iris.Int(-1), "02 05"},
	{"-2", iris.Int(-2), "03 05 fe"},
	{"-256", iris.Int(-256), "03 05 00"},
	{"-257", iris.Int(-257), "04 05 ff fe"},
	{"smallest", iris.Int(math.MinInt64), "0a 05 00 00 00 00 00 00 00 80"},
	{"1.5 decimal", iris.Decimal(15, -1), "04 06 ff 0f"},
	{"12.50 decimal", iris.Decimal(1250, -2), "05 06 fe e2 04"},
	{"-2.5 decimal", iris.Decimal(-25, -1), "04 07 ff e7"},
	{"1E30 decimal", iris.Decimal(1, 30), "04 06 1e 01"},
	{"1.5 double", iris.Double(1.5), "04 08 c0 3f"},
	{"0.1 double", iris.Double(0.1), "0a 09 9a 99 99 99 99 99 b9 3f"},
	{"0.0 double", iris.Double(0), "02 08"},
	{"-0.0 double", iris.Double(math.Copysign(0, -1)), "03 08 80"},
	{"infinity", iris.Double(math.Inf(1)), "04 08 80 7f"},
	{"-infinity", iris.Double(math.Inf(-1)), "04 08 80 ff"},
	{"NaN", iris.Double(math.NaN()), "04 09 f8 7f"},
	{"abc", iris.Text("abc"), "05 01 61 62 63"},
	{"é", iris.Text("é"), "03 01 e9"},
	{"Ж", iris.Text("Ж"), "04 02 16 04"},
	{"emoji", iris.Text("😀"), "06 02 3d d8 00 de"},
	{"bytes", iris.Binary([]byte{0xff, 0}), "04 01 ff 00"},
}

func TestValuesAreEncodedAsTheDriversDo(t *testing.T) {
	for _, c := range itemCases {
		got, err := appendValue(nil, c.v, true)
		if err != nil || !bytes.Equal(got, fromHex(t, c.item)) {
			t.Errorf("%s: % x (%v), want %s", c.name, got, err, c.item)
		}
	}
	if got := appendDouble(nil, 1.5, false); !bytes.Equal(got, fromHex(t, "0a 08 00 00 00 00 00 00 f8 3f")) {
		t.Errorf("plain double: % x", got)
	}
}

func TestDecodingGivesTheValueBack(t *testing.T) {
	for _, c := range itemCases {
		item := fromHex(t, c.item)
		v, next, err := decodeItem(item, 0)
		want := c.v.String()
		if c.v.Kind() == iris.KindBinary {
			want = iris.Latin1(c.v.Raw()).String()
		}
		if err != nil || next != len(item) || v.String() != want || v.IsNull() != c.v.IsNull() {
			t.Errorf("%s: %q, next %d, %v", c.name, v.String(), next, err)
		}
	}
}

func TestLengthFormsChangeAtTheDocumentedSizes(t *testing.T) {
	for _, c := range []struct {
		size   int
		prefix string
	}{
		{253, "ff 01"}, {254, "00 ff 00 01"}, {65534, "00 ff ff 01"}, {65535, "00 00 00 00 00 01 00 01"},
	} {
		data := bytes.Repeat([]byte{'a'}, c.size)
		item, err := appendBinary(nil, data)
		if err != nil || !bytes.HasPrefix(item, fromHex(t, c.prefix)) {
			t.Errorf("%d bytes: % x… (%v)", c.size, item[:8], err)
		}
		v, next, err := decodeItem(item, 0)
		if err != nil || next != len(item) || !bytes.Equal(v.Raw(), data) {
			t.Errorf("%d bytes come back as %d, %v", c.size, len(v.Raw()), err)
		}
	}
}

func TestWhatTheWireCannotSayIsRefused(t *testing.T) {
	for name, v := range map[string]iris.Value{
		"one zero byte": iris.Binary([]byte{0}),
		"one NUL":       iris.Text("\x00"),
		"too long":      iris.Text(strings.Repeat("x", maxString+1)),
		"too long wide": iris.Text(strings.Repeat("Ж", maxString+1)),
	} {
		if _, err := appendValue(nil, v, true); err == nil {
			t.Errorf("%s was accepted", name)
		}
	}
}

func TestBadItemsAreErrors(t *testing.T) {
	for _, item := range []string{"", "00", "00 05", "05 01 61", "00 ff ff 01", "00 00 00 ff ff ff ff 01", "03 0a 00", "03 0d 41", "03 02 41", "02 06", "0b 04 00 00 00 00 00 00 00 00 01"} {
		if v, _, err := decodeItem(fromHex(t, item), 0); err == nil {
			t.Errorf("% s decoded as %q", item, v.String())
		}
	}
}

func TestTextsOfEveryCharacterAreWrittenWhole(t *testing.T) {
	for first := rune(0); first <= 0x10FFFF; first += 0x80 {
		var b strings.Builder
		for r := first; r < first+0x80; r++ {
			if r < 0xD800 || r > 0xDFFF {
				b.WriteRune(r)
			}
		}
		item, err := appendText(nil, []byte(b.String()))
		v, next, err2 := decodeItem(item, 0)
		if err != nil || err2 != nil || next != len(item) || v.String() != b.String() {
			t.Fatalf("from U+%04X on: %v, %v, %q", first, err, err2, v.String())
		}
		if wide := v.Kind() == iris.KindUTF16; b.Len() > 0 && wide != (first > 0xFF) {
			t.Errorf("from U+%04X on: kind %d", first, v.Kind())
		}
	}
}

func TestWhatIsNoUTF8IsReplaced(t *testing.T) {
	for s, want := range map[string]string{
		"\x80": "\uFFFD", "é\xC2": "é\uFFFD", "\xC2a": "\uFFFDa", "\xC0\x80": "\uFFFD\uFFFD", "Ж\xE2\x82": "Ж\uFFFD\uFFFD", "\xED\xA0\x80": "\uFFFD\uFFFD\uFFFD", "\xFF\xFEa": "\uFFFD\uFFFDa",
		"\xF5\x80\x80\x80": "\uFFFD\uFFFD\uFFFD\uFFFD", "\uFFFD": "\uFFFD",
	} {
		item, err := appendText(nil, []byte(s))
		v, next, err2 := decodeItem(item, 0)
		if err != nil || err2 != nil || next != len(item) || v.String() != want {
			t.Errorf("%q gave %q, %v, %v", s, v.String(), err, err2)
		}
	}
}

func TestUnsignedBeyondInt64StaysExact(t *testing.T) {
	v, _, err := decodeItem(fromHex(t, "0a 04 ff ff ff ff ff ff ff ff"), 0)
	if err != nil || v.String() != "18446744073709551615" {
		t.Errorf("%q, %v", v.String(), err)
	}
}

func FuzzListDecode(f *testing.F) {
	for _, c := range itemCases {
		f.Add(fromHex(f, c.item))
	}
	f.Add([]byte{0, 0, 0, 0xff, 0xff, 0xff, 0xff, 1})
	f.Fuzz(func(t *testing.T, b []byte) {
		for at := 0; at < len(b); {
			v, next, err := decodeItem(b, at)
			if err != nil {
				return
			}
			var fast iris.Value
			if n, err := decodeInto(&fast, b, at); err != nil || n != next || fast.Kind() != v.Kind() || fast.String() != v.String() || fast.IsNull() != v.IsNull() {
				t.Fatalf("the fast way gives %v (%v), %d; the other %v, %d", fast, err, n, v, next)
			}
			if next <= at || next > len(b) {
				t.Fatalf("index went from %d to %d of %d", at, next, len(b))
			}
			checkIdentity(t, v)
			at = next
		}
	})
}

// checkIdentity writes a decoded value and reads it again.
func checkIdentity(t *testing.T, v iris.Value) {
	item, err := appendValue(nil, v, true)
	if err != nil {
		return
	}
	again, next, err := decodeItem(item, 0)
	if err != nil || next != len(item) || again.String() != v.String() || again.IsNull() != v.IsNull() {
		t.Fatalf("%v came back as %v (%v)", v, again, err)
	}
}

// FuzzListEncode: whatever a value, what was written is read back as the same, by both ways of reading.
func FuzzListEncode(f *testing.F) {
	f.Add(uint8(1), int64(-256), int8(0), []byte(nil), true)
	f.Add(uint8(2), int64(1250), int8(-2), []byte(nil), true)
	f.Add(uint8(3), int64(math.MinInt64), int8(0), []byte(nil), false) // -0
	f.Add(uint8(4), int64(0), int8(0), []byte("é"), true)
	f.Add(uint8(6), int64(0), int8(0), []byte("Ж😀"), true)
	f.Fuzz(func(t *testing.T, kind uint8, n int64, exp int8, s []byte, compact bool) {
		v := []iris.Value{iris.Null(), iris.Int(n), iris.Decimal(n, exp), iris.Double(math.Float64frombits(uint64(n))), iris.Latin1(s),
			iris.UTF16(s[:len(s)&^1]), iris.TextBytes(bytes.ToValidUTF8(s, nil)), iris.Binary(s)}[kind%8]
		item, err := appendValue([]byte("x"), v, compact)
		if err != nil {
			return
		}
		if again, err := appendSet([]byte("x"), []iris.Value{v}, compact); err != nil || !bytes.Equal(again, item) {
			t.Fatalf("in a set %v is % x (%v), alone % x", v, again, err, item)
		}
		var back iris.Value
		for _, rest := range []string{"", "0123456789"} { // the fast way looks at what follows
			next, err := decodeInto(&back, append(item, rest...), 1)
			if err != nil || next != len(item) || back.IsNull() != v.IsNull() || !sameText(back, v) {
				t.Fatalf("%v (kind %d) came back as %v (kind %d), %v", v, v.Kind(), back, back.Kind(), err)
			}
		}
		if f, ok := v.Float64(); ok && v.Kind() == iris.KindDouble {
			if g, _ := back.Float64(); back.Kind() != iris.KindDouble || f == f && math.Float64bits(f) != math.Float64bits(g) || (f == f) != (g == g) {
				t.Fatalf("%x came back as %x", math.Float64bits(f), math.Float64bits(g))
			}
		}
	})
}

// sameText compares texts and bytes as what they are: bytes come back as an 8-bit string.
func sameText(a, b iris.Value) bool {
	if b.Kind() == iris.KindBinary {
		return bytes.Equal(a.Raw(), b.Raw())
	}
	return a.String() == b.String()
}

func BenchmarkListDecode(b *testing.B) {
	var row []byte
	for _, v := range []iris.Value{iris.Int(42), iris.Decimal(1250, -2), iris.Text("some text of a row"), iris.Double(0.1), iris.Text("2024-02-29 12:34:56")} {
		row, _ = appendValue(row, v, true)
	}
	buf := bytes.Repeat(row, 1000)
	b.SetBytes(int64(len(buf)))
	b.ReportAllocs()
	var v iris.Value
	for b.Loop() {
		for at := 0; at < len(buf); {
			next, err := decodeInto(&v, buf, at)
			if err != nil {
				b.Fatal(err)
			}
			at = next
		}
	}
}

func BenchmarkListEncode(b *testing.B) {
	var buf []byte
	values := []iris.Value{iris.Int(42), iris.Decimal(1250, -2), iris.Text("some text of a row"), iris.Double(0.1), iris.Text("Жук")}
	b.ReportAllocs()
	for b.Loop() {
		buf, _ = appendSet(buf[:0], values, true)
	}
	b.SetBytes(int64(len(buf)))
}

// A row of ten columns is read without an allocation (the aim is three at most).
func TestRowsAreReadWithoutAllocations(t *testing.T) {
	const rows = 2000
	var row []byte
	for i := range 10 {
		v := []iris.Value{iris.Int(int64(i) << 20), iris.Decimal(1250, -2), iris.Text("some text"), iris.Double(0.1), iris.Text("Жук")}[i%5]
		row, _ = appendValue(row, v, true)
	}
	r := &Rows{conn: &Conn{open: map[*Rows]struct{}{}}, st: &Statement{}, buf: bytes.Repeat(row, rows+10), last: true, values: make([]iris.Value, 10)}
	if n := testing.AllocsPerRun(rows, func() {
		if _, err := r.Next(t.Context()); err != nil {
			t.Fatal(err)
		}
	}); n > 0 {
		t.Errorf("%v allocations a row", n)
	}
}
