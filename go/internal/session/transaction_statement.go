package session

import (
	"context"

	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/sql/parse"
)

// runTransaction runs BEGIN, COMMIT, ROLLBACK and their relatives.
func runTransaction(ctx context.Context, s *Session, p *portal) error {
	t := p.st.parsed.Node.(*parse.Transaction)
	switch t.Kind {
	case parse.Begin:
		p.result.tag = "BEGIN"
		return s.begin(t.Modes)
	case parse.StartTransaction:
		p.result.tag = "START TRANSACTION"
		return s.begin(t.Modes)
	case parse.Commit:
		return s.commit(ctx, p, t)
	case parse.Rollback:
		p.result.tag = "ROLLBACK"
		return s.rollback(ctx, t.Chain)
	case parse.Savepoint:
		p.result.tag = "SAVEPOINT"
		return s.savepoint(t.Name)
	case parse.ReleaseSavepoint:
		p.result.tag = "RELEASE"
		return s.release(t.Name)
	case parse.RollbackTo:
		p.result.tag = "ROLLBACK"
		return s.rollbackTo(ctx, t.Name)
	}
	return s.twoPhase(ctx, p, t)
}

// begin makes the transaction a regular one. What an implicit one has done already belongs to it.
func (s *Session) begin(modes []parse.TransactionMode) error {
	if s.tx.kind == explicit {
		s.warn(pgerr.ActiveSQLTransaction, "there is already a transaction in progress")
		return s.applyModes(modes)
	}
	if err := s.applyModes(modes); err != nil {
		return err
	}
	if err := s.checkIsolation(s.tx.isolation); err != nil {
		return err
	}
	s.tx.kind = explicit
	return nil
}

// commit ends the transaction. One that has failed is rolled back, and says so by its tag.
func (s *Session) commit(ctx context.Context, p *portal, t *parse.Transaction) error {
	if s.tx.failed {
		p.result.tag = "ROLLBACK"
		return s.rollback(ctx, t.Chain)
	}
	p.result.tag = "COMMIT"
	if err := s.outsideBlock(t.Chain, "COMMIT AND CHAIN"); err != nil {
		return err
	}
	old := s.tx
	s.closePortals(anyPortal)
	if err := s.commitIRIS(ctx); err != nil {
		s.undo(ctx)
		s.tx.kind = implicit // the statement's own end follows
		return err
	}
	s.settings.endLocal()
	s.next(old, t.Chain)
	return nil
}

// rollback undoes the transaction.
func (s *Session) rollback(ctx context.Context, chain bool) error {
	if err := s.outsideBlock(chain, "ROLLBACK AND CHAIN"); err != nil {
		return err
	}
	old := s.tx
	s.undo(ctx)
	s.next(old, chain)
	return nil
}

// outsideBlock warns of an end without a beginning; AND CHAIN is an error there.
func (s *Session) outsideBlock(chain bool, what string) error {
	if s.tx.kind == explicit {
		return nil
	}
	if chain {
		return s.needBlock(what)
	}
	s.warn(pgerr.NoActiveSQLTransaction, "there is no transaction in progress")
	return nil
}

// next begins what follows the end of a transaction: with AND CHAIN one of the same kind, else the implicit one of the
// query that the end stood in.
func (s *Session) next(old transaction, chain bool) {
	s.newTransaction(implicit)
	if chain {
		s.tx.kind, s.tx.readOnly, s.tx.isolation, s.tx.deferrable = explicit, old.readOnly, old.isolation, old.deferrable
	}
}

// twoPhase refuses prepared transactions as PostgreSQL does by default (max_prepared_transactions = 0).
func (s *Session) twoPhase(ctx context.Context, p *portal, t *parse.Transaction) error {
	if t.Kind != parse.PrepareTransaction {
		return pgerr.New(pgerr.UndefinedObject, "prepared transaction with identifier %q does not exist", t.GID)
	}
	if s.tx.kind != explicit || s.tx.failed {
		p.result.tag = "ROLLBACK"
		return s.rollback(ctx, false)
	}
	return pgerr.New(pgerr.ObjectNotInPrerequisiteState, "prepared transactions are disabled").
		WithHint("iris-pgwire does not support two-phase commit.")
}
