package superserver

import (
	"context"
	"fmt"
	"strings"

	"iris-pgwire/internal/iris"
)

// Codes of native calls: a second byte of their own, and the function's number plus nativeBase in the first.
const (
	nativeMark   = 0xC2
	nativeBase   = 0x40
	statusNative = 0xCA00 // plus the error's number; 0 is success
)

// Numbers of the native functions.
const (
	fnGet       = 1
	fnSet       = 2
	fnKill      = 3
	fnOrder     = 5
	fnIncrement = 6
	fnData      = 9
	fnValue     = 11 // class method with a result
	fnVoid      = 12 // class method without
	fnLock      = 14
	fnUnlock    = 15
	fnUnlockAll = 16
)

// errorUndefined is the number of the error that a node without a value is.
const errorUndefined = 1009

// NativeError is an ObjectScript error of a native call, in IRIS's words: "<CLASS DOES NOT EXIST> *A.B".
type NativeError struct {
	Number int
	Text   string
}

// Error implements error.
func (e *NativeError) Error() string {
	if e.Text == "" {
		return fmt.Sprintf("IRIS native error %d", e.Number)
	}
	return "IRIS: " + e.Text
}

// Name is the error's name without its brackets, "CLASS DOES NOT EXIST"; "" when the text begins with none.
func (e *NativeError) Name() string {
	rest, ok := strings.CutPrefix(e.Text, "<")
	if name, _, closed := strings.Cut(rest, ">"); ok && closed {
		return name
	}
	return ""
}

// Undefined reports a node that has no value, or a method that returned none.
func (e *NativeError) Undefined() bool {
	return e.Number == errorUndefined || e.Name() == "UNDEFINED"
}

// TimedOut reports a lock that was not granted in time.
func (e *NativeError) TimedOut() bool { return strings.Contains(strings.ToUpper(e.Text), "TIMEOUT") }

// Native is the native interface of a connection: class methods, globals and LOCK of its IRIS process. Values are
// ObjectScript's, which has no NULL: "" is sent for iris.Null, and an undefined result comes as iris.Null. It is used as
// the connection is, by one goroutine at a time, and never inside a transaction that SQL began (facts: the Java manual
// forbids mixing the two).
type Native struct{ conn *Conn }

// Native gives the native interface.
func (c *Conn) Native() Native { return Native{c} }

// Call runs a class method and gives its value.
func (n Native) Call(ctx context.Context, class, method string, args ...iris.Value) (iris.Value, error) {
	return n.one(ctx, fnValue, func(b []byte) ([]byte, error) { return appendCall(b, class, method, args) })
}

// Run runs a class method whose result, if it has one, is not wanted.
func (n Native) Run(ctx context.Context, class, method string, args ...iris.Value) error {
	_, err := n.invoke(ctx, fnVoid, func(b []byte) ([]byte, error) { return appendCall(b, class, method, args) })
	return err
}

func appendCall(b []byte, class, method string, args []iris.Value) ([]byte, error) {
	b, err := appendText(b, []byte(class))
	if err == nil {
		b, err = appendText(b, []byte(method))
	}
	if err != nil {
		return b, err
	}
	return appendNatives(appendInt(b, int64(len(args))), args)
}

// one is invoke for calls with one result, copied out of the reply.
func (n Native) one(ctx context.Context, function int, fill func([]byte) ([]byte, error)) (iris.Value, error) {
	body, err := n.invoke(ctx, function, fill)
	if err != nil || len(body) == 0 {
		return iris.Null(), err
	}
	v, _, err := decodeNative(body, 0)
	return v, n.unreadable(err)
}

// unreadable breaks the connection over a reply that can't be read.
func (n Native) unreadable(err error) error {
	if err == nil {
		return nil
	}
	n.conn.fail()
	return &iris.ConnError{Op: "native reply", Err: err, Sent: true}
}

// invoke sends one call and gives the reply's body.
func (n Native) invoke(ctx context.Context, function int, fill func([]byte) ([]byte, error)) ([]byte, error) {
	c := n.conn
	c.begin(ctx, code{byte(nativeBase + function), nativeMark}, 0)
	start := c.lastFrame()
	out, err := fill(c.out)
	if err != nil {
		return nil, err
	}
	c.out = out
	status, body, err := c.call(ctx, start, nil)
	if err != nil {
		return nil, err
	}
	if number := status - statusNative; number != 0 && status != statusOK {
		r := reader{b: body}
		failure := &NativeError{Number: number}
		if len(body) > 0 {
			failure.Text = r.text()
		}
		return nil, failure
	}
	return body, nil
}

// appendNative writes an ObjectScript value: the empty string is an item without data, which SQL reads as NULL, and
// $CHAR(0) one zero byte, which SQL reads as the empty string.
func appendNative(b []byte, v iris.Value) ([]byte, error) {
	switch v.Kind() {
	case iris.KindNull:
		return appendNull(b), nil
	case iris.KindUTF8, iris.KindBinary, iris.KindLatin1, iris.KindUTF16:
		raw := v.Raw()
		if len(raw) == 0 {
			return appendNull(b), nil
		}
		if len(raw) == 1 && raw[0] == 0 {
			return append(b, 3, typeBytes, 0), nil
		}
	}
	return appendValue(b, v, false)
}

func appendNatives(b []byte, list []iris.Value) ([]byte, error) {
	for _, v := range list {
		var err error
		if b, err = appendNative(b, v); err != nil {
			return b, err
		}
	}
	return b, nil
}

// decodeNative reads an ObjectScript value; iris.Null is an undefined one.
func decodeNative(b []byte, at int) (iris.Value, int, error) {
	v, next, err := decodeItem(b, at)
	if err != nil {
		return v, next, err
	}
	switch item := b[at:next]; {
	case len(item) == 2 && item[1] == typeBytes:
		return iris.Text(""), next, nil
	case len(item) == 3 && item[1] == typeBytes && item[2] == 0:
		return iris.Latin1([]byte{0}), next, nil
	}
	return v, next, nil
}
