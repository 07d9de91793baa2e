package pgfunc

import (
	"strings"

	"iris-pgwire/internal/pgerr"
)

// unit is a field of a date or time that extract and date_trunc know.
type unit uint8

const (
	noUnit unit = iota
	unitMicroseconds
	unitMilliseconds
	unitSecond
	unitMinute
	unitHour
	unitDay
	unitWeek
	unitMonth
	unitQuarter
	unitYear
	unitDecade
	unitCentury
	unitMillennium
	unitEpoch
	unitDow
	unitIsodow
	unitDoy
	unitIsoyear
	unitJulian
	unitTimezone
	unitTimezoneHour
	unitTimezoneMinute
)

// unitWords are the spellings of the units (PostgreSQL docs, 9.9.1 and 8.5.4), in the order of the constants.
var unitWords = strings.Split(strings.TrimSpace(`
microseconds microsecond us usec usecs usecond useconds microsecon
milliseconds millisecond ms msec msecs msecond mseconds millisecon
second seconds s sec secs
minute minutes m min mins
hour hours h hr hrs
day days d
week weeks w
month months mon mons
quarter qtr
year years y yr yrs
decade decades dec decs
century centuries cent c
millennium millennia mil mils
epoch
dow
isodow
doy
isoyear
julian jd j
timezone
timezone_hour timezone_h
timezone_minute timezone_m
`), "\n")

var units = indexUnits()

func indexUnits() map[string]unit {
	out := map[string]unit{}
	for i, line := range unitWords {
		for _, word := range strings.Fields(line) {
			out[word] = unit(i + 1)
		}
	}
	return out
}

// unitOf finds a unit; an unknown word is 22023.
func unitOf(word, typeName string) (unit, error) {
	lower := strings.ToLower(word)
	if u, ok := units[lower]; ok {
		return u, nil
	}
	return noUnit, invalidParameter("unit \"%s\" not recognized for type %s", lower, typeName)
}

func unitUnsupported(word, typeName string) error {
	return pgerr.New(pgerr.FeatureNotSupported, "unit \"%s\" not supported for type %s", strings.ToLower(word), typeName)
}
