// Package variant names what is not known of a live IRIS and what the gateway depends on. Each has two answers: the likelier
// one and the other. A profile gives all of one kind, so that tests under both leave a live IRIS no room for surprise.
package variant

import (
	"fmt"
	"sort"
)

// Name is one open question.
type Name string

// The open questions. The first answer is the profile documented, the second contrary.
const (
	DDLSurvivesRollback Name = "ddl-survives-rollback" // ROLLBACK leaves tables made in the transaction | takes them back
	PositiveStatus      Name = "positive-status"       // a reply's status is the absolute SQLCODE | its low 16 bits
	TimestampText       Name = "timestamp-text"        // TIMESTAMP is type 93 and a text | 1093 and an encoded integer
	DateText            Name = "date-text"             // DATE is type 91 and a text | 1091 and a day number
	TimeText            Name = "time-text"             // TIME is type 92 and a text | 1092 and seconds
	NumericDecimal      Name = "numeric-decimal"       // NUMERIC is sent as a decimal item | as a text
	LastBufferStatus    Name = "last-buffer-100"       // the buffer with the last row has status 100 | 0, and an empty one follows
	MaxRowsWhole        Name = "max-rows-whole"        // "max rows" limits the whole result | one buffer
	FastSelect          Name = "fast-select"           // who asks for fast rows gets them | each statement says that it has plain ones
	PlainDoubles        Name = "plain-doubles"         // doubles are sent in eight bytes | without their zero bytes
	ErrorTextLines      Name = "error-text-crlf"       // the parts of an error text stand on lines | behind each other
	ExceptDistinct      Name = "except-distinct"       // EXCEPT drops duplicates of its left side | keeps them
	CountOverRuns       Name = "count-over-runs"       // COUNT(x) OVER () counts up row by row | is the total
)

// Names of the profiles.
const (
	Documented = "documented"
	Contrary   = "contrary"
)

var names = []Name{DDLSurvivesRollback, PositiveStatus, TimestampText, DateText, TimeText, NumericDecimal,
	LastBufferStatus, MaxRowsWhole, FastSelect, PlainDoubles, ErrorTextLines,
	ExceptDistinct, CountOverRuns}

// Set is an answer to every question.
type Set struct {
	profile string
	likely  map[Name]bool
}

// Profile gives the answers of a profile.
func Profile(name string) (Set, error) {
	if name != Documented && name != Contrary {
		return Set{}, fmt.Errorf("profile %q is neither %s nor %s", name, Documented, Contrary)
	}
	s := Set{profile: name, likely: map[Name]bool{}}
	for _, n := range names {
		s.likely[n] = name == Documented
	}
	return s, nil
}

// Likely reports whether the likelier answer to a question holds; the zero Set is the profile documented.
func (s Set) Likely(n Name) bool { return s.likely == nil || s.likely[n] }

// String is the name of the profile.
func (s Set) String() string {
	if s.profile == "" {
		return Documented
	}
	return s.profile
}

// Names lists the open questions in order.
func Names() []Name {
	out := append([]Name(nil), names...)
	sort.Slice(out, func(i, j int) bool { return out[i] < out[j] })
	return out
}
