package pgtypes

import (
	"bytes"
	"strings"
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
		{"9223372036854775807 us", 0, 0, 9223372036854775807},
		{"-2562047788:00:54.775808", 0, 0, -9223372036854775808},
		{"9007199254740993 us", 0, 0, 9007199254740993},
		{"-1.5 seconds", 0, 0, -1500000},
		{"-.5 days", 0, 0, -43200000000},
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

func TestIntervalsBeyondTheirRangeOrWithAUnitTwiceAreRefused(t *testing.T) {
	for _, text := range []string{
		"2562047788:00:54.775808", "9223372036854775808 us", "2000000000 hours 120000000000 minutes", "200000000 years", "2147483648 days",
		"1200000000 hours 60000000000 minutes 3600000000000 seconds",
	} {
		if v, err := ParseText(Of(Interval), text); err == nil || !strings.Contains(err.Error(), "22015") {
			t.Errorf("%s: %s, %v", text, v, err)
		}
	}
	for _, text := range []string{"1 day 1 day", "2 hours 1 hour", "01:00 1 hour", "1 year 1-2", "1 day 2 d"} {
		if v, err := ParseText(Of(Interval), text); err == nil || !strings.Contains(err.Error(), "22007") {
			t.Errorf("%s: %s, %v", text, v, err)
		}
	}
	infinity := bytes.Repeat([]byte{0xff}, 16)
	infinity[0], infinity[8], infinity[12] = 0x7f, 0x7f, 0x7f
	if v, err := FromBinary(Of(Interval), infinity); err == nil {
		t.Errorf("infinity: %s", v)
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
