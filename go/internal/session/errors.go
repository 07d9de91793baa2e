package session

import (
	"context"
	"errors"

	"go.uber.org/zap"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/iris/pool"
	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/sql/parse"
)

// The causes that end a statement's context.
var (
	errUserCancel = pgerr.New(pgerr.QueryCanceled, "canceling statement due to user request")
	errTimeout    = pgerr.New(pgerr.QueryCanceled, "canceling statement due to statement timeout")
	errStopping   = stopped()
)

// codeUnknownOutcome is transaction_resolution_unknown.
const codeUnknownOutcome = "08007"

// mapped turns any error into what the client is told. ctx is the failed statement's.
func (s *Session) mapped(ctx context.Context, err error) *pgerr.Error {
	var cause, known *pgerr.Error
	if errors.As(context.Cause(ctx), &cause) {
		copied := *cause
		return &copied
	}
	var login *iris.LoginError
	var lost *iris.ConnError
	var refused *iris.Error
	switch {
	case errors.As(err, &known):
		return known
	case errors.As(err, &login):
		return LoginFailure(s.who.User, s.who.Database, err)
	case errors.As(err, &refused):
		return s.Compiler.MapError(refused)
	case errors.As(err, &lost):
		return pgerr.New(pgerr.ConnectionFailure, "the connection to IRIS failed").WithDetail("%v", lost.Err).WithCause(err)
	case errors.Is(err, pool.ErrClosed):
		return stopped()
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled):
		return pgerr.New(pgerr.QueryCanceled, "canceling statement").WithCause(err)
	}
	return pgerr.As(err)
}

// LoginFailure is what a client is told whose login IRIS refused, or could not be asked about.
func LoginFailure(user, database string, err error) *pgerr.Error {
	e := &pgerr.Error{Severity: "FATAL", Code: pgerr.CannotConnectNow, Message: "IRIS cannot be reached", Cause: err}
	var refused *iris.LoginError
	var told *pgerr.Error
	switch {
	case errors.As(err, &told):
		copied := *told
		copied.Severity = "FATAL"
		return &copied
	case !errors.As(err, &refused):
		return e.WithDetail("%v", err)
	}
	switch refused.Reason {
	case iris.RefusedPassword:
		e.Code, e.Message = pgerr.InvalidPassword, "password authentication failed for user \""+user+"\""
	case iris.RefusedNamespace:
		e.Code, e.Message = pgerr.InvalidCatalogName, "database \""+database+"\" does not exist"
	case iris.RefusedLicense:
		e.Code, e.Message = pgerr.TooManyConnections, "IRIS has no licence for another connection"
		e.WithDetail("%v", refused.Cause)
	default:
		e.Code, e.Message = pgerr.InvalidAuthorization, "IRIS refused the login of user \""+user+"\""
		e.WithDetail("%v", refused.Cause)
	}
	return e
}

// fail tells the client of an error and lets the transaction know. ctx is the failed statement's.
func (s *Session) fail(ctx context.Context, err error) {
	e := s.mapped(ctx, err)
	if e.Code == pgerr.InternalError {
		s.log.Error("a statement failed for an internal reason", zap.Error(err))
	}
	s.conn.SendError(e)
	s.transactionFailed(ctx)
	if e.Severity == "FATAL" {
		s.over = true
		_ = s.conn.Flush() // the client may be gone
	}
}

// fatal tells the client why the session ends.
func (s *Session) fatal(e *pgerr.Error) {
	s.conn.SendError(e)
	_ = s.conn.Flush() // the client may be gone
}

// notBuilt refuses a construct at its place in the text.
func notBuilt(text string, node parse.Node, construct string) error {
	return pgerr.NotBuilt(parse.CharPos(text, node.Pos()), construct)
}
