package main

import (
	"context"
	"net"
	"sync"
	"sync/atomic"
	"time"

	"go.uber.org/zap"

	"iris-pgwire/internal/config"
	"iris-pgwire/internal/iris/pool"
	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/server"
	"iris-pgwire/internal/session"
	"iris-pgwire/internal/sql/compile"
	"iris-pgwire/internal/status"
	"iris-pgwire/internal/telemetry"
)

// probeEvery is how often IRIS is looked for while it does not answer.
const probeEvery = 2 * time.Second

// gateway is the running sidecar: the server with what it stands on.
type gateway struct {
	dir      string
	cfg      *config.Config
	listener net.Listener
	log      *zap.Logger
	events   *status.Events
	pool     *pool.Pool
	server   *server.Server
	flush    func(context.Context) error // of the traces
	started  time.Time

	phase       atomic.Value // status.Phase
	irisVersion atomic.Value // string
}

// newGateway puts the parts together; nothing runs yet.
func newGateway(dir string, cfg *config.Config, listener net.Listener, log *zap.Logger, events *status.Events) (*gateway, error) {
	g := &gateway{dir: dir, cfg: cfg, listener: listener, log: log, events: events, started: time.Now().UTC()}
	g.phase.Store(status.Starting)
	g.irisVersion.Store("")
	backend, err := openBackend(dir, cfg)
	if err != nil {
		return nil, err
	}
	secure, err := server.TLSConfig(dir, cfg.TLS)
	if err != nil {
		return nil, &failure{exitConfig, err}
	}
	tracer, flush, err := telemetry.Start(context.Background(), cfg.Telemetry, version)
	if err != nil {
		return nil, err
	}
	g.flush = flush
	overflow := cfg.Pool.Overflow
	if overflow == 0 {
		overflow = -1 // the pool's own word for none
	}
	g.pool = pool.New(backend, pool.Config{
		Max: cfg.Pool.Size, Overflow: overflow, Wait: cfg.Pool.Wait, Idle: cfg.Pool.Idle, Age: cfg.Pool.Age,
		LicenseRefused: func(ceiling int, err error) {
			events.Write(status.Warning, "licence", "IRIS has no licence for more connections", status.Fields{"connections": ceiling, "detail": err.Error()})
		},
	})
	g.server = server.New(listener, server.Config{
		TLS: secure, MaxClients: cfg.MaxClients, Authentication: cfg.Limits.Authentication, MessageLimit: cfg.Limits.MessageBytes,
		Namespace: cfg.Namespace, Refuse: g.refuse, Report: events.Write, LoggedIn: g.loggedIn,
		Shared: &session.Shared{
			Pool:     g.pool,
			Compiler: compile.New(compile.Options{Public: cfg.PublicSchema, RefuseWide: cfg.NumericStorage == "refuse", Plans: cfg.Limits.Plans}),
			Log:      log, Tracer: tracer, ServerVersion: cfg.ServerVersion, Version: version,
			StrictIsolation: cfg.StrictIsolation, MaxStatements: cfg.Limits.Statements, StatementTime: cfg.Limits.StatementTime,
		},
	})
	return g, nil
}

// refuse says why no client can be served now.
func (g *gateway) refuse() *pgerr.Error {
	if g.phase.Load() == status.Draining {
		return &pgerr.Error{Severity: "FATAL", Code: pgerr.CannotConnectNow, Message: "the database system is shutting down"}
	}
	return nil
}

// loggedIn notes what IRIS said of itself, and that it answers.
func (g *gateway) loggedIn(irisVersion string) {
	g.irisVersion.Store(irisVersion)
	g.answered(nil)
}

// answered notes whether IRIS answers; a change is an event.
func (g *gateway) answered(err error) {
	if err == nil {
		g.pool.Reachable()
		if g.phase.CompareAndSwap(status.Degraded, status.Ready) {
			g.events.Write(status.Info, "iris_back", "IRIS answers again", nil)
		}
		return
	}
	if g.phase.CompareAndSwap(status.Ready, status.Degraded) {
		g.events.Write(status.Error, "iris_away", err.Error(), nil)
	}
}

// serve runs everything until ctx ends, then drains.
func (g *gateway) serve(ctx context.Context) error {
	background, stopBackground := context.WithCancel(context.Background())
	defer stopBackground()
	var work sync.WaitGroup
	g.phase.Store(status.Ready)
	g.answered(reach(ctx, g.cfg))
	g.events.Write(status.Info, "started", "iris-pgwire serves PostgreSQL clients", status.Fields{"listen": g.listener.Addr().String(), "version": version})
	beat, stopBeat := context.WithCancel(background)
	work.Go(func() {
		status.Beat(beat, g.dir, g.state, func(err error) { g.log.Error("status.json cannot be written", zap.Error(err)) })
	})
	work.Go(func() { g.probe(beat) })

	sessions, endSessions := context.WithCancel(context.WithoutCancel(ctx))
	defer endSessions()
	served := make(chan error, 1)
	go func() { served <- g.server.Serve(sessions) }()
	var err error
	select {
	case <-ctx.Done():
		g.phase.Store(status.Draining)
		g.server.Stop(g.cfg.Limits.Drain)
		err = <-served
	case err = <-served:
		g.server.Stop(0)
	}
	endSessions()
	stopBeat()
	work.Wait()
	return g.close(err)
}

// close gives back what is left and writes the last state.
func (g *gateway) close(cause error) error {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	if err := g.pool.Close(ctx); err != nil {
		g.log.Warn("connections to IRIS are still in use", zap.Error(err))
	}
	if err := g.flush(ctx); err != nil {
		g.log.Warn("the last traces are lost", zap.Error(err))
	}
	g.phase.Store(status.Stopped)
	if err := status.WriteState(g.dir, g.state()); err != nil {
		g.log.Error("status.json cannot be written", zap.Error(err))
	}
	return cause
}

// probe looks for IRIS while nobody else does: when no connection to it is open.
func (g *gateway) probe(ctx context.Context) {
	tick := time.NewTicker(probeEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			g.pool.Sweep()
			if g.phase.Load() == status.Degraded || g.pool.Counters().Open == 0 {
				g.answered(reach(ctx, g.cfg))
			}
		}
	}
}

// state is the present content of status.json.
func (g *gateway) state() status.State {
	return status.State{
		State: g.phase.Load().(status.Phase), Listen: g.listener.Addr().String(), Clients: g.server.Clients(), Pool: g.pool.Counters(),
		IRIS: status.IRIS{Address: g.cfg.Address(), Version: g.irisVersion.Load().(string)}, Backend: g.cfg.Backend,
		LastError: g.events.LastError(), Version: version, Started: g.started,
	}
}
