package sqlrun

import (
	"context"
	"errors"
	"time"

	"iris-pgwire/internal/irisdev/sqlerr"
	"iris-pgwire/internal/irisdev/store"
	"iris-pgwire/internal/irisdev/value"
)

// process is a job of the store as this package speaks of it: global name first, subscripts behind the value.
type process struct {
	*store.Process
	failed error // the first failure of a Kill, told at the end of the statement
}

// fatal is SQLCODE -400, IRIS's catch-all; its message has the ObjectScript error.
func fatal(format string, args ...any) error { return sqlerr.New(-400, format, args...) }

// storeError turns an error of the store into an SQL error.
func storeError(err error) error {
	var e *store.Error
	if errors.As(err, &e) {
		return fatal("Unexpected error occurred: %s", e.Error())
	}
	if err != nil {
		return fatal("%v", err)
	}
	return nil
}

// Get reads a node.
func (p *process) Get(global string, subs ...value.Value) (value.Value, bool) {
	return p.Process.Get(store.At(global, subs...))
}

// Set writes a node.
func (p *process) Set(global string, v value.Value, subs ...value.Value) error {
	return storeError(p.Process.Set(store.At(global, subs...), v))
}

// Kill removes a node and what is below it.
func (p *process) Kill(global string, subs ...value.Value) {
	if err := p.Process.Kill(store.At(global, subs...)); err != nil && p.failed == nil {
		p.failed = storeError(err)
	}
}

// takeFailure gives the failure of a Kill since the last call.
func (p *process) takeFailure() error {
	err := p.failed
	p.failed = nil
	return err
}

// Next gives the subscript behind after, the first for NULL.
func (p *process) Next(global string, at []value.Value, after value.Value) (value.Value, bool) {
	return p.Process.Order(store.At(global, append(at[:len(at):len(at)], after)...), false)
}

// Increment counts a node up and gives the sum; ROLLBACK doesn't give it back.
func (p *process) Increment(global string, subs ...value.Value) (int64, error) {
	sum, err := p.Process.Increment(store.At(global, subs...), value.Int(1))
	return wholeNumber(sum), storeError(err)
}

// errLockTimeout is a lock that somebody else kept.
var errLockTimeout = errors.New("lock time-out")

// lockRow takes a row's lock until the end of the transaction; many of one table become one of the table.
func (p *process) lockRow(ctx context.Context, wait time.Duration, exclusive bool, global string, subs ...value.Value) error {
	return p.lock(ctx, wait, store.LockRequest{Ref: store.At(global, subs...), Shared: !exclusive, Escalating: true, UntilCommit: true})
}

func (p *process) lock(ctx context.Context, wait time.Duration, r store.LockRequest) error {
	ok, err := p.Process.Lock(ctx, wait, r)
	if err != nil {
		var e *store.Error
		if errors.As(err, &e) {
			return storeError(err)
		}
		return err
	}
	if !ok {
		return errLockTimeout
	}
	return nil
}
