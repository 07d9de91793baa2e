// Package irisdevtest runs a development IRIS in the process of a test.
package irisdevtest

import (
	"cmp"
	"context"
	"net"
	"strconv"
	"sync"
	"testing"
	"time"

	"iris-pgwire/internal/irisdev/instance"
	"iris-pgwire/internal/irisdev/irissql"
	"iris-pgwire/internal/irisdev/sqlrun"
	"iris-pgwire/internal/irisdev/superserver"
	"iris-pgwire/internal/irisdev/variant"
)

// startTime is how long an instance may take until it answers.
const startTime = 20 * time.Second

// IRIS is a running instance.
type IRIS struct {
	Address string           // of the superserver, host:port
	Engine  *sqlrun.Instance // its SQL
	options instance.Options
	stop    func()
}

// Start runs an instance until the test ends. Where the options are silent it is a new one of release 2025.1, on a free port,
// with the profile documented.
func Start(t testing.TB, o instance.Options) *IRIS {
	t.Helper()
	if o.Dir == "" {
		o.Dir = t.TempDir()
	}
	o.Version, o.Profile = cmp.Or(o.Version, "2025.1"), cmp.Or(o.Profile, variant.Documented)
	i := &IRIS{options: o}
	o.Engine = i.start
	ready, ended := make(chan instance.Ready, 1), make(chan error, 1)
	o.Ready = func(r instance.Ready) { ready <- r }
	ctx, cancel := context.WithCancel(context.Background())
	go func() { ended <- instance.Run(ctx, o) }()
	i.stop = sync.OnceFunc(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("irisdev: %v", err)
		}
	})
	t.Cleanup(i.stop)
	select {
	case r := <-ready:
		i.Address = r.Listen
	case err := <-ended:
		ended <- nil // for stop
		t.Fatalf("irisdev ended before it was ready: %v", err)
	case <-time.After(startTime):
		t.Fatal("irisdev is not ready in time")
	}
	return i
}

func (i *IRIS) start(c instance.EngineConfig) (superserver.Engine, error) {
	version, err := irissql.ParseVersion(c.Version)
	if err != nil {
		return nil, err
	}
	i.Engine = sqlrun.New(sqlrun.Config{Store: c.Store, Version: version, VersionText: c.VersionText, Variant: c.Variant,
		Interrupt: c.Interrupt, Now: c.Now})
	return i.Engine, nil
}

// Stop ends the instance before the test does.
func (i *IRIS) Stop() { i.stop() }

// Again runs a stopped instance anew, with its data and on its port.
func (i *IRIS) Again(t testing.TB) *IRIS {
	t.Helper()
	_, port, err := net.SplitHostPort(i.Address)
	if err != nil {
		t.Fatal(err)
	}
	o := i.options
	if o.Port, err = strconv.Atoi(port); err != nil {
		t.Fatal(err)
	}
	return Start(t, o)
}
