package pgtypes

import (
	"time"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgerr"
)

// The parts of dates and times for those who compute with them. Days and microseconds count from 2000-01-01, as in
// PostgreSQL; the infinities are InfiniteFuture and InfinitePast in either.
const (
	MicrosPerSecond = microsPerSecond
	MicrosPerDay    = microsPerDay
	InfiniteFuture  = infiniteFuture
	InfinitePast    = infinitePast
	// UnixEpochDay and JulianEpoch place 2000-01-01: 1970-01-01 in days from it, and its Julian day.
	UnixEpochDay = unixEpoch
	JulianEpoch  = julianEpoch
)

// Zone is the session's time zone, never nil.
func (s Style) Zone() *time.Location { return s.location() }

// DayOf reads a date as days.
func DayOf(v iris.Value) (int64, error) { return dayValue(Of(Date), v) }

// ClockOf reads a time as microseconds of the day.
func ClockOf(v iris.Value) (int64, error) { return clockValue(Of(Time), v) }

// StampOf reads a timestamp, or a timestamptz in UTC, as microseconds.
func StampOf(v iris.Value) (int64, error) { return stampValue(Of(Timestamp), v) }

// DayValue makes a date; 22008 when PostgreSQL has no such day.
func DayValue(days int64) (iris.Value, error) {
	if days != infiniteFuture && days != infinitePast && (days < minDay || days >= endDay) {
		return iris.Null(), pgerr.New(pgerr.DatetimeFieldOverflow, "date out of range")
	}
	return formatDate(days), nil
}

// ClockValue makes a time from microseconds of the day.
func ClockValue(micros int64) iris.Value {
	return iris.TextBytes(appendClock(make([]byte, 0, 15), micros))
}

// StampValue makes a timestamp; 22008 when PostgreSQL has no such time.
func StampValue(micros int64) (iris.Value, error) {
	if micros != infiniteFuture && micros != infinitePast && (micros < minTimestamp || micros >= endTimestamp) {
		return iris.Null(), pgerr.New(pgerr.DatetimeFieldOverflow, "timestamp out of range")
	}
	return formatTimestamp(micros), nil
}

// CivilDay counts the days to a date of the proleptic Gregorian calendar; year 0 is 1 BC.
func CivilDay(year, month, day int) int64 { return int64(civilDay(year, month, day)) }

// CivilDate is the way back.
func CivilDate(days int64) (year, month, day int) { return civilDate(int(days)) }

// MonthLength gives the days of a month.
func MonthLength(year, month int) int { return daysIn(year, month) }

// OffsetAt is a zone's offset in seconds east of UTC at a time in UTC.
func OffsetAt(zone *time.Location, micros int64) int { return offsetAt(zone, micros) }

// ToUTC turns a local time of a zone into UTC, as PostgreSQL does where clocks change.
func ToUTC(zone *time.Location, local int64) int64 { return localToUTC(zone, local) }

// RoundMicros applies the precision of time(p) and timestamp(p); -1 leaves the value as it is.
func RoundMicros(micros int64, precision int32) int64 { return roundMicros(micros, precision) }

// ZoneAbbreviation gives the offset, in seconds east of UTC, of an abbreviation such as "est".
func ZoneAbbreviation(lower string) (seconds int, ok bool) {
	hours, ok := zoneAbbreviations[lower]
	return hours * 3600, ok
}

// IntervalValue makes an interval of its three parts; 22008 when months or days are beyond 32 bits.
func IntervalValue(months, days, micros int64) (iris.Value, error) {
	if months != int64(int32(months)) || days != int64(int32(days)) {
		return iris.Null(), pgerr.New(pgerr.DatetimeFieldOverflow, "interval out of range")
	}
	return iris.TextBytes(span{months, days, micros}.append(nil)), nil
}
