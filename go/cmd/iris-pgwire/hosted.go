package main

import (
	"context"
	"errors"
	"strings"
	"sync"
	"time"

	"iris-pgwire/internal/config"
	"iris-pgwire/internal/hosted"
	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/iris/pool"
	"iris-pgwire/internal/server"
	"iris-pgwire/internal/session"
	"iris-pgwire/internal/status"
)

// beHosted does what an IRIS that runs the sidecar expects of it. leave is called when it is told to stop (nil) or cannot go on
// (a *failure); ctx ends then. The control connection stays until hold ends, so that IRIS finds its lock taken for as long as
// sessions drain: who sees it free knows that the sidecar has gone.
func (g *gateway) beHosted(ctx, hold context.Context, leave func(error)) {
	var follow sync.WaitGroup
	defer follow.Wait()
	follow.Go(func() { hosted.Follow(ctx, g.dir, g.cfg.Host.Nonce, g.reconfigure, func() { leave(nil) }) })
	if err := g.control.Open(ctx); err != nil {
		if ctx.Err() == nil {
			leave(&failure{openCode(err), err})
		}
		return // otherwise it was told to stop
	}
	g.irisVersion.Store(g.control.Version)
	g.enter(status.Starting, status.Ready)
	g.reportStart()
	if err := g.control.Watch(hold, g.answered, func() { g.answered(nil) }); err != nil {
		leave(&failure{exitOrphaned, err})
	}
}

// openCode is the exit code of a control connection that could not be opened.
func openCode(err error) int {
	var refused *iris.LoginError
	switch {
	case errors.As(err, &refused):
		return exitLogin
	case errors.Is(err, hosted.ErrTooOld):
		return exitTooOld
	case errors.Is(err, hosted.ErrTaken):
		return exitTaken
	}
	return exitUnreachable
}

// reconfigure takes over what has changed in config.json and says what needs a restart. hosted.Follow calls it.
func (g *gateway) reconfigure(next *config.Config, err error) {
	if err != nil {
		g.events.Write(status.Warning, "config_invalid", "config.json is not used: "+strings.ReplaceAll(err.Error(), "\n", "; "), nil)
		return
	}
	present := g.live.Load()
	now, restart := present.Changes(next)
	if len(now) > 0 {
		taken := present.Take(next)
		g.live.Store(taken)
		g.apply(taken)
		g.events.Write(status.Info, "config_changed", "settings taken over: "+strings.Join(now, ", "), nil)
	}
	if need := strings.Join(restart, ", "); need != g.needsRestart {
		g.needsRestart = need
		if need != "" {
			g.events.Write(status.Warning, "config_restart", "settings that need a restart: "+need, nil)
		}
	}
}

// apply gives the parts what they use from now on; clients that are connected keep their limits.
func (g *gateway) apply(cfg *config.Config) {
	if g.control != nil {
		g.control.SetHost(cfg.Host)
	}
	g.pool.SetLimits(poolLimits(cfg))
	g.server.Reconfigure(func(c *server.Config) {
		c.MaxClients, c.Authentication, c.MessageLimit, c.Namespace = cfg.MaxClients, cfg.Limits.Authentication, cfg.Limits.MessageBytes, cfg.Namespace
		shared := sharedLimits(*c.Shared, cfg)
		c.Shared = &shared
	})
}

// sharedLimits are what sessions find, with the configuration's limits.
func sharedLimits(s session.Shared, cfg *config.Config) session.Shared {
	s.StrictIsolation, s.MaxStatements, s.StatementTime = cfg.StrictIsolation, cfg.Limits.Statements, cfg.Limits.StatementTime
	return s
}

func poolLimits(cfg *config.Config) pool.Config {
	overflow := cfg.Pool.Overflow
	if overflow == 0 {
		overflow = -1 // the pool's own word for none
	}
	return pool.Config{Max: cfg.Pool.Size, Overflow: overflow, Wait: cfg.Pool.Wait, Idle: cfg.Pool.Idle, Age: cfg.Pool.Age}
}

// drainTime is how long running work may take at the end.
func (g *gateway) drainTime() time.Duration { return g.live.Load().Limits.Drain }
