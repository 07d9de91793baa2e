package session

import (
	"context"

	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/sql/parse"
	"iris-pgwire/internal/sql/plan"
)

// utility is a statement that the session runs itself.
type utility struct {
	// columns tells the result's columns without running it; nil = no rows.
	columns func(s *Session, st *statement) ([]plan.Column, error)
	run     func(ctx context.Context, s *Session, p *portal) error
}

// utilityOf tells how the session runs a statement; nil for what is compiled and run on IRIS.
func utilityOf(node parse.Stmt) *utility {
	switch node.(type) {
	case *parse.Transaction:
		return &utility{run: runTransaction}
	case *parse.Set:
		return &utility{run: runSet}
	case *parse.Show:
		return &utility{columns: showColumns, run: runShow}
	case *parse.Reset:
		return &utility{run: runReset}
	case *parse.SetConstraints:
		return &utility{run: runSetConstraints}
	case *parse.Discard:
		return &utility{run: runDiscard}
	case *parse.Prepare:
		return &utility{run: runPrepare}
	case *parse.Execute:
		return &utility{columns: executeColumns, run: runExecute}
	case *parse.Deallocate:
		return &utility{run: runDeallocate}
	case *parse.DeclareCursor:
		return &utility{run: runDeclare}
	case *parse.Fetch:
		return &utility{columns: fetchColumns, run: runFetch}
	case *parse.ClosePortal:
		return &utility{run: runClose}
	case *parse.Unlisten:
		return &utility{run: runUnlisten}
	case *parse.Vacuum:
		return &utility{run: runVacuum}
	}
	return nil
}

// Local reports a statement that the session runs itself: it is not compiled.
func Local(node parse.Stmt) bool { return utilityOf(node) != nil }

// refusedName names what is not built at all; "" for anything else.
func refusedName(node parse.Stmt) string {
	switch n := node.(type) {
	case *parse.Copy:
		return "COPY"
	case *parse.Listen:
		return "LISTEN"
	case *parse.Notify:
		return "NOTIFY"
	case *parse.Explain:
		return "EXPLAIN"
	case *parse.Lock:
		return "LOCK TABLE"
	case *parse.Checkpoint:
		return "CHECKPOINT"
	case *parse.Unsupported:
		return n.Construct
	}
	return ""
}

// refuse refuses what is not built, when it is prepared and before anything ran.
func (s *Session) refuse(text string, node parse.Stmt) error {
	name := refusedName(node)
	if name == "" {
		return nil
	}
	if _, isLock := node.(*parse.Lock); isLock {
		if err := s.needBlock(name); err != nil {
			return err
		}
	}
	return notBuilt(text, node, name)
}

// runUnlisten runs UNLISTEN: as nobody can listen, there is nothing to do. Connection pools send it when they clean up.
func runUnlisten(_ context.Context, _ *Session, p *portal) error {
	p.result.tag = "UNLISTEN"
	return nil
}

// runVacuum refuses VACUUM and ANALYZE, as PostgreSQL does inside a transaction.
func runVacuum(_ context.Context, s *Session, p *portal) error {
	v := p.st.parsed.Node.(*parse.Vacuum)
	if v.AnalyzeOnly {
		return notBuilt(p.st.text, v, "ANALYZE")
	}
	if err := s.refuseBlock(p, "VACUUM"); err != nil {
		return err
	}
	return notBuilt(p.st.text, v, "VACUUM")
}

// runSetConstraints runs SET CONSTRAINTS ALL: no constraint of IRIS is deferrable, so that ALL names none.
func runSetConstraints(_ context.Context, s *Session, p *portal) error {
	n := p.st.parsed.Node.(*parse.SetConstraints)
	if len(n.Names) > 0 {
		return pgerr.New(pgerr.FeatureNotSupported, "constraint %q is not deferrable: iris-pgwire does not support deferrable constraints", n.Names[0].Name).
			At(parse.CharPos(p.st.text, n.Names[0].Pos()))
	}
	if s.tx.kind != explicit {
		s.warn(pgerr.NoActiveSQLTransaction, "SET CONSTRAINTS can only be used in transaction blocks")
	}
	p.result.tag = "SET CONSTRAINTS"
	return nil
}
