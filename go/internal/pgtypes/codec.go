package pgtypes

import (
	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgerr"
)

// codec is a type's four ways: text in, text out, binary in, binary out (typinput, typoutput, typreceive, typsend).
// A nil entry is refused with 0A000.
type codec struct {
	parse func(t Type, text string, st Style) (iris.Value, error)
	text  func(dst []byte, t Type, v iris.Value, st Style) ([]byte, error)
	recv  func(t Type, b []byte) (iris.Value, error)
	send  func(dst []byte, t Type, v iris.Value) ([]byte, error)
}

// ParseText is PostgreSQL's input function of the type with the default Style; the errors are *pgerr.Error with
// PostgreSQL's messages and SQLSTATEs.
func ParseText(t Type, text string) (iris.Value, error) { return ParseStyled(t, text, Style{}) }

// ParseStyled is ParseText with the session's settings.
func ParseStyled(t Type, text string, st Style) (iris.Value, error) {
	if err := checkText(text); err != nil {
		return iris.Null(), err
	}
	c := codecOf(t.OID)
	if c == nil || c.parse == nil {
		return iris.Null(), notBuilt(t, "input")
	}
	return c.parse(t, text, st)
}

// FromBinary reads a parameter that the client sent in PostgreSQL's binary form; nil is NULL. The value may keep b.
func FromBinary(t Type, b []byte) (iris.Value, error) {
	if b == nil {
		return iris.Null(), nil
	}
	c := codecOf(t.OID)
	if c == nil || c.recv == nil {
		return iris.Null(), notBuilt(t, "binary input")
	}
	return c.recv(t, b)
}

// AppendText appends the value as PostgreSQL prints it. A NULL appends nothing: the caller has asked IsNull.
func AppendText(dst []byte, t Type, v iris.Value, st Style) ([]byte, error) {
	if v.IsNull() {
		return dst, nil
	}
	c := codecOf(t.OID)
	if c == nil || c.text == nil {
		return dst, notBuilt(t, "output")
	}
	return c.text(dst, t, v, st)
}

// AppendBinary appends the value in PostgreSQL's binary form (network byte order). A NULL appends nothing.
func AppendBinary(dst []byte, t Type, v iris.Value) ([]byte, error) {
	if v.IsNull() {
		return dst, nil
	}
	c := codecOf(t.OID)
	if c == nil || c.send == nil {
		return dst, notBuilt(t, "binary output")
	}
	return c.send(dst, t, v)
}

func notBuilt(t Type, what string) error {
	return pgerr.NotBuilt(0, what+" of type "+Format(t))
}

// badStored is the complaint about a value that IRIS delivered in a form which the column's type can't have. It is a
// data error of the table, not of the gateway: IRIS checks little when classes write rows.
func badStored(t Type, v iris.Value) error {
	text := v.String()
	if len(text) > 80 {
		text = text[:80] + "…"
	}
	return pgerr.New(pgerr.DataException, "value %q from IRIS is not a valid %s", text, Format(t))
}

func badBinary(t Type) error {
	return pgerr.New(pgerr.InvalidBinaryRepresentation, "incorrect binary data format for type %s", Format(t))
}

func badSyntax(name, text string) error {
	return pgerr.New(pgerr.InvalidTextRepresentation, "invalid input syntax for type %s: \"%s\"", name, text)
}

func outOfRange(name, text string) error {
	return pgerr.New(pgerr.NumericValueOutOfRange, "value \"%s\" is out of range for type %s", text, name)
}
