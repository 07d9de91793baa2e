package server

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5/pgproto3"

	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/pgwire"
)

// The protocol versions: 3.0 and, with longer cancel keys, 3.2 (PostgreSQL docs, "Protocol Versions").
const (
	newestMinor   = 2
	newestVersion = 3<<16 | newestMinor
)

// errDone ends a connection that needs no session.
var errDone = errors.New("nothing more to do")

// handshake goes through the packets that may come before the start-up packet, and gives that. A *pgerr.Error is for the
// client; on any other error the connection is just closed.
func (s *Server) handshake(ctx context.Context, conn *pgwire.Conn) (pgwire.First, error) {
	var asked, gss bool
	for first := true; ; first = false {
		packet, err := conn.ReceiveFirst()
		if err != nil {
			return packet, err
		}
		switch packet.Kind {
		case pgwire.DirectTLS:
			if !first || s.config().TLS == nil {
				return packet, pgwire.ErrNotPostgres
			}
			asked = true
			err = conn.StartTLS(ctx, s.config().TLS, true)
		case pgwire.SSLRequest:
			if asked {
				return packet, unsupported(1234, 5679)
			}
			asked = true
			err = s.offerTLS(ctx, conn)
		case pgwire.GSSRequest:
			if gss {
				return packet, unsupported(1234, 5680)
			}
			gss = true
			err = conn.Answer('N')
		case pgwire.CancelRequest:
			s.registry.cancel(packet.PID, packet.Key)
			return packet, errDone
		default:
			return packet, s.negotiate(conn, packet)
		}
		if err != nil {
			return packet, err
		}
	}
}

func (s *Server) offerTLS(ctx context.Context, conn *pgwire.Conn) error {
	if s.config().TLS == nil {
		return conn.Answer('N')
	}
	if err := conn.Answer('S'); err != nil {
		return err
	}
	return conn.StartTLS(ctx, s.config().TLS, false)
}

// negotiate checks the version, and tells a client that asks for more than we have what that is.
func (s *Server) negotiate(conn *pgwire.Conn, p pgwire.First) error {
	if p.Major != 3 {
		e := unsupported(p.Major, p.Minor)
		if p.Major < 3 {
			conn.SendOldError(e.Message)
			return errDone
		}
		return e
	}
	if p.Minor > newestMinor || len(p.Extensions) > 0 {
		conn.Send(&pgproto3.NegotiateProtocolVersion{NewestMinorProtocol: newestVersion, UnrecognizedOptions: p.Extensions})
	}
	return nil
}

func unsupported(major, minor int) *pgerr.Error {
	return fatal(pgerr.FeatureNotSupported, fmt.Sprintf("unsupported frontend protocol %d.%d: server supports 3.0 to 3.%d", major, minor, newestMinor))
}

func fatal(code, text string) *pgerr.Error {
	return &pgerr.Error{Severity: "FATAL", Code: code, Message: text}
}

// keyLength is the length of the cancel key that the client's protocol version allows.
func keyLength(p pgwire.First) int {
	if p.Minor >= 2 {
		return 32
	}
	return 4
}
