package pgtypes

import (
	"errors"
	"math"
	"strconv"
	"strings"
	"time"
)

// The ways in which a date or time text can be wrong; the type's parser turns them into its messages.
var (
	errDateSyntax = errors.New("bad syntax")
	errDateRange  = errors.New("field out of range")
	errDateHint   = errors.New("field out of range, perhaps by the order of the fields")
	errZoneRange  = errors.New("displacement out of range")
)

// zoneError names a time zone that is not known.
type zoneError string

func (z zoneError) Error() string { return string(z) }

// moment is what a date or time text says.
type moment struct {
	word             string // infinity, -infinity, epoch, now, today, tomorrow, yesterday, allballs
	hasDate, hasTime bool
	year, month, day int
	clock            int64 // microseconds of the day, up to and including 24:00
	hasZone          bool
	offset           int            // seconds east of UTC, with location nil
	location         *time.Location // a named zone
}

// scanner walks over the text once, field by field (PostgreSQL docs, "Date/Time Input Interpretation").
type scanner struct {
	moment
	s         string
	at        int
	order     DateOrder
	bc        bool
	meridiem  string
	named     int   // month given by name
	numbers   []num // plain numbers that wait for a month's name
	dateWidth int   // digits that the year was written with
}

type num struct{ value, width int }

var months = []string{"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"}

func scanMoment(text string, st Style) (moment, error) {
	s := scanner{s: trimSpace(text), order: st.Order}
	if s.s == "" {
		return s.moment, errDateSyntax
	}
	for s.at < len(s.s) {
		if err := s.field(); err != nil {
			return s.moment, err
		}
	}
	return s.moment, s.finish()
}

func (s *scanner) field() error {
	switch c := s.s[s.at]; {
	case c == ' ' || c == ',' || c == '\t' || c == '\n':
		s.at++
		return nil
	case isDigit(c):
		return s.number()
	case isLetter(c):
		return s.wordField()
	case c == '+' || c == '-':
		if s.at+1 < len(s.s) && isDigit(s.s[s.at+1]) {
			return s.zoneOffset()
		}
		if word := strings.ToLower(s.s[s.at:]); word == "-infinity" || word == "+infinity" {
			s.word, s.at = strings.TrimPrefix(word, "+"), len(s.s)
			return nil
		}
	}
	return errDateSyntax
}

func isDigit(c byte) bool  { return c >= '0' && c <= '9' }
func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// digitsAt reads a run of digits; a run that is absurdly long reads as out of range later.
func (s *scanner) digits() num {
	start := s.at
	for s.at < len(s.s) && isDigit(s.s[s.at]) {
		s.at++
	}
	n, err := strconv.Atoi(s.s[start:s.at])
	if err != nil || n > math.MaxInt32 {
		n = math.MaxInt32
	}
	return num{n, s.at - start}
}

func (s *scanner) peek(ahead int) byte {
	if s.at+ahead < len(s.s) {
		return s.s[s.at+ahead]
	}
	return 0
}

func (s *scanner) number() error {
	n := s.digits()
	next := s.peek(0)
	switch {
	case next == ':':
		return s.time(n)
	case !s.hasDate && len(s.numbers) == 0 && (next == '-' || next == '/' || next == '.') && (isDigit(s.peek(1)) || isLetter(s.peek(1))):
		return s.separated(n, next)
	case s.hasDate && !s.hasTime && (n.width == 6 || n.width == 4):
		return s.compactTime(n)
	case !s.hasDate && s.named == 0 && n.width == 8:
		return s.setDate(num{n.value / 10000, 4}, n.value/100%100, n.value%100)
	case !s.hasDate && s.named == 0 && n.width == 6:
		return s.setDate(num{n.value / 10000, 2}, n.value/100%100, n.value%100)
	case !s.hasDate && len(s.numbers) < 2:
		s.numbers = append(s.numbers, n)
		if next == '-' {
			s.at++
		}
		return nil
	}
	return errDateSyntax
}

// separated reads the rest of a date whose fields are joined by one separator.
func (s *scanner) separated(first num, separator byte) error {
	s.at++
	if isLetter(s.peek(0)) {
		s.numbers = append(s.numbers, first)
		if err := s.monthName(); err != nil {
			return err
		}
		if s.peek(0) != separator || !isDigit(s.peek(1)) {
			return errDateSyntax
		}
		s.at++
		s.numbers = append(s.numbers, s.digits())
		return nil
	}
	second := s.digits()
	if s.peek(0) != separator || !isDigit(s.peek(1)) {
		return errDateSyntax
	}
	s.at++
	third := s.digits()
	switch {
	case first.width >= 3 || s.order == YMD:
		return s.setDate(first, second.value, third.value)
	case s.order == DMY:
		return s.setDate(third, second.value, first.value)
	}
	return s.setDate(third, first.value, second.value)
}

func (s *scanner) setDate(year num, month, day int) error {
	if s.hasDate {
		return errDateSyntax
	}
	s.hasDate = true
	s.year, s.dateWidth, s.month, s.day = year.value, year.width, month, day
	return nil
}

// time reads HH:MM[:SS[.fraction]].
func (s *scanner) time(hour num) error {
	if s.hasTime {
		return errDateSyntax
	}
	s.at++
	if !isDigit(s.peek(0)) {
		return errDateSyntax
	}
	minute, second, fraction := s.digits(), num{}, int64(0)
	if s.peek(0) == ':' {
		if s.at++; !isDigit(s.peek(0)) {
			return errDateSyntax
		}
		second = s.digits()
		fraction = s.fraction()
	}
	return s.setClock(hour.value, minute.value, second.value, fraction)
}

// fraction reads a decimal fraction of a second, rounded to microseconds.
func (s *scanner) fraction() int64 {
	if s.peek(0) != '.' {
		return 0
	}
	start := s.at
	s.at++
	for s.at < len(s.s) && isDigit(s.s[s.at]) {
		s.at++
	}
	f, _ := strconv.ParseFloat("0"+s.s[start:s.at]+"0", 64)
	return int64(math.RoundToEven(f * microsPerSecond))
}

func (s *scanner) compactTime(n num) error {
	if n.width == 4 {
		return s.setClock(n.value/100, n.value%100, 0, 0)
	}
	return s.setClock(n.value/10000, n.value/100%100, n.value%100, s.fraction())
}

func (s *scanner) setClock(hour, minute, second int, micros int64) error {
	s.hasTime = true
	if hour > 24 || minute > 59 || second > 60 || hour == 24 && (minute > 0 || second > 0 || micros > 0) {
		return errDateRange
	}
	s.clock = (int64(hour)*3600+int64(minute)*60+int64(second))*microsPerSecond + micros
	return nil
}

// zoneOffset reads ±HH, ±HHMM, ±HH:MM or ±HH:MM:SS.
func (s *scanner) zoneOffset() error {
	if !s.hasTime && !s.hasDate || s.hasZone {
		return errDateSyntax
	}
	sign := 1
	if s.s[s.at] == '-' {
		sign = -1
	}
	s.at++
	n := s.digits()
	hour, minute, second := n.value, 0, 0
	switch {
	case n.width > 4:
		return errDateSyntax
	case n.width > 2:
		hour, minute = n.value/100, n.value%100
	}
	for _, part := range []*int{&minute, &second} {
		if s.peek(0) == ':' && isDigit(s.peek(1)) {
			s.at++
			*part = s.digits().value
		}
	}
	if hour > 15 || minute > 59 || second > 59 {
		return errZoneRange
	}
	s.hasZone, s.offset = true, sign*(hour*3600+minute*60+second)
	return nil
}
