// Package hostservice runs the sidecar as a service of the operating system, or in the foreground when nobody manages it:
// a stop by the service manager and a signal (SIGTERM, SIGINT) both end the context of the work.
package hostservice

import (
	"context"

	"github.com/kardianos/service"
)

// program is the work as the service library sees it.
type program struct {
	work   func(context.Context) error
	cancel context.CancelFunc
	done   chan error // gets the work's error, once
}

// Start implements service.Interface: it must not block.
func (p *program) Start(service.Service) error {
	ctx, cancel := context.WithCancel(context.Background())
	p.cancel = cancel
	go func() { p.done <- p.work(ctx) }()
	return nil
}

// Stop implements service.Interface.
func (p *program) Stop(service.Service) error {
	p.cancel()
	return nil
}

// Run does the work until it ends by itself or is told to stop, and gives its error.
func Run(name string, work func(context.Context) error) error {
	p := &program{work: work, done: make(chan error, 1)}
	svc, err := service.New(p, &service.Config{Name: name, DisplayName: name, Option: service.KeyValue{"RunWait": waitForSignal}})
	if err != nil {
		return err
	}
	told := make(chan error, 1)
	go func() { told <- svc.Run() }()
	select {
	case err := <-p.done: // the work ended by itself, which the library does not know of
		return err
	case err := <-told:
		if err != nil {
			return err
		}
		return <-p.done
	}
}
