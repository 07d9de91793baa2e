package pgfunc

import (
	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgtypes"
)

// momentCasts has the casts between dates and times; a local time means the session's zone (PostgreSQL docs, 8.5).
func momentCasts(m map[pair]conversion) {
	local := func(_ *Context, n int64) int64 { return n }
	stamps := []struct {
		oid     pgtypes.OID
		toLocal func(*Context, int64) int64
		toOwn   func(*Context, int64) int64
	}{{pgtypes.Timestamp, local, local}, {pgtypes.Timestamptz, toLocal, toUTC}}
	for _, s := range stamps {
		m[pair{pgtypes.Date, s.oid}] = func(c *Context, v iris.Value) (iris.Value, error) {
			days, err := pgtypes.DayOf(v)
			if err != nil {
				return v, err
			}
			if !endless(days) && days > maxStampDay {
				return iris.Null(), dateBeyondStamp()
			}
			return pgtypes.StampValue(s.toOwn(c, midnight(days)))
		}
		m[pair{s.oid, pgtypes.Date}] = func(c *Context, v iris.Value) (iris.Value, error) {
			micros, err := pgtypes.StampOf(v)
			if err != nil {
				return v, err
			}
			return pgtypes.DayValue(dayOf(s.toLocal(c, micros)))
		}
		m[pair{s.oid, pgtypes.Time}] = func(c *Context, v iris.Value) (iris.Value, error) {
			micros, err := pgtypes.StampOf(v)
			if err != nil || endless(micros) {
				return iris.Null(), err
			}
			return pgtypes.ClockValue(clockOf(s.toLocal(c, micros))), nil
		}
	}
	m[pair{pgtypes.Timestamp, pgtypes.Timestamptz}] = shifted(toUTC)
	m[pair{pgtypes.Timestamptz, pgtypes.Timestamp}] = shifted(toLocal)
	m[pair{pgtypes.Time, pgtypes.Interval}] = func(_ *Context, v iris.Value) (iris.Value, error) {
		micros, err := pgtypes.ClockOf(v)
		if err != nil {
			return v, err
		}
		return span{micros: micros}.value()
	}
	m[pair{pgtypes.Interval, pgtypes.Time}] = func(_ *Context, v iris.Value) (iris.Value, error) {
		s, err := spanOf(v)
		return pgtypes.ClockValue(clockOf(s.micros)), err
	}
}

func shifted(shift func(*Context, int64) int64) conversion {
	return func(c *Context, v iris.Value) (iris.Value, error) {
		micros, err := pgtypes.StampOf(v)
		if err != nil {
			return v, err
		}
		return pgtypes.StampValue(shift(c, micros))
	}
}

// dayOf is the day that a timestamp falls on.
func dayOf(micros int64) int64 {
	if endless(micros) {
		return micros
	}
	days := micros / pgtypes.MicrosPerDay
	if micros%pgtypes.MicrosPerDay < 0 {
		days--
	}
	return days
}

// clockOf is the time of the day.
func clockOf(micros int64) int64 {
	micros %= pgtypes.MicrosPerDay
	if micros < 0 {
		micros += pgtypes.MicrosPerDay
	}
	return micros
}
