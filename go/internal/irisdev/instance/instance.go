// Package instance runs one development IRIS: its store, its users, its SQL engine and its superserver, in one directory.
package instance

import (
	"context"
	"errors"
	"fmt"
	"net"
	"path/filepath"
	"strconv"

	"go.uber.org/zap"

	"iris-pgwire/internal/irisdev/store"
	"iris-pgwire/internal/irisdev/superserver"
	"iris-pgwire/internal/irisdev/variant"
)

// Namespace is the namespace that every instance has beside %SYS.
const Namespace = "USER"

// Options of an instance.
type Options struct {
	Dir     string // everything it keeps; made if it is not there
	Host    string // where it listens; empty is loopback
	Port    int    // 0 picks a free one
	Init    string // a file of IRIS SQL, run once in a new store; empty is none
	Users   []User // added to those the store has; a new store without any gets DefaultUser
	Version string // 2025.1
	License int    // most connections; 0 is no limit
	Profile string // of variants
	Log     *zap.Logger
	// Engine makes the SQL engine; nil leaves SQL out.
	Engine func(EngineConfig) (superserver.Engine, error)
}

// EngineConfig is what an SQL engine is made of.
type EngineConfig struct {
	Store       *store.Store
	Version     string // 2025.1
	VersionText string // $ZVERSION
	Variant     variant.Set
	// Interrupt stops what a job runs (CANCEL QUERY); false if it runs nothing.
	Interrupt func(job int64) bool
}

// Run opens the instance, serves it until ctx ends and closes it. Once it answers, the file irisdev.json in its directory
// says where; at the end the file is gone.
func Run(ctx context.Context, o Options) error {
	if o.Log == nil {
		o.Log = zap.NewNop()
	}
	answers, err := variant.Profile(o.Profile)
	if err != nil {
		return err
	}
	s, err := store.Open(filepath.Join(o.Dir, "data"), store.Options{})
	if err != nil {
		return fmt.Errorf("open the store: %w", err)
	}
	err = run(ctx, o, s, answers)
	if e := s.Close(); err == nil && e != nil {
		err = fmt.Errorf("close the store: %w", e)
	}
	return err
}

func run(ctx context.Context, o Options, s *store.Store, answers variant.Set) error {
	if err := s.CreateNamespace(Namespace); err != nil {
		return fmt.Errorf("make the namespace: %w", err)
	}
	users, err := loadUsers(s, o.Users)
	if err != nil {
		return err
	}
	server := superserver.New(superserver.Config{Store: s, Users: users, Version: versionText(o.Version) + "|/usr/irissys/bin/",
		License: o.License, Variant: answers, Log: o.Log})
	if o.Engine != nil {
		interrupt := func(job int64) bool { return server.Interrupt(job, 0) }
		if server.Engine, err = o.Engine(EngineConfig{Store: s, Version: o.Version, VersionText: versionText(o.Version),
			Variant: answers, Interrupt: interrupt}); err != nil {
			return fmt.Errorf("start SQL: %w", err)
		}
	}
	if o.Init != "" {
		if err := initialise(ctx, s, server.Engine, o.Init); err != nil {
			return err
		}
	}
	return listen(ctx, o, server, answers)
}

// listen serves, and tells where while it does.
func listen(ctx context.Context, o Options, server *superserver.Server, answers variant.Set) error {
	host := o.Host
	if host == "" {
		host = "127.0.0.1"
	}
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", net.JoinHostPort(host, strconv.Itoa(o.Port)))
	if err != nil {
		return fmt.Errorf("listen: %w", err)
	}
	remove, err := announce(o.Dir, l.Addr(), o.Version, answers)
	if err != nil {
		return errors.Join(err, l.Close())
	}
	o.Log.Info("ready", zap.Stringer("listen", l.Addr()), zap.String("version", o.Version), zap.Stringer("profile", answers))
	err = server.Serve(ctx, l)
	if e := remove(); err == nil {
		err = e
	}
	return err
}

// versionText has the words that drivers look for: Version, then major and minor.
func versionText(version string) string {
	return "irisdev (a stand-in for InterSystems IRIS in tests) Version " + version + " Build 1"
}
