package run

import "iris-pgwire/internal/irisdev/objectscript/class"

// Native is a method that is written in Go. Errors are *fault.Error, *Thrown or the end of the process.
type Native func(p *Process, c *Call) (Value, error)

// Call is one call of a native method. Args are as many as the formal parameters, omitted ones filled with defaults; for a
// variadic method, the rest follows.
type Call struct {
	Class  *class.Class // the class it was called on, which may be a subclass of Method.Origin
	Self   *Object      // nil in a class method
	Method *class.Method
	Args   []Actual
	Wants  bool // the value is needed: the call is not by DO
}

// Actual is an argument as it arrives.
type Actual struct {
	Value   Value
	Omitted bool
	Var     *Var // the caller's variable when it was passed by reference; nil otherwise
}

// Arg makes an argument by value.
func Arg(v Value) Actual { return Actual{Value: v} }

// Natives are the native methods by "Class:Method".
type Natives map[string]Native

// Arg gives an argument's value; one that was not given is the empty string.
func (c *Call) Arg(i int) Value {
	if i >= len(c.Args) {
		return Value{}
	}
	return c.Args[i].Value
}

// Text gives an argument as text.
func (c *Call) Text(i int) string { return c.Arg(i).Text() }

// Given reports an argument that was not left out.
func (c *Call) Given(i int) bool { return i < len(c.Args) && !c.Args[i].Omitted }

// Var gives the variable that was passed by reference, nil if none was.
func (c *Call) Var(i int) *Var {
	if i >= len(c.Args) {
		return nil
	}
	return c.Args[i].Var
}
