package sqlrun

import (
	"context"
	"strconv"
	"time"

	"iris-pgwire/internal/irisdev/irissql"
	"iris-pgwire/internal/irisdev/sqlerr"
	"iris-pgwire/internal/irisdev/store"
	"iris-pgwire/internal/irisdev/superserver"
	"iris-pgwire/internal/irisdev/value"
)

// other runs what is neither a query nor a change of rows: definitions, transactions, settings.
func (p *prepared) other(ctx context.Context, sets [][]value.Value) ([]int64, error) {
	var args []value.Value
	if len(sets) > 0 {
		args = sets[0]
	}
	params, err := p.values(args)
	if err != nil {
		return nil, err
	}
	s := p.s
	x := s.execution(ctx, params)
	defer x.release()
	done := []int64{0}
	switch st := p.bound.Other.(type) {
	case *irissql.StartTransaction:
		return done, s.transactionModes(st)
	case *irissql.Commit:
		return done, s.Commit()
	case *irissql.Rollback:
		if st.Savepoint != "" {
			return done, s.rollbackTo(st.Savepoint)
		}
		return done, s.Rollback()
	case *irissql.Savepoint:
		return done, s.setSavepoint(st.Name)
	case *irissql.InTransaction:
		if !s.InTransaction() {
			return nil, &sqlerr.Error{Code: 100, Text: "No data"}
		}
		return done, nil
	case *irissql.LockTable:
		return done, x.lockStatement(st)
	case *irissql.SetOption:
		return done, s.setOption(st)
	case *irissql.TuneTable:
		_, err := x.existingTable(st.Table)
		return done, err // there are no statistics to make
	case *irissql.PurgeQueries:
		s.db.queries.purge()
		return done, nil
	case *irissql.CancelQuery, *irissql.Procedure:
		return done, x.cancelQuery(p.compiled)
	case *irissql.CheckPrivilege:
		return done, x.checkPrivilege(st)
	case *irissql.UseDatabase:
		return done, s.useDatabase(st)
	case *irissql.UserStatement, *irissql.Grant:
		return nil, fatal("users, roles and privileges are not built in irisdev")
	}
	return done, s.defineAll(x, p.compiled)
}

// transactionModes is START TRANSACTION and SET TRANSACTION: the modes stay in force for the process; a START inside a
// transaction only changes them. An access mode brings its isolation level along (IRIS docs, "START TRANSACTION").
func (s *Session) transactionModes(st *irissql.StartTransaction) error {
	switch {
	case st.Isolation == irissql.ReadVerified:
		return fatal("ISOLATION LEVEL READ VERIFIED is not built in irisdev")
	case st.CommitMode == "NONE":
		return fatal("%%COMMITMODE NONE is not built in irisdev")
	case st.Isolation == irissql.ReadCommitted, st.Access == "READ WRITE":
		s.isolation = superserver.ReadCommitted
	case st.Isolation == irissql.ReadUncommitted, st.Access == "READ ONLY":
		s.isolation = superserver.ReadUncommitted
	}
	if st.CommitMode != "" {
		s.autocommit = st.CommitMode == "IMPLICIT"
	}
	if st.Set {
		return nil
	}
	return s.begin()
}

// setOption is SET OPTION; only what changes something here is known.
func (s *Session) setOption(st *irissql.SetOption) error {
	switch st.Name {
	case "LOCK_TIMEOUT":
		n, err := strconv.Atoi(st.Value)
		if err != nil || n < 0 {
			return sqlerr.New(-129, "Illegal value '%s' for SET OPTION LOCK_TIMEOUT", st.Value)
		}
		s.lockTimeout = time.Duration(n) * time.Second
		return nil
	}
	return fatal("SET OPTION %s is not built in irisdev", st.Name)
}

// lockStatement is LOCK TABLE and UNLOCK TABLE.
func (x *execution) lockStatement(st *irissql.LockTable) error {
	t, err := x.existingTable(st.Table)
	if err != nil {
		return err
	}
	r := store.LockRequest{Ref: store.At(t.dataGlobal()), Shared: st.Share, UntilCommit: !st.Unlock && x.session.InTransaction()}
	if st.Unlock {
		mode := store.AtEnd
		if st.Immediate {
			mode = store.Immediate
		}
		return storeError(x.session.proc.Unlock(mode, r))
	}
	wait := x.session.lockTimeout
	if st.Wait >= 0 {
		wait = time.Duration(st.Wait) * time.Second
	}
	return x.conflict(x.session.proc.lock(x.ctx, wait, r), -110, "Unable to acquire lock on table '%s'", t.fullName())
}
