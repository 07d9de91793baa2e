package run

import (
	"errors"
	"strings"

	"iris-pgwire/internal/irisdev/objectscript/fault"
	"iris-pgwire/internal/irisdev/store"
	"iris-pgwire/internal/irisdev/value"
)

// Thrown is an error on its way to a handler: a system error with its place, or an exception object that was thrown.
type Thrown struct {
	Fault    *fault.Error // nil when an object was thrown
	Location string       // zMethod+2^Class.1
	Object   *Object      // the exception; for a system error made when somebody catches it
	Stack    []string     // places of the calls, the innermost first
}

// Error is the text of $ZERROR: <DIVIDE>zRun+2^Sample.Test.1.
func (t *Thrown) Error() string {
	if t.Fault != nil {
		s := "<" + t.Fault.Name + ">" + t.Location
		if t.Fault.Data != "" {
			s += " " + t.Fault.Data
		}
		return s
	}
	return "<THROW>" + t.Location + " *" + t.describe()
}

// Unwrap gives the system error.
func (t *Thrown) Unwrap() error {
	if t.Fault == nil {
		return nil
	}
	return t.Fault
}

// describe names the exception object: class, name, code, location, data.
func (t *Thrown) describe() string {
	parts := []string{t.Object.Class.Name}
	for _, name := range []string{"Name", "Code", "Location", "Data"} {
		if v := t.Object.Props[name]; v != nil && v.Set {
			parts = append(parts, v.Value.Text())
		}
	}
	return strings.TrimRight(strings.Join(parts, " "), " ")
}

// locate gives an error the place where it happened. The end of the process has none.
func (p *Process) locate(err error) error {
	switch e := err.(type) {
	case *Thrown:
		return e
	case *fault.Error:
		return p.raise(e)
	}
	if isEnd(err) || p.ended.Load() {
		return errEnd
	}
	return p.raise(asFault(err))
}

// raise makes a system error at the present place and sets $ZERROR.
func (p *Process) raise(e *fault.Error) *Thrown {
	t := &Thrown{Fault: e, Location: p.f.place()}
	for f := p.f; f != nil; f = f.up {
		t.Stack = append(t.Stack, f.place())
	}
	p.zerror = t.Error()
	p.ecode = ecodeOf(p.ecode, e.Name)
	return t
}

// asFault makes a system error of the store's and other errors.
func asFault(err error) *fault.Error {
	var f *fault.Error
	var s *store.Error
	switch {
	case errors.As(err, &f):
		return f
	case errors.As(err, &s):
		data := s.Detail
		if data != "" && !strings.HasPrefix(data, "^") {
			data = "*" + data
		}
		return fault.New(s.Name, data)
	case errors.Is(err, store.ErrNoNamespace):
		return fault.New("NAMESPACE", "")
	case errors.Is(err, store.ErrClosed):
		return fault.New("DATABASE", "*the instance is closed")
	case errors.Is(err, value.ErrList):
		return fault.New("LIST", "")
	case errors.Is(err, value.ErrSubscript):
		return fault.New("SUBSCRIPT", "")
	}
	return fault.New("FUNCTION", "*"+err.Error())
}

// Exception gives the object of an error, an %Exception.SystemException for a system error.
func (p *Process) Exception(t *Thrown) (*Object, error) {
	if t.Object != nil {
		return t.Object, nil
	}
	c, err := p.Class("%Exception.SystemException")
	if err != nil {
		return nil, err
	}
	o, err := p.NewObject(c)
	if err != nil {
		return nil, err
	}
	p.SetRaw(o, "Name", Text("<"+t.Fault.Name+">"))
	p.SetRaw(o, "Code", Int(errorNumber(t.Fault.Name)))
	p.SetRaw(o, "Location", Text(t.Location))
	p.SetRaw(o, "Data", Text(t.Fault.Data))
	o.Native = t
	t.Object = o
	return o, nil
}

// Throw makes the error that THROW of an object is.
func (p *Process) Throw(o *Object) error {
	t := &Thrown{Object: o, Location: p.f.place()}
	if sys, ok := o.Native.(*Thrown); ok && sys.Fault != nil {
		t.Stack = sys.Stack
		if o.Class.Name == "%Exception.SystemException" {
			p.zerror = sys.Error()
			return sys
		}
	}
	for f := p.f; f != nil; f = f.up {
		t.Stack = append(t.Stack, f.place())
	}
	if o.Native == nil {
		o.Native = t // for the methods that show the stack
	}
	p.zerror = t.Error()
	p.ecode = ecodeOf(p.ecode, "THROW")
	return t
}

// ZError is $ZERROR.
func (p *Process) ZError() string { return p.zerror }

// SetZError sets it.
func (p *Process) SetZError(s string) { p.zerror = s }
