package pgtypes

import (
	"testing"
)

func TestIntervalPartsAreIndependent(t *testing.T) {
	for _, c := range []struct {
		text                 string
		months, days, micros int64
	}{
		{"1 year 2 months", 14, 0, 0},
		{"-3 days 04:05:06.5", 0, -3, 14706500000},
		{"-00:00:01", 0, 0, -1000000},
		{"0", 0, 0, 0},
	} {
		v, err := ParseText(Of(Interval), c.text)
		if err != nil {
			t.Fatal(err)
		}
		m, d, us, err := IntervalParts(v)
		if m != c.months || d != c.days || us != c.micros || err != nil {
			t.Errorf("%s (%s): %d %d %d %v", c.text, v, m, d, us, err)
		}
	}
}

func TestElementsOfAnArray(t *testing.T) {
	v, err := ParseText(Of(Int4Array), "{1,NULL,3}")
	if err != nil {
		t.Fatal(err)
	}
	got, err := Elements(Of(Int4), v)
	if err != nil || len(got) != 3 || got[0].String() != "1" || !got[1].IsNull() || got[2].String() != "3" {
		t.Error(got, err)
	}
}
