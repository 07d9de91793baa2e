package pgtypes

import (
	"strings"
	"time"
)

// weekdays may stand in a date and are ignored, as in PostgreSQL.
var weekdays = map[string]bool{
	"sun": true, "sunday": true, "mon": true, "monday": true, "tue": true, "tues": true, "tuesday": true,
	"wed": true, "weds": true, "wednesday": true, "thu": true, "thur": true, "thurs": true, "thursday": true,
	"fri": true, "friday": true, "sat": true, "saturday": true,
}

// zoneAbbreviations is the part of PostgreSQL's default set that means the same everywhere, in hours east of UTC.
var zoneAbbreviations = map[string]int{
	"utc": 0, "gmt": 0, "z": 0, "zulu": 0, "ut": 0, "uct": 0, "wet": 0, "cet": 1, "cest": 2, "eet": 2, "eest": 3, "bst": 1, "msk": 3,
	"est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7, "akst": -9, "hst": -10, "jst": 9, "kst": 9,
}

// word reads a run of letters; a zone's name goes on over / _ + - and digits once it has a slash.
func (s *scanner) readWord() string {
	start, slash := s.at, false
	for s.at < len(s.s) {
		c := s.s[s.at]
		if c == '/' && s.at > start {
			slash = true
		} else if !isLetter(c) && c != '_' && !(slash && (isDigit(c) || c == '+' || c == '-')) {
			break
		}
		s.at++
	}
	return s.s[start:s.at]
}

func (s *scanner) wordField() error {
	text := s.readWord()
	word := strings.ToLower(text)
	switch word {
	case "infinity", "epoch", "now", "today", "tomorrow", "yesterday", "allballs":
		if s.word != "" || s.hasDate {
			return errDateSyntax
		}
		s.word = word
		return nil
	case "t":
		if s.hasDate && !s.hasTime && isDigit(s.peek(0)) {
			return nil
		}
		return errDateSyntax
	case "bc", "ad":
		s.bc = word == "bc"
		return nil
	case "am", "pm":
		s.meridiem = word
		return nil
	case "at", "on":
		return nil
	}
	if weekdays[word] {
		return nil
	}
	if s.setMonth(word) {
		return nil
	}
	return s.zoneName(text, word)
}

func (s *scanner) monthName() error {
	start := s.at
	for s.at < len(s.s) && isLetter(s.s[s.at]) {
		s.at++
	}
	if !s.setMonth(strings.ToLower(s.s[start:s.at])) {
		return errDateSyntax
	}
	return nil
}

func (s *scanner) setMonth(word string) bool {
	if len(word) < 3 || s.named != 0 || s.hasDate {
		return false
	}
	for i, short := range months {
		full := strings.ToLower(time.Month(i + 1).String())
		if word == short || word == full || word == "sept" && short == "sep" {
			s.named = i + 1
			return true
		}
	}
	return false
}

func (s *scanner) zoneName(text, word string) error {
	if s.hasZone || !s.hasDate && !s.hasTime && s.named == 0 {
		return errDateSyntax
	}
	if hours, ok := zoneAbbreviations[word]; ok {
		s.hasZone, s.offset = true, hours*3600
		return nil
	}
	location, err := LoadZone(text)
	if err != nil {
		return zoneError(text)
	}
	s.hasZone, s.location = true, location
	return nil
}

// finish puts named months together, turns am/pm and BC into numbers and checks the date.
func (s *scanner) finish() error {
	if s.word != "" {
		if s.hasDate || s.hasTime && s.word == "infinity" || len(s.numbers) > 0 {
			return errDateSyntax
		}
		return nil
	}
	if err := s.namedDate(); err != nil {
		return err
	}
	if err := s.twelveHours(); err != nil {
		return err
	}
	if !s.hasDate {
		if !s.hasTime || s.bc {
			return errDateSyntax
		}
		return nil
	}
	switch {
	case s.bc:
		if s.year == 0 {
			return errDateRange
		}
		s.year = 1 - s.year
	case s.year == 0 && s.dateWidth > 2:
		return errDateRange
	case s.dateWidth <= 2 && s.year < 70:
		s.year += 2000
	case s.dateWidth <= 2 && s.year < 100:
		s.year += 1900
	}
	if s.month < 1 || s.month > 12 || s.day < 1 || s.day > 31 {
		return errDateHint
	}
	if s.day > daysIn(s.year, s.month) {
		return errDateRange
	}
	return nil
}

// namedDate finds the year and the day beside a month's name: more than two digits or more than 31 is the year.
func (s *scanner) namedDate() error {
	if s.named == 0 {
		if len(s.numbers) > 0 {
			return errDateSyntax
		}
		return nil
	}
	if len(s.numbers) != 2 || s.hasDate {
		return errDateSyntax
	}
	day, year := s.numbers[0], s.numbers[1]
	if day.width > 2 || day.value > 31 {
		day, year = year, day
	}
	return s.setDate(year, s.named, day.value)
}

func (s *scanner) twelveHours() error {
	if s.meridiem == "" {
		return nil
	}
	hour := s.clock / (3600 * microsPerSecond)
	if !s.hasTime || hour > 12 || hour == 0 {
		return errDateRange
	}
	if hour == 12 {
		s.clock -= 12 * 3600 * microsPerSecond
	}
	if s.meridiem == "pm" {
		s.clock += 12 * 3600 * microsPerSecond
	}
	return nil
}
