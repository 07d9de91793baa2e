package parse

import (
	"fmt"

	"iris-pgwire/internal/irisdev/objectscript/ast"
)

// Error is what the compiler of ObjectScript says about a source. Name is that of the system error that the same text gives
// in XECUTE: SYNTAX nearly always, UNIMPLEMENTED for a construct that IRIS knows and this parser refuses.
type Error struct {
	Pos  ast.Pos
	Name string
	Text string
}

// Error writes the place, the name and the reason.
func (e *Error) Error() string {
	return fmt.Sprintf("%d:%d: <%s> %s", e.Pos.Line, e.Pos.Col, e.Name, e.Text)
}

// failure carries an *Error out of the parser's recursion.
type failure struct{ err *Error }

// catch turns a failure back into an error.
func catch(err *error) {
	r := recover()
	if r == nil {
		return
	}
	f, ok := r.(failure)
	if !ok {
		panic(r)
	}
	*err = f.err
}

// fail ends the parse with a syntax error at the current place.
func (p *parser) fail(format string, args ...any) { p.failAt(p.pos, "SYNTAX", format, args...) }

func (p *parser) failAt(at int, name, format string, args ...any) {
	panic(failure{&Error{Pos: p.place(at), Name: name, Text: fmt.Sprintf(format, args...)}})
}
