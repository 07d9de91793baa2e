package session

import (
	"context"
	"errors"
	"slices"
	"strconv"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgerr"
)

// savepoint is one level of the transaction. IRIS is told of it only before the next statement runs, because clients set
// one before every statement and IRIS has no RELEASE. Its name there is the gateway's own, by depth: a name used again
// replaces the older mark (IRIS docs, "SAVEPOINT").
type savepoint struct {
	name     string
	sent     bool
	lost     bool // DDL has committed what it stood for
	settings values
}

// codeNoSavepoint is IRIS's code of a savepoint that there is not: with the transaction it is gone as well.
const codeNoSavepoint = -375

// irisSavepoint is IRIS's name of the savepoint at a depth.
func irisSavepoint(depth int) string { return "pgwire" + strconv.Itoa(depth) }

func (s *Session) savepoint(name string) error {
	if err := s.needBlock("SAVEPOINT"); err != nil {
		return err
	}
	s.tx.savepoints = append(s.tx.savepoints, savepoint{name: name, settings: s.settings.now})
	return nil
}

// setSavepoints tells IRIS of the savepoints that it doesn't know.
func (s *Session) setSavepoints(ctx context.Context, conn iris.Conn) error {
	for i := range s.tx.savepoints {
		sp := &s.tx.savepoints[i]
		if sp.sent || sp.lost {
			continue
		}
		if err := conn.Savepoint(ctx, irisSavepoint(i)); err != nil {
			return err
		}
		sp.sent = true
	}
	return nil
}

// findSavepoint gives the depth of the innermost savepoint of that name.
func (s *Session) findSavepoint(name string) (int, error) {
	for i, sp := range slices.Backward(s.tx.savepoints) {
		if sp.name == name {
			return i, nil
		}
	}
	return 0, pgerr.New(pgerr.InvalidSavepoint, "savepoint %q does not exist", name)
}

// release forgets a savepoint and those inside it; IRIS keeps its marks until the transaction's end.
func (s *Session) release(name string) error {
	if err := s.needBlock("RELEASE SAVEPOINT"); err != nil {
		return err
	}
	depth, err := s.findSavepoint(name)
	if err == nil {
		s.tx.savepoints = s.tx.savepoints[:depth]
	}
	return err
}

// rollbackTo goes back to a savepoint, which stays. IRIS deletes its mark, so it is set again before the next statement.
func (s *Session) rollbackTo(ctx context.Context, name string) error {
	if err := s.needBlock("ROLLBACK TO SAVEPOINT"); err != nil {
		return err
	}
	depth, err := s.findSavepoint(name)
	if err != nil {
		return err
	}
	sp := &s.tx.savepoints[depth]
	if sp.lost {
		return pgerr.New(pgerr.FeatureNotSupported, "cannot roll back to savepoint %q: a later definition statement has committed what came before it", name)
	}
	s.closePortals(func(p *portal) bool { return p.depth > depth })
	if sp.sent && !s.tx.started {
		return pgerr.New(pgerr.ConnectionFailure, "the transaction was lost with its connection to IRIS")
	}
	if sp.sent {
		end, cancel := endContext(ctx)
		defer cancel()
		if err := s.lease.RollbackTo(end, irisSavepoint(depth)); err != nil {
			s.rollbackIRIS(ctx) // IRIS may have ended the transaction: nothing of it can be trusted
			var refused *iris.Error
			if errors.As(err, &refused) && refused.Code == codeNoSavepoint {
				return rolledBack().WithCause(err)
			}
			return err
		}
	}
	sp.sent = false
	s.tx.savepoints = s.tx.savepoints[:depth+1]
	s.tx.failed = false
	if s.settings.now.differs(sp.settings) {
		s.settings.restore(sp.settings)
	}
	return nil
}

// loseSavepoints notes that what the savepoints stood for is committed. Of those with no work behind them that is true
// only once a definition statement has succeeded.
func (s *Session) loseSavepoints(all bool) {
	for i := range s.tx.savepoints {
		sp := &s.tx.savepoints[i]
		sp.lost = sp.lost || sp.sent || all
	}
}
