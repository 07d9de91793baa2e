package pgfunc

import (
	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/pgtypes"
)

// finish puts the fields together; what was not read is the first of its kind.
func (r *momentReader) finish(text string) (readTime, error) {
	out := readTime{zoned: r.zone != 0, precision: r.precision}
	outOfRange := pgerr.New(pgerr.DatetimeFieldOverflow, "date/time field value out of range: \"%s\"", text)
	var err error
	if out.clock, err = r.clock(outOfRange); err != nil {
		return out, err
	}
	if out.days, err = r.date(outOfRange); err != nil {
		return out, err
	}
	if hours := r.fields["TZH"]; out.zoned {
		if hours > 15 || r.fields["TZM"] > 59 {
			return out, outOfRange
		}
		out.offset = int64(r.zone * (hours*3600 + r.fields["TZM"]*60))
	}
	return out, nil
}

func (r *momentReader) clock(outOfRange error) (int64, error) {
	f := r.fields
	hour, minute, second := f["HH"], f["MI"], f["SS"]
	if seconds, ok := f["SSSS"]; ok {
		hour, minute, second = seconds/3600, seconds/60%60, seconds%60
	}
	if r.twelve {
		if hour < 1 || hour > 12 {
			return 0, pgerr.New(pgerr.InvalidDatetimeFormat, "hour \"%d\" is invalid for the 12-hour clock", hour).
				WithHint("Use the 24-hour clock, or give an hour between 1 and 12.")
		}
		hour %= 12
		if r.pm {
			hour += 12
		}
	}
	micros := int64(f["MS"])*1000 + int64(f["US"])
	if hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59 || micros < 0 || micros >= microsPerSecond {
		return 0, outOfRange
	}
	return int64(hour*3600+minute*60+second)*microsPerSecond + micros, nil
}

// date takes the day from the year and what says the day in it: month and day, day of the year, week, or Julian day.
func (r *momentReader) date(outOfRange error) (int64, error) {
	f := r.fields
	year, hasYear := f["Y"]
	if century := f["CC"]; century != 0 {
		if hasYear || r.bc {
			return 0, pgerr.NotBuilt(0, "CC beside a year or BC in a template to read with")
		}
		// PostgreSQL's own count, here and below, has a year 0.
		if year, hasYear = century*100+1, true; century > 0 {
			year -= 100
		}
		if year < 0 {
			return pgtypes.CivilDay(year, 1, 1), nil
		}
	}
	if r.bc {
		if !hasYear {
			year = 1
		}
		if year > 0 {
			year = 1 - year
		}
	} else if hasYear && year < 0 {
		year++
	}
	if _, ok := f["J"]; ok {
		return r.julian()
	}
	if r.iso {
		return r.isoDate(year)
	}
	// A field of 0 counts as none.
	month, day := max(f["MM"], 1), max(f["DD"], 1)
	if f["MM"] > 12 || f["MM"] < 0 || f["DD"] < 0 {
		return 0, outOfRange
	}
	if week := f["W"]; week != 0 {
		day = (week-1)*7 + 1
	}
	dayOfYear := f["DDD"]
	if week := f["WW"]; week != 0 && dayOfYear == 0 {
		dayOfYear = (week-1)*7 + 1
	}
	if dayOfYear != 0 && month <= 1 && day <= 1 {
		if !hasYear {
			return 0, pgerr.New(pgerr.InvalidDatetimeFormat, "cannot calculate day of year without year information")
		}
		first := pgtypes.CivilDay(year, 1, 1)
		if dayOfYear < 1 || int64(dayOfYear) > pgtypes.CivilDay(year+1, 1, 1)-first {
			return 0, outOfRange
		}
		return first + int64(dayOfYear) - 1, nil
	}
	if day > pgtypes.MonthLength(year, month) {
		return 0, outOfRange
	}
	return pgtypes.CivilDay(year, month, day), nil
}

// julian is a day that says everything by itself.
func (r *momentReader) julian() (int64, error) {
	for _, other := range []string{"Y", "MM", "DD", "DDD", "WW", "W", "IW", "ID", "IDDD", "CC"} {
		if _, both := r.fields[other]; both {
			return 0, pgerr.NotBuilt(0, "J beside "+other+" in a template to read with")
		}
	}
	return int64(r.fields["J"]) - pgtypes.JulianEpoch, nil
}

// isoDate counts from the Monday of the ISO year's first week.
func (r *momentReader) isoDate(year int) (int64, error) {
	fourth := pgtypes.CivilDay(year, 1, 4)
	monday := fourth - (weekday(fourth)+6)%7
	if day := r.fields["IDDD"]; day != 0 {
		return monday + int64(day) - 1, nil
	}
	if r.fields["IW"] == 0 {
		return pgtypes.CivilDay(year, 1, 1), nil
	}
	return monday + int64(max(r.fields["IW"], 1)-1)*7 + int64(max(r.fields["ID"], 1)-1), nil
}
