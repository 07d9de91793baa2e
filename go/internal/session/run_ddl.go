package session

import "context"

// codeWarning is SQLSTATE warning.
const codeWarning = "01000"

// runDDL runs a statement that IRIS may not be able to roll back. What the transaction has done so far is committed, the
// statement runs alone, and the client is told once; for the client the transaction goes on.
func (s *Session) runDDL(ctx context.Context, p *portal) error {
	if !s.tx.committed && (s.tx.kind == explicit || s.tx.started) {
		s.notice("WARNING", codeWarning, p.st.plan.Tag+" commits the transaction so far and cannot be rolled back",
			"IRIS does not roll definitions back.")
		s.tx.committed = true
	}
	if err := s.commitIRIS(ctx); err != nil {
		return err
	}
	s.loseSavepoints(false)
	conn, err := s.connection(ctx)
	if err != nil {
		return err
	}
	// Also after a failure: some of several steps may have succeeded.
	defer s.Compiler.Invalidate(s.who.Login.Namespace)
	err = s.runSteps(ctx, conn, p, nil)
	if err == nil {
		s.loseSavepoints(true)
	}
	return err
}
