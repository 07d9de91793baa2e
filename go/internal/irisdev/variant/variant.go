// Package variant names what is not known of a live IRIS and what the gateway depends on. Each question has two answers:
// the likelier one and the other (questions.go). A profile gives all of one kind, so that tests under both leave a live
// IRIS no room for surprise.
package variant

import "fmt"

// Name is one open question.
type Name string

// The names of the open questions.
const (
	ChildrenReaped      Name = "children-reaped"
	ConnectIsolation    Name = "connect-isolation"
	CountOverRuns       Name = "count-over-runs"
	DateText            Name = "date-text"
	DDLSurvivesRollback Name = "ddl-survives-rollback"
	ErrorTextLines      Name = "error-text-crlf"
	ExceptDistinct      Name = "except-distinct"
	FastSelect          Name = "fast-select"
	InterruptByMessage  Name = "interrupt-by-message"
	LastBufferStatus    Name = "last-buffer-100"
	MaxRowsWhole        Name = "max-rows-whole"
	NoRowsStatus        Name = "no-rows-0"
	NumericDecimal      Name = "numeric-decimal"
	ParameterTypes      Name = "parameter-types"
	PlainDoubles        Name = "plain-doubles"
	PositiveStatus      Name = "positive-status"
	StartHookLate       Name = "start-hook-late"
	TimeText            Name = "time-text"
	TimestampText       Name = "timestamp-text"
)

// Names of the profiles.
const (
	Documented = "documented"
	Contrary   = "contrary"
)

// Set is an answer to every question; the zero Set is the profile documented.
type Set struct{ contrary bool }

// Profile gives the answers of a profile.
func Profile(name string) (Set, error) {
	if name != Documented && name != Contrary {
		return Set{}, fmt.Errorf("profile %q is neither %s nor %s", name, Documented, Contrary)
	}
	return Set{contrary: name == Contrary}, nil
}

// Likely reports whether the likelier answer to a question holds.
func (s Set) Likely(Name) bool { return !s.contrary }

// String is the name of the profile.
func (s Set) String() string {
	if s.contrary {
		return Contrary
	}
	return Documented
}
