package irissql

import (
	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgtypes"
	"iris-pgwire/internal/sql/analyze"
	"iris-pgwire/internal/sql/eval"
)

// Arg says where an argument's value comes from. Exactly one of Kept, Param (1-based), Session, Eval and Const counts.
type Arg struct {
	// Kept is the list of keys that an earlier step of the statement kept, joined by commas (package plan, Step.Keep).
	Kept    bool
	Param   int
	Session analyze.SessionValue
	// Eval computes the value from parameters and session values when the statement runs; it is called without a row.
	Eval  eval.Func
	Const iris.Value
	// Type is the PostgreSQL type of the value; its canonical form is what IRIS gets.
	Type pgtypes.Type
	// Check, if set, validates or converts the value before it is sent: a vector's dimensions, a LIKE pattern, LIMIT's
	// NULL. Its error is a *pgerr.Error.
	Check Check
}

// Check validates or converts a value.
type Check = func(iris.Value) (iris.Value, error)

// With gives the argument with one more check behind those that it has.
func (a Arg) With(check Check) Arg {
	first := a.Check
	if first == nil || check == nil {
		if check != nil {
			a.Check = check
		}
		return a
	}
	a.Check = func(v iris.Value) (iris.Value, error) {
		v, err := first(v)
		if err != nil {
			return v, err
		}
		return check(v)
	}
	return a
}

// settle runs the checks of a constant at once, so that a wrong literal fails when the statement is compiled and the
// argument can be shown as it is sent.
func (a Arg) settle() (Arg, error) {
	if a.Param != 0 || a.Session != "" || a.Eval != nil || a.Check == nil {
		return a, nil
	}
	v, err := a.Check(a.Const)
	a.Const, a.Check = v, nil
	return a, err
}

// Hole is a place where an integer argument is written into the text.
type Hole struct {
	Offset int
	Arg    Arg
}
