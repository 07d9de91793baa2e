// Package fault is the error of ObjectScript: a name in angle brackets and what it is about.
package fault

// Error is a system error such as <UNDEFINED> *x. Where it happened is known to the process that runs the code, not here.
type Error struct {
	Name string // without brackets: UNDEFINED, CLASS DOES NOT EXIST
	Data string // *x, ^g(1), *Method,Class; may be empty
}

// Error writes it as $ZERROR does, without the location.
func (e *Error) Error() string {
	if e.Data == "" {
		return "<" + e.Name + ">"
	}
	return "<" + e.Name + "> " + e.Data
}

// New makes an Error.
func New(name, data string) *Error { return &Error{Name: name, Data: data} }
