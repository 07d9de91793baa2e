package session

import (
	"strconv"
	"strings"
	"time"

	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/pgtypes"
	"iris-pgwire/internal/sql/plan"
)

// makeStyle gives the settings that values are read and printed by.
func (s *settings) makeStyle() pgtypes.Style {
	var st pgtypes.Style
	_, order, _ := strings.Cut(s.value("DateStyle"), ", ")
	st.Order = map[string]pgtypes.DateOrder{"DMY": pgtypes.DMY, "YMD": pgtypes.YMD}[order]
	st.Location, _ = loadZone(s.value("TimeZone")) // was checked when it was set
	st.ByteaEscape = s.value("bytea_output") == "escape"
	digits, _ := strconv.Atoi(s.value("extra_float_digits"))
	st.FloatDigits = digits - 1
	return st
}

// derived is what follows from the settings and is needed for every statement.
type derived struct {
	changed int
	style   pgtypes.Style
	// key names what a compiled statement may depend on beside its text.
	key                                       string
	statementLimit, idleLimit, idleInTxnLimit time.Duration
	dates, intervals                          string // DateStyle without its order, IntervalStyle
	readOnly                                  bool   // a new transaction is
	isolation                                 string // of a new transaction
}

// current gives what follows from the settings as they are; it is made anew only after a change.
func (s *settings) current() *derived {
	if s.derived.changed != s.changed {
		dates, _, _ := strings.Cut(s.value("DateStyle"), ",")
		s.derived = derived{
			changed:        s.changed,
			style:          s.makeStyle(),
			key:            s.value("search_path") + "\x00" + s.value("TimeZone") + "\x00" + s.value("DateStyle"),
			statementLimit: s.duration("statement_timeout"),
			idleLimit:      s.duration("idle_session_timeout"),
			idleInTxnLimit: s.duration("idle_in_transaction_session_timeout"),
			dates:          dates,
			intervals:      s.value("IntervalStyle"),
			readOnly:       s.bool("default_transaction_read_only"),
			isolation:      s.value("default_transaction_isolation"),
		}
	}
	return &s.derived
}

// checkStyle refuses to print values in a style that is not built, rather than printing them in another. Binary
// formats don't depend on the style.
func (s *settings) checkStyle(columns []plan.Column, format func(int) int16) error {
	dates, intervals := s.current().dates, s.current().intervals
	if dates == "ISO" && intervals == "postgres" {
		return nil
	}
	for i, c := range columns {
		if format(i) != 0 {
			continue
		}
		switch c.Type.OID {
		case pgtypes.Date, pgtypes.Timestamp, pgtypes.Timestamptz, pgtypes.DateArray, pgtypes.TimestampArray, pgtypes.TimestamptzArray:
			if dates != "ISO" {
				return pgerr.NotBuilt(0, "date output in DateStyle "+dates)
			}
		case pgtypes.Interval, pgtypes.IntervalArray:
			if intervals != "postgres" {
				return pgerr.NotBuilt(0, "interval output in IntervalStyle "+intervals)
			}
		}
	}
	return nil
}

// searchPath splits search_path into schema names: unquoted ones folded to lower case, "$user" replaced by the user.
func (s *settings) searchPath(user string) []string {
	var out []string
	text := s.value("search_path")
	for len(text) > 0 {
		text = strings.TrimLeft(text, " ,\t\n")
		if text == "" {
			break
		}
		var name string
		if text[0] == '"' {
			name, text = quotedName(text[1:])
		} else {
			end := strings.IndexByte(text, ',')
			if end < 0 {
				end = len(text)
			}
			name, text = strings.ToLower(strings.TrimSpace(text[:end])), text[end:]
		}
		if name == "$user" {
			name = user
		}
		if name != "" {
			out = append(out, name)
		}
	}
	return out
}

// quotedName reads up to the closing quote; a doubled quote stands for one.
func quotedName(text string) (name, rest string) {
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		if text[i] == '"' {
			if i+1 < len(text) && text[i+1] == '"' {
				i++
			} else {
				return b.String(), text[i+1:]
			}
		}
		b.WriteByte(text[i])
	}
	return b.String(), ""
}
