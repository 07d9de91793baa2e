package superserver

import (
	"context"
	"errors"
	"net"
	"sync"
	"time"

	"go.uber.org/zap"

	"iris-pgwire/internal/irisdev/store"
	"iris-pgwire/internal/irisdev/variant"
)

// Config is what a server serves.
type Config struct {
	Store   *store.Store
	Engine  Engine  // nil: no SQL, only native calls
	Classes Classes // nil: there are none
	Users   Users
	Jobs    Jobs   // nil: nobody is told of connections
	Version string // text of the login reply; has "Version 2025.1" in it
	License int    // most connections at a time; 0 is no limit
	Variant variant.Set
	Log     *zap.Logger
}

// Server answers clients of the superserver protocol.
type Server struct {
	Config
	mu    sync.Mutex
	conns map[*conn]struct{}
	jobs  map[int64]*conn // logged in
	wait  sync.WaitGroup
}

// New makes a server.
func New(c Config) *Server {
	if c.Log == nil {
		c.Log = zap.NewNop()
	}
	if c.Classes == nil {
		c.Classes = noClasses{}
	}
	return &Server{Config: c, conns: map[*conn]struct{}{}, jobs: map[int64]*conn{}}
}

// Serve accepts connections until ctx ends; then it closes them, which rolls back what they left open, and returns nil
// when all are gone. Another error is the listener's.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	stop := context.AfterFunc(ctx, func() { l.Close() })
	defer stop()
	var err error
	for {
		var nc net.Conn
		if nc, err = l.Accept(); err != nil {
			var temporary net.Error
			if errors.As(err, &temporary) && temporary.Timeout() {
				continue
			}
			break
		}
		s.start(ctx, nc)
	}
	s.mu.Lock()
	for c := range s.conns {
		c.close()
	}
	s.mu.Unlock()
	s.wait.Wait()
	if ctx.Err() != nil {
		return nil
	}
	return err
}

func (s *Server) start(ctx context.Context, nc net.Conn) {
	c := newConn(ctx, s, nc)
	s.mu.Lock()
	s.conns[c] = struct{}{}
	s.mu.Unlock()
	s.wait.Add(1)
	go func() {
		defer s.wait.Done()
		c.serve()
		s.mu.Lock()
		delete(s.conns, c)
		s.mu.Unlock()
	}()
}

// admit gives a logged-in connection its licence unit; false if none is left.
func (s *Server) admit(c *conn) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.License > 0 && len(s.jobs) >= s.License {
		return false
	}
	s.jobs[c.proc.Job()] = c
	return true
}

func (s *Server) leave(job int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.jobs, job)
}

// Interrupt stops the statement that a job runs, as EI and CANCEL QUERY do; false if it runs none. id 0 stops any.
func (s *Server) Interrupt(job int64, id uint32) bool {
	s.mu.Lock()
	c := s.jobs[job]
	s.mu.Unlock()
	return c != nil && c.interrupt(id)
}

// user gives the user of a job.
func (s *Server) user(job int64) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if c := s.jobs[job]; c != nil {
		return c.login.User
	}
	return ""
}

// loginTime is how long a client may take to log in.
const loginTime = 30 * time.Second
