package fn

import (
	"strings"
	"time"

	"iris-pgwire/internal/irisdev/objectscript/fault"
	"iris-pgwire/internal/irisdev/value"
)

var dateFunctions = table{
	"$ZDATE":      pure(1, 10, zdate),
	"$ZDATEH":     pure(1, 10, zdateh),
	"$ZDATETIME":  pure(1, 12, zdatetime),
	"$ZDATETIMEH": pure(1, 11, zdatetimeh),
	"$NOW":        pure(0, 1, now),
}

// dateOptions are the arguments that $ZDATE and its relatives share.
type dateOptions struct {
	format      int
	months      []string // nil for the names of the locale
	separator   string   // what stands between day, month name and year
	yearopt     int
	window      [2]int // first and last day of the years with two digits
	least, most int
	erropt      value.Value
	hasErropt   bool
	now         time.Time
}

var (
	errOutOfRange = fault.New("VALUE OUT OF RANGE", "")
	monthNames    = strings.Fields("January February March April May June July August September October November December")
)

// century gives the first and the last day of a hundred years.
func century(year int) [2]int {
	first, _ := value.DayOf(year, 1, 1)
	last, _ := value.DayOf(year+99, 12, 31)
	return [2]int{first, last}
}

// dateOptions reads the format from argument format and the others from argument at on: monthlist, yearopt, startwin, endwin,
// mindate, maxdate, erropt, localeopt. formats says which formats there are.
func (a args) dateOptions(format, at int, formats func(int) bool) (dateOptions, error) {
	o := dateOptions{format: 1, separator: " ", least: 0, most: value.MaxDay, now: a.env.Now()}
	odbc := a.has(at+7) && Truth(a.value(at+7))
	if odbc {
		o.format = 3
	}
	if a.has(format) {
		v := a.value(format)
		if f := Whole(v); f != -1 {
			o.format = f
		}
		if !v.IsInteger() || !formats(o.format) {
			return o, errFunction
		}
	}
	if err := o.readMonths(a, at); err != nil {
		return o, err
	}
	if err := o.readYears(a, at+1, odbc); err != nil {
		return o, err
	}
	if n := horologDay(a, at+4); n != -1 {
		o.least = n
	}
	if n := horologDay(a, at+5); n != -1 {
		o.most = n
	}
	if o.most > value.MaxDay || o.least < value.MinDay || o.least > o.most {
		return o, errIllegal
	}
	o.erropt, o.hasErropt = a.value(at+6), a.has(at+6)
	return o, nil
}

// horologDay is the day of an argument in $HOROLOG form, -1 if it was left out.
func horologDay(a args, i int) int { return a.int(i, -1) }

// readMonths reads the list of month names: its first character stands in front of each.
func (o *dateOptions) readMonths(a args, i int) error {
	s := a.text(i)
	if !a.has(i) || s == "-1" || s == "" {
		return nil
	}
	o.separator = Substring(s, 1, 1)
	o.months = strings.Split(s, o.separator)[1:]
	return nil
}

// readYears reads yearopt and its window. Without them two digits are years of the 20th century.
func (o *dateOptions) readYears(a args, i int, odbc bool) error {
	o.yearopt = a.int(i, -1)
	if o.yearopt == -1 {
		o.yearopt = 0
		if odbc || o.format == 3 {
			o.yearopt = 4
		}
	}
	o.window = century(1900)
	switch o.yearopt {
	case 0, 1, 2, 4:
	case 6:
		o.window = century(o.now.Year() / 100 * 100)
	case 3, 5:
		return o.readWindow(a, i+1)
	default:
		return errFunction
	}
	return nil
}

func (o *dateOptions) readWindow(a args, i int) error {
	if !a.has(i) {
		return errFunction
	}
	start, end := a.int(i, 0), a.int(i+1, -1)
	if o.yearopt == 5 {
		first, ok := value.DayOf(o.now.Year()-start, 1, 1)
		if !ok {
			return errIllegal
		}
		o.window[0] = first
		if end != -1 {
			last, ok := value.DayOf(o.now.Year()+end, 12, 31)
			if !ok {
				return errIllegal
			}
			end = last
		}
	} else {
		o.window[0] = start
	}
	y, m, d, ok := value.DateOf(o.window[0])
	if !ok {
		return errIllegal
	}
	limit, ok := value.DayOf(y+100, m, d)
	if !ok {
		limit, ok = value.DayOf(y+100, m, d-1) // 29 February
	}
	if !ok {
		return errIllegal
	}
	if end == -1 {
		end = limit - 1
	}
	o.window[1] = end
	if end < o.window[0] || end > limit {
		return errIllegal
	}
	return nil
}

// checked gives the day, or erropt or an error when it is out of range.
func (o dateOptions) checked(day int, result value.Value) (value.Value, error) {
	if day < o.least || day > o.most {
		return o.failed(errOutOfRange)
	}
	return result, nil
}

// failed is an error about the date itself, which erropt replaces.
func (o dateOptions) failed(err error) (value.Value, error) {
	if o.hasErropt {
		return o.erropt, nil
	}
	return value.Value{}, err
}
