package session

import (
	"context"
	"errors"
	"time"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/sql/parse"
)

// txKind tells the states of a transaction apart.
type txKind uint8

const (
	none     txKind = iota
	implicit        // of one simple query, or of a pipeline up to Sync
	explicit        // of BEGIN
)

// transaction is where the session stands. IRIS's own transaction begins with the first statement that needs it, and
// ends early when a failed one has no savepoint to go back to: the state that the client sees is kept here.
type transaction struct {
	kind       txKind
	failed     bool
	started    bool // on IRIS
	used       bool // a statement has run in it
	readOnly   bool
	deferrable bool
	isolation  string
	committed  bool // DDL has committed what came before it
	savepoints []savepoint
	before     values // settings to go back to
	since      time.Time
}

// startImplicit begins the transaction of a simple query or pipeline, unless one is open.
func (s *Session) startImplicit() {
	if s.tx.kind == none {
		s.newTransaction(implicit)
	}
}

// newTransaction sets the state of a transaction that nothing has happened in.
func (s *Session) newTransaction(kind txKind) {
	defaults := s.settings.current()
	s.tx = transaction{
		kind:      kind,
		readOnly:  defaults.readOnly,
		isolation: defaults.isolation,
		before:    s.settings.now,
		since:     time.Now(),
	}
}

// inTransaction gives a connection on which IRIS's transaction is open, with the savepoints that it has to know.
func (s *Session) inTransaction(ctx context.Context) (iris.Conn, error) {
	conn, err := s.connection(ctx)
	if err != nil {
		return nil, err
	}
	if !s.tx.started {
		if err := conn.Begin(ctx); err != nil {
			return nil, err
		}
		s.tx.started = true
	}
	return conn, s.setSavepoints(ctx, conn)
}

// commitImplicit commits what an implicit transaction has done so far.
func (s *Session) commitImplicit(ctx context.Context) error {
	if s.tx.kind != implicit {
		return nil
	}
	return s.commitIRIS(ctx)
}

// commitIRIS commits IRIS's transaction if one is open.
func (s *Session) commitIRIS(ctx context.Context) error {
	if !s.tx.started {
		return nil
	}
	ctx, cancel := endContext(ctx)
	defer cancel()
	err := s.lease.Commit(ctx)
	if err == nil {
		s.tx.started = false
		return nil
	}
	var refused *iris.Error
	if errors.As(err, &refused) {
		s.rollbackIRIS(ctx)
		return err
	}
	s.dropLease()
	return pgerr.New(codeUnknownOutcome, "the connection to IRIS failed during COMMIT: whether it was carried out is not known").WithCause(err)
}

// rollbackIRIS undoes IRIS's transaction if one is open. A connection that can't is closed, which undoes it as well.
func (s *Session) rollbackIRIS(ctx context.Context) {
	if !s.tx.started {
		return
	}
	ctx, cancel := endContext(ctx)
	defer cancel()
	if err := s.lease.Rollback(ctx); err != nil {
		s.dropLease()
	}
	s.tx.started = false
}

// endImplicit ends an implicit transaction, at the end of a simple query and at Sync.
func (s *Session) endImplicit(ctx context.Context) {
	if s.tx.kind != implicit {
		return
	}
	if s.tx.failed {
		s.undo(ctx)
		return
	}
	s.closePortals(anyPortal)
	if err := s.commitIRIS(ctx); err != nil {
		s.conn.SendError(s.mapped(ctx, err))
		s.settings.restore(s.tx.before)
	}
	s.settings.endLocal()
	s.tx = transaction{}
}

// undo ends a transaction by rolling back.
func (s *Session) undo(ctx context.Context) {
	s.closePortals(anyPortal)
	s.rollbackIRIS(ctx)
	if s.settings.now.differs(s.tx.before) {
		s.settings.restore(s.tx.before)
	}
	s.tx = transaction{}
}

// transactionFailed notes that a statement failed. Without a savepoint nothing of the transaction can survive, so IRIS
// is told at once: locks are freed, and the connection.
func (s *Session) transactionFailed(ctx context.Context) {
	if s.tx.kind == none {
		return
	}
	s.tx.failed = true
	if s.lease != nil && s.lease.Broken() {
		s.dropLease()
	}
	if len(s.tx.savepoints) == 0 {
		s.closePortals(anyPortal)
		s.rollbackIRIS(ctx)
	}
}

// checkFailed refuses everything but the end of a failed transaction.
func (s *Session) checkFailed(node parse.Stmt) error {
	if !s.tx.failed || s.tx.kind != explicit || node == nil {
		return nil
	}
	if t, ok := node.(*parse.Transaction); ok {
		switch t.Kind {
		case parse.Commit, parse.Rollback, parse.RollbackTo, parse.PrepareTransaction:
			return nil
		}
	}
	return pgerr.New(pgerr.InFailedSQLTransaction, "current transaction is aborted, commands ignored until end of transaction block")
}

// needBlock refuses what makes no sense outside BEGIN and COMMIT.
func (s *Session) needBlock(what string) error {
	if s.tx.kind == explicit {
		return nil
	}
	return pgerr.New(pgerr.NoActiveSQLTransaction, "%s can only be used in transaction blocks", what)
}

// refuseBlock refuses what can't be part of a transaction.
func (s *Session) refuseBlock(p *portal, what string) error {
	if s.tx.kind == explicit || !p.alone {
		return pgerr.New(pgerr.ActiveSQLTransaction, "%s cannot run inside a transaction block", what)
	}
	return nil
}
