package fn

import (
	"fmt"
	"strings"

	"iris-pgwire/internal/irisdev/value"
)

// zdate is $ZDATE(day, format, monthlist, yearopt, startwin, endwin, mindate, maxdate, erropt, localeopt).
func zdate(a args) (value.Value, error) {
	o, err := a.dateOptions(1, 2, isOutFormat)
	if err != nil {
		return value.Value{}, err
	}
	day, err := dayOf(a.value(0))
	if err != nil {
		return o.failed(err)
	}
	s, err := o.write(day)
	if err != nil {
		return o.failed(err)
	}
	return str(s)
}

// isOutFormat: 18 to 21, the Islamic calendars, are not built.
func isOutFormat(f int) bool { return f >= 1 && f <= 17 }

// dayOf is the day of a value in $HOROLOG form: its numeric value, which has to be whole.
func dayOf(v value.Value) (int, error) {
	n := v.Number()
	if !n.IsInteger() {
		return 0, errIllegal
	}
	return Whole(n), nil
}

// write writes a day in the format of the options.
func (o dateOptions) write(day int) (string, error) {
	if day < o.least || day > o.most {
		return "", errOutOfRange
	}
	y, m, d, ok := value.DateOf(day)
	if !ok {
		return "", errOutOfRange
	}
	name := monthNames[m-1]
	if o.months != nil {
		if m > len(o.months) {
			return "", errIllegal
		}
		name = o.months[m-1]
	}
	short := name
	if o.months == nil {
		short = name[:3]
	}
	weekday := (day%7 + 11) % 7 // day 0 was a Thursday
	year := o.year(day, y)
	sep := o.separator
	switch o.format {
	case 1:
		return fmt.Sprintf("%02d/%02d/%s", m, d, year), nil
	case 2:
		return fmt.Sprintf("%02d%s%s%s%s", d, sep, short, sep, year), nil
	case 3:
		return fmt.Sprintf("%04d-%02d-%02d", y, m, d), nil
	case 4, 15:
		return fmt.Sprintf("%02d/%02d/%s", d, m, year), nil
	case 5:
		return fmt.Sprintf("%s%s%d,%s%04d", short, sep, d, sep, y), nil
	case 6:
		return fmt.Sprintf("%s%s%d%s%04d", short, sep, d, sep, y), nil
	case 7:
		return fmt.Sprintf("%s%s%02d%s%s", short, sep, d, sep, year), nil
	case 8:
		return fmt.Sprintf("%04d%02d%02d", y, m, d), nil
	case 9:
		return fmt.Sprintf("%s%s%d,%s%04d", name, sep, d, sep, y), nil
	case 10:
		return fmt.Sprint(weekday), nil
	case 11:
		return weekdays[weekday][:3], nil
	case 12:
		return weekdays[weekday], nil
	case 13:
		return fmt.Sprintf("%d/%d/%d", d, m, y+543), nil
	case 14:
		first, _ := value.DayOf(y, 1, 1)
		return fmt.Sprintf("%03d", day-first+1), nil
	case 16:
		return fmt.Sprintf("%d年%d月%d日", y, m, d), nil
	}
	return fmt.Sprintf("%d年 %d月 %d日", y, m, d), nil
}

var weekdays = strings.Fields("Sunday Monday Tuesday Wednesday Thursday Friday Saturday")

// year writes a year with two digits where the options say so.
func (o dateOptions) year(day, y int) string {
	if o.yearopt == 2 || o.yearopt != 4 && day >= o.window[0] && day <= o.window[1] {
		return fmt.Sprintf("%02d", y%100)
	}
	return fmt.Sprintf("%04d", y)
}
