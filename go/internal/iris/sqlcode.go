package iris

import "fmt"

// Error is an error that IRIS reported: a SQLCODE (negative, as IRIS documents it) with its texts.
type Error struct {
	Code     int    // e.g. -30
	Text     string // "Table or view not found"
	Location string // "Prepare", "ServerLoop - Query Execute", …
	Message  string // %msg
}

// Error implements error.
func (e *Error) Error() string {
	if e.Message != "" {
		return fmt.Sprintf("IRIS SQLCODE %d: %s: %s", e.Code, e.Text, e.Message)
	}
	return fmt.Sprintf("IRIS SQLCODE %d: %s", e.Code, e.Text)
}
