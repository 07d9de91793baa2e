package superserver

import (
	"context"
	"errors"
	"math"
	"strings"
	"time"

	"iris-pgwire/internal/irisdev/store"
	"iris-pgwire/internal/irisdev/value"
)

var errLockTimeout = errors.New("<TIMEOUT> the lock is held by another process")

// The letters of a lock type, in any order and letter case (IRIS docs, "LOCK", locktype). S and E are of the lock itself, I and
// D say when an unlocked name is free.
const (
	lockLetters   = "SE"
	unlockLetters = "SEID"
)

// lockRequest reads reference and lock type. Lock names, unlike globals, are written with the caret; one without is a local
// name, which all namespaces share.
func (b *body) lockRequest(letters string) (req store.LockRequest, mode string, err error) {
	name := b.text()
	ref := store.Ref{Global: name, Subs: b.subscripts()}
	mode = strings.ToUpper(b.text())
	if b.err == nil {
		err = checkSubs(ref)
	}
	if b.err != nil || err != nil {
		return req, "", err
	}
	if strings.Trim(mode, letters) != "" || strings.Contains(mode, "I") && strings.Contains(mode, "D") {
		return req, "", &store.Error{Name: "SYNTAX", Detail: "lock type " + mode}
	}
	return store.LockRequest{Ref: ref, Local: !strings.HasPrefix(name, "^"), Shared: strings.Contains(mode, "S"),
		Escalating: strings.Contains(mode, "E")}, mode, nil
}

// lock answers LOCK +: reference, lock type, seconds to wait; for ever without them. A negative number tries once, as 0 does
// (IRIS docs, "LOCK", timeout).
func (c *conn) lock(b *body, buf []byte) ([]byte, error) {
	req, _, err := b.lockRequest(lockLetters)
	if err != nil {
		return nil, err
	}
	wait := time.Duration(-1)
	if b.more() {
		wait = 0
		if seconds := b.value().Approx(); seconds > 0 {
			wait = time.Duration(min(seconds, math.MaxInt32) * float64(time.Second))
		}
	}
	if b.err != nil {
		return nil, b.err
	}
	granted := false
	err = c.once(0, 0, func(ctx context.Context) (err error) {
		granted, err = c.proc.Lock(ctx, wait, req)
		return err
	})
	if err == nil && !granted {
		err = errLockTimeout
	}
	return buf, err
}

// unlock answers LOCK -: reference, lock type with I (free at once) or D (deferred).
func (c *conn) unlock(b *body, buf []byte) ([]byte, error) {
	req, mode, err := b.lockRequest(unlockLetters)
	if err != nil || b.err != nil {
		return nil, err
	}
	when := store.AtEnd
	switch {
	case strings.Contains(mode, "I"):
		when = store.Immediate
	case strings.Contains(mode, "D"):
		when = store.Deferred
	}
	return buf, c.proc.Unlock(when, req)
}

func (c *conn) unlockAll(_ *body, buf []byte) ([]byte, error) {
	c.proc.UnlockAll()
	return buf, nil
}

// transaction answers a call without arguments and result.
func transaction(do func(*store.Process) error) nativeCall {
	return func(c *conn, _ *body, buf []byte) ([]byte, error) { return buf, do(c.proc) }
}

// commitOne is TCOMMIT: <COMMAND> outside a transaction (IRIS docs, "TCOMMIT").
func commitOne(p *store.Process) error {
	if p.TLevel() == 0 {
		return &store.Error{Name: "COMMAND", Detail: "NoTransaction"}
	}
	return p.TCommit()
}

// rollbackOne is TROLLBACK 1.
func rollbackOne(p *store.Process) error { return p.TRollbackTo(max(0, p.TLevel()-1)) }

// level answers $TLEVEL.
func (c *conn) level(_ *body, buf []byte) ([]byte, error) {
	return value.AppendItem(buf, value.Int(int64(c.proc.TLevel()))), nil
}
