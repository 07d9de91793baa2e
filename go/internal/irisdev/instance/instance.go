// Package instance runs one development IRIS: its store, its users, its SQL engine, its ObjectScript and its superserver, in
// one directory.
package instance

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"go.uber.org/zap"

	"iris-pgwire/internal/irisdev/account"
	"iris-pgwire/internal/irisdev/objectscript/host"
	"iris-pgwire/internal/irisdev/store"
	"iris-pgwire/internal/irisdev/superserver"
	"iris-pgwire/internal/irisdev/variant"
)

// Namespace is the namespace that every instance has beside %SYS.
const Namespace = "USER"

// LastPort asks for the port that the instance had the last time, or a free one if that is taken.
const LastPort = -1

// Options of an instance.
type Options struct {
	Dir     string // everything it keeps; made if it is not there
	Host    string // where it listens; empty is loopback
	Port    int    // 0 picks a free one; LastPort
	WebPort int    // where web applications answer: 0 is nowhere, LastPort picks a free one
	Init    string // a file of IRIS SQL, run once in a new store; empty is none
	Users   []User // added to those the store has; a new store without any gets DefaultUser
	Version string // 2025.1
	License int    // most connections; 0 is no limit
	Profile string // of variants
	Log     *zap.Logger
	// Engine makes the SQL engine; nil leaves SQL out.
	Engine func(EngineConfig) (superserver.Engine, error)
	// Ready is told when the instance answers; nil is nobody.
	Ready func(Ready)
}

// EngineConfig is what an SQL engine is made of.
type EngineConfig struct {
	Store       *store.Store
	Version     string // 2025.1
	VersionText string // $ZVERSION
	Variant     variant.Set
	// Interrupt stops what a job runs (CANCEL QUERY); false if it runs nothing.
	Interrupt func(job int64) bool
	Now       func() time.Time
}

// Run opens the instance, serves it until ctx ends and closes it in IRIS's order. Once it answers, the file irisdev.json in its
// directory says where; at the end the file is gone.
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

// instance is what Run serves.
type instance struct {
	Options
	answers variant.Set
	store   *store.Store
	host    *host.Host
	web     string // where web applications answer
	server  *superserver.Server
}

func run(ctx context.Context, o Options, s *store.Store, answers variant.Set) (err error) {
	if err := s.CreateNamespace(Namespace); err != nil {
		return fmt.Errorf("make the namespace: %w", err)
	}
	if err := addUsers(s, o.Users); err != nil {
		return err
	}
	logins, err := account.NewLogins(s)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, logins.Close()) }()
	i := &instance{Options: o, answers: answers, store: s}
	if i.host, err = host.New(host.Config{Dir: o.Dir, Store: s, Logins: logins, Version: versionText(o.Version), Variant: answers,
		Log: o.Log}); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, i.host.Close()) }()
	i.server = superserver.New(superserver.Config{Store: s, Users: logins, Jobs: i.host, Classes: i.host,
		Version: versionText(o.Version) + "|/usr/irissys/bin/", License: o.License, Variant: answers, Log: o.Log})
	if err := i.startSQL(); err != nil {
		return err
	}
	if o.Init != "" {
		if err := initialise(ctx, s, i.server.Engine, o.Init); err != nil {
			return err
		}
	}
	return i.serve(ctx)
}

func (i *instance) startSQL() error {
	if i.Engine == nil {
		return nil
	}
	engine, err := i.Engine(EngineConfig{Store: i.store, Version: i.Version, VersionText: versionText(i.Version),
		Variant: i.answers, Now: i.host.Now,
		Interrupt: func(job int64) bool { return i.server.Interrupt(job, 0) }})
	if err != nil {
		return fmt.Errorf("start SQL: %w", err)
	}
	i.server.Engine = engine
	i.host.UseSQL(engine)
	return nil
}

// versionText has the words that drivers look for: Version, then major and minor.
func versionText(version string) string {
	return "irisdev (a stand-in for InterSystems IRIS in tests) Version " + version + " Build 1"
}
