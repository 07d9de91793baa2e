package pgfunc

import (
	"strings"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/pgtypes"
)

// clockUnits are the units of a fixed length.
var clockUnits = map[unit]int64{
	unitMicroseconds: 1, unitMilliseconds: 1000, unitSecond: microsPerSecond, unitMinute: 60 * microsPerSecond,
	unitHour: microsPerHour, unitDay: microsPerDay,
}

// truncations has date_trunc and date_bin.
func truncations(t table) {
	t.strict("date_trunc(text,timestamp)", func(_ *Context, a []iris.Value) (iris.Value, error) {
		micros, err := pgtypes.StampOf(a[1])
		if err != nil {
			return iris.Null(), err
		}
		cut, err := truncate(textArg(a[0]), "timestamp without time zone", micros)
		if err != nil {
			return iris.Null(), err
		}
		return pgtypes.StampValue(cut)
	})
	zoned := func(c *Context, a []iris.Value) (iris.Value, error) {
		zone := zoneOf(c.Style.Zone())
		if len(a) > 2 {
			var err error
			if zone, err = namedZone(textArg(a[2])); err != nil {
				return iris.Null(), err
			}
		}
		return truncateZoned(textArg(a[0]), a[1], zone)
	}
	t.strict("date_trunc(text,timestamptz)", zoned)
	t.strict("date_trunc(text,timestamptz,text)", zoned)
	t.strict("date_trunc(text,interval)", truncateSpan)
	t.each(dateBin, "date_bin(interval,timestamp,timestamp)", "date_bin(interval,timestamptz,timestamptz)")
}

func truncateZoned(word string, v iris.Value, zone zone) (iris.Value, error) {
	micros, err := pgtypes.StampOf(v)
	if err != nil {
		return iris.Null(), err
	}
	if endless(micros) {
		cut, err := truncate(word, "timestamp with time zone", micros)
		if err != nil {
			return iris.Null(), err
		}
		return pgtypes.StampValue(cut)
	}
	local := zone.local(micros)
	cut, err := truncate(word, "timestamp with time zone", local)
	if err != nil {
		return iris.Null(), err
	}
	if u := units[word]; clockUnits[u] > 0 && u != unitDay {
		// Below a day the offset stays, so that an hour that repeats is not confused with its twin.
		return pgtypes.StampValue(micros - (local - cut))
	}
	return pgtypes.StampValue(zone.utc(cut))
}

// truncate cuts a local time to the start of its unit.
func truncate(word, typeName string, local int64) (int64, error) {
	u, err := unitOf(word, typeName)
	if err != nil {
		return 0, err
	}
	if length := clockUnits[u]; length > 0 {
		if endless(local) {
			return local, nil
		}
		day := dayOf(local) * microsPerDay
		return day + (local-day)/length*length, nil
	}
	switch {
	case u >= unitTimezone:
		return 0, unitUnsupported(word, typeName)
	case u > unitMillennium:
		return 0, invalidParameter("unit \"%s\" not recognized for type %s", strings.ToLower(word), typeName)
	}
	if endless(local) {
		return local, nil
	}
	days := dayOf(local)
	if u == unitWeek {
		return (days - (weekday(days)+6)%7) * microsPerDay, nil
	}
	year, month, _ := pgtypes.CivilDate(days)
	switch u {
	case unitMonth:
	case unitQuarter:
		month = (month-1)/3*3 + 1
	case unitYear:
		month = 1
	case unitDecade:
		year, month = floorDiv(year, 10)*10, 1
	case unitCentury:
		year, month = floorDiv(year-1, 100)*100+1, 1
	case unitMillennium:
		year, month = floorDiv(year-1, 1000)*1000+1, 1
	}
	return pgtypes.CivilDay(year, month, 1) * microsPerDay, nil
}

// spanTruncation says what is left of an interval's months.
var spanTruncation = map[unit]int64{unitMonth: 1, unitQuarter: 3, unitYear: 12, unitDecade: 120, unitCentury: 1200, unitMillennium: 12000}

func truncateSpan(_ *Context, a []iris.Value) (iris.Value, error) {
	word := textArg(a[0])
	u, err := unitOf(word, "interval")
	if err != nil {
		return iris.Null(), err
	}
	s, err := spanOf(a[1])
	if err != nil {
		return iris.Null(), err
	}
	months := spanTruncation[u]
	switch length := clockUnits[u]; {
	case u == unitDay:
		s.micros = 0
	case length > 0:
		s.micros = s.micros / length * length
	case months > 0:
		s = span{months: s.months / months * months}
	case u == unitWeek:
		return iris.Null(), pgerr.As(unitUnsupported(word, "interval")).WithDetail("Months usually have fractional weeks.")
	case u >= unitTimezone:
		return iris.Null(), unitUnsupported(word, "interval")
	default:
		return iris.Null(), invalidParameter("unit \"%s\" not recognized for type interval", strings.ToLower(word))
	}
	return s.value()
}

func dateBin(_ *Context, a []iris.Value) (iris.Value, error) {
	s, err := spanOf(a[0])
	if err != nil {
		return iris.Null(), err
	}
	source, err := pgtypes.StampOf(a[1])
	if err != nil {
		return iris.Null(), err
	}
	origin, err := pgtypes.StampOf(a[2])
	if err != nil {
		return iris.Null(), err
	}
	stride := s.days*microsPerDay + s.micros
	switch {
	case endless(source):
		return a[1], nil
	case endless(origin):
		return failed(pgerr.DatetimeFieldOverflow, "origin out of range")
	case s.months != 0:
		return failed(pgerr.FeatureNotSupported, "timestamps cannot be binned into intervals containing months or years")
	case stride <= 0:
		return failed(pgerr.DatetimeFieldOverflow, "stride must be greater than zero")
	}
	rest := (source - origin) % stride
	if rest < 0 {
		rest += stride
	}
	return pgtypes.StampValue(source - rest)
}
