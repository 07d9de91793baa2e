// Command chatty is a sidecar for tests: it holds its lock and beats as the real one does, serves nobody, and writes events,
// LINES of them (environment), as fast as they come.
package main

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"time"

	"iris-pgwire/internal/config"
	"iris-pgwire/internal/hosted"
	"iris-pgwire/internal/iris/superserver"
	"iris-pgwire/internal/status"
)

func main() {
	if err := run(os.Args[len(os.Args)-1]); err != nil { // serve --dir DIR
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(dir string) error {
	cfg, err := config.Load(dir)
	if err != nil {
		return err
	}
	events, err := status.OpenEvents(dir, cfg.Limits.StatusFileBytes)
	if err != nil {
		return err
	}
	defer events.Close()
	control := hosted.NewControl(superserver.Config{Address: cfg.Address()}, cfg.Host)
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	state := status.State{State: status.Ready, Nonce: cfg.Host.Nonce, Version: cfg.Host.Version}
	go status.Beat(ctx, dir, func() status.State { return state }, nil, func(error) {})
	if err := control.Open(ctx); err != nil {
		return err
	}
	go hosted.Follow(ctx, dir, cfg.Host.Nonce, func(next *config.Config, err error) {
		if err == nil {
			control.SetHost(next.Host)
		}
	}, stop)
	go talk(events)
	err = control.Watch(ctx, func(error) {}, func() {})
	state.State = status.Stopped
	if e := status.WriteState(dir, state); err == nil {
		err = e
	}
	return err
}

// talk writes the events; each has a name of its own, so that none is taken for a repetition.
func talk(events *status.Events) {
	lines, _ := strconv.Atoi(os.Getenv("LINES"))
	for i := 1; i <= lines; i++ {
		events.Write(status.Info, "line"+strconv.Itoa(i), "chatty line "+strconv.Itoa(i)+" of "+strconv.Itoa(lines), nil)
		time.Sleep(3 * time.Millisecond)
	}
}
