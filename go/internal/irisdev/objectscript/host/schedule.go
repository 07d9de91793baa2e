package host

import (
	"strconv"
	"strings"
	"time"

	"iris-pgwire/internal/irisdev/value"
)

// The values of TimePeriod (IRIS docs, "Using the Task Manager").
const (
	daily = iota
	weekly
	monthly
	monthlyByDay
	afterAnother
	onDemand
)

const secondsADay = 86400

// moment is a local time as $HOROLOG has it.
type moment struct{ day, second int }

func momentOf(t time.Time) moment {
	_, offset := t.Zone()
	local := t.Unix() + int64(offset)
	day, second := local/secondsADay, local%secondsADay
	if second < 0 {
		day, second = day-1, second+secondsADay
	}
	return moment{int(day) + unixDay, int(second)}
}

// unixDay is 1970-01-01 in $HOROLOG.
const unixDay = 47117

func (m moment) before(o moment) bool { return m.day < o.day || m.day == o.day && m.second < o.second }

func (m moment) String() string { return strconv.Itoa(m.day) + "," + strconv.Itoa(m.second) }

// parseMoment reads days,seconds.
func parseMoment(s string) (moment, bool) {
	day, second, ok := strings.Cut(s, ",")
	d, err1 := strconv.Atoi(day)
	n, err2 := strconv.Atoi(second)
	return moment{d, n}, ok && err1 == nil && err2 == nil
}

// schedule says when a task runs, as the properties of %SYS.Task do.
type schedule struct {
	period     int    // TimePeriod
	every      int    // TimePeriodEvery
	on         string // TimePeriodDay
	several    bool   // DailyFrequency
	step       int    // DailyIncrement in seconds
	from, to   int    // DailyStartTime, DailyEndTime; to is 0 for the end of the day
	start, end int    // StartDate, EndDate; end is 0 for none
}

// horizon is how far ahead a run is looked for, in days: every leap day of 10 years.
const horizon = 3660

// next gives the first run behind a moment; false if there is none.
func (s schedule) next(after moment) (moment, bool) {
	if s.period >= afterAnother {
		return moment{}, false
	}
	first := max(after.day, s.start)
	for day := first; day < first+horizon && (s.end == 0 || day <= s.end); day++ {
		if !s.runsOn(day) {
			continue
		}
		earliest := -1
		if day == after.day {
			earliest = after.second
		}
		if second, ok := s.timeOn(earliest); ok {
			return moment{day, second}, true
		}
	}
	return moment{}, false
}

// timeOn gives the first time of a day behind a second.
func (s schedule) timeOn(after int) (int, bool) {
	if !s.several || s.step <= 0 {
		return s.from, s.from > after
	}
	second := s.from
	if after >= s.from {
		second += ((after-s.from)/s.step + 1) * s.step
	}
	last := s.to
	if last == 0 {
		last = secondsADay - 1
	}
	return second, second <= last
}

// runsOn reports whether the task runs on a day.
func (s schedule) runsOn(day int) bool {
	every := max(s.every, 1)
	switch s.period {
	case daily:
		return (day-s.start)%every == 0
	case weekly:
		return (sunday(day)-sunday(s.start))/7%every == 0 && strings.Contains(s.on, strconv.Itoa(weekday(day)))
	}
	date, began := dateOf(day), dateOf(s.start)
	if months := (date.Year()-began.Year())*12 + int(date.Month()-began.Month()); months%every != 0 {
		return false
	}
	if s.period == monthly {
		return strconv.Itoa(date.Day()) == s.on
	}
	which, name, _ := strings.Cut(s.on, "^")
	return strconv.Itoa((date.Day()+6)/7) == which && strconv.Itoa(weekday(day)) == name
}

// weekday is 1 for a Sunday; day 1 of $HOROLOG was a Friday.
func weekday(day int) int { return (day+4)%7 + 1 }

func sunday(day int) int { return day - weekday(day) + 1 }

func dateOf(day int) time.Time { return time.Unix(int64(day-unixDay)*secondsADay, 0).UTC() }

// readSchedule makes a schedule of a task's properties.
func readSchedule(property func(name string) value.Value) schedule {
	number := func(name string) int {
		n, _ := property(name).Number().Integer()
		return int(n)
	}
	s := schedule{period: number("TimePeriod"), every: number("TimePeriodEvery"), on: property("TimePeriodDay").Text(),
		several: number("DailyFrequency") == 1, step: number("DailyIncrement") * 60, from: number("DailyStartTime"),
		to: number("DailyEndTime"), start: number("StartDate"), end: number("EndDate")}
	if number("DailyFrequencyTime") == 1 {
		s.step *= 60
	}
	return s
}
