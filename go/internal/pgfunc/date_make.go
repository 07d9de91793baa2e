package pgfunc

import (
	"math"
	"strings"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/pgtypes"
)

// dateMakeFamily has age, make_date and its like, to_timestamp of a number, zones and OVERLAPS (PostgreSQL docs, 9.9).
func dateMakeFamily(t table) {
	ages(t)
	t.strict("make_date", func(_ *Context, a []iris.Value) (iris.Value, error) {
		days, err := civil(a)
		if err != nil {
			return iris.Null(), err
		}
		return pgtypes.DayValue(days)
	})
	t.strict("make_time", func(_ *Context, a []iris.Value) (iris.Value, error) {
		micros, err := clockFrom(a)
		return pgtypes.ClockValue(micros), err
	})
	t.strict("make_timestamp", func(_ *Context, a []iris.Value) (iris.Value, error) {
		local, err := stampFrom(a)
		if err != nil {
			return iris.Null(), err
		}
		return pgtypes.StampValue(local)
	})
	zoned := func(c *Context, a []iris.Value) (iris.Value, error) {
		local, err := stampFrom(a)
		if err != nil {
			return iris.Null(), err
		}
		zone := zoneOf(c.Style.Zone())
		if len(a) > 6 {
			if zone, err = namedZone(textArg(a[6])); err != nil {
				return iris.Null(), err
			}
		}
		return pgtypes.StampValue(zone.utc(local))
	}
	t.each(zoned, "make_timestamptz(int4,int4,int4,int4,int4,float8)", "make_timestamptz(int4,int4,int4,int4,int4,float8,text)")
	t.strict("to_timestamp(float8)", stampOfEpoch)
	atZone(t)
	overlaps(t)
}

// civil makes a day of year, month, day; negative years are before Christ.
func civil(a []iris.Value) (int64, error) {
	year, month, day := intArg(a[0]), intArg(a[1]), intArg(a[2])
	shown := year
	if year < 0 {
		year++
	}
	if shown == 0 || month < 1 || month > 12 || day < 1 || year > 6000000 || year < -5000 || day > int64(pgtypes.MonthLength(int(year), int(month))) {
		return 0, pgerr.New(pgerr.DatetimeFieldOverflow, "date field value out of range: %d-%02d-%02d", shown, month, day)
	}
	return pgtypes.CivilDay(int(year), int(month), int(day)), nil
}

// clockFrom makes a time of hour, minute, second.
func clockFrom(a []iris.Value) (int64, error) {
	hour, minute, second := intArg(a[0]), intArg(a[1]), floatArg(a[2])
	micros := math.RoundToEven(second * microsPerSecond)
	total := (hour*60+minute)*60*microsPerSecond + int64(micros)
	if hour < 0 || minute < 0 || minute > 59 || !(second >= 0 && second <= 60) || total > microsPerDay {
		return 0, pgerr.New(pgerr.DatetimeFieldOverflow, "time field value out of range: %d:%02d:%02s", hour, minute, pgtypes.AppendFloat(nil, second, false))
	}
	return total, nil
}

func stampFrom(a []iris.Value) (int64, error) {
	days, err := civil(a)
	if err != nil {
		return 0, err
	}
	clock, err := clockFrom(a[3:])
	if err == nil && days > maxStampDay {
		err = stampRange()
	}
	return days*microsPerDay + clock, err
}

func stampOfEpoch(_ *Context, a []iris.Value) (iris.Value, error) {
	seconds := floatArg(a[0])
	switch {
	case math.IsNaN(seconds):
		return failed(pgerr.DatetimeFieldOverflow, "timestamp cannot be NaN")
	case math.IsInf(seconds, 1):
		return pgtypes.StampValue(pgtypes.InfiniteFuture)
	case math.IsInf(seconds, -1):
		return pgtypes.StampValue(pgtypes.InfinitePast)
	case math.Abs(seconds) > 1e13:
		return failed(pgerr.DatetimeFieldOverflow, "timestamp out of range: \"%s\"", pgtypes.AppendFloat(nil, seconds, false))
	}
	seconds += pgtypes.UnixEpochDay * 86400
	return pgtypes.StampValue(int64(math.RoundToEven(seconds * microsPerSecond)))
}

func ages(t table) {
	local := func(_ *Context, micros int64) int64 { return micros }
	for kind, convert := range map[string]func(*Context, int64) int64{"timestamp": local, "timestamptz": toLocal} {
		t.strict("age("+kind+","+kind+")", func(c *Context, a []iris.Value) (iris.Value, error) {
			x, err := pgtypes.StampOf(a[0])
			if err != nil {
				return iris.Null(), err
			}
			y, err := pgtypes.StampOf(a[1])
			if err != nil {
				return iris.Null(), err
			}
			return age(convert(c, x), convert(c, y))
		})
		t.strict("age("+kind+")", func(c *Context, a []iris.Value) (iris.Value, error) {
			y, err := pgtypes.StampOf(a[0])
			if err != nil {
				return iris.Null(), err
			}
			if c.Style.Now.IsZero() {
				return notBuilt("age() without the time of the statement")
			}
			now := c.Style.Now.UnixMicro() + pgtypes.UnixEpochDay*microsPerDay
			return age(dayOf(toLocal(c, now))*microsPerDay, convert(c, y))
		})
	}
}

// age subtracts field by field, from the later time's months (PostgreSQL's timestamp_age).
func age(x, y int64) (iris.Value, error) {
	if endless(x) || endless(y) {
		return notBuilt("age() of an infinite timestamp")
	}
	sign := int64(1)
	if x < y {
		sign = -1
	}
	xYear, xMonth, xDay := pgtypes.CivilDate(dayOf(x))
	yYear, yMonth, yDay := pgtypes.CivilDate(dayOf(y))
	months := sign * int64((xYear-yYear)*12+xMonth-yMonth)
	days := sign * int64(xDay-yDay)
	micros := sign * (clockOf(x) - clockOf(y))
	if micros < 0 {
		micros += microsPerDay
		days--
	}
	for days < 0 {
		// The borrowed month is the one that the earlier time is in.
		if sign < 0 {
			days += int64(pgtypes.MonthLength(xYear, xMonth))
		} else {
			days += int64(pgtypes.MonthLength(yYear, yMonth))
		}
		months--
	}
	return span{sign * months, sign * days, sign * micros}.value()
}

// overlaps has the OVERLAPS of periods given by two times or by a time and a length. Unlike most functions it may be true
// with a NULL among the ends.
func overlaps(t table) {
	for _, kind := range []string{"time", "timestamp", "timestamptz"} {
		for _, ends := range [][2]string{{kind, kind}, {kind, "interval"}, {"interval", kind}, {"interval", "interval"}} {
			id := strings.Join([]string{"overlaps(" + kind, ends[0], kind, ends[1] + ")"}, ",")
			t.loose(id, func(c *Context, a []iris.Value) (iris.Value, error) {
				p := append([]iris.Value(nil), a...)
				for i, end := range ends {
					at := 2*i + 1
					if end != "interval" || p[at].IsNull() {
						continue
					}
					if p[at-1].IsNull() {
						p[at] = iris.Null()
						continue
					}
					v, err := t[kind+"_pl_interval"].Call(c, []iris.Value{p[at-1], p[at]})
					if err != nil {
						return iris.Null(), err
					}
					p[at] = v
				}
				return periodsOverlap(c, p, kind == "time")
			})
		}
	}
}

// periodsOverlap follows SQL's definition: the start belongs to a period, the end does not, unless they are equal.
func periodsOverlap(c *Context, p []iris.Value, clock bool) (iris.Value, error) {
	order := byMoment(pgtypes.StampOf)
	if clock {
		order = byMoment(pgtypes.ClockOf)
	}
	for i := 0; i < 4; i += 2 {
		switch {
		case p[i].IsNull() && p[i+1].IsNull():
			return null()
		case p[i].IsNull():
			p[i], p[i+1] = p[i+1], p[i]
		case !p[i+1].IsNull():
			n, err := order(c, p[i], p[i+1])
			if err != nil {
				return iris.Null(), err
			}
			if n > 0 {
				p[i], p[i+1] = p[i+1], p[i]
			}
		}
	}
	n, err := order(c, p[0], p[2])
	if err != nil {
		return iris.Null(), err
	}
	early, late, other := p[1], p[2], p[3]
	switch {
	case n > 0:
		early, late, other = p[3], p[0], p[1]
	case n == 0 && (p[1].IsNull() || p[3].IsNull()):
		return null()
	case n == 0:
		return boolResult(true)
	}
	if early.IsNull() {
		return null()
	}
	if n, err = order(c, late, early); err != nil {
		return iris.Null(), err
	}
	switch {
	case n < 0:
		return boolResult(true)
	case other.IsNull():
		return null()
	}
	return boolResult(false)
}
