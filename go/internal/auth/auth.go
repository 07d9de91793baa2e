// Package auth finds out who a client is. IRIS alone knows its users, so the client's password goes to IRIS: it is asked
// for in clear text, and therefore only over TLS or from this machine itself.
package auth

import (
	"errors"
	"net"

	"github.com/jackc/pgx/v5/pgproto3"

	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/pgwire"
)

// Allowed refuses a password over a connection that others could read along.
func Allowed(conn *pgwire.Conn, user, database string) error {
	if conn.Secure() || loopback(conn.RemoteAddr()) {
		return nil
	}
	host, _, err := net.SplitHostPort(conn.RemoteAddr().String())
	if err != nil {
		host = conn.RemoteAddr().String()
	}
	e := pgerr.New(pgerr.InvalidAuthorization, "no password is accepted without encryption from host \"%s\", user \"%s\", database \"%s\"", host, user, database).
		WithHint("Connect with sslmode=require.")
	e.Severity = "FATAL"
	return e
}

func loopback(addr net.Addr) bool {
	switch a := addr.(type) {
	case *net.TCPAddr:
		return a.IP.IsLoopback()
	case *net.UnixAddr:
		return true
	}
	return false
}

// Password asks the client for its password (PostgreSQL docs, "AuthenticationCleartextPassword").
func Password(conn *pgwire.Conn, user string) (string, error) {
	conn.Send(&pgproto3.AuthenticationCleartextPassword{})
	msg, err := conn.Receive()
	var garbled *pgwire.Garbled
	switch {
	case errors.As(err, &garbled):
		return "", protocolError(garbled.Err.Message)
	case err != nil:
		return "", err
	}
	p, ok := msg.(*pgproto3.PasswordMessage)
	if !ok {
		return "", protocolError("expected password response")
	}
	if p.Password == "" {
		return "", Refused(user)
	}
	return p.Password, nil
}

// Refused is the answer to a wrong password, and to a user who doesn't exist: a client can't tell which.
func Refused(user string) error {
	e := pgerr.New(pgerr.InvalidPassword, "password authentication failed for user \"%s\"", user)
	e.Severity = "FATAL"
	return e
}

func protocolError(text string) error {
	e := pgerr.New(pgerr.ProtocolViolation, "%s", text)
	e.Severity = "FATAL"
	return e
}
