package sqlrun

import (
	"errors"
	"time"

	"iris-pgwire/internal/irisdev/sqlerr"
	"iris-pgwire/internal/irisdev/store"
	"iris-pgwire/internal/irisdev/value"
)

// DefaultLockTimeout is how long a statement waits for a row (IRIS docs, "Modifying the Database").
const DefaultLockTimeout = 10 * time.Second

// conflict turns a lock that was not granted into the SQL error of what was wanted; a cancelled wait is -456 or -450.
func (x *execution) conflict(err error, code int, format string, args ...any) error {
	if err == nil {
		return nil
	}
	if stopped := x.stopped(); stopped != nil {
		return stopped
	}
	if errors.Is(err, errLockTimeout) {
		return sqlerr.New(code, format, args...)
	}
	return err
}

// lockForChange takes the exclusive lock of a row until the end of the transaction; -110 after the time-out.
func (x *execution) lockForChange(t *tableDef, id int64) error {
	if x.noLockWrites {
		return nil
	}
	err := x.session.proc.lockRow(x.ctx, x.session.lockTimeout, true, t.dataGlobal(), value.Int(id))
	return x.conflict(err, -110, "Unable to acquire lock for %s of table '%s' for RowID = '%d'", x.verb, t.fullName(), id)
}

// lockKey serialises writers of one value of a unique key, so that two transactions can't both insert it.
func (x *execution) lockKey(t *tableDef, ix *indexDef, key []value.Value) error {
	if x.noLockWrites {
		return nil
	}
	subs := append([]value.Value{value.Text(ix.Name)}, key...)
	err := x.session.proc.lockRow(x.ctx, x.session.lockTimeout, true, t.indexGlobal(), subs...)
	return x.conflict(err, -110, "Unable to acquire lock for %s of table '%s' on unique key '%s'", x.verb, t.fullName(), ix.Name)
}

// lockReferenced keeps a referenced row from being deleted until the end of the transaction.
func (x *execution) lockReferenced(t *tableDef, id int64) error {
	if x.noLockWrites {
		return nil
	}
	err := x.session.proc.lockRow(x.ctx, x.session.lockTimeout, false, t.dataGlobal(), value.Int(id))
	return x.conflict(err, -114, "Unable to acquire shared lock on referenced row '%d' of table '%s'", id, t.fullName())
}

// committed reads a row's node as READ COMMITTED does: it waits until nobody else has an uncommitted change in the row;
// -114 after the time-out.
func (x *execution) committed(t *tableDef, id int64) (node value.Value, ok bool, err error) {
	at := store.At(t.dataGlobal(), value.Int(id))
	for {
		node, ok, locked := x.session.proc.GetCommitted(at)
		if !locked {
			return node, ok, nil
		}
		free, err := x.session.proc.WaitUnlocked(x.ctx, x.session.lockTimeout, at)
		if err == nil && !free {
			err = errLockTimeout
		}
		if err != nil {
			return node, false, x.conflict(err, -114, "Unable to acquire shared lock on table '%s' for RowID = '%d'", t.fullName(), id)
		}
	}
}

// lockTable keeps other processes away from a table while a statement changes it as a whole; whoever has a row of it
// locked holds the statement up. release gives the lock back at once, inside a transaction too.
func (x *execution) lockTable(t *tableDef) (release func(), err error) {
	r := store.LockRequest{Ref: store.At(t.dataGlobal())}
	if err := x.session.proc.lock(x.ctx, x.session.lockTimeout, r); err != nil {
		return nil, x.conflict(err, -110, "Unable to acquire exclusive lock on table '%s'", t.fullName())
	}
	return func() { x.unlock(r) }, nil
}

func (x *execution) unlock(r store.LockRequest) {
	if err := x.session.proc.Unlock(store.Immediate, r); err != nil && x.session.proc.failed == nil {
		x.session.proc.failed = storeError(err)
	}
}
