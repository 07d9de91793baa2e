// Package run executes ObjectScript: processes, their variables, objects, devices and errors. It is the stand-in's
// interpreter; what it may call of IRIS's own classes is in package lib.
package run

import (
	"iris-pgwire/internal/irisdev/objectscript/class"
	"iris-pgwire/internal/irisdev/value"
)

// Value is what a variable holds: a plain value, or a reference to an object, whose text (5@User.Person) is the plain value.
// The empty string is value.NullValue, and $CHAR(0) a text of one character: ObjectScript has no SQL NULL.
type Value struct {
	value.Value
	Obj *Object
}

// Plain is a value that is no object.
func Plain(v value.Value) Value { return Value{Value: v} }

// Text is a text.
func Text(s string) Value { return Value{Value: plainText(s)} }

// Int is an integer.
func Int(n int64) Value { return Plain(value.Int(n)) }

// Bool is 1 or 0.
func Bool(b bool) Value {
	if b {
		return Int(1)
	}
	return Int(0)
}

// IsEmpty reports the empty string.
func (v Value) IsEmpty() bool { return v.Kind() == value.Null && v.Obj == nil }

// Truth is the value as a condition: any number but 0.
func (v Value) Truth() bool {
	switch v.Kind() {
	case value.Null:
		return false
	case value.Number:
		m, _ := v.Parts()
		return m != 0
	}
	n := v.Number()
	if n.Kind() == value.Double {
		return n.Float64() != 0
	}
	m, _ := n.Parts()
	return m != 0
}

// plainText is a text as ObjectScript has it: the empty one is value.NullValue.
func plainText(s string) value.Value {
	if s == "" {
		return value.Value{}
	}
	return value.Text(s)
}

// fromStore turns SQL's empty string, as rows have it, into the $CHAR(0) that ObjectScript reads.
func fromStore(v value.Value) value.Value {
	if v.Kind() == value.String && v.Raw() == "" {
		return value.Text("\x00")
	}
	return v
}

// toStore is the way back.
func toStore(v value.Value) value.Value {
	if v.Kind() == value.String && v.Raw() == "\x00" {
		return value.Text("")
	}
	return v
}

// Object is an object in memory.
type Object struct {
	ID     int64
	Class  *class.Class
	Props  map[string]*Var // raw property values, i%Name; collections are objects of their own
	Native any             // what a class that is written in Go keeps

	refs   int  // variables and properties that hold it
	listed bool // among the process' objects without references
	dead   bool // closed
}

// Ref gives the reference to an object; nil gives the empty string.
func Ref(o *Object) Value {
	if o == nil {
		return Value{}
	}
	return Value{Value: value.Text(o.String()), Obj: o}
}

// String is the text of the reference: 5@User.Person.
func (o *Object) String() string { return value.Int(o.ID).Text() + "@" + o.Class.Name }
