package pgtypes

import (
	"errors"
	"time"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgerr"
)

// momentError turns a scanning error into PostgreSQL's.
func momentError(err error, name, text string) error {
	var zone zoneError
	switch {
	case errors.Is(err, errDateSyntax):
		return pgerr.New(pgerr.InvalidDatetimeFormat, "invalid input syntax for type %s: \"%s\"", name, text)
	case errors.Is(err, errDateHint):
		return pgerr.New(pgerr.DatetimeFieldOverflow, "date/time field value out of range: \"%s\"", text).
			WithHint("Perhaps you need a different \"datestyle\" setting.")
	case errors.Is(err, errZoneRange):
		return pgerr.New("22009", "time zone displacement out of range: \"%s\"", text)
	case errors.As(err, &zone):
		// A word that names no zone makes the whole text bad, unless it looks like a zone's name.
		for i := range len(zone) {
			if zone[i] == '/' {
				return pgerr.New(pgerr.InvalidParameterValue, "time zone \"%s\" not recognized", string(zone))
			}
		}
		return pgerr.New(pgerr.InvalidDatetimeFormat, "invalid input syntax for type %s: \"%s\"", name, text)
	}
	return pgerr.New(pgerr.DatetimeFieldOverflow, "date/time field value out of range: \"%s\"", text)
}

func parseDate(_ Type, text string, st Style) (iris.Value, error) {
	m, err := scanMoment(text, st)
	if err != nil {
		return iris.Null(), momentError(err, "date", text)
	}
	if m.word != "" {
		micros, err := m.wordTime(st, "date", text)
		if err != nil {
			return iris.Null(), err
		}
		return formatDate(dayOf(micros)), nil
	}
	if !m.hasDate {
		return iris.Null(), momentError(errDateSyntax, "date", text)
	}
	days := civilDay(m.year, m.month, m.day)
	if days < minDay || days >= endDay {
		return iris.Null(), pgerr.New(pgerr.DatetimeFieldOverflow, "date out of range: \"%s\"", text)
	}
	return formatDate(int64(days)), nil
}

// dayOf cuts a timestamp to its day; the infinities stay.
func dayOf(micros int64) int64 {
	if micros == infiniteFuture || micros == infinitePast {
		return micros
	}
	return int64(floorDiv(int(micros), microsPerDay))
}

// formatDate is the canonical text of a day number from 2000-01-01.
func formatDate(days int64) iris.Value {
	return iris.TextBytes(appendDays(make([]byte, 0, 13), days))
}

func appendDays(dst []byte, days int64) []byte {
	switch days {
	case infiniteFuture:
		return append(dst, "infinity"...)
	case infinitePast:
		return append(dst, "-infinity"...)
	}
	dst, bc := appendDate(dst, int(days))
	if bc {
		dst = append(dst, " BC"...)
	}
	return dst
}

// wordTime gives the time of a word such as 'today' in the session's zone, as a local timestamp.
func (m *moment) wordTime(st Style, name, text string) (int64, error) {
	switch m.word {
	case "infinity":
		return infiniteFuture, nil
	case "-infinity":
		return infinitePast, nil
	case "epoch":
		return unixEpoch * microsPerDay, nil
	}
	if st.Now.IsZero() || m.word == "allballs" {
		return 0, pgerr.New(pgerr.FeatureNotSupported, "the word \"%s\" as a %s is not supported by iris-pgwire here", m.word, name).
			WithHint("Write CURRENT_DATE or CURRENT_TIMESTAMP.")
	}
	now := st.Now.In(st.location())
	if m.word == "now" {
		return localMicros(now), nil
	}
	days := map[string]int64{"yesterday": -1, "today": 0, "tomorrow": 1}[m.word]
	return (dayOf(localMicros(now))+days)*microsPerDay + m.clock, nil
}

// localMicros is the wall clock of a time, in microseconds from 2000-01-01.
func localMicros(t time.Time) int64 {
	_, offset := t.Zone()
	return t.UnixMicro() + (unixEpoch*86400+int64(offset))*microsPerSecond
}

func parseTime(t Type, text string, st Style) (iris.Value, error) {
	m, err := scanMoment(text, st)
	if err == nil && (!m.hasTime || m.word != "") {
		err = errDateSyntax
		if m.word == "allballs" {
			m.clock, err = 0, nil
		}
	}
	if err != nil {
		return iris.Null(), momentError(err, "time", text)
	}
	return iris.TextBytes(appendClock(make([]byte, 0, 15), roundMicros(m.clock, t.Mod))), nil
}

// roundMicros applies the precision of time(p) and timestamp(p), halves away from zero.
func roundMicros(micros int64, precision int32) int64 {
	if precision < 0 || precision >= maxSecondsScale || micros == infiniteFuture || micros == infinitePast {
		return micros
	}
	unit := int64(1)
	for ; precision < maxSecondsScale; precision++ {
		unit *= 10
	}
	if micros < 0 {
		return -((-micros + unit/2) / unit * unit)
	}
	return (micros + unit/2) / unit * unit
}

// parseTimestamp ignores a zone in the text, as PostgreSQL does for timestamp without time zone.
func parseTimestamp(t Type, text string, st Style) (iris.Value, error) {
	return parseStamp(t, text, st, false)
}

// parseTimestamptz gives UTC; a text without a zone is local time of the session.
func parseTimestamptz(t Type, text string, st Style) (iris.Value, error) {
	return parseStamp(t, text, st, true)
}

func parseStamp(t Type, text string, st Style, zoned bool) (iris.Value, error) {
	name := "timestamp"
	if zoned {
		name = "timestamp with time zone"
	}
	m, err := scanMoment(text, st)
	if err == nil && m.word == "" && !m.hasDate {
		err = errDateSyntax
	}
	if err != nil {
		return iris.Null(), momentError(err, name, text)
	}
	var micros int64
	switch {
	case m.word != "":
		if micros, err = m.wordTime(st, name, text); err != nil {
			return iris.Null(), err
		}
		zoned = zoned && m.word != "epoch" && micros != infiniteFuture && micros != infinitePast
	default:
		days := civilDay(m.year, m.month, m.day)
		if days < minDay || int64(days) > endTimestamp/microsPerDay {
			return iris.Null(), stampRange(text)
		}
		micros = int64(days)*microsPerDay + m.clock
	}
	if zoned {
		micros = m.toUTC(micros, st)
	}
	micros = roundMicros(micros, t.Mod)
	if micros != infiniteFuture && micros != infinitePast && (micros < minTimestamp || micros >= endTimestamp) {
		return iris.Null(), stampRange(text)
	}
	return formatTimestamp(micros), nil
}

func stampRange(text string) error {
	return pgerr.New(pgerr.DatetimeFieldOverflow, "timestamp out of range: \"%s\"", text)
}

func (m *moment) toUTC(micros int64, st Style) int64 {
	switch {
	case m.location != nil:
		return localToUTC(m.location, micros)
	case m.hasZone:
		return micros - int64(m.offset)*microsPerSecond
	}
	return localToUTC(st.location(), micros)
}

func formatTimestamp(micros int64) iris.Value {
	return iris.TextBytes(appendTimestamp(make([]byte, 0, 29), micros, ""))
}
