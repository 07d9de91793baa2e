package iris

import (
	"strings"

	"iris-pgwire/internal/pgerr"
)

// meaning is what a SQLCODE is for a PostgreSQL client.
type meaning struct {
	state   string
	message string // in PostgreSQL's words; "" = IRIS's own text
}

// MapError words an error of IRIS for a PostgreSQL client: the SQLSTATE of the same mistake, PostgreSQL's message where it
// has one, and IRIS's own SQLCODE and texts as the detail.
func MapError(e *Error) *pgerr.Error {
	m, known := meanings[-abs(e.Code)]
	if !known {
		m.state = pgerr.InternalError
	}
	out := &pgerr.Error{Code: m.state, Message: m.message, Detail: detailOf(e), Cause: e}
	if refine := refinements[-abs(e.Code)]; refine != nil {
		refine(e, out)
	}
	if out.Message == "" {
		out.Message = plainText(e)
	}
	return out
}

// detailOf is IRIS's code and text.
func detailOf(e *Error) string { return e.Error() }

// plainText is what IRIS says, as a message: the %msg where it has one, in one line.
func plainText(e *Error) string {
	text := e.Message
	if text == "" {
		text = e.Text
	}
	// Behind ^ the parser repeats the statement as far as it read it.
	text, _, _ = strings.Cut(text, "^")
	text = strings.TrimSpace(strings.Join(strings.Fields(text), " "))
	if text == "" {
		return "IRIS reported an error without a text"
	}
	return text
}
