package pgfunc

import (
	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/pgtypes"
)

// maxStampDay is the last day that a timestamp can have, in days from 2000.
const maxStampDay = 109203528 - pgtypes.JulianEpoch - 1

func dateBeyondStamp() error {
	return pgerr.New(pgerr.DatetimeFieldOverflow, "date out of range for timestamp")
}

func stampRange() error { return pgerr.New(pgerr.DatetimeFieldOverflow, "timestamp out of range") }

// datetimeFamily has the arithmetic of dates and times (PostgreSQL docs, 9.9, table "Date/Time Operators").
func datetimeFamily(t table) {
	dateArithmetic(t)
	timeArithmetic(t)
	stamp := func(id string, v, i int, sign int64, read func(*Context, iris.Value) (int64, error), zoned bool) {
		t.strict(id, func(c *Context, a []iris.Value) (iris.Value, error) {
			micros, err := read(c, a[v])
			if err != nil {
				return iris.Null(), err
			}
			s, err := spanOf(a[i])
			if err != nil {
				return iris.Null(), err
			}
			if sign < 0 {
				s = s.negative()
			}
			return addSpan(c, micros, s, zoned)
		})
	}
	own := func(_ *Context, v iris.Value) (int64, error) { return pgtypes.StampOf(v) }
	stamp("timestamp_pl_interval", 0, 1, 1, own, false)
	stamp("timestamp_mi_interval", 0, 1, -1, own, false)
	stamp("interval_pl_timestamp", 1, 0, 1, own, false)
	stamp("timestamptz_pl_interval", 0, 1, 1, own, true)
	stamp("timestamptz_mi_interval", 0, 1, -1, own, true)
	stamp("interval_pl_timestamptz", 1, 0, 1, own, true)
	stamp("date_pl_interval", 0, 1, 1, startOfDay, false)
	stamp("date_mi_interval", 0, 1, -1, startOfDay, false)
	stamp("interval_pl_date", 1, 0, 1, startOfDay, false)
	t.each(stampDifference, "timestamp_mi", "timestamptz_mi")
	for _, kind := range []string{"timestamp", "timestamptz"} {
		t.strict("isfinite("+kind+")", func(_ *Context, a []iris.Value) (iris.Value, error) {
			micros, err := pgtypes.StampOf(a[0])
			return iris.Bool(!endless(micros)), err
		})
	}
}

// startOfDay reads a date as a timestamp.
func startOfDay(_ *Context, v iris.Value) (int64, error) {
	days, err := pgtypes.DayOf(v)
	if err == nil && !endless(days) && days > maxStampDay {
		err = dateBeyondStamp()
	}
	if err != nil {
		return 0, err
	}
	return midnight(days), nil
}

// addSpan adds months, then days, by the calendar (of the session's zone for timestamptz), then the time.
func addSpan(c *Context, micros int64, s span, zoned bool) (iris.Value, error) {
	if endless(micros) {
		return pgtypes.StampValue(micros)
	}
	if s.months != 0 || s.days != 0 {
		local := micros
		if zoned {
			local = toLocal(c, micros)
		}
		days, clock := dayOf(local), clockOf(local)
		if s.months != 0 {
			days = addMonths(days, s.months)
		}
		days += s.days
		if days < -pgtypes.JulianEpoch || days > maxStampDay {
			return iris.Null(), stampRange()
		}
		micros = days*microsPerDay + clock
		if zoned {
			micros = toUTC(c, micros)
		}
	}
	sum := micros + s.micros
	if (micros^sum)&(s.micros^sum) < 0 {
		return iris.Null(), stampRange()
	}
	return pgtypes.StampValue(sum)
}

// addMonths keeps the day of the month where the new month has it, else takes its last day.
func addMonths(days, months int64) int64 {
	year, month, day := pgtypes.CivilDate(days)
	total := int64(year)*12 + int64(month-1) + months
	year, month = int(total/12), int(total%12)
	if month < 0 {
		year, month = year-1, month+12
	}
	month++
	return pgtypes.CivilDay(year, month, min(day, pgtypes.MonthLength(year, month)))
}

// stampDifference has days and a time, no months.
func stampDifference(_ *Context, a []iris.Value) (iris.Value, error) {
	x, err := pgtypes.StampOf(a[0])
	if err != nil {
		return iris.Null(), err
	}
	y, err := pgtypes.StampOf(a[1])
	if err != nil {
		return iris.Null(), err
	}
	d := x - y
	switch {
	case endless(x) || endless(y):
		return notBuilt("the difference of infinite timestamps")
	case (x^y)&(x^d) < 0:
		return iris.Null(), intervalRange()
	}
	return justifyHours(span{micros: d}).value()
}

func dateArithmetic(t table) {
	shift := func(id string, date, days int, sign int64) {
		t.strict(id, func(_ *Context, a []iris.Value) (iris.Value, error) {
			d, err := pgtypes.DayOf(a[date])
			if err != nil || endless(d) {
				return a[date], err
			}
			return pgtypes.DayValue(d + sign*intArg(a[days]))
		})
	}
	shift("date_pli", 0, 1, 1)
	shift("date_mii", 0, 1, -1)
	shift("integer_pl_date", 1, 0, 1)
	t.strict("date_mi", func(_ *Context, a []iris.Value) (iris.Value, error) {
		x, err := pgtypes.DayOf(a[0])
		if err != nil {
			return iris.Null(), err
		}
		y, err := pgtypes.DayOf(a[1])
		if err == nil && (endless(x) || endless(y)) {
			err = pgerr.New(pgerr.DatetimeFieldOverflow, "cannot subtract infinite dates")
		}
		return iris.Int(x - y), err
	})
	at := func(id string, date, clock int) {
		t.strict(id, func(c *Context, a []iris.Value) (iris.Value, error) {
			micros, err := startOfDay(c, a[date])
			if err != nil {
				return iris.Null(), err
			}
			time, err := pgtypes.ClockOf(a[clock])
			if err != nil {
				return iris.Null(), err
			}
			if !endless(micros) {
				micros += time
			}
			return pgtypes.StampValue(micros)
		})
	}
	at("datetime_pl", 0, 1)
	at("timedate_pl", 1, 0)
	t.strict("isfinite(date)", func(_ *Context, a []iris.Value) (iris.Value, error) {
		days, err := pgtypes.DayOf(a[0])
		return iris.Bool(!endless(days)), err
	})
}

func timeArithmetic(t table) {
	turn := func(id string, clock, by int, sign int64) {
		t.strict(id, func(_ *Context, a []iris.Value) (iris.Value, error) {
			micros, err := pgtypes.ClockOf(a[clock])
			if err != nil {
				return iris.Null(), err
			}
			s, err := spanOf(a[by])
			return pgtypes.ClockValue(clockOf(micros + sign*(s.micros%microsPerDay))), err
		})
	}
	turn("time_pl_interval", 0, 1, 1)
	turn("time_mi_interval", 0, 1, -1)
	turn("interval_pl_time", 1, 0, 1)
	t.strict("time_mi_time", func(_ *Context, a []iris.Value) (iris.Value, error) {
		x, err := pgtypes.ClockOf(a[0])
		if err != nil {
			return iris.Null(), err
		}
		y, err := pgtypes.ClockOf(a[1])
		if err != nil {
			return iris.Null(), err
		}
		return span{micros: x - y}.value()
	})
}
