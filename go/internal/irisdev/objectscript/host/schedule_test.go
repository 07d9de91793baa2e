package host

import (
	"testing"
	"time"
)

// at reads a time of the year 2026.
func at(t *testing.T, s string) moment {
	t.Helper()
	when, err := time.Parse("2006-01-02 15:04:05", s)
	if err != nil {
		t.Fatal(err)
	}
	return momentOf(when)
}

func TestTheNextRunOfATask(t *testing.T) {
	start := at(t, "2026-11-02 00:00:00").day // a Monday
	for _, c := range []struct {
		name string
		s    schedule
		now  string
		want string // empty: never
	}{
		{"once a day, later today", schedule{from: 3600}, "2026-11-02 00:30:00", "2026-11-02 01:00:00"},
		{"once a day, at its moment", schedule{from: 3600}, "2026-11-02 01:00:00", "2026-11-03 01:00:00"},
		{"before its first day", schedule{from: 3600}, "2026-10-01 12:00:00", "2026-11-02 01:00:00"},
		{"every third day", schedule{every: 3}, "2026-11-02 00:00:00", "2026-11-05 00:00:00"},
		{"every five minutes", schedule{several: true, step: 300}, "2026-11-02 10:04:59", "2026-11-02 10:05:00"},
		{"every five minutes, at a moment", schedule{several: true, step: 300}, "2026-11-02 10:05:00", "2026-11-02 10:10:00"},
		{"every five minutes, over midnight", schedule{several: true, step: 300}, "2026-11-02 23:56:00", "2026-11-03 00:00:00"},
		{"every two hours within a day", schedule{several: true, step: 7200, from: 28800, to: 36000}, "2026-11-02 10:00:00", "2026-11-03 08:00:00"},
		{"an end that is a moment", schedule{several: true, step: 7200, from: 28800, to: 36000}, "2026-11-02 08:00:00", "2026-11-02 10:00:00"},
		{"Sundays and Wednesdays", schedule{period: weekly, on: "14"}, "2026-11-02 00:00:00", "2026-11-04 00:00:00"},
		{"every second week on Sundays", schedule{period: weekly, every: 2, on: "1"}, "2026-11-02 00:00:00", "2026-11-15 00:00:00"},
		{"the 31st", schedule{period: monthly, on: "31"}, "2026-11-02 00:00:00", "2026-12-31 00:00:00"},
		{"every third month on the 5th", schedule{period: monthly, every: 3, on: "5"}, "2026-11-05 12:00:00", "2027-02-05 00:00:00"},
		{"the second Friday", schedule{period: monthlyByDay, on: "2^6"}, "2026-11-14 00:00:00", "2026-12-11 00:00:00"},
		{"on demand", schedule{period: onDemand}, "2026-11-02 00:00:00", ""},
		{"ended", schedule{end: start + 1}, "2026-11-03 00:00:00", ""},
	} {
		c.s.start = start
		got, ok := c.s.next(at(t, c.now))
		if ok != (c.want != "") || ok && got != at(t, c.want) {
			t.Errorf("%s: %v %v", c.name, got, ok)
		}
	}
}

func TestAMomentIsHorolog(t *testing.T) {
	zone := time.FixedZone("x", -5*3600)
	got := momentOf(time.Date(1841, 1, 1, 0, 0, 1, 0, zone))
	if got != (moment{1, 1}) {
		t.Errorf("%v", got)
	}
	if back, ok := parseMoment(got.String()); !ok || back != got {
		t.Errorf("%v %v", back, ok)
	}
	for _, s := range []string{"", "1", "1,", "x,1"} {
		if _, ok := parseMoment(s); ok {
			t.Errorf("%q is a moment", s)
		}
	}
}
