package main

import (
	"context"
	"errors"
	"net"
	"sync"
	"sync/atomic"
	"time"

	"go.uber.org/zap"

	"iris-pgwire/internal/config"
	"iris-pgwire/internal/hosted"
	"iris-pgwire/internal/iris/pool"
	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/server"
	"iris-pgwire/internal/session"
	"iris-pgwire/internal/sql/compile"
	"iris-pgwire/internal/status"
	"iris-pgwire/internal/telemetry"
)

// lookEvery is how often idle connections are looked after, and IRIS is looked for while it does not answer.
const lookEvery = 2 * time.Second

// gateway is the running sidecar: the server with what it stands on.
type gateway struct {
	dir      string
	cfg      *config.Config // as it was at the start; hostedWork follows what changes
	listener net.Listener
	log      *zap.Logger
	events   *status.Events
	pool     *pool.Pool
	server   *server.Server
	control  *hosted.Control             // nil when no IRIS runs the sidecar
	flush    func(context.Context) error // of the traces
	started  time.Time

	live         atomic.Pointer[config.Config] // cfg with what was taken over since
	needsRestart string                        // the keys that were reported last; used by reconfigure alone

	phase       atomic.Value  // status.Phase
	news        chan struct{} // wakes the beat
	irisVersion atomic.Value  // string
}

// newGateway puts the parts together; nothing runs yet.
func newGateway(dir string, cfg *config.Config, listener net.Listener, log *zap.Logger, events *status.Events) (*gateway, error) {
	g := &gateway{dir: dir, cfg: cfg, listener: listener, log: log, events: events, started: status.Now().UTC(),
		news: make(chan struct{}, 1)}
	g.live.Store(cfg)
	g.phase.Store(status.Starting)
	g.irisVersion.Store("")
	backend, err := openBackend(dir, cfg)
	if err != nil {
		return nil, err
	}
	if cfg.Hosted() {
		way, err := superserverConfig(dir, cfg)
		if err != nil {
			return nil, err
		}
		g.control = hosted.NewControl(way, cfg.Host)
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
	limits := poolLimits(cfg)
	limits.LicenseRefused = func(ceiling int, err error) {
		events.Write(status.Warning, "licence", "IRIS has no licence for more connections", status.Fields{"connections": ceiling, "detail": err.Error()})
	}
	g.pool = pool.New(backend, limits)
	shared := sharedLimits(session.Shared{
		Pool:     g.pool,
		Compiler: compile.New(compile.Options{Public: cfg.PublicSchema, RefuseWide: cfg.NumericStorage == "refuse", Plans: cfg.Limits.Plans}),
		Log:      log, Tracer: tracer, ServerVersion: cfg.ServerVersion, Version: version, Dir: dir,
	}, cfg)
	g.server = server.New(listener, server.Config{
		TLS: secure, MaxClients: cfg.MaxClients, Authentication: cfg.Limits.Authentication, MessageLimit: cfg.Limits.MessageBytes,
		Namespace: cfg.Namespace, Refuse: g.refuse, Report: events.Write, LoggedIn: g.loggedIn,
		Shared: &shared,
	})
	return g, nil
}

// refuse says why no client can be served now: cannot_connect_now (PostgreSQL docs, "PostgreSQL Error Codes").
func (g *gateway) refuse() *pgerr.Error {
	why := ""
	switch phase := g.phase.Load(); {
	case phase == status.Draining:
		why = "the database system is shutting down"
	case g.control != nil && phase == status.Starting:
		why = "the database system is starting up"
	case g.control != nil && phase == status.Degraded:
		why = "the database system is not available: IRIS is away"
	default:
		return nil
	}
	return &pgerr.Error{Severity: "FATAL", Code: pgerr.CannotConnectNow, Message: why}
}

// loggedIn notes what IRIS said of itself, and that it answers.
func (g *gateway) loggedIn(irisVersion string) {
	g.irisVersion.Store(irisVersion)
	if g.control == nil { // otherwise the control connection alone knows
		g.answered(nil)
	}
}

// enter changes the phase if it is from, which status.json tells at once.
func (g *gateway) enter(from, to status.Phase) bool {
	changed := g.phase.CompareAndSwap(from, to)
	if changed {
		g.tell()
	}
	return changed
}

func (g *gateway) tell() {
	select {
	case g.news <- struct{}{}:
	default: // the beat is about to look anyway
	}
}

// answered notes whether IRIS answers; a change is an event.
func (g *gateway) answered(err error) {
	if err == nil {
		g.pool.Reachable()
		if g.enter(status.Degraded, status.Ready) {
			g.events.Write(status.Info, "iris_back", "IRIS answers again", nil)
		}
		return
	}
	if g.enter(status.Ready, status.Degraded) {
		g.events.Write(status.Error, "iris_away", err.Error(), nil)
	}
}

// serve runs everything until ctx ends, then drains.
func (g *gateway) serve(ctx context.Context) error {
	background, stopBackground := context.WithCancel(context.Background())
	defer stopBackground()
	var work, host sync.WaitGroup
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	hold, letGo := context.WithCancel(background)
	defer letGo()
	beat, stopBeat := context.WithCancel(background)
	work.Go(func() {
		status.Beat(beat, g.dir, g.state, g.news, func(err error) { g.log.Error("status.json cannot be written", zap.Error(err)) })
	})
	work.Go(func() { every(beat, lookEvery, g.pool.Sweep) })
	if g.control == nil {
		g.enter(status.Starting, status.Ready)
		g.answered(reach(ctx, g.cfg))
		g.reportStart()
		work.Go(func() { every(beat, lookEvery, func() { g.probe(beat) }) })
	} else {
		host.Go(func() { g.beHosted(ctx, hold, func(err error) { stop(err) }) })
	}
	sessions, endSessions := context.WithCancel(context.WithoutCancel(ctx))
	defer endSessions()
	served := make(chan error, 1)
	go func() { served <- g.server.Serve(sessions) }()
	var err error
	select {
	case <-ctx.Done():
		g.phase.Store(status.Draining)
		g.tell()
		g.server.Stop(g.drainTime())
		err = errors.Join(<-served, reason(ctx))
	case err = <-served:
		g.server.Stop(0)
	}
	endSessions()
	stopBeat()
	work.Wait()
	err = g.close(err)
	stop(nil)
	letGo() // last: IRIS takes the free lock for the sidecar's end
	host.Wait()
	return err
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

// reason is why the gateway ends, when it is a failure.
func reason(ctx context.Context) error {
	var known *failure
	if cause := context.Cause(ctx); errors.As(cause, &known) {
		return known
	}
	return nil // it was told to
}

func (g *gateway) reportStart() {
	g.events.Write(status.Info, "started", "iris-pgwire serves PostgreSQL clients", status.Fields{"listen": g.listener.Addr().String(), "version": version})
}

// probe looks for IRIS while nobody else does: when no connection to it is open.
func (g *gateway) probe(ctx context.Context) {
	if g.phase.Load() == status.Degraded || g.pool.Counters().Open == 0 {
		g.answered(reach(ctx, g.cfg))
	}
}

// every calls do again and again until ctx ends.
func every(ctx context.Context, period time.Duration, do func()) {
	tick := time.NewTicker(period)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			do()
		}
	}
}

// state is the present content of status.json.
func (g *gateway) state() status.State {
	g.events.Flush()
	return status.State{
		State: g.phase.Load().(status.Phase), Listen: g.listener.Addr().String(), Clients: g.server.Clients(), Pool: g.pool.Counters(),
		IRIS: status.IRIS{Address: g.cfg.Address(), Version: g.irisVersion.Load().(string)}, Backend: g.cfg.Backend,
		LastError: g.events.LastError(), Version: version, Started: g.started,
		Nonce: g.cfg.Host.Nonce,
	}
}
