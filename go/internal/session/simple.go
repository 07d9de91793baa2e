package session

import (
	"context"

	"github.com/jackc/pgx/v5/pgproto3"

	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/sql/parse"
)

// simpleQuery answers Query: the whole text is parsed before anything runs, and several statements are one implicit
// transaction (PostgreSQL docs, "Multiple Statements in a Simple Query").
func (s *Session) simpleQuery(ctx context.Context, text string) {
	ctx, span := s.Tracer.Start(ctx, "statement")
	defer span.End()
	s.startImplicit()
	delete(s.statements, "")
	s.closePortal("")
	list, err := s.parseText(ctx, text)
	if err != nil {
		s.fail(ctx, err)
	} else if len(list) == 0 {
		s.conn.Send(&pgproto3.EmptyQueryResponse{})
	}
	for i := range list {
		if !s.simpleStatement(ctx, text, list[i], len(list) == 1, i == len(list)-1) {
			break
		}
	}
	s.ready(ctx)
}

func (s *Session) parseText(ctx context.Context, text string) ([]parse.Statement, error) {
	_, span := s.Tracer.Start(ctx, "parse")
	defer span.End()
	if err := checkUTF8(text); err != nil {
		return nil, err
	}
	return parse.Parse(text)
}

// simpleStatement runs one statement of a simple query; false means that it failed and the rest is skipped.
func (s *Session) simpleStatement(ctx context.Context, text string, parsed parse.Statement, alone, last bool) bool {
	ctx, done := s.statementContext(ctx)
	defer done()
	err := s.runSimple(ctx, text, parsed, alone, last)
	if err != nil {
		s.fail(ctx, err)
	}
	return err == nil
}

func (s *Session) runSimple(ctx context.Context, text string, parsed parse.Statement, alone, last bool) error {
	st, err := s.analyze(ctx, text, []parse.Statement{parsed}, nil)
	if err != nil && pgerr.As(err).Code != pgerr.IndeterminateDatatype {
		return err
	}
	if err != nil || len(st.params) > 0 {
		if param, at, ok := parse.FirstParam(text, parsed); ok {
			return pgerr.New(pgerr.UndefinedParameter, "there is no parameter %s", param).At(parse.CharPos(text, at))
		}
	}
	if err != nil {
		return err
	}
	p := &portal{st: st, alone: alone, last: last}
	defer s.finish(p)
	if err := s.start(ctx, p); err != nil {
		return err
	}
	if p.result.columns != nil {
		if err := s.describeRows(p.result.columns, p.format); err != nil {
			return err
		}
	}
	_, err = s.send(ctx, p, 0)
	return err
}
