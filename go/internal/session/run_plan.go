package session

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/sql/plan"
)

// staleCodes are the SQLCODEs that say that a table is not what the plan was made for (IRIS docs, "SQL Error Codes":
// field not found, table not found, statement outdated by a recompiled class).
var staleCodes = []int{-29, -30, -478}

// runPlan runs a compiled statement up to its first row.
func (s *Session) runPlan(ctx context.Context, p *portal) error {
	pl := p.st.plan
	if s.tx.readOnly && !pl.ReadOnly {
		return pgerr.New(pgerr.ReadOnlySQLTransaction, "cannot execute %s in a read-only transaction", pl.Tag)
	}
	ctx, span := s.Tracer.Start(ctx, "execute")
	defer span.End()
	if pl.DDL {
		return s.runDDL(ctx, p)
	}
	alone := !s.tx.started && len(s.tx.savepoints) == 0
	conn, err := s.connectionFor(ctx, p)
	if err != nil {
		return err
	}
	for again := false; ; again = true {
		first, err := s.firstStatement(ctx, conn, p)
		if err != nil {
			return err
		}
		err = s.runSteps(ctx, conn, p, first)
		switch {
		case again:
			return err
		case alone && errors.As(err, new(*lostTransaction)):
			// Nothing but this statement was in the transaction. It is run again with more caution.
			s.tx.started = false
			if conn, err = s.inTransaction(ctx); err != nil {
				return err
			}
		case !errors.As(err, new(*outdated)):
			return err
		default:
			if err := s.anew(ctx, conn, p); err != nil {
				return err
			}
		}
	}
}

// anew compiles a statement again that IRIS has said to be out of date: the connection had kept it from before the table was
// made anew; it knows better now.
func (s *Session) anew(ctx context.Context, conn iris.Conn, p *portal) error {
	if err := s.survived(ctx, conn); err != nil {
		return err
	}
	s.Compiler.Invalidate(s.who.Login.Namespace)
	return s.refresh(ctx, p.st)
}

// outdated is IRIS's refusal (SQLCODE -478) to run a plan's first step: nothing has run.
type outdated struct{ error }

func (o *outdated) Unwrap() error { return o.error }

// firstOutdated marks an error of step i as outdated if it is.
func firstOutdated(i int, err error) error {
	var refused *iris.Error
	if i == 0 && errors.As(err, &refused) && refused.Code == -478 {
		return &outdated{err}
	}
	return err
}

// connectionFor gives a connection with an IRIS transaction where the statement needs one. None is opened for what
// stands alone, nor for reading in an implicit transaction, since READ COMMITTED reads see nothing of one.
func (s *Session) connectionFor(ctx context.Context, p *portal) (iris.Conn, error) {
	pl := p.st.plan
	if s.tx.kind == explicit || pl.Atomic || !p.last && !pl.ReadOnly {
		return s.inTransaction(ctx)
	}
	return s.connection(ctx)
}

// firstStatement prepares the first step. If IRIS says that the plan is out of date, nothing has run yet, so the
// statement is compiled again, once.
func (s *Session) firstStatement(ctx context.Context, conn iris.Conn, p *portal) (iris.Statement, error) {
	for again := false; ; again = true {
		pl := p.st.plan
		if len(pl.Steps) == 0 || pl.Steps[0].Kind == plan.DirectStep {
			return nil, nil
		}
		sql, err := s.stepText(&pl.Steps[0], p)
		if err != nil {
			return nil, err
		}
		st, err := conn.Prepare(ctx, sql)
		var refused *iris.Error
		if err == nil || again || !errors.As(err, &refused) || !slices.Contains(staleCodes, refused.Code) {
			return st, err
		}
		if err := s.anew(ctx, conn, p); err != nil {
			return nil, err
		}
	}
}

// checkWidth compares the plan with what IRIS delivers, before a value is taken from the wrong place.
func checkWidth(columns []plan.Column, width int) error {
	for _, c := range columns {
		if c.Finish == nil && c.Source >= width {
			return pgerr.As(fmt.Errorf("IRIS returns %d columns, the plan reads number %d", width, c.Source+1))
		}
	}
	return nil
}

// changes reports the tags that count changed rows, also when rows come back (RETURNING).
func changes(tag string) bool {
	return tag == "INSERT" || tag == "UPDATE" || tag == "DELETE" || tag == "MERGE"
}

// tagOf gives the words of a tag and whether a count follows (PostgreSQL docs, CommandComplete).
func tagOf(tag string) (words string, counted bool) {
	switch tag {
	case "INSERT":
		return "INSERT 0", true // 0 is the place of an OID, which rows no longer have
	case "SELECT", "UPDATE", "DELETE", "MERGE":
		return tag, true
	}
	return tag, false
}
