package pgfunc

import (
	"math/big"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgtypes"
)

// field is what extract gives: an integer over a power of ten, or one of the infinities, or NULL.
type field struct {
	n     number
	isNil bool
}

func whole(n int64) field { return field{n: wholeNumber(n)} }

func fixed(n int64, scale int) field { return field{n: number{coef: big.NewInt(n), scale: scale}} }

// dateFieldFamily has extract, which gives numeric, date_part, which gives double precision, and date_trunc (PostgreSQL
// docs, 9.9.1 and 9.9.2).
func dateFieldFamily(t table) {
	for name, f := range map[string]func(c *Context, word string, v iris.Value) (field, error){
		"date": dateField, "time": timeField, "timestamp": stampField, "timestamptz": zonedField, "interval": spanField,
	} {
		t.strict("extract(text,"+name+")", func(c *Context, a []iris.Value) (iris.Value, error) {
			x, err := f(c, textArg(a[0]), a[1])
			if err != nil || x.isNil {
				return iris.Null(), err
			}
			return x.n.value()
		})
		part := f
		if name == "date" {
			// date_part has no form for date but the one over a timestamp.
			part = func(c *Context, word string, v iris.Value) (field, error) {
				v, err := conversions[pair{pgtypes.Date, pgtypes.Timestamp}](c, v)
				if err != nil {
					return field{}, err
				}
				return stampField(c, word, v)
			}
		}
		t.strict("date_part(text,"+name+")", func(c *Context, a []iris.Value) (iris.Value, error) {
			x, err := part(c, textArg(a[0]), a[1])
			if err != nil || x.isNil {
				return iris.Null(), err
			}
			return iris.Double(x.n.float()), nil
		})
	}
	truncations(t)
}

func stampField(_ *Context, word string, v iris.Value) (field, error) {
	micros, err := pgtypes.StampOf(v)
	if err != nil {
		return field{}, err
	}
	return momentField(word, "timestamp without time zone", micros, 0, nil)
}

func zonedField(c *Context, word string, v iris.Value) (field, error) {
	micros, err := pgtypes.StampOf(v)
	if err != nil {
		return field{}, err
	}
	offset := 0
	if !endless(micros) {
		offset = pgtypes.OffsetAt(c.Style.Zone(), micros)
	}
	return momentField(word, "timestamp with time zone", micros, offset, &offset)
}

// momentField takes a field out of a timestamp; zone is nil for one without a zone.
func momentField(word, typeName string, utc int64, offset int, zone *int) (field, error) {
	u, err := unitOf(word, typeName)
	if err != nil {
		return field{}, err
	}
	if endless(utc) {
		return endlessField(u, utc, word, typeName)
	}
	local := utc + int64(offset)*microsPerSecond
	switch u {
	case unitEpoch:
		return fixed(utc-pgtypes.UnixEpochDay*microsPerDay, 6), nil
	case unitTimezone, unitTimezoneHour, unitTimezoneMinute:
		if zone == nil {
			break
		}
		return whole(map[unit]int64{unitTimezone: int64(*zone), unitTimezoneHour: int64(*zone / 3600), unitTimezoneMinute: int64(*zone / 60 % 60)}[u]), nil
	case unitJulian:
		return julian(local), nil
	}
	if f, ok := clockField(u, clockOf(local)); ok {
		return f, nil
	}
	if n, ok := calendarField(u, dayOf(local)); ok {
		return whole(n), nil
	}
	return field{}, unitUnsupported(word, typeName)
}

// julian is the Julian day with the time as its fraction.
func julian(local int64) field {
	day, clock := dayOf(local)+pgtypes.JulianEpoch, clockOf(local)
	x := number{coef: big.NewInt(clock), scale: 0}
	fraction, _ := divide(x, wholeNumber(microsPerDay))
	sum, _ := add(wholeNumber(day), fraction)
	return field{n: sum}
}

// endlessField: what grows with time is infinite, what repeats is NULL.
func endlessField(u unit, micros int64, word, typeName string) (field, error) {
	switch u {
	case unitYear, unitDecade, unitCentury, unitMillennium, unitJulian, unitIsoyear, unitEpoch:
		if micros > 0 {
			return field{n: plusInf}, nil
		}
		return field{n: minusInf}, nil
	case unitTimezone, unitTimezoneHour, unitTimezoneMinute:
		if typeName != "timestamp with time zone" {
			return field{}, unitUnsupported(word, typeName)
		}
	}
	return field{isNil: true}, nil
}

// clockField takes a field out of a time of the day.
func clockField(u unit, clock int64) (field, bool) {
	switch u {
	case unitMicroseconds:
		return whole(clock % (60 * microsPerSecond)), true
	case unitMilliseconds:
		return fixed(clock%(60*microsPerSecond), 3), true
	case unitSecond:
		return fixed(clock%(60*microsPerSecond), 6), true
	case unitMinute:
		return whole(clock / (60 * microsPerSecond) % 60), true
	case unitHour:
		return whole(clock / microsPerHour), true
	}
	return field{}, false
}

// calendarField takes a field out of a day.
func calendarField(u unit, days int64) (int64, bool) {
	year, month, day := pgtypes.CivilDate(days)
	y := int64(year)
	shown := y
	if y <= 0 {
		shown = y - 1 // there is no year 0
	}
	switch u {
	case unitDay:
		return int64(day), true
	case unitMonth:
		return int64(month), true
	case unitQuarter:
		return int64((month-1)/3 + 1), true
	case unitYear:
		return shown, true
	case unitDecade:
		return int64(floorDiv(year, 10)), true
	case unitCentury:
		return centuries(y, 100), true
	case unitMillennium:
		return centuries(y, 1000), true
	case unitDow:
		return weekday(days), true
	case unitIsodow:
		return (weekday(days)+6)%7 + 1, true
	case unitDoy:
		return days - pgtypes.CivilDay(year, 1, 1) + 1, true
	case unitWeek:
		_, week := isoWeek(days)
		return week, true
	case unitIsoyear:
		isoYear, _ := isoWeek(days)
		if isoYear <= 0 {
			isoYear--
		}
		return isoYear, true
	}
	return 0, false
}

// centuries counts from 1, and from -1 before Christ.
func centuries(year, length int64) int64 {
	if year > 0 {
		return (year + length - 1) / length
	}
	return -((length - 1 - (year - 1)) / length)
}

// weekday is 0 on a Sunday; 2000-01-01 was a Saturday.
func weekday(days int64) int64 { return int64(floorMod(int(days)+6, 7)) }

func floorMod(a, b int) int { return a - floorDiv(a, b)*b }

// isoWeek gives the ISO 8601 year and week: the week of the year's first Thursday is week 1.
func isoWeek(days int64) (year, week int64) {
	thursday := days - (weekday(days)+6)%7 + 3
	y, _, _ := pgtypes.CivilDate(thursday)
	return int64(y), (thursday-pgtypes.CivilDay(y, 1, 1))/7 + 1
}

func dateField(_ *Context, word string, v iris.Value) (field, error) {
	u, err := unitOf(word, "date")
	if err != nil {
		return field{}, err
	}
	days, err := pgtypes.DayOf(v)
	if err != nil {
		return field{}, err
	}
	n, ok := calendarField(u, max(-pgtypes.JulianEpoch, min(days, maxStampDay)))
	switch {
	case !ok && u != unitEpoch && u != unitJulian:
		return field{}, unitUnsupported(word, "date")
	case endless(days):
		return endlessField(u, days, word, "date")
	case u == unitEpoch:
		return whole((days - pgtypes.UnixEpochDay) * 86400), nil
	case u == unitJulian:
		return whole(days + pgtypes.JulianEpoch), nil
	}
	return whole(n), nil
}

func timeField(_ *Context, word string, v iris.Value) (field, error) {
	const name = "time without time zone"
	u, err := unitOf(word, name)
	if err != nil {
		return field{}, err
	}
	micros, err := pgtypes.ClockOf(v)
	if err != nil {
		return field{}, err
	}
	if u == unitEpoch {
		return fixed(micros, 6), nil
	}
	if f, ok := clockField(u, micros); ok {
		return f, nil
	}
	return field{}, unitUnsupported(word, name)
}

func spanField(_ *Context, word string, v iris.Value) (field, error) {
	u, err := unitOf(word, "interval")
	if err != nil {
		return field{}, err
	}
	s, err := spanOf(v)
	if err != nil {
		return field{}, err
	}
	years := s.months / 12
	switch u {
	case unitEpoch:
		// A year counts 365.25 days here, a month 30.
		days4 := years*1461 + 4*(s.months%12*daysPerMonth+s.days)
		seconds := new(big.Int).Mul(big.NewInt(days4), big.NewInt(86400/4*microsPerSecond))
		return field{n: number{coef: seconds.Add(seconds, big.NewInt(s.micros)), scale: 6}}, nil
	case unitDay:
		return whole(s.days), nil
	case unitMonth:
		return whole(s.months % 12), nil
	case unitQuarter:
		return whole(s.months%12/3 + 1), nil
	case unitYear:
		return whole(years), nil
	case unitDecade:
		return whole(years / 10), nil
	case unitCentury:
		return whole(years / 100), nil
	case unitMillennium:
		return whole(years / 1000), nil
	}
	if f, ok := clockField(u, s.micros); ok {
		return f, nil
	}
	return field{}, unitUnsupported(word, "interval")
}
