package superserver

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"time"

	"iris-pgwire/internal/iris"
)

// Flags of the order call.
const (
	orderSubscript = 2
	orderReverse   = 4
)

// appendRef writes a global's name, with or without its caret, and subscripts.
func appendRef(b []byte, global string, subs []iris.Value) ([]byte, error) {
	b, err := appendText(b, []byte(strings.TrimPrefix(global, "^")))
	if err != nil {
		return b, err
	}
	return appendNatives(appendInt(b, int64(len(subs))), subs)
}

// Get gives a node's value; ok is false when it has none.
func (n Native) Get(ctx context.Context, global string, subs ...iris.Value) (v iris.Value, ok bool, err error) {
	v, err = n.one(ctx, fnGet, func(b []byte) ([]byte, error) { return appendRef(b, global, subs) })
	var failure *NativeError
	if errors.As(err, &failure) && failure.Undefined() {
		return iris.Null(), false, nil
	}
	return v, err == nil && !v.IsNull(), err
}

// Set sets a node.
func (n Native) Set(ctx context.Context, v iris.Value, global string, subs ...iris.Value) error {
	_, err := n.invoke(ctx, fnSet, func(b []byte) ([]byte, error) {
		b, err := appendRef(b, global, subs)
		if err != nil {
			return b, err
		}
		return appendNative(b, v)
	})
	return err
}

// Kill removes a node and all below it.
func (n Native) Kill(ctx context.Context, global string, subs ...iris.Value) error {
	_, err := n.invoke(ctx, fnKill, func(b []byte) ([]byte, error) { return appendRef(b, global, subs) })
	return err
}

// Data is $DATA: 0, 1, 10 or 11.
func (n Native) Data(ctx context.Context, global string, subs ...iris.Value) (int, error) {
	v, err := n.one(ctx, fnData, func(b []byte) ([]byte, error) {
		b, err := appendRef(b, global, subs)
		return appendInt(b, 0), err // a number that the drivers always send as 0
	})
	return intOf(v), err
}

// Increment is $INCREMENT.
func (n Native) Increment(ctx context.Context, by iris.Value, global string, subs ...iris.Value) (iris.Value, error) {
	return n.one(ctx, fnIncrement, func(b []byte) ([]byte, error) {
		b, err := appendRef(b, global, subs)
		if err != nil {
			return b, err
		}
		return appendNative(b, by)
	})
}

// Order is $ORDER: the subscript behind, or in reverse before, the last one of subs, which is "" for the first; ok is
// false at the end.
func (n Native) Order(ctx context.Context, reverse bool, global string, subs ...iris.Value) (next iris.Value, ok bool, err error) {
	flags := int64(orderSubscript)
	if reverse {
		flags |= orderReverse
	}
	next, err = n.one(ctx, fnOrder, func(b []byte) ([]byte, error) {
		b, err := appendRef(b, global, subs)
		return appendInt(b, flags), err
	})
	return next, err == nil && next.String() != "", err
}

// appendLock writes a lock's name and subscripts. Unlike a global's its name has the caret on the wire: without one it is
// a local name, which ObjectScript's LOCK ^name does not meet (the drivers' documentation of lock references).
func appendLock(b []byte, global string, subs []iris.Value) ([]byte, error) {
	b, err := appendText(b, []byte("^"+strings.TrimPrefix(global, "^")))
	if err != nil {
		return b, err
	}
	return appendNatives(appendInt(b, int64(len(subs))), subs)
}

// Lock is LOCK +^global: incremental, exclusive, held until Unlock or the end of the process. It waits no longer than wait,
// to the millisecond; a lock that is not granted in time is a *NativeError that is TimedOut. The context bounds the call
// as well.
func (n Native) Lock(ctx context.Context, wait time.Duration, global string, subs ...iris.Value) error {
	granted, err := n.one(ctx, fnLock, func(b []byte) ([]byte, error) {
		b, err := appendLock(b, global, subs)
		if err != nil {
			return b, err
		}
		return appendNative(appendNull(b), secondsOf(wait)) // no mode: exclusive
	})
	// The drivers expect an error for a lock that is not granted in time, and nothing for one that is. Should IRIS say it by
	// a value, as $TEST does, it must not pass for granted.
	if yes, isNumber := granted.Int64(); err == nil && isNumber && yes == 0 {
		return &NativeError{Text: "<TIMEOUT> the lock was not granted"}
	}
	return err
}

// secondsOf is a time limit as LOCK takes it.
func secondsOf(d time.Duration) iris.Value {
	if d%time.Second == 0 {
		return iris.Int(int64(d / time.Second))
	}
	return iris.Decimal(d.Milliseconds(), -3)
}

// Unlock is LOCK −^global, at once even in a transaction.
func (n Native) Unlock(ctx context.Context, global string, subs ...iris.Value) error {
	_, err := n.invoke(ctx, fnUnlock, func(b []byte) ([]byte, error) {
		b, err := appendLock(b, global, subs)
		if err != nil {
			return b, err
		}
		return appendText(b, []byte("I"))
	})
	return err
}

// UnlockAll is LOCK without arguments.
func (n Native) UnlockAll(ctx context.Context) error {
	_, err := n.invoke(ctx, fnUnlockAll, func(b []byte) ([]byte, error) { return b, nil })
	return err
}

// intOf reads a number that IRIS may have sent in any form; what is none is 0, as in ObjectScript.
func intOf(v iris.Value) int {
	if i, ok := v.Int64(); ok {
		return int(i)
	}
	i, _ := strconv.Atoi(v.String())
	return i
}
