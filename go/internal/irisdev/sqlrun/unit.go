package sqlrun

import (
	"context"

	"iris-pgwire/internal/irisdev/value"
	"iris-pgwire/internal/irisdev/variant"
)

// changeRows runs a change as a unit: a failed one leaves nothing behind but raised counters, a good one is committed at
// once unless a transaction is open or has to stay open (IRIS docs, "SET TRANSACTION", %COMMITMODE). TRUNCATE TABLE never
// starts a transaction.
func (s *Session) changeRows(ctx context.Context, plan changer, params []value.Value) (int64, error) {
	_, alone := plan.(*truncatePlan)
	started := !s.InTransaction() && !alone
	if started {
		if err := s.proc.TStart(); err != nil {
			return 0, storeError(err)
		}
	}
	mark := s.proc.Mark()
	x := s.execution(ctx, params)
	n, err := plan.run(x)
	x.release()
	if failed := s.proc.takeFailure(); err == nil {
		err = failed
	}
	switch {
	case err != nil:
		return 0, s.takeBack(started, mark, err)
	case started && s.autocommit:
		return n, storeError(s.proc.TCommit())
	}
	return n, nil
}

// takeBack undoes a failed statement: with the transaction that it started, else to the place where it began, or with the
// whole transaction that it stood in (variant "failure-keeps-transaction"): not with one that has a savepoint, since
// SQLAlchemy's users go back to it after an error.
func (s *Session) takeBack(started bool, mark int, err error) error {
	undone := s.proc.RevertTo(mark)
	if started || len(s.savepoints) == 0 && !s.db.instance.cfg.Variant.Likely(variant.FailureKeepsTransaction) {
		undone = s.Rollback()
	}
	if undone != nil {
		return storeError(undone)
	}
	return err
}

// defineAll runs a DDL statement as a unit. Afterwards the cached queries over the tables that it changed are gone.
func (s *Session) defineAll(x *execution, p *compiled) error {
	w, err := s.definer()
	if err != nil {
		return err
	}
	x.writer = w
	level, mark := w.TLevel(), s.proc.Mark()
	if err := w.TStart(); err != nil {
		return storeError(err)
	}
	defer s.db.queries.sweep(s.current)
	err = x.define(p.bound)
	for _, proc := range []*process{w, s.proc} {
		if failed := proc.takeFailure(); err == nil {
			err = failed
		}
	}
	if err == nil {
		return storeError(w.TCommit())
	}
	if undone := w.TRollbackTo(level); undone != nil {
		return storeError(undone)
	}
	if w != s.proc {
		return s.takeBack(false, mark, err) // the rows of CREATE TABLE AS
	}
	return err
}
