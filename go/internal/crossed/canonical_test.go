package main

import (
	"math"
	"testing"

	"iris-pgwire/internal/iris"
)

func TestCanonicalTexts(t *testing.T) {
	for _, c := range []struct {
		kind string
		odbc int
		v    iris.Value
		want string
	}{
		{"text", 12, iris.Null(), "-"},
		{"text", 12, iris.Latin1(nil), `""`},
		{"text", 12, iris.Latin1([]byte("a|\xe9\"")), `"a\007c\00e9\0022"`},
		{"text", 12, iris.UTF16([]byte{0x3d, 0xd8, 0x00, 0xde, 0x16, 0x04}), `"\d83d\de00\0416"`},
		{"text", -1, iris.Text("😀"), `"\d83d\de00"`},
		{"guid", -11, iris.Latin1([]byte("a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11")), `"a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"`},
		{"bigint", -5, iris.Int(math.MinInt64), "-9223372036854775808"},
		{"bit", -7, iris.Latin1([]byte("1")), "1"},
		{"numeric", 2, iris.Decimal(1250, -2), "12.5"},
		{"numeric", 2, iris.Latin1([]byte("-.5")), "-0.5"},
		{"numeric", 2, iris.Decimal(0, -4), "0"},
		{"numeric", 2, iris.Decimal(math.MaxInt64, -18), "9.223372036854775807"},
		{"numeric", 2, iris.Int(1000), "1000"},
		{"double", 8, iris.Double(math.Copysign(0, -1)), "8000000000000000"},
		{"double", 8, iris.Double(math.NaN()), "nan"},
		{"binary", -3, iris.Latin1([]byte{0, 255}), "x00ff"},
		{"binary", -3, iris.UTF16([]byte{0, 0, 255, 0}), "x00ff"},
		{"date", 91, iris.Latin1([]byte("1840-12-31")), "1840-12-31"},
		{"date", 1091, iris.Int(66899), "2024-02-29"},
		{"time", 92, iris.Latin1([]byte("13:14:15.5")), "13:14:15.500000"},
		{"time", 1092, iris.Decimal(476555, -1), "13:14:15.500000"},
		{"timestamp", 93, iris.Latin1([]byte("2024-02-29 00:00:00")), "2024-02-29 00:00:00.000000"},
		{"timestamp", 1093, iris.Int(1<<60 + 1), "1970-01-01 00:00:00.000001"},
		{"timestamp", 1093, iris.Int(-1 &^ 0x6000000000000000), "1969-12-31 23:59:59.999999"},
		{"vector", 12, iris.Latin1([]byte("1,-.5")), "3ff0000000000000,bfe0000000000000"},
		{"vector", 12, iris.Latin1([]byte("[1.0, -5E-1]")), "3ff0000000000000,bfe0000000000000"},
	} {
		if got, err := canonical(column{Kind: c.kind}, c.odbc, c.v); err != nil || got != c.want {
			t.Errorf("%s (type %d) %q is %s (%v), want %s", c.kind, c.odbc, c.v.String(), got, err, c.want)
		}
	}
}

func TestWhatCannotBeAValueOfItsKindIsAnError(t *testing.T) {
	for kind, v := range map[string]iris.Value{
		"integer": iris.Latin1([]byte("1.5")), "numeric": iris.Latin1([]byte("1E3")), "double": iris.Latin1([]byte("1.5")), "binary": iris.UTF16([]byte{0x16, 4}),
		"date": iris.Latin1([]byte("2023-02-29")), "timestamp": iris.Int(5), "vector": iris.Latin1([]byte("1,,2")), "xml": iris.Int(1),
	} {
		if got, err := canonical(column{Kind: kind}, 0, v); err == nil {
			t.Errorf("%s %q is %s", kind, v.String(), got)
		}
	}
}

// What is written down of a value that was made is what would be written of the same value when it is read.
func TestTheTextOfAMadeValueIsThatOfTheValue(t *testing.T) {
	m := newMaker(1, 2)
	for _, c := range []column{
		{Kind: "bit"}, {Kind: "tinyint"}, {Kind: "smallint"}, {Kind: "integer"}, {Kind: "bigint"}, {Kind: "numeric", Size: 19, Scale: 18}, {Kind: "numeric", Size: 1},
		{Kind: "double"}, {Kind: "text", Size: 1}, {Kind: "text", Size: 300}, {Kind: "binary", Size: 300}, {Kind: "guid"}, {Kind: "date"}, {Kind: "time"}, {Kind: "timestamp"},
		{Kind: "vector", Size: 3},
	} {
		for range 300 {
			v, want := m.value(c)
			if got, err := canonical(c, 0, v); err != nil || got != want {
				t.Fatalf("%+v: %q is %s (%v), and was written down as %s", c, v.String(), got, err, want)
			}
			if c.Kind == "text" && len([]rune(v.String())) > c.Size {
				t.Fatalf("%+v: %q is too long", c, v.String())
			}
		}
	}
}

func TestTheSameSeedMakesTheSameValues(t *testing.T) {
	c := column{Kind: "text", Size: 40}
	a, b, other := newMaker(7, 0), newMaker(7, 0), newMaker(7, 1)
	differs := false
	for range 50 {
		_, x := a.value(c)
		_, y := b.value(c)
		_, z := other.value(c)
		if x != y {
			t.Fatalf("%s and %s", x, y)
		}
		differs = differs || x != z
	}
	if !differs {
		t.Error("two tables have the same values")
	}
}
