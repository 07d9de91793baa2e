package value

import (
	"bytes"
	"encoding/hex"
	"math"
	"strings"
	"testing"
)

// The bytes are those that InterSystems' drivers send for the values.
func TestItemBytes(t *testing.T) {
	for _, c := range []struct {
		v   Value
		hex string
	}{
		{Int(0), "0204"}, {Int(1), "030401"}, {Int(255), "0304ff"}, {Int(256), "04040001"}, {Int(65536), "0504000001"},
		{Int(math.MaxInt64), "0a04ffffffffffffff7f"}, {Int(-1), "0205"}, {Int(-2), "0305fe"}, {Int(-256), "030500"},
		{Int(-257), "0405fffe"}, {Int(math.MinInt64), "0a050000000000000080"}, {Decimal(15, -1), "0406ff0f"},
		{Decimal(1250, -2), "0506fee204"}, {Decimal(-25, -1), "0407ffe7"}, {Decimal(1, 30), "04061e01"},
		{Float(1.5), "0a08000000000000f83f"}, {Text("abc"), "0501616263"}, {Text("é"), "0301e9"}, {Text("Ж"), "04021604"},
		{Text("😀"), "06023dd800de"}, {NullValue(), "0201"}, {Text(""), "030100"},
		{BuildList(Int(1), Text("abc")), "0a010304010501616263"},
	} {
		if got := hex.EncodeToString(AppendItem(nil, c.v)); got != c.hex {
			t.Errorf("%s: %s, want %s", c.v.Text(), got, c.hex)
		}
		checkRoundTrip(t, c.v)
	}
}

func checkRoundTrip(t *testing.T, v Value) {
	t.Helper()
	data := AppendItem(nil, v)
	item, n, err := NextItem(data)
	if err != nil || n != len(data) || item.Value.Text() != v.Text() || item.Value.IsNull() != v.IsNull() {
		t.Errorf("%q comes back as %q (%d of %d bytes, %v)", v.Text(), item.Value.Text(), n, len(data), err)
	}
}

func TestCompactDoubles(t *testing.T) {
	for _, c := range []struct {
		f   float64
		hex string
	}{
		{1.5, "0408c03f"}, {0.1, "0a099a9999999999b93f"}, {0, "0208"}, {math.Inf(1), "0408807f"},
		{math.Inf(-1), "040880ff"}, {math.NaN(), "0409f87f"},
	} {
		data := AppendCompact(nil, Float(c.f))
		if got := hex.EncodeToString(data); got != c.hex {
			t.Errorf("%v: %s, want %s", c.f, got, c.hex)
		}
		item, _, err := NextItem(data)
		if got := item.Value.Float64(); err != nil || got != c.f && got == got {
			t.Errorf("%v comes back as %v, %v", c.f, got, err)
		}
	}
}

func TestLengthForms(t *testing.T) {
	for _, c := range []struct {
		n    int
		head string
	}{
		{253, "ff0161"}, {254, "00ff000161"}, {65534, "00ffff0161"}, {65535, "000000000001000161"}, {3641144, "000000398f37000161"},
	} {
		v := Text(strings.Repeat("a", c.n))
		if got := hex.EncodeToString(AppendItem(nil, v)[:len(c.head)/2]); got != c.head {
			t.Errorf("%d: %s, want %s", c.n, got, c.head)
		}
		checkRoundTrip(t, v)
	}
	checkRoundTrip(t, Text(strings.Repeat("Ж", 40000)))
}

func TestNextItemKnowsWhatAnArgumentIs(t *testing.T) {
	item, n, err := NextItem([]byte{1})
	if err != nil || n != 1 || !item.Undefined {
		t.Errorf("omitted: %+v %d %v", item, n, err)
	}
	for _, size := range []int{2, 300, 70000} {
		want := Text(strings.Repeat("in", size/2))
		item, _, err = NextItem(AppendByRef(nil, want))
		if err != nil || !item.ByRef || item.Value.Text() != want.Text() {
			t.Errorf("by reference, %d: %v %v", size, item.ByRef, err)
		}
	}
	item, _, err = NextItem(AppendObject(nil, "5@Sample.Person"))
	if err != nil || !item.Object || item.Value.Text() != "5@Sample.Person" {
		t.Errorf("object: %+v %v", item, err)
	}
}

func TestMalformedItemsAreRefused(t *testing.T) {
	for _, h := range []string{"", "00", "0001", "000500", "00000001000000", "05016162", "000000ffffffff01", "030a61", "030f61",
		"031061", "030260", "0b04010203040506070809", "0a04ffffffffffffffff", "0206", "090801020304050607", "0402", "031161"} {
		data, err := hex.DecodeString(h)
		if err != nil {
			t.Fatal(err)
		}
		if item, _, err := NextWireItem(data); err == nil && h != "0402" {
			t.Errorf("%s gave %q", h, item.Value.Text())
		}
	}
}

func TestVectorsStayInsideTheStore(t *testing.T) {
	for _, v := range []*Vec{{Element: "DOUBLE", Nums: []float64{1, -0.5}}, {Element: "STRING", Texts: []string{"a", ""}}} {
		data := AppendItem(nil, VectorOf(v))
		item, _, err := NextItem(data)
		if err != nil || item.Value.Kind() != Vector || item.Value.Text() != v.Text() || item.Value.Vec().Element != v.Element {
			t.Errorf("%s comes back as %s, %v", v.Text(), item.Value.Text(), err)
		}
		if _, _, err := NextWireItem(data); err == nil {
			t.Error("a client's vector was accepted")
		}
	}
}

func TestListItems(t *testing.T) {
	list := BuildList(Int(1), NullValue(), Text("Ж"))
	for _, v := range []Value{list, Text(list.Text())} {
		items, err := ListItems(v)
		if err != nil || len(items) != 3 || items[0].Text() != "1" || !items[1].IsNull() || items[2].Text() != "Ж" {
			t.Errorf("%v %v", items, err)
		}
	}
	if _, err := ListItems(Int(5)); err == nil {
		t.Error("a number is no list")
	}
}

func FuzzListDecode(f *testing.F) {
	f.Add([]byte{2, 4, 3, 1, 0, 1, 4, 6, 0xff, 15})
	f.Add([]byte{0, 0, 0, 1, 0, 0, 0, 1})
	f.Add(AppendItem(nil, VectorOf(&Vec{Element: "DOUBLE", Nums: []float64{1}})))
	f.Fuzz(func(t *testing.T, data []byte) {
		for len(data) > 0 {
			item, n, err := NextItem(data)
			if err != nil {
				return
			}
			if n <= 0 || n > len(data) {
				t.Fatalf("%d of %d bytes", n, len(data))
			}
			again, _, err := NextItem(AppendItem(nil, item.Value))
			if err != nil || again.Value.Text() != item.Value.Text() {
				t.Fatalf("%q became %q, %v", item.Value.Text(), again.Value.Text(), err)
			}
			data = data[n:]
		}
	})
}

func TestEncodingIsOneToOne(t *testing.T) {
	if bytes.Equal(AppendItem(nil, NullValue()), AppendItem(nil, Text(""))) {
		t.Error("NULL and the empty string have the same bytes")
	}
}
