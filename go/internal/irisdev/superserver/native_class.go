package superserver

import (
	"strings"

	"iris-pgwire/internal/irisdev/value"
)

// method is a class method of IRIS's own.
type method struct{ class, name string }

// classMethods are those that drivers and dialects were seen to call: sqlalchemy-iris asks for the version when it connects
// (IRIS class reference, %SYSTEM.Version).
var classMethods = map[method]func(c *conn) value.Value{
	{"%SYSTEM.Version", "GetNumber"}:  func(c *conn) value.Value { return value.Text(c.versionNumber()) },
	{"%SYSTEM.Version", "GetVersion"}: func(c *conn) value.Value { return value.Text(c.versionText()) },
}

// noClassError is the call of a method where no classes are.
type noClassError string

func (e noClassError) Error() string { return "<CLASS DOES NOT EXIST> *" + string(e) }

// classMethod answers the call of a class method: class, method, number of arguments, arguments; with the value.
func (c *conn) classMethod(b *body, buf []byte) ([]byte, error) {
	m := method{b.text(), b.text()}
	n := b.count()
	if b.err != nil {
		return nil, b.err
	}
	call := classMethods[m]
	if call == nil || n > 0 {
		return nil, noClassError(m.class)
	}
	return value.AppendItem(buf, call(c)), nil
}

// classMethodVoid is classMethod for a caller that wants no value.
func (c *conn) classMethodVoid(b *body, buf []byte) ([]byte, error) {
	_, err := c.classMethod(b, nil)
	return buf, err
}

// versionText is what $ZVERSION has: the login reply's text before the installation's folder.
func (c *conn) versionText() string {
	text, _, _ := strings.Cut(c.srv.Version, "|")
	return text
}

// versionNumber is the number in it, such as 2025.1.
func (c *conn) versionNumber() string {
	_, number, _ := strings.Cut(c.versionText(), "Version ")
	number, _, _ = strings.Cut(number, " ")
	return number
}
