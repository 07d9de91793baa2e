package superserver

import (
	"errors"
	"strings"

	"iris-pgwire/internal/irisdev/store"
	"iris-pgwire/internal/irisdev/value"
)

// A native call has the number of the function plus nativeBase in the first byte of its code, nativeMark in the second.
const (
	nativeMark = 0xC2
	nativeBase = 0x40
)

// Error numbers of native calls: the status is statusNative + number.
const (
	nativeUndefined = 1009 // the node has no value; without a text
	nativeError     = 5001
	nativeNoClass   = 5002
)

// nativeCall answers one function of the native interface: it reads the body and appends the reply's body.
type nativeCall func(c *conn, b *body, buf []byte) ([]byte, error)

var nativeCalls = map[int]nativeCall{
	1: (*conn).nodeGet, 2: (*conn).nodeSet, 3: (*conn).nodeKill, 5: (*conn).nodeOrder, 6: (*conn).nodeIncrement,
	9:  (*conn).nodeData,
	14: (*conn).lock, 15: (*conn).unlock, 16: (*conn).unlockAll,
	17: transaction((*store.Process).TStart), 18: transaction(commitOne),
	19: transaction((*store.Process).TRollback), 20: transaction(rollbackOne), 21: (*conn).level,
	11: (*conn).classMethod, 12: (*conn).classMethodVoid,
}

// Resources that the user of a native call needs (IRIS docs, "Services", native SDK).
const (
	onClasses      = "%Native_ClassExecution"
	onGlobals      = "%Native_GlobalAccess"
	onLocks        = "%Native_Concurrency"
	onTransactions = "%Native_Transaction"
)

// resources are those of the calls that are not for globals.
var resources = map[int]string{
	11: onClasses, 12: onClasses, 14: onLocks, 15: onLocks, 16: onLocks,
	17: onTransactions, 18: onTransactions, 19: onTransactions, 20: onTransactions, 21: onTransactions,
}

// isAllowed reports that the user may make a call.
func (c *conn) isAllowed(n int) bool {
	if c.srv.Jobs == nil {
		return true
	}
	resource, ok := resources[n]
	if !ok {
		resource = onGlobals
	}
	return c.srv.Jobs.Allowed(c.proc, resource)
}

// errUndefined is a node without value.
var errUndefined = errors.New("undefined")

// native answers a native call. Values are ObjectScript's: the empty item is "", one zero byte is $CHAR(0).
func native(c *conn, req request) error {
	from := len(c.out)
	n := int(req.code[0]) - nativeBase
	call, ok := nativeCalls[n]
	if !ok {
		c.nativeFail(req, nativeError, "<FUNCTION> "+req.code.String()+" is not supported by irisdev")
		return nil
	}
	if !c.isAllowed(n) {
		c.nativeFail(req, nativeError, "<PROTECT>")
		return nil
	}
	c.out = beginReply(c.out, req, statusNative)
	b := &body{data: req.body}
	out, err := call(c, b, c.out)
	if err == nil {
		err = b.err
	}
	switch {
	case err == nil:
		c.out = out
		endReply(c.out, from)
		return nil
	case errors.Is(err, errUndefined):
		c.out = c.out[:from]
		c.reply(req, statusNative+nativeUndefined, nil)
	default:
		c.out = c.out[:from]
		c.nativeFail(req, nativeNumber(err), err.Error())
	}
	return nil
}

// nativeNumber is the number of an error.
func nativeNumber(err error) int {
	if strings.HasPrefix(err.Error(), "<"+noClass+">") {
		return nativeNoClass
	}
	return nativeError
}

// appendValue adds a value to a reply, doubles in the form that the login settled.
func (c *conn) appendValue(buf []byte, v value.Value) []byte {
	if c.compact {
		return value.AppendCompact(buf, v)
	}
	return value.AppendItem(buf, v)
}

func (c *conn) nativeFail(req request, number int, text string) {
	c.reply(req, uint16(statusNative+number), func(buf []byte) []byte { return value.AppendItem(buf, value.Text(text)) })
}

// ref reads global, number of subscripts, subscripts.
func (b *body) ref() store.Ref {
	return store.Ref{Global: strings.TrimPrefix(b.text(), "^"), Subs: b.subscripts()}
}

// subscripts reads their number and them.
func (b *body) subscripts() (subs []value.Value) {
	for range b.count() {
		subs = append(subs, b.value())
	}
	return subs
}

// checkSubs refuses the empty string as a subscript, as IRIS does by default.
func checkSubs(r store.Ref) error {
	for _, s := range r.Subs {
		if s.IsNull() {
			return &store.Error{Name: "SUBSCRIPT", Detail: r.String()}
		}
	}
	return nil
}
