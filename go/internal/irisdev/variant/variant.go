// Package variant names what is not known of a live IRIS and what the gateway depends on. Each question has two answers:
// the likelier one and the other (questions.go). A profile gives all of one kind, so that tests under both leave a live
// IRIS no room for surprise.
package variant

import "fmt"

// Name is one open question.
type Name string

// The names of the open questions.
const (
	ChildrenReaped          Name = "children-reaped"
	ConnectIsolation        Name = "connect-isolation"
	CountOverRuns           Name = "count-over-runs"
	DateText                Name = "date-text"
	DDLSurvivesRollback     Name = "ddl-survives-rollback"
	ErrorTextLines          Name = "error-text-crlf"
	ExceptDistinct          Name = "except-distinct"
	FailureKeepsTransaction Name = "failure-keeps-transaction"
	FastSelect              Name = "fast-select"
	InterruptByMessage      Name = "interrupt-by-message"
	LastBufferStatus        Name = "last-buffer-100"
	LastIdentityOfRowID     Name = "last-identity-row-id"
	LoginRefusedByText      Name = "login-refused-417"
	MaxRowsWhole            Name = "max-rows-whole"
	MessageNames            Name = "message-names"
	NoRowsStatus            Name = "no-rows-0"
	NumericDecimal          Name = "numeric-decimal"
	ObjectsOutliveCompile   Name = "objects-outlive-compile"
	ParameterTypes          Name = "parameter-types"
	ParametersText          Name = "parameters-text"
	PlainDoubles            Name = "plain-doubles"
	PositiveStatus          Name = "positive-status"
	ReplyInOneFrame         Name = "reply-in-one-frame"
	SavepointUsedUp         Name = "savepoint-used-up"
	StartHookLate           Name = "start-hook-late"
	StatementsKept          Name = "statements-kept"
	StreamHandleObject      Name = "stream-handle-object"
	TimeText                Name = "time-text"
	TimestampText           Name = "timestamp-text"
	VectorCanonical         Name = "vector-canonical"
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
