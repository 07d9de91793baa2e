// Package fn has the parts of ObjectScript that only look at values: operators, pattern match, and the functions that need
// neither a variable nor a call. What they do, and the names of their errors, is from the pages of InterSystems'
// "ObjectScript Reference"; errors are *fault.Error.
//
// The empty string is value.NullValue() everywhere in ObjectScript; functions give and take it so.
package fn

import (
	"strings"
	"time"

	"iris-pgwire/internal/irisdev/objectscript/fault"
	"iris-pgwire/internal/irisdev/value"
)

// Env is what a function may ask of the process that runs it.
type Env interface {
	// Now is the time of the instance's clock, in the process's time zone.
	Now() time.Time
	// Random gives a whole number from 0 up to, not including, limit.
	Random(limit int64) int64
}

// MaxString is the longest string, in characters (IRIS docs, "General System Limits").
const MaxString = 3641144

// Func is a function. Call gets as many arguments as were written; given says which of them were not left out.
type Func struct {
	Min, Max int
	Call     func(env Env, args []value.Value, given []bool) (value.Value, error)
}

// Lookup finds a function by its full name in upper case, with the dollar sign.
func Lookup(name string) (Func, bool) {
	f, ok := functions[name]
	return f, ok
}

// functions is filled by the tables of the files, once.
var functions = join(textFunctions, pieceFunctions, charFunctions, surrogateFunctions, convertFunctions, regexpFunctions,
	listFunctions, bitFunctions, numberFunctions, mathFunctions, hexFunctions, binaryFunctions, dateFunctions,
	timeFunctions, nameFunctions, vectorFunctions)

type table map[string]Func

func join(tables ...table) table {
	all := table{}
	for _, t := range tables {
		for name, f := range t {
			all[name] = f
		}
	}
	return all
}

// pure makes a function of one that needs no more than its arguments.
func pure(least, most int, f func(a args) (value.Value, error)) Func {
	return Func{Min: least, Max: most, Call: func(env Env, list []value.Value, given []bool) (value.Value, error) {
		return f(args{env: env, list: list, given: given})
	}}
}

// args are the arguments of a call.
type args struct {
	env   Env
	list  []value.Value
	given []bool
}

func (a args) has(i int) bool { return i < len(a.list) && (i >= len(a.given) || a.given[i]) }

func (a args) value(i int) value.Value {
	if !a.has(i) {
		return value.Value{}
	}
	return a.list[i]
}

func (a args) text(i int) string { return a.value(i).Text() }

// int gives an argument as a whole number, truncated; other when it was left out.
func (a args) int(i, other int) int {
	if !a.has(i) {
		return other
	}
	return Whole(a.list[i])
}

// Whole gives the numeric value, truncated and kept within 31 bits: positions and counts are no larger.
func Whole(v value.Value) int {
	n, ok := v.Integer()
	switch {
	case !ok && v.Approx() < 0 || n < -1<<31:
		return -1 << 31
	case !ok && v.Approx() != v.Approx():
		return 0
	case !ok || n > 1<<31-1:
		return 1<<31 - 1
	}
	return int(n)
}

// Str is a text as ObjectScript holds it: the empty string is the value that is also SQL's NULL.
func Str(s string) value.Value {
	if s == "" {
		return value.Value{}
	}
	return value.Text(s)
}

// Bool is 1 or 0.
func Bool(b bool) value.Value {
	if b {
		return value.Int(1)
	}
	return value.Int(0)
}

// Empty reports the empty string.
func Empty(v value.Value) bool {
	return v.IsNull() || (v.Kind() == value.String || v.Kind() == value.List) && v.Raw() == ""
}

// limited is a text, or <MAXSTRING> if it is too long.
func limited(s string) (value.Value, error) {
	if len(s) > MaxString && value.Length(s) > MaxString {
		return value.Value{}, errMaxString
	}
	return Str(s), nil
}

func str(s string) (value.Value, error) { return Str(s), nil }

func count(n int) (value.Value, error) { return value.Int(int64(n)), nil }

func truth(b bool) (value.Value, error) { return Bool(b), nil }

func fail(name string) (value.Value, error) { return value.Value{}, fault.New(name, "") }

// The errors that several functions give.
var (
	errMaxString = fault.New("MAXSTRING", "")
	errIllegal   = fault.New("ILLEGAL VALUE", "")
	errFunction  = fault.New("FUNCTION", "")
	errRange     = fault.New("RANGE", "")
	errNull      = fault.New("NULL VALUE", "")
	errList      = fault.New("LIST", "")
	errDivide    = fault.New("DIVIDE", "")
	errMaxNumber = fault.New("MAXNUMBER", "")
	errWide      = fault.New("WIDE CHAR", "")
)

// ascii reports that every character is one byte, so that positions are offsets.
func ascii(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// Substring gives the characters from to to, counted from 1, both included; what is not there is left out.
func Substring(s string, from, to int) string {
	from = max(from, 1)
	if from > to || from > len(s) {
		return ""
	}
	if ascii(s) {
		return s[from-1 : min(to, len(s))]
	}
	u := value.Units(s)
	if from > len(u) {
		return ""
	}
	return value.FromUnits(u[from-1 : min(to, len(u))])
}

func blanks(n int) string { return strings.Repeat(" ", max(0, n)) }
