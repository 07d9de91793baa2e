package pgtypes

import (
	"iris-pgwire/internal/iris"
)

// posixBit marks an IRIS POSIX time stamp (IRIS docs, %Library.PosixTime): microseconds from 1970 plus 2^60, and with
// bits 61 and 62 cleared when negative.
const (
	posixBit      = int64(1) << 60
	posixNegative = int64(3) << 61
)

// dayValue reads a DATE as days from 2000-01-01: IRIS sends its text, or its day number (ODBC type 1091).
func dayValue(t Type, v iris.Value) (int64, error) {
	switch v.Kind() {
	case iris.KindInt, iris.KindDecimal, iris.KindDouble:
		n, ok := v.Int64()
		if !ok || n > endDay || n < minDay {
			return 0, badStored(t, v)
		}
		return n + irisEpoch, nil
	}
	if days, ok := plainDate(v.Raw()); ok && v.Kind() != iris.KindUTF16 {
		return int64(days), nil
	}
	text := v.String()
	m, err := scanMoment(text, Style{Order: YMD})
	switch {
	case err != nil || m.word != "" && m.word != "infinity" && m.word != "-infinity":
		return 0, badStored(t, v)
	case m.word == "infinity":
		return infiniteFuture, nil
	case m.word != "":
		return infinitePast, nil
	case !m.hasDate || m.clock != 0:
		return 0, badStored(t, v)
	}
	return int64(civilDay(m.year, m.month, m.day)), nil
}

// plainDate reads exactly YYYY-MM-DD.
func plainDate(b []byte) (days int, ok bool) {
	if len(b) != 10 || b[4] != '-' || b[7] != '-' {
		return 0, false
	}
	year, ok1 := number(b[:4])
	month, ok2 := number(b[5:7])
	day, ok3 := number(b[8:])
	if !ok1 || !ok2 || !ok3 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month) || year == 0 {
		return 0, false
	}
	return civilDay(year, month, day), true
}

func number(b []byte) (int, bool) {
	n := 0
	for _, c := range b {
		if !isDigit(c) {
			return 0, false
		}
		n = n*10 + int(c-'0')
	}
	return n, true
}

// clockValue reads a TIME as microseconds of the day: text, or seconds with a fraction (ODBC type 1092).
func clockValue(t Type, v iris.Value) (int64, error) {
	switch v.Kind() {
	case iris.KindInt, iris.KindDecimal, iris.KindDouble:
		return secondsValue(t, v)
	}
	if micros, ok := plainClock(v.Raw()); ok && v.Kind() != iris.KindUTF16 {
		return micros, nil
	}
	m, err := scanMoment(v.String(), Style{Order: YMD})
	if err != nil || !m.hasTime || m.hasDate {
		return 0, badStored(t, v)
	}
	return m.clock, nil
}

func secondsValue(t Type, v iris.Value) (int64, error) {
	d, err := digitsOf(t, v)
	if err != nil {
		return 0, err
	}
	d.round(6)
	d.scale = 0
	micros, ok := d.value().Int64()
	if !ok || micros < 0 || micros > microsPerDay {
		return 0, badStored(t, v)
	}
	return micros, nil
}

// plainClock reads HH:MM:SS and up to six digits of a fraction; more are zeros, or the slow way rounds them.
func plainClock(b []byte) (int64, bool) {
	if len(b) < 8 || b[2] != ':' || b[5] != ':' {
		return 0, false
	}
	hour, ok1 := number(b[:2])
	minute, ok2 := number(b[3:5])
	second, ok3 := number(b[6:8])
	if !ok1 || !ok2 || !ok3 || hour > 23 || minute > 59 || second > 59 {
		return 0, false
	}
	micros := int64(hour*3600+minute*60+second) * microsPerSecond
	if len(b) == 8 {
		return micros, true
	}
	if b[8] != '.' || len(b) > 18 {
		return 0, false
	}
	unit := int64(microsPerSecond / 10)
	for _, c := range b[9:] {
		if !isDigit(c) || unit == 0 && c != '0' {
			return 0, false
		}
		micros += int64(c-'0') * unit
		unit /= 10
	}
	return micros, true
}

// stampValue reads a TIMESTAMP as microseconds from 2000-01-01: text, or POSIX time (ODBC type 1093).
func stampValue(t Type, v iris.Value) (int64, error) {
	if v.Kind() == iris.KindInt {
		return posixMicros(v.Mantissa()), nil
	}
	b := v.Raw()
	if v.Kind() != iris.KindUTF16 && len(b) >= 19 && b[10] == ' ' {
		days, ok1 := plainDate(b[:10])
		clock, ok2 := plainClock(b[11:])
		if ok1 && ok2 {
			return int64(days)*microsPerDay + clock, nil
		}
	}
	text := v.String()
	m, err := scanMoment(text, Style{Order: YMD})
	switch {
	case err != nil:
		return 0, badStored(t, v)
	case m.word == "infinity":
		return infiniteFuture, nil
	case m.word == "-infinity":
		return infinitePast, nil
	case !m.hasDate || m.hasZone:
		return 0, badStored(t, v)
	}
	return int64(civilDay(m.year, m.month, m.day))*microsPerDay + m.clock, nil
}

// posixMicros decodes %PosixTime into microseconds from 2000-01-01.
func posixMicros(encoded int64) int64 {
	if encoded > 0 {
		encoded ^= posixBit
	} else {
		encoded |= posixNegative
	}
	return encoded + unixEpoch*microsPerDay
}
