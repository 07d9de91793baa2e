package pgtypes

import "time"

// DateOrder says how 01/02/2003 is read (PostgreSQL docs, DateStyle).
type DateOrder uint8

// The orders of DateStyle.
const (
	MDY DateOrder = iota
	DMY
	YMD
)

// Style holds the session settings that values are read and printed by. The zero Style is PostgreSQL's default with
// TimeZone UTC: DateStyle ISO, MDY; bytea_output hex; extra_float_digits 1.
type Style struct {
	Order       DateOrder
	Location    *time.Location // nil = UTC
	ByteaEscape bool           // bytea_output = escape
	// FloatDigits is extra_float_digits minus 1, so that zero is the default; at 0 and above floats print in their
	// shortest exact form, below that with 15 (6 for real) + extra_float_digits digits.
	FloatDigits int
	// Now is the statement's time, for 'now', 'today', 'tomorrow' and 'yesterday'; the zero Time refuses those words.
	Now time.Time
}

// location never gives nil.
func (s Style) location() *time.Location {
	if s.Location == nil {
		return time.UTC
	}
	return s.Location
}
