// Package pgerr holds the error that reaches a PostgreSQL client: a SQLSTATE, a message in the user's terms and,
// where they are known, a position, a detail and a hint (PostgreSQL docs, "Error and Notice Message Fields").
//
// Every package between the wire and IRIS returns *Error for what the client did wrong or asked in vain; any other
// error becomes XX000 at the session.
package pgerr

import (
	"errors"
	"fmt"
)

// Error is one PostgreSQL error or notice. The zero Severity means ERROR.
type Error struct {
	Severity string // "" = ERROR; FATAL, PANIC, WARNING, NOTICE, INFO, LOG, DEBUG
	Code     string // SQLSTATE, five characters; see codes.go
	Message  string
	Detail   string
	Hint     string
	// Position is the 1-based character (not byte) index into the statement text that the client sent; 0 = none.
	Position   int
	Schema     string
	Table      string
	Column     string
	Type       string
	Constraint string
	// Cause is kept for logs and traces; it is never shown to the client.
	Cause error
}

// Error implements error.
func (e *Error) Error() string { return fmt.Sprintf("%s (SQLSTATE %s)", e.Message, e.Code) }

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Cause }

// New makes an ERROR with a formatted message.
func New(code, format string, args ...any) *Error {
	return &Error{Code: code, Message: fmt.Sprintf(format, args...)}
}

// At sets the position and returns e.
func (e *Error) At(position int) *Error { e.Position = position; return e }

// WithDetail sets the detail and returns e.
func (e *Error) WithDetail(format string, args ...any) *Error {
	e.Detail = fmt.Sprintf(format, args...)
	return e
}

// WithHint sets the hint and returns e.
func (e *Error) WithHint(format string, args ...any) *Error {
	e.Hint = fmt.Sprintf(format, args...)
	return e
}

// WithCause sets the cause and returns e.
func (e *Error) WithCause(err error) *Error { e.Cause = err; return e }

// NotBuilt is the refusal of a construct that the gateway does not have: 0A000, the construct named, its position.
func NotBuilt(position int, construct string) *Error {
	return New(FeatureNotSupported, "%s is not supported by iris-pgwire", construct).At(position)
}

// As finds the *Error in err's chain; anything else is wrapped as XX000 with the original as its cause.
func As(err error) *Error {
	var e *Error
	if errors.As(err, &e) {
		return e
	}
	return &Error{Code: InternalError, Message: err.Error(), Cause: err}
}
