package value

import (
	"testing"
	"time"
)

func TestDates(t *testing.T) {
	for _, c := range []struct {
		day  int
		text string
	}{
		{0, "1840-12-31"}, {1, "1841-01-01"}, {66899, "2024-02-29"}, {MinDay, "0001-01-01"}, {MaxDay, "9999-12-31"}, {47117, "1970-01-01"},
	} {
		if got, ok := FormatDate(c.day); !ok || got != c.text {
			t.Errorf("%d is %s %v, want %s", c.day, got, ok, c.text)
		}
		if got, ok := ParseDate(c.text); !ok || got != c.day {
			t.Errorf("%s is %d %v, want %d", c.text, got, ok, c.day)
		}
	}
	for _, s := range []string{"", "2023-02-29", "2024-13-01", "2024-00-01", "0000-01-01", "24-01-01", "2024-1-", "x-y-z", "-2024-01-01"} {
		if day, ok := ParseDate(s); ok {
			t.Errorf("%q is %d", s, day)
		}
	}
	if _, ok := FormatDate(MaxDay + 1); ok {
		t.Error("the year 10000 was written")
	}
}

func TestEveryDayComesBack(t *testing.T) {
	epoch := time.Date(1840, 12, 31, 0, 0, 0, 0, time.UTC)
	for day := MinDay; day <= MaxDay; day += 373 {
		y, m, d, ok := DateOf(day)
		want := epoch.AddDate(0, 0, day)
		if back, ok2 := DayOf(y, m, d); !ok || !ok2 || back != day || want.Year() != y || int(want.Month()) != m || want.Day() != d {
			t.Fatalf("day %d is %d-%d-%d and back %d, want %s", day, y, m, d, back, want)
		}
	}
}

func TestTimes(t *testing.T) {
	for in, want := range map[string]string{"13:14:15": "13:14:15", "00:00:00": "00:00:00", "23:59:59.125": "23:59:59.125",
		"7:5": "07:05:00", "01:02:03.5000": "01:02:03.5", "01:02:03.0000000001": "01:02:03"} {
		v, ok := ParseTime(in)
		if got, ok2 := FormatTime(v); !ok || !ok2 || got != want {
			t.Errorf("%s is %s, want %s", in, got, want)
		}
	}
	for _, s := range []string{"24:00:00", "12:60", "1", "", "1:2:3:4", "1:2:3.", "1:2:3.x", "-1:00:00", "1:2.5"} {
		if v, ok := ParseTime(s); ok {
			t.Errorf("%q is %s", s, v.Text())
		}
	}
}

func TestPosixTime(t *testing.T) {
	for _, c := range []struct {
		text    string
		encoded int64
	}{
		{"2024-02-29 13:14:15.123456", 1154630717061970432}, {"1969-12-31 23:59:59.999999", -6917529027641081857},
		{"1970-01-01 00:00:00", 1 << 60},
	} {
		micros, ok := ParseTimestamp(c.text)
		v, ok2 := Posix(micros)
		if !ok || !ok2 || v.Text() != Int(c.encoded).Text() {
			t.Errorf("%s is %s, want %d", c.text, v.Text(), c.encoded)
		}
		back, ok := Micros(v)
		if got, _ := FormatTimestamp(back); !ok || got != c.text {
			t.Errorf("%d is %s, want %s", c.encoded, got, c.text)
		}
	}
	for _, s := range []string{"0001-01-01 00:00:00", "9999-12-31 23:59:59.999999", "1840-12-31 00:00:00.000001"} {
		micros, ok := ParseTimestamp(s)
		v, ok2 := Posix(micros)
		back, ok3 := Micros(v)
		if got, _ := FormatTimestamp(back); !ok || !ok2 || !ok3 || got != s {
			t.Errorf("%s comes back as %s", s, got)
		}
	}
	if _, ok := Micros(Int(-6917529027641081856)); ok {
		t.Error("a value that JDBC rejects was read")
	}
}

func TestODBCFormAndBack(t *testing.T) {
	posix, _ := Posix(0)
	for _, c := range []struct {
		logical Value
		odbc    int
		text    string
	}{
		{Int(66899), TypeDate91, "2024-02-29"}, {Decimal(476555, -1), TypeTime92, "13:14:15.5"},
		{posix, TypeStamp93, "1970-01-01 00:00:00"}, {Int(66899), TypeDayNumber, "66899"}, {Int(5), 4, "5"},
	} {
		shown := ODBC(c.logical, c.odbc)
		if shown.Text() != c.text {
			t.Errorf("%s as %d is %s, want %s", c.logical.Text(), c.odbc, shown.Text(), c.text)
		}
		back, ok := Logical(shown, c.odbc)
		if !ok || CompareNumbers(back, c.logical) != 0 {
			t.Errorf("%s as %d comes back as %s", c.text, c.odbc, back.Text())
		}
	}
	if got := ODBC(BuildList(Int(1), Text("b")), 12).Text(); got != "1,b" {
		t.Errorf("a list is %q", got)
	}
	if _, ok := Logical(Text("yesterday"), TypeDate); ok {
		t.Error("yesterday is a date")
	}
}

func TestUnits(t *testing.T) {
	for _, s := range []string{"", "abc", "éЖ", "😀x", "\xed\xa0\x80", "\xed\xb0\x80\xed\xa0\x80"} {
		u := Units(s)
		if FromUnits(u) != s || Length(s) != len(u) {
			t.Errorf("%q: %x back %q, length %d", s, u, FromUnits(u), Length(s))
		}
	}
	if CompareText("😀", "\uE000") >= 0 || CompareText("a", "b") >= 0 || CompareText("a", "") <= 0 {
		t.Error("texts are not compared by character")
	}
}
