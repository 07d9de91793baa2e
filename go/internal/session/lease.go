package session

import (
	"context"

	"iris-pgwire/internal/iris"
)

// connection gives the session's connection to IRIS, leasing one if it has none.
func (s *Session) connection(ctx context.Context) (iris.Conn, error) {
	if s.lease != nil {
		if !s.lease.Broken() {
			return s.lease, nil
		}
		s.dropLease()
	}
	ctx, span := s.Tracer.Start(ctx, "lease")
	defer span.End()
	lease, err := s.Pool.Acquire(ctx, s.who.Login)
	if err != nil {
		return nil, err
	}
	s.lease = lease
	s.irisName = lease.Server().Version
	return lease, nil
}

// dropLease closes a connection whose state is not known. Everything that lived on it is gone.
func (s *Session) dropLease() {
	s.closePortals(func(p *portal) bool { return p.rows != nil })
	s.lease.Discard()
	s.lease = nil
	s.tx.started = false
}

// releaseIfUnused gives the connection back unless a transaction or an open portal lives on it.
func (s *Session) releaseIfUnused() {
	if s.lease == nil || s.tx.started {
		return
	}
	for _, p := range s.portals {
		if p.rows != nil {
			return
		}
	}
	s.lease.Release()
	s.lease = nil
}
