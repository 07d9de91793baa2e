// Package sqlerr is an SQL error as IRIS reports it: a SQLCODE with its text, the place and the %msg (IRIS docs,
// "SQL Error Messages").
package sqlerr

import "fmt"

// Error is an SQL error.
type Error struct {
	Code     int    // negative, as IRIS documents it; 100 is no data
	Text     string // the code's general text
	Message  string // %msg: what was wrong here
	Location string // Prepare, Execute, ServerLoop - Query Execute …
}

// New makes an error of a code with a formatted %msg.
func New(code int, format string, args ...any) *Error {
	return &Error{Code: code, Text: Text(code), Message: fmt.Sprintf(format, args...)}
}

// Error implements error in the form that drivers show.
func (e *Error) Error() string {
	s := fmt.Sprintf("[SQLCODE: <%d>:<%s>]", e.Code, e.Text)
	if e.Location != "" {
		s += fmt.Sprintf("\r\n[Location: <%s>]", e.Location)
	}
	if e.Message != "" {
		s += fmt.Sprintf("\r\n[%%msg: < %s>]", e.Message)
	}
	return s
}
