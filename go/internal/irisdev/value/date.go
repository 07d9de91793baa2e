package value

import (
	"strconv"
	"strings"
)

// The days that a DATE can be, counted from 1840-12-31: 0001-01-01 and 9999-12-31 (IRIS docs, "%Library.Date").
const (
	MinDay = -672045
	MaxDay = 2980013
)

const epochDay = 672046 // days from 0000-12-31 to 1840-12-31, less one for 0001-01-01 being day 1

// DayOf gives the day number of a date in the Gregorian calendar, days since 1840-12-31 ($HOROLOG); false if there is no
// such date between years 1 and 9999.
func DayOf(year, month, day int) (int, bool) {
	if year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month) {
		return 0, false
	}
	y := year - 1
	n := y*365 + y/4 - y/100 + y/400 + day
	for m := 1; m < month; m++ {
		n += daysIn(year, m)
	}
	return n - epochDay, true
}

// DateOf is the date of a day number; false outside years 1 to 9999.
func DateOf(n int) (year, month, day int, ok bool) {
	if n < MinDay || n > MaxDay {
		return 0, 0, 0, false
	}
	// Years that begin in March have their leap day at the end: of 400 years all have 146097 days.
	n += epochDay + 305 // days since 0000-03-01
	era := n / 146097
	n -= era * 146097
	y := (n - n/1460 + n/36524 - n/146096) / 365
	n -= y*365 + y/4 - y/100
	m := (5*n + 2) / 153 // months since March
	day = n - (153*m+2)/5 + 1
	year, month = era*400+y, m+3
	if month > 12 {
		year, month = year+1, month-12
	}
	return year, month, day, true
}

func daysIn(year, month int) int {
	switch month {
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	case 4, 6, 9, 11:
		return 30
	}
	return 31
}

// FormatDate writes a day number as YYYY-MM-DD, the ODBC form; false outside years 1 to 9999.
func FormatDate(n int) (string, bool) {
	var buf [10]byte
	out, ok := appendDate(buf[:0], n)
	return string(out), ok
}

func appendDate(buf []byte, n int) ([]byte, bool) {
	y, m, d, ok := DateOf(n)
	if !ok {
		return buf, false
	}
	buf = append(appendTwo(appendTwo(buf, y/100), y%100), '-')
	buf = append(appendTwo(buf, m), '-')
	return appendTwo(buf, d), true
}

// ParseDate reads YYYY-MM-DD (month and day of one or two digits) as a day number.
func ParseDate(s string) (int, bool) {
	p := strings.Split(s, "-")
	if len(p) != 3 || len(p[0]) != 4 {
		return 0, false
	}
	y, ok1 := digits(p[0], 4)
	m, ok2 := digits(p[1], 2)
	d, ok3 := digits(p[2], 2)
	if !ok1 || !ok2 || !ok3 {
		return 0, false
	}
	return DayOf(y, m, d)
}

// digits reads 1 to most decimal digits and nothing else.
func digits(s string, most int) (int, bool) {
	if s == "" || len(s) > most {
		return 0, false
	}
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
	}
	n, err := strconv.Atoi(s)
	return n, err == nil
}

// appendTwo writes a number below 100 in two digits.
func appendTwo(buf []byte, n int) []byte { return append(buf, '0'+byte(n/10), '0'+byte(n%10)) }
