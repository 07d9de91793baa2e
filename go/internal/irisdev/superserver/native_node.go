package superserver

import (
	"bytes"
	"unicode/utf16"

	"iris-pgwire/internal/irisdev/store"
	"iris-pgwire/internal/irisdev/value"
)

// Flags of the native order call.
const (
	orderValue   = 1
	orderSub     = 2
	orderReverse = 4
	orderStop    = 8
)

// maxString is the longest string, in UTF-16 units (IRIS docs, "Long Strings").
const maxString = 3641144

func isTooLong(text string) bool {
	return len(text) > maxString && len(utf16.Encode([]rune(text))) > maxString
}

// nodeRef reads a reference that must name a node.
func (b *body) nodeRef() (store.Ref, error) {
	r := b.ref()
	if b.err != nil {
		return r, b.err
	}
	return r, checkSubs(r)
}

func (c *conn) nodeGet(b *body, buf []byte) ([]byte, error) {
	r, err := b.nodeRef()
	if err != nil {
		return nil, err
	}
	v, ok := c.proc.Get(r)
	if !ok {
		return nil, errUndefined
	}
	return c.appendValue(buf, v), nil
}

func (c *conn) nodeSet(b *body, buf []byte) ([]byte, error) {
	r, err := b.nodeRef()
	if err != nil {
		return nil, err
	}
	v := b.value()
	if b.err != nil {
		return nil, b.err
	}
	if isTooLong(v.Text()) {
		return nil, &store.Error{Name: "MAXSTRING"}
	}
	return buf, c.proc.Set(r, v)
}

func (c *conn) nodeKill(b *body, buf []byte) ([]byte, error) {
	r, err := b.nodeRef()
	if err != nil {
		return nil, err
	}
	return buf, c.proc.Kill(r)
}

// nodeData answers $DATA; a number behind the subscripts is always 0.
func (c *conn) nodeData(b *body, buf []byte) ([]byte, error) {
	r, err := b.nodeRef()
	if err != nil {
		return nil, err
	}
	return appendInts(buf, c.proc.Data(r)), nil
}

func (c *conn) nodeIncrement(b *body, buf []byte) ([]byte, error) {
	r, err := b.nodeRef()
	if err != nil {
		return nil, err
	}
	by := b.value()
	if b.err != nil {
		return nil, b.err
	}
	sum, err := c.proc.Increment(r, by)
	return c.appendValue(buf, sum), err
}

// nodeOrder answers $ORDER: the next subscript, "" at the end or behind a stop value, and behind it the node's value if asked
// for. What drivers send after the flags when there is no stop value means nothing.
func (c *conn) nodeOrder(b *body, buf []byte) ([]byte, error) {
	r := b.ref()
	flags := b.int()
	var stop value.Value
	if flags&orderStop != 0 {
		stop = b.value()
	}
	if b.err != nil {
		return nil, b.err
	}
	if len(r.Subs) == 0 {
		return nil, &store.Error{Name: "FUNCTION", Detail: "order without subscript"}
	}
	last := len(r.Subs) - 1
	if err := checkSubs(store.Ref{Global: r.Global, Subs: r.Subs[:last]}); err != nil {
		return nil, err
	}
	sub, ok := c.proc.Order(r, flags&orderReverse != 0)
	if ok && flags&orderStop != 0 {
		ok = !isBehind(sub, stop, flags&orderReverse != 0)
	}
	if !ok {
		sub = value.NullValue()
	}
	if flags&orderSub != 0 {
		buf = c.appendValue(buf, sub)
	}
	if flags&orderValue == 0 {
		return buf, nil
	}
	v, has := c.proc.Get(store.Ref{Global: r.Global, Subs: r.Subs[:last]}.Sub(sub))
	if !ok || !has {
		return value.AppendUndefined(buf), nil
	}
	return c.appendValue(buf, v), nil
}

// isBehind reports that a subscript comes after the last one wanted, in the order of the walk. "" as stop wants all.
func isBehind(sub, stop value.Value, reverse bool) bool {
	if stop.IsNull() {
		return false
	}
	at, err := value.AppendKey(nil, sub)
	end, err2 := value.AppendKey(nil, stop)
	if err != nil || err2 != nil {
		return true
	}
	if reverse {
		at, end = end, at
	}
	return bytes.Compare(at, end) > 0
}
