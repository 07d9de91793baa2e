package session

import (
	"context"
	"sync"
	"time"

	"github.com/jackc/pgx/v5/pgproto3"
	"go.opentelemetry.io/otel/trace"
	"go.uber.org/zap"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/iris/pool"
	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/pgwire"
)

// Shared is what all sessions of a gateway have in common.
type Shared struct {
	Pool            *pool.Pool
	Compiler        Compiler
	Log             *zap.Logger
	Tracer          trace.Tracer
	ServerVersion   string // as clients are told, e.g. 15.0
	Version         string // the gateway's own
	Dir             string // where long values are put aside; empty: the system's folder for such files
	StrictIsolation bool
	MaxStatements   int
	StatementTime   time.Duration // default of statement_timeout
}

// Identity is who the client is.
type Identity struct {
	User, Database string
	PID            uint32
	Key            []byte     // of CancelRequest
	Login          iris.Login // IRIS has accepted it
}

// Session is one client's session.
type Session struct {
	*Shared
	conn     *pgwire.Conn
	who      Identity
	log      *zap.Logger
	settings *settings

	lease      *pool.Lease // nil while nothing needs a connection
	irisName   string      // IRIS's version text, once a connection was seen
	tx         transaction
	learned    learned
	statements map[string]*statement
	portals    map[string]*portal
	skipping   bool      // after an error, to the next Sync
	over       bool      // a fatal error was sent
	since      time.Time // start of the statement

	mu      sync.Mutex // guards cancel and state
	cancel  context.CancelCauseFunc
	quiet   bool // waits for the client outside a transaction
	leaving bool // the gateway stops
}

// New makes the session of a client that has logged in.
func New(shared *Shared, conn *pgwire.Conn, who Identity) *Session {
	s := &Session{
		Shared:     shared,
		conn:       conn,
		who:        who,
		log:        shared.Log.With(zap.Uint32("pid", who.PID), zap.String("user", who.User), zap.String("database", who.Database)),
		statements: map[string]*statement{},
		portals:    map[string]*portal{},
	}
	s.settings = newSettings(map[string]string{
		"server_version":        shared.ServerVersion,
		"server_version_num":    versionNumber(shared.ServerVersion),
		"session_authorization": who.User,
	})
	if shared.StatementTime > 0 {
		_ = s.settings.setDefault("statement_timeout", shared.StatementTime.String()) // the rule of the key is the setting's
	}
	return s
}

// Run serves the client until it leaves, a fatal error, or Stop. It always returns with nothing leased.
func (s *Session) Run(ctx context.Context) {
	defer s.end()
	s.reportSettings()
	s.conn.Send(&pgproto3.BackendKeyData{ProcessID: s.who.PID, SecretKey: s.who.Key})
	s.ready(ctx)
	for {
		s.conn.SetReadTimeout(s.idleLimit())
		if !s.waiting(true) {
			s.fatal(stopped())
			return
		}
		msg, err := s.conn.Receive()
		s.waiting(false)
		if err != nil {
			if !s.receiveFailed(ctx, err) {
				return
			}
			continue
		}
		if !s.guarded(ctx, msg) {
			return
		}
	}
}

// waiting notes whether the session waits for its client; false means that it must not wait any more.
func (s *Session) waiting(yes bool) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.quiet = yes && s.tx.kind != explicit
	return !(s.quiet && s.leaving)
}

// Stop asks the session to end: at once if it waits for its client outside a transaction, else when it next does.
func (s *Session) Stop() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.leaving = true
	if s.quiet {
		s.conn.Interrupt()
	}
}

// Cancel interrupts the statement that runs now (CancelRequest); without one it does nothing.
func (s *Session) Cancel() { s.interrupt(errUserCancel) }

// Kill interrupts whatever the session does, for a gateway that waits no longer.
func (s *Session) Kill() {
	s.Stop()
	s.interrupt(errStopping)
	s.conn.Interrupt()
}

func (s *Session) interrupt(cause error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.cancel != nil {
		s.cancel(cause)
	}
}

// end gives back what the session holds.
func (s *Session) end() {
	s.closePortals(anyPortal)
	if s.lease != nil {
		s.lease.Release() // rolls back
		s.lease = nil
	}
	_ = s.conn.Flush() // the client may be gone
}

// idleLimit is how long the client may be silent now.
func (s *Session) idleLimit() time.Duration {
	if s.tx.kind == explicit {
		return s.settings.current().idleInTxnLimit
	}
	return s.settings.current().idleLimit
}

func stopped() *pgerr.Error {
	return &pgerr.Error{Severity: "FATAL", Code: pgerr.AdminShutdown, Message: "terminating connection due to administrator command"}
}
