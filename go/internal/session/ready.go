package session

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5/pgproto3"
)

// ready ends what a simple query or a pipeline began, reports changed settings and tells the client that it may go on.
func (s *Session) ready(ctx context.Context) {
	s.endImplicit(ctx)
	s.skipping = false
	s.releaseIfUnused()
	if s.over {
		return // nothing follows a FATAL error
	}
	s.reportSettings()
	status := byte('I')
	switch {
	case s.tx.kind == explicit && s.tx.failed:
		status = 'E'
	case s.tx.kind == explicit:
		status = 'T'
	}
	s.conn.Send(&pgproto3.ReadyForQuery{TxStatus: status})
}

// sync answers Sync.
func (s *Session) sync(ctx context.Context) { s.ready(ctx) }

// reportSettings sends ParameterStatus for every reported setting that the client doesn't know the value of.
func (s *Session) reportSettings() {
	for _, g := range s.settings.changes() {
		s.conn.Send(&pgproto3.ParameterStatus{Name: g.name, Value: g.otherwise})
	}
}

// versionNumber makes 150000 of 15.0 (PostgreSQL docs, "server_version_num").
func versionNumber(version string) string {
	major, minor, _ := strings.Cut(version, ".")
	m, _ := strconv.Atoi(major) // the configuration's rule was kept
	n, _ := strconv.Atoi(minor)
	return fmt.Sprintf("%d%04d", m, n)
}
