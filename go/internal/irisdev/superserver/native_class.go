package superserver

import (
	"context"

	"iris-pgwire/internal/irisdev/store"
	"iris-pgwire/internal/irisdev/value"
)

// Classes are what native calls find behind a class name.
type Classes interface {
	// Call runs a class method in a process. An argument that was passed by reference (ByRef) is changed in place. The result
	// is Undefined when the method returns nothing and Object when it is a reference. An error is one of ObjectScript, whose
	// text is as in $ZERROR: "<METHOD DOES NOT EXIST> *Method,Class".
	Call(ctx context.Context, p *store.Process, class, method string, args []value.Item) (value.Item, error)
}

// noClasses is an instance without any.
type noClasses struct{}

// Call implements Classes.
func (noClasses) Call(_ context.Context, _ *store.Process, class, _ string, _ []value.Item) (value.Item, error) {
	return value.Item{}, &store.Error{Name: noClass, Detail: class}
}

const noClass = "CLASS DOES NOT EXIST"

// classMethod answers the call of a class method: class, method, number of arguments, arguments. The reply is the value,
// then the arguments that were passed by reference, without the mark of it.
func (c *conn) classMethod(b *body, buf []byte) ([]byte, error) {
	result, args, err := c.callMethod(b)
	if err != nil {
		return nil, err
	}
	return c.appendReferences(c.appendResult(buf, result), args), nil
}

// classMethodVoid is classMethod for a caller that wants no value.
func (c *conn) classMethodVoid(b *body, buf []byte) ([]byte, error) {
	_, args, err := c.callMethod(b)
	if err != nil {
		return nil, err
	}
	return c.appendReferences(buf, args), nil
}

// callMethod reads the call and runs it, so that an interrupt finds it.
func (c *conn) callMethod(b *body) (result value.Item, args []value.Item, err error) {
	class, method := b.text(), b.text()
	for range b.count() {
		args = append(args, b.item())
	}
	if b.err != nil {
		return value.Item{}, nil, b.err
	}
	err = c.once(0, 0, func(ctx context.Context) (err error) {
		result, err = c.srv.Classes.Call(ctx, c.proc, class, method, args)
		return err
	})
	return result, args, err
}

func (c *conn) appendReferences(buf []byte, args []value.Item) []byte {
	for _, a := range args {
		if a.ByRef {
			buf = c.appendResult(buf, a)
		}
	}
	return buf
}

func (c *conn) appendResult(buf []byte, item value.Item) []byte {
	switch {
	case item.Undefined:
		return value.AppendUndefined(buf)
	case item.Object:
		return value.AppendObject(buf, item.Value.Text())
	}
	return c.appendValue(buf, item.Value)
}
