// Package dbapi is the iris.Backend that speaks SQL over the superserver, as InterSystems' DB-API driver does.
package dbapi

import (
	"context"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/iris/superserver"
)

// Backend opens superserver connections.
type Backend struct{ cfg superserver.Config }

var _ iris.Backend = Backend{}

// New makes the backend for one IRIS instance.
func New(cfg superserver.Config) Backend { return Backend{cfg: cfg} }

// Name is the backend's name in the configuration.
func (Backend) Name() string { return "dbapi" }

// Open connects and logs in. A refused login is a *iris.LoginError, a network failure a *iris.ConnError.
func (b Backend) Open(ctx context.Context, login iris.Login) (iris.Conn, error) {
	conn, err := superserver.Connect(ctx, b.cfg, login)
	if err != nil {
		return nil, err
	}
	return conn, nil
}
