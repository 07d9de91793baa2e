package server

import (
	"time"

	"iris-pgwire/internal/session"
)

// killGrace is how long sessions have to say good-bye after their work was interrupted.
const killGrace = 5 * time.Second

// Stop ends the server: no new clients; sessions that wait for their client end at once with 57P01, the others when
// their transaction is done or after drain. It returns when every connection is closed.
func (s *Server) Stop(drain time.Duration) {
	s.mu.Lock()
	s.stopping = true
	for conn := range s.raw {
		if !s.registry.holds(conn) {
			conn.Interrupt() // still logging in
		}
	}
	s.mu.Unlock()
	s.listener.Close()
	s.registry.each(func(e *entry) { e.session.Stop() })
	gone := make(chan struct{})
	go func() {
		s.work.Wait()
		close(gone)
	}()
	if waitFor(gone, drain) {
		return
	}
	s.registry.each(func(e *entry) { e.session.Kill() })
	if waitFor(gone, killGrace) {
		return
	}
	s.mu.Lock()
	for conn := range s.raw {
		conn.Close() // a client that doesn't read keeps a session in its write
	}
	s.mu.Unlock()
	<-gone
}

func waitFor(done <-chan struct{}, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-done:
		return true
	case <-timer.C:
		return false
	}
}

// run runs a session that is registered, so that it can be cancelled and stopped.
func (s *Server) run(e *entry, body func(*session.Session)) {
	defer s.registry.remove(e)
	if s.isStopping() {
		e.session.Stop()
	}
	body(e.session)
}
