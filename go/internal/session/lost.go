package session

import (
	"context"
	"slices"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgerr"
)

// codeRolledBack is transaction_rollback.
const codeRolledBack = "40000"

// askLevel asks how many levels of a transaction are open (IRIS docs, "$TLEVEL").
const askLevel = "SELECT $TLEVEL"

// learned is what IRIS was seen to do with the transaction of a statement that failed: whether it stays is not documented.
type learned struct {
	kept   bool // it stayed
	marked bool // it stayed while a savepoint was set
	loses  bool // it was gone
}

// lostTransaction is one that IRIS has ended because a statement of it failed.
type lostTransaction struct{ error }

func (l *lostTransaction) Unwrap() error { return l.error }

// survived makes sure that IRIS's transaction is still open behind a failure that is part of a plan: otherwise what came
// before would be lost without a word.
func (s *Session) survived(ctx context.Context, conn iris.Conn) error {
	marked := slices.ContainsFunc(s.tx.savepoints, func(sp savepoint) bool { return sp.sent })
	if !s.tx.started || !marked && s.learned.kept || marked && s.learned.marked {
		return nil
	}
	level, err := transactionLevel(ctx, conn)
	switch {
	case err != nil:
		return err
	case level == 0:
		s.learned.loses = true
		return &lostTransaction{rolledBack()}
	case marked:
		s.learned.marked = true
	default:
		s.learned.kept = true
	}
	return nil
}

func rolledBack() *pgerr.Error {
	return pgerr.New(codeRolledBack, "IRIS has rolled the whole transaction back because a statement of it failed")
}

func transactionLevel(ctx context.Context, conn iris.Conn) (int64, error) {
	st, err := conn.Prepare(ctx, askLevel)
	if err != nil {
		return 0, err
	}
	rows, err := conn.Query(ctx, st, nil)
	if err != nil {
		return 0, err
	}
	row, err := rows.Next(ctx)
	if err != nil {
		return 0, err
	}
	level, ok := row[0].Int64()
	if !ok {
		return 0, pgerr.New(pgerr.InternalError, "IRIS gives %q as $TLEVEL", row[0].String())
	}
	return level, rows.Close(ctx)
}
