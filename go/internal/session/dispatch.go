package session

import (
	"context"
	"errors"
	"io"
	"runtime/debug"

	"github.com/jackc/pgx/v5/pgproto3"
	"go.uber.org/zap"

	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/pgwire"
)

// guarded handles one message; a panic ends this session only. False means that the session is over.
func (s *Session) guarded(ctx context.Context, msg pgproto3.FrontendMessage) (goOn bool) {
	defer func() {
		if r := recover(); r != nil {
			s.log.Error("a session failed", zap.Any("panic", r), zap.ByteString("stack", debug.Stack()))
			s.abandon()
			s.fatal(&pgerr.Error{Severity: "FATAL", Code: pgerr.InternalError, Message: "internal error; the connection is closed"})
			goOn = false
		}
	}()
	return s.handle(ctx, msg)
}

// abandon closes the connection to IRIS: after a panic nobody knows what was half done on it.
func (s *Session) abandon() {
	clear(s.portals)
	if s.lease != nil {
		s.lease.Discard()
		s.lease = nil
	}
}

// handle handles one message (PostgreSQL docs, "Message Flow").
func (s *Session) handle(ctx context.Context, msg pgproto3.FrontendMessage) bool {
	switch msg.(type) {
	case *pgproto3.Terminate:
		return false
	case *pgproto3.Sync:
		s.sync(ctx)
		return !s.mustLeave()
	case *pgproto3.Flush:
		s.releaseIfUnused()
		return s.conn.Flush() == nil
	case *pgproto3.CopyData, *pgproto3.CopyDone, *pgproto3.CopyFail:
		return true // left over from a COPY that failed: PostgreSQL ignores them
	case *pgproto3.PasswordMessage:
		s.fatal(&pgerr.Error{Severity: "FATAL", Code: pgerr.ProtocolViolation, Message: "invalid frontend message type 112"})
		return false
	}
	if s.skipping {
		return true
	}
	switch m := msg.(type) {
	case *pgproto3.Query:
		s.simpleQuery(ctx, m.String)
		return !s.mustLeave()
	case *pgproto3.FunctionCall:
		s.fail(ctx, pgerr.NotBuilt(0, "the function call protocol"))
		s.ready(ctx)
		return true
	}
	s.extended(ctx, msg)
	return !s.mustLeave()
}

// extended handles a message of the extended protocol.
func (s *Session) extended(ctx context.Context, msg pgproto3.FrontendMessage) {
	s.startImplicit()
	ctx, done := s.statementContext(ctx)
	defer done()
	var err error
	switch m := msg.(type) {
	case *pgproto3.Parse:
		err = s.parse(ctx, m)
	case *pgproto3.Bind:
		err = s.bind(ctx, m)
	case *pgproto3.Describe:
		err = s.describe(ctx, m)
	case *pgproto3.Execute:
		err = s.execute(ctx, m)
	case *pgproto3.Close:
		err = s.closeObject(m)
	}
	if err != nil {
		s.fail(ctx, err)
		s.skipping = true
	}
}

// receiveFailed says what Receive's error means to the client; true means that the session goes on.
func (s *Session) receiveFailed(ctx context.Context, err error) bool {
	var garbled *pgwire.Garbled
	var refused *pgerr.Error
	switch {
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
	case errors.Is(err, pgwire.ErrInterrupted):
		s.fatal(stopped())
	case errors.Is(err, pgwire.ErrReadTimeout):
		s.fatal(s.idleTooLong())
	case errors.As(err, &garbled):
		if s.skipping && garbled.Type != 'S' {
			return true
		}
		s.fail(ctx, garbled.Err)
		if garbled.Type == 'Q' || garbled.Type == 'F' {
			s.ready(ctx)
		} else {
			s.skipping = true
		}
		return true
	case errors.As(err, &refused):
		s.fatal(refused)
	default:
		s.log.Debug("the connection to the client broke", zap.Error(err))
	}
	return false
}

func (s *Session) idleTooLong() *pgerr.Error {
	if s.tx.kind == explicit {
		return &pgerr.Error{Severity: "FATAL", Code: "25P03", Message: "terminating connection due to idle-in-transaction timeout"}
	}
	return &pgerr.Error{Severity: "FATAL", Code: "57P05", Message: "terminating connection due to idle-session timeout"}
}

// mustLeave reports that an error ended the session.
func (s *Session) mustLeave() bool { return s.over }
