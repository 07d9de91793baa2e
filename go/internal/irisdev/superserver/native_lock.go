package superserver

import (
	"context"
	"errors"
	"strings"
	"time"

	"iris-pgwire/internal/irisdev/store"
	"iris-pgwire/internal/irisdev/value"
)

var errLockTimeout = errors.New("<TIMEOUT> the lock is held by another process")

// lockRequest is a reference with a mode such as "SE".
func lockRequest(r store.Ref, mode string) store.LockRequest {
	return store.LockRequest{Ref: r, Shared: strings.Contains(mode, "S"), Escalating: strings.Contains(mode, "E")}
}

// lock answers LOCK +: reference, mode, seconds to wait (negative: for ever).
func (c *conn) lock(b *body, buf []byte) ([]byte, error) {
	r, err := b.nodeRef()
	if err != nil {
		return nil, err
	}
	mode := strings.ToUpper(b.text())
	wait := time.Duration(-1)
	if b.more() {
		if s := b.value(); s.Approx() >= 0 {
			wait = time.Duration(s.Approx() * float64(time.Second))
		}
	}
	if b.err != nil {
		return nil, b.err
	}
	granted := false
	err = c.once(0, 0, func(ctx context.Context) (err error) {
		granted, err = c.proc.Lock(ctx, wait, lockRequest(r, mode))
		return err
	})
	if err == nil && !granted {
		err = errLockTimeout
	}
	return buf, err
}

// unlock answers LOCK -: reference, mode of S, E, I (at once) and D (deferred).
func (c *conn) unlock(b *body, buf []byte) ([]byte, error) {
	r, err := b.nodeRef()
	if err != nil {
		return nil, err
	}
	mode := strings.ToUpper(b.text())
	when := store.AtEnd
	switch {
	case strings.Contains(mode, "I"):
		when = store.Immediate
	case strings.Contains(mode, "D"):
		when = store.Deferred
	}
	return buf, c.proc.Unlock(when, lockRequest(r, mode))
}

func (c *conn) unlockAll(_ *body, buf []byte) ([]byte, error) {
	c.proc.UnlockAll()
	return buf, nil
}

// transaction answers a call without arguments and result.
func transaction(do func(*store.Process) error) nativeCall {
	return func(c *conn, _ *body, buf []byte) ([]byte, error) { return buf, do(c.proc) }
}

// rollbackOne is TROLLBACK 1.
func rollbackOne(p *store.Process) error { return p.TRollbackTo(max(0, p.TLevel()-1)) }

// level answers $TLEVEL.
func (c *conn) level(_ *body, buf []byte) ([]byte, error) {
	return value.AppendItem(buf, value.Int(int64(c.proc.TLevel()))), nil
}
