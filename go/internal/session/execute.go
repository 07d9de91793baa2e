package session

import (
	"context"

	"github.com/jackc/pgx/v5/pgproto3"

	"iris-pgwire/internal/pgerr"
)

// execute answers Execute: it starts the portal, or goes on with it where the last Execute stopped.
func (s *Session) execute(ctx context.Context, m *pgproto3.Execute) error {
	ctx, span := s.Tracer.Start(ctx, "statement")
	defer span.End()
	p, err := s.portal(m.Portal)
	if err != nil {
		return err
	}
	if err := s.checkFailed(p.st.parsed.Node); err != nil {
		return err
	}
	if p.st.empty() {
		s.conn.Send(&pgproto3.EmptyQueryResponse{})
		return nil
	}
	if p.started && p.result.columns == nil {
		return pgerr.New(pgerr.ObjectNotInPrerequisiteState, "portal %q cannot be run", p.name)
	}
	if !p.started {
		if err := s.checkFormats(p); err != nil {
			return err
		}
		p.last = s.conn.Next() == 'S'
		p.alone = p.last && !s.tx.used
		if err := s.start(ctx, p); err != nil {
			return err
		}
	}
	done, err := s.send(ctx, p, int64(m.MaxRows))
	if err == nil && !done {
		s.conn.Send(&pgproto3.PortalSuspended{})
	}
	return err
}

// checkFormats refuses unknown result formats before anything runs. Where no rows come back they don't matter.
func (s *Session) checkFormats(p *portal) error {
	for _, f := range p.formats {
		if f == 0 || f == 1 {
			continue
		}
		if columns, err := s.portalColumns(p); err == nil && len(columns) > 0 {
			return unsupportedFormat(f)
		}
	}
	return nil
}

// closeObject answers Close; what doesn't exist is closed already.
func (s *Session) closeObject(m *pgproto3.Close) error {
	if err := checkSubtype("CLOSE", m.ObjectType); err != nil {
		return err
	}
	if m.ObjectType == 'P' {
		s.closePortal(m.Name)
	} else {
		delete(s.statements, m.Name)
	}
	s.conn.Send(&pgproto3.CloseComplete{})
	return nil
}

// empty reports a text without a statement.
func (st *statement) empty() bool { return st.plan == nil && st.utility == nil }
