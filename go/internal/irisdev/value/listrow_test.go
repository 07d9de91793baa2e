package value

import (
	"math"
	"testing"
)

// rowValues are values of all kinds and sizes that a row can hold.
var rowValues = []Value{
	NullValue(), Text(""), Text("a"), Text("\x00\x00"), Text("é"), Text("Ж😀"), Text(string(make([]byte, 253))), Text(string(make([]byte, 300))),
	Int(0), Int(1), Int(-1), Int(255), Int(-256), Int(-257), Int(math.MaxInt64), Int(math.MinInt64), Int(1<<55 - 1), Int(-1 << 55),
	Decimal(1250, -2), Decimal(-1, 30), Decimal(math.MaxInt64, -18), Decimal(1<<56-1, -3), Float(0), Float(math.Copysign(0, -1)), Float(0.1), Float(math.Inf(1)), Float(5e-324),
	ListOf("\x03\x04\x01"),
}

func TestARowIsReadAsItsItemsAre(t *testing.T) {
	list := BuildList(rowValues...)
	want, err := ListItems(list)
	if err != nil {
		t.Fatal(err)
	}
	got, err := AppendItems(make([]Value, 0, 4), list)
	if err != nil || len(got) != len(want) {
		t.Fatalf("%d items instead of %d, %v", len(got), len(want), err)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("item %d is %#v instead of %#v", i, got[i], want[i])
		}
	}
	if _, err := AppendItems(nil, ListOf("\x05\x01a")); err == nil {
		t.Error("a cut list is read")
	}
	if got, err := AppendItems(nil, NullValue()); err != nil || len(got) != 0 {
		t.Errorf("NULL gave %v, %v", got, err)
	}
}

// FuzzRow: whatever the bytes, both ways of reading agree.
func FuzzRow(f *testing.F) {
	f.Add(BuildList(rowValues...).Raw())
	f.Add("\x01\x02\x01\x00\x01\x00\x01")
	f.Fuzz(func(t *testing.T, s string) {
		want, err1 := ListItems(ListOf(s))
		got, err2 := AppendItems(nil, ListOf(s))
		if (err1 == nil) != (err2 == nil) || err1 == nil && len(got) != len(want) {
			t.Fatalf("%d items and %v, %d items and %v", len(want), err1, len(got), err2)
		}
		for i := range got {
			if a, b := AppendItem(nil, got[i]), AppendItem(nil, want[i]); string(a) != string(b) {
				t.Errorf("item %d is % x instead of % x", i, a, b)
			}
		}
	})
}

func TestTheODBCFormIsAppendedAsItIsMade(t *testing.T) {
	for _, kind := range []int{4, 12, TypeDate91, TypeDate, TypeTime92, TypeStamp93, TypeTimestamp, typeVarbinary} {
		for _, v := range append([]Value{Int(67264), Int(MinDay), Int(MaxDay), Int(MaxDay + 1), Int(1154594029111000000), Int(-6979664624441081856),
			Decimal(500001, -1), Text("2024-02-29"), VectorOf(&Vec{Element: "DOUBLE", Nums: []float64{1, 0.5}})}, rowValues...) {
			want := AppendItem([]byte("x"), ODBC(v, kind))
			if got := AppendODBC([]byte("x"), &v, kind); string(got) != string(want) {
				t.Errorf("type %d, %v: % x instead of % x", kind, v, got, want)
			}
		}
	}
}

func BenchmarkRow(b *testing.B) {
	list := BuildList(Int(42), Int(7), Int(1<<40), Decimal(1250, -2), Float(0.1), Text("name of a row"), Text("Žilina"), Int(67264), Int(1154594029111000000), Int(1))
	var row []Value
	b.ReportAllocs()
	for b.Loop() {
		row, _ = AppendItems(row[:0], list)
	}
}
