package instance

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strconv"

	"go.uber.org/zap"

	"iris-pgwire/internal/irisdev/control"
	"iris-pgwire/internal/irisdev/variant"
)

// serve answers until ctx ends: SYSTEM^%ZSTART and the Task Manager at the start; at the end SYSTEM^%ZSTOP while the
// superserver still answers, then all processes end, then the superserver.
func (i *instance) serve(ctx context.Context) error {
	l, err := i.listen(ctx)
	if err != nil {
		return err
	}
	sockets, err := control.Listen(i.Dir)
	if err != nil {
		return errors.Join(err, l.Close())
	}
	if err := i.host.SetPort(l.Addr().(*net.TCPAddr).Port); err != nil {
		return errors.Join(err, l.Close(), sockets.Close())
	}
	web, err := i.listenWeb(ctx)
	if err != nil {
		return errors.Join(err, l.Close(), sockets.Close())
	}
	serving, stop := context.WithCancel(context.WithoutCancel(ctx))
	defer stop()
	failed := make(chan error, 1)
	clients := make(chan struct{})
	answer := func() {
		go func() { failed <- i.server.Serve(serving, l) }()
		if web != nil {
			go func() {
				if err := i.host.ServeWeb(serving, web); err != nil {
					i.Log.Error("web applications", zap.Error(err))
				}
			}()
		}
		go func() { defer close(clients); sockets.Serve(serving, i.host.Serve) }()
	}
	if i.answers.Likely(variant.StartHookLate) {
		answer()
		i.host.Start()
	} else {
		i.host.Start()
		answer()
	}
	remove, err := i.announce(l.Addr(), sockets.Path())
	var broken error
	if err == nil {
		select {
		case <-ctx.Done():
		case broken = <-failed:
			failed <- nil
		}
	}
	i.host.Stop()
	stop()
	<-clients
	return errors.Join(err, broken, <-failed, sockets.Close(), remove())
}

// listenWeb opens the port of the web applications; nil if there is none.
func (i *instance) listenWeb(ctx context.Context) (net.Listener, error) {
	if i.WebPort == 0 {
		return nil, nil
	}
	host := i.Host
	if host == "" {
		host = "127.0.0.1"
	}
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", net.JoinHostPort(host, strconv.Itoa(max(i.WebPort, 0))))
	if err != nil {
		return nil, fmt.Errorf("listen for the web: %w", err)
	}
	i.web = l.Addr().String()
	return l, nil
}

// listen opens the port of the superserver.
func (i *instance) listen(ctx context.Context) (net.Listener, error) {
	host, port := i.Host, i.Port
	if host == "" {
		host = "127.0.0.1"
	}
	open := func(port int) (net.Listener, error) {
		l, err := new(net.ListenConfig).Listen(ctx, "tcp", net.JoinHostPort(host, strconv.Itoa(port)))
		if err != nil {
			return nil, fmt.Errorf("listen: %w", err)
		}
		return l, nil
	}
	if port != LastPort {
		return open(port)
	}
	if l, err := open(i.host.Port()); err == nil {
		return l, nil
	}
	return open(0)
}

// announce tells where the instance answers.
func (i *instance) announce(addr net.Addr, socket string) (remove func() error, err error) {
	ready := i.ready(addr, socket)
	if remove, err = announce(i.Dir, ready); err != nil {
		return func() error { return nil }, err
	}
	i.Log.Info("ready", zap.Stringer("listen", addr), zap.String("version", i.Version), zap.Stringer("profile", i.answers))
	if i.Ready != nil {
		i.Ready(ready)
	}
	return remove, nil
}
