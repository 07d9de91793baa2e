package server

import (
	"context"
	"errors"
	"net"
	"os"

	"github.com/jackc/pgx/v5/pgproto3"
	"go.uber.org/zap"

	"iris-pgwire/internal/auth"
	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/pgwire"
	"iris-pgwire/internal/session"
	"iris-pgwire/internal/status"
)

// serve serves one connection to its end.
func (s *Server) serve(ctx context.Context, conn *pgwire.Conn) {
	conn.SetReadTimeout(s.config().Authentication)
	login, cancel := context.WithTimeout(ctx, s.config().Authentication)
	defer cancel()
	packet, err := s.handshake(login, conn)
	if err == nil {
		err = s.admit(ctx, login, conn, packet)
	}
	var told *pgerr.Error
	switch {
	case err == nil, errors.Is(err, errDone):
	case errors.As(err, &told):
		s.refused(conn, packet, told)
	default:
		s.log.Debug("a connection ended before it was a session", zap.Stringer("client", conn.RemoteAddr()), zap.Error(err))
	}
	_ = conn.Flush() // the client may be gone
}

// admit logs a client in and runs its session.
func (s *Server) admit(ctx, login context.Context, conn *pgwire.Conn, packet pgwire.First) error {
	options, err := readOptions(packet.Params)
	if err != nil {
		return err
	}
	if why := s.config().Refuse(); why != nil {
		return why
	}
	if !s.registry.take(s.config().MaxClients) {
		s.config().Report(status.Warning, "too_many_clients", "a client was refused: too many are connected", nil)
		return fatal(pgerr.TooManyConnections, "sorry, too many clients already")
	}
	defer s.registry.giveBack()
	who, err := s.authenticate(login, conn, options)
	if err != nil {
		return err
	}
	conn.Send(&pgproto3.AuthenticationOk{})
	conn.SetLimit(s.config().MessageLimit)
	var refused error
	e := s.registry.add(conn, keyLength(packet), func(pid uint32, key []byte) *session.Session {
		who.PID, who.Key = pid, key
		sess := session.New(s.config().Shared, conn, who)
		refused = options.apply(sess)
		return sess
	})
	s.run(e, func(sess *session.Session) {
		if refused == nil {
			conn.SetReadTimeout(0)
			sess.Run(ctx)
		}
	})
	return refused
}

// authenticate asks IRIS whether the client is who it says it is.
func (s *Server) authenticate(ctx context.Context, conn *pgwire.Conn, o options) (session.Identity, error) {
	who := session.Identity{User: o.user, Database: o.database}
	if err := auth.Allowed(conn, o.user, o.database); err != nil {
		return who, err
	}
	password, err := auth.Password(conn, o.user)
	if err != nil {
		return who, err
	}
	address, _, err := net.SplitHostPort(conn.RemoteAddr().String())
	if err != nil {
		address = conn.RemoteAddr().String()
	}
	who.Login = iris.Login{
		User: o.user, Password: password, Namespace: s.config().Namespace(o.database),
		Application: "iris-pgwire", ClientAddr: address,
	}
	lease, err := s.config().Shared.Pool.Acquire(ctx, who.Login)
	if err != nil {
		if ctx.Err() != nil {
			return who, os.ErrDeadlineExceeded
		}
		return who, session.LoginFailure(o.user, o.database, err)
	}
	s.config().LoggedIn(lease.Server().Version)
	lease.Release()
	return who, nil
}

// refused tells a client why it is not served, and the log.
func (s *Server) refused(conn *pgwire.Conn, packet pgwire.First, e *pgerr.Error) {
	if e.Severity == "" {
		copied := *e
		copied.Severity, e = "FATAL", &copied
	}
	conn.SendError(e)
	s.log.Warn("a client was refused", zap.Stringer("client", conn.RemoteAddr()), zap.String("user", packet.Params["user"]),
		zap.String("code", e.Code), zap.String("message", e.Message), zap.NamedError("cause", e.Cause))
	if e.Code == pgerr.InvalidPassword || e.Code == pgerr.CannotConnectNow {
		s.config().Report(status.Warning, "login_refused", e.Message, status.Fields{"client": conn.RemoteAddr().String(), "detail": e.Detail})
	}
}
