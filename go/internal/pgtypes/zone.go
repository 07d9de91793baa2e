package pgtypes

import (
	"fmt"
	"strings"
	"time"
	_ "time/tzdata" // the gateway runs where no zone files are
)

// LoadZone finds a time zone by its IANA name, without regard to case in the common ones.
func LoadZone(name string) (*time.Location, error) {
	switch strings.ToLower(name) {
	case "utc", "gmt", "z", "zulu", "etc/utc":
		return time.UTC, nil
	case "", "local":
		return nil, fmt.Errorf("time zone %q not recognized", name)
	}
	if location, err := time.LoadLocation(name); err == nil {
		return location, nil
	}
	// Zone names are written Like_This/And_That.
	words := []byte(strings.ToLower(name))
	for i, c := range words {
		if (i == 0 || words[i-1] == '/' || words[i-1] == '_' || words[i-1] == '-') && c >= 'a' && c <= 'z' {
			words[i] = c - 'a' + 'A'
		}
	}
	return time.LoadLocation(string(words))
}

// offsetAt is the zone's offset in seconds east of UTC at a UTC time in microseconds from 2000.
func offsetAt(location *time.Location, micros int64) int {
	if location == time.UTC {
		return 0
	}
	seconds := int64(floorDiv(int(micros), microsPerSecond)) - unixEpoch*86400
	_, offset := time.Unix(seconds, 0).In(location).Zone()
	return offset
}

// localToUTC turns a local time into UTC. In the hour that a clock change skips, the offset before the change counts;
// in the hour that it repeats, the one after it (PostgreSQL's DetermineTimeZoneOffset).
func localToUTC(location *time.Location, micros int64) int64 {
	before := offsetAt(location, micros-microsPerDay)
	after := offsetAt(location, micros+microsPerDay)
	first := micros - int64(before)*microsPerSecond
	if before == after {
		return first
	}
	second := micros - int64(after)*microsPerSecond
	if offsetAt(location, second) == after {
		return second
	}
	return first
}

// appendOffset prints +HH[:MM[:SS]].
func appendOffset(dst []byte, offset int) []byte {
	sign := byte('+')
	if offset < 0 {
		sign, offset = '-', -offset
	}
	dst = appendPadded(append(dst, sign), offset/3600, 2)
	if offset%3600 != 0 {
		dst = appendPadded(append(dst, ':'), offset/60%60, 2)
	}
	if offset%60 != 0 {
		dst = appendPadded(append(dst, ':'), offset%60, 2)
	}
	return dst
}
