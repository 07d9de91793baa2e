package iris

import (
	"errors"
	"fmt"
	"strings"
)

// ConnError is a connection that failed. Sent says whether the request may have reached IRIS: one that was never sent
// may be tried again on another connection, any other may have run.
type ConnError struct {
	Op   string // "dial", "write", "read", …
	Err  error
	Sent bool
}

// Error implements error.
func (e *ConnError) Error() string { return fmt.Sprintf("IRIS connection: %s: %v", e.Op, e.Err) }

// Unwrap gives the cause.
func (e *ConnError) Unwrap() error { return e.Err }

// ErrLoginRefused is what every refused login is (errors.Is); *LoginError says why.
var ErrLoginRefused = errors.New("IRIS refused the login")

// Refusal is the reason of a refused login.
type Refusal uint8

// The reasons that a caller treats differently.
const (
	RefusedOther     Refusal = iota
	RefusedPassword          // wrong user or password, account disabled
	RefusedNamespace         // the namespace doesn't exist or isn't the user's
	RefusedLicense           // no licence unit is free
)

// LoginError is a refused login with IRIS's own text.
type LoginError struct {
	Reason Refusal
	Cause  *Error
}

// Error implements error.
func (e *LoginError) Error() string { return "IRIS refused the login: " + e.Cause.Error() }

// Unwrap gives the IRIS error.
func (e *LoginError) Unwrap() error { return e.Cause }

// Is makes errors.Is(err, ErrLoginRefused) true.
func (e *LoginError) Is(target error) bool { return target == ErrLoginRefused }

// refusalWords finds the reason in IRIS's text, which matters more than its code: most refusals come as 417.
var refusalWords = []struct {
	word   string
	reason Refusal
}{
	{"licen", RefusedLicense},
	{"namespace", RefusedNamespace},
	{"invalid directory", RefusedNamespace},
	{"password", RefusedPassword},
	{"access denied", RefusedPassword},
	{"-853", RefusedPassword},
}

var refusalCodes = map[int]Refusal{-98: RefusedLicense, -402: RefusedPassword, -410: RefusedNamespace}

// NewLoginError classifies the status and text of a refused login.
func NewLoginError(status int, text string) *LoginError {
	e := &LoginError{Cause: ParseErrorText(status, text)}
	if reason, ok := refusalCodes[e.Cause.Code]; ok {
		e.Reason = reason
		return e
	}
	lower := strings.ToLower(text)
	for _, w := range refusalWords {
		if strings.Contains(lower, w.word) {
			e.Reason = w.reason
			return e
		}
	}
	if e.Cause.Code == -417 && text == "" {
		e.Reason = RefusedPassword
	}
	return e
}
