// Package server accepts PostgreSQL clients: listener, TLS, start-up packet, login, limits, cancel requests, drain.
package server

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"go.uber.org/zap"

	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/pgwire"
	"iris-pgwire/internal/session"
	"iris-pgwire/internal/status"
)

// Config is what a server needs. Shared must be complete.
type Config struct {
	TLS        *tls.Config // nil = SSLRequest is answered N
	MaxClients int
	// Authentication bounds the time from accepting a connection to the end of the login.
	Authentication time.Duration
	MessageLimit   int // bytes of one message
	Namespace      func(database string) string
	Shared         *session.Shared
	// Refuse says why no client can be served now; nil = clients are served.
	Refuse func() *pgerr.Error
	// Report takes what the administrator should know; nil = nothing is reported.
	Report func(level status.Level, event, msg string, fields status.Fields)
	// LoggedIn is told IRIS's version text after every login; nil = nobody is told.
	LoggedIn func(irisVersion string)
}

// Server serves the clients of one listener.
type Server struct {
	cfg      atomic.Pointer[Config]
	listener net.Listener
	log      *zap.Logger
	registry registry

	work sync.WaitGroup // a goroutine a connection

	mu       sync.Mutex
	raw      map[*pgwire.Conn]struct{} // every connection, logged in or not
	stopping bool
}

// New makes a server; Serve runs it.
func New(listener net.Listener, cfg Config) *Server {
	if cfg.Report == nil {
		cfg.Report = func(status.Level, string, string, status.Fields) {}
	}
	if cfg.LoggedIn == nil {
		cfg.LoggedIn = func(string) {}
	}
	if cfg.Refuse == nil {
		cfg.Refuse = func() *pgerr.Error { return nil }
	}
	s := &Server{listener: listener, log: cfg.Shared.Log, raw: map[*pgwire.Conn]struct{}{}}
	s.cfg.Store(&cfg)
	return s
}

func (s *Server) config() *Config { return s.cfg.Load() }

// Reconfigure changes what clients that come from now on find; Shared must be replaced, not changed. It is called by one
// goroutine at a time.
func (s *Server) Reconfigure(change func(*Config)) {
	next := *s.config()
	change(&next)
	s.cfg.Store(&next)
}

// Clients is how many sessions there are.
func (s *Server) Clients() int { return s.registry.count() }

// Serve accepts clients until Stop, or until the listener fails. ctx ends what sessions do; it outlives the call to Stop.
func (s *Server) Serve(ctx context.Context) error {
	for pause := time.Duration(0); ; {
		c, err := s.listener.Accept()
		if err == nil {
			pause = 0
			s.start(ctx, c)
			continue
		}
		if s.isStopping() || errors.Is(err, net.ErrClosed) {
			return nil
		}
		var temporary net.Error
		if !errors.As(err, &temporary) {
			return err
		}
		// Most often too many open files: it passes when clients leave.
		pause = min(max(2*pause, 5*time.Millisecond), time.Second)
		s.config().Report(status.Error, "accept", "a client could not be accepted: "+err.Error(), nil)
		time.Sleep(pause)
	}
}

// start serves one connection in a goroutine of its own.
func (s *Server) start(ctx context.Context, c net.Conn) {
	conn := pgwire.NewConn(c)
	s.mu.Lock()
	// Connections that have not logged in yet are bounded as well.
	if s.stopping || len(s.raw) >= 2*s.config().MaxClients+100 {
		s.mu.Unlock()
		c.Close()
		return
	}
	s.raw[conn] = struct{}{}
	s.work.Add(1)
	s.mu.Unlock()
	go func() {
		defer s.work.Done()
		defer s.forget(conn)
		defer func() {
			if r := recover(); r != nil {
				s.log.Error("serving a connection failed", zap.Any("panic", r), zap.ByteString("stack", debug.Stack()))
			}
		}()
		s.serve(ctx, conn)
	}()
}

func (s *Server) forget(conn *pgwire.Conn) {
	conn.Close()
	s.mu.Lock()
	delete(s.raw, conn)
	s.mu.Unlock()
}

func (s *Server) isStopping() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.stopping
}
