package pgtypes

import (
	"math"
	"strconv"
)

// Units and borders of PostgreSQL's date arithmetic (PostgreSQL docs, "Date/Time Types"); days and microseconds count
// from 2000-01-01, as on the wire.
const (
	microsPerSecond = 1_000_000
	microsPerDay    = 86400 * microsPerSecond

	julianEpoch = 2451545 // Julian day of 2000-01-01
	unixEpoch   = -10957  // 1970-01-01 in days from 2000-01-01
	irisEpoch   = -58074  // 1840-12-31, IRIS's day 0

	minDay       = -julianEpoch
	endDay       = 2147483494 - julianEpoch
	minTimestamp = -211813488000000000
	endTimestamp = 9223371331200000000

	infiniteFuture = math.MaxInt64
	infinitePast   = math.MinInt64
)

// civilDay counts days from 2000-01-01 in the proleptic Gregorian calendar; year 0 is 1 BC. The year is counted from
// March, so that the leap day is its last.
func civilDay(year, month, day int) int {
	if month <= 2 {
		year--
		month += 12
	}
	era := floorDiv(year, 400)
	yearOfEra := year - era*400
	dayOfYear := (153*(month-3)+2)/5 + day - 1
	dayOfEra := yearOfEra*365 + yearOfEra/4 - yearOfEra/100 + dayOfYear
	return era*146097 + dayOfEra - 730425
}

// civilDate is the way back.
func civilDate(days int) (year, month, day int) {
	days += 730425
	era := floorDiv(days, 146097)
	dayOfEra := days - era*146097
	yearOfEra := (dayOfEra - dayOfEra/1460 + dayOfEra/36524 - dayOfEra/146096) / 365
	dayOfYear := dayOfEra - (365*yearOfEra + yearOfEra/4 - yearOfEra/100)
	shifted := (5*dayOfYear + 2) / 153
	day = dayOfYear - (153*shifted+2)/5 + 1
	month = shifted + 3
	year = yearOfEra + era*400
	if month > 12 {
		return year + 1, month - 12, day
	}
	return year, month, day
}

func floorDiv(a, b int) int {
	q := a / b
	if a%b != 0 && (a < 0) != (b < 0) {
		q--
	}
	return q
}

// daysIn gives the length of a month.
func daysIn(year, month int) int {
	switch month {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}

// appendDate prints YYYY-MM-DD; the " BC" of a year before 1 is the caller's, since it stands behind the time.
func appendDate(dst []byte, days int) (out []byte, bc bool) {
	year, month, day := civilDate(days)
	if bc = year <= 0; bc {
		year = 1 - year
	}
	dst = appendPadded(dst, year, 4)
	dst = appendPadded(append(dst, '-'), month, 2)
	return appendPadded(append(dst, '-'), day, 2), bc
}

// appendClock prints HH:MM:SS and the fraction without trailing zeros.
func appendClock(dst []byte, micros int64) []byte {
	seconds := int(micros / microsPerSecond)
	dst = appendPadded(dst, seconds/3600, 2)
	dst = appendPadded(append(dst, ':'), seconds/60%60, 2)
	dst = appendPadded(append(dst, ':'), seconds%60, 2)
	return appendFraction(dst, int(micros%microsPerSecond))
}

func appendFraction(dst []byte, micros int) []byte {
	if micros == 0 {
		return dst
	}
	dst = appendPadded(append(dst, '.'), micros, 6)
	for dst[len(dst)-1] == '0' {
		dst = dst[:len(dst)-1]
	}
	return dst
}

func appendPadded(dst []byte, n, width int) []byte {
	if width == 2 && n < 100 {
		return append(dst, byte('0'+n/10), byte('0'+n%10))
	}
	var buf [20]byte
	digits := strconv.AppendInt(buf[:0], int64(n), 10)
	for i := len(digits); i < width; i++ {
		dst = append(dst, '0')
	}
	return append(dst, digits...)
}

// appendTimestamp prints the ISO form; infinite values as their words.
func appendTimestamp(dst []byte, micros int64, zone string) []byte {
	switch micros {
	case infiniteFuture:
		return append(dst, "infinity"...)
	case infinitePast:
		return append(dst, "-infinity"...)
	}
	days, clock := micros/microsPerDay, micros%microsPerDay
	if clock < 0 {
		days, clock = days-1, clock+microsPerDay
	}
	dst, bc := appendDate(dst, int(days))
	dst = appendClock(append(dst, ' '), clock)
	dst = append(dst, zone...)
	if bc {
		dst = append(dst, " BC"...)
	}
	return dst
}
