package store

import "errors"

// Error is an ObjectScript error such as <SUBSCRIPT> or <TRANSACTION LEVEL>.
type Error struct {
	Name   string // without brackets
	Detail string // the reference or what was wrong
}

// Error implements error in the form of $ZERROR: a global stands there as it is, everything else behind an asterisk (IRIS
// docs, "$ZERROR").
func (e *Error) Error() string {
	switch {
	case e.Detail == "":
		return "<" + e.Name + ">"
	case e.Detail[0] == '^':
		return "<" + e.Name + "> " + e.Detail
	}
	return "<" + e.Name + "> *" + e.Detail
}

// What Open, NewProcess and a closed store answer.
var (
	ErrClosed      = errors.New("the store is closed")
	ErrNoNamespace = errors.New("namespace does not exist")
	ErrInUse       = errors.New("the directory is in use by another irisdev")
)
