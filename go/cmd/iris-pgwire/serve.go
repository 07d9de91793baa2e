package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"strings"
	"syscall"

	"github.com/spf13/cobra"
	"go.uber.org/zap"

	"iris-pgwire/internal/config"
	"iris-pgwire/internal/hostservice"
	"iris-pgwire/internal/status"
)

func serveCommand() *cobra.Command {
	var dir string
	cmd := &cobra.Command{
		Use:   "serve --dir DIR",
		Short: "Serve PostgreSQL clients",
		Long: "Reads DIR/config.json and serves PostgreSQL clients until it is told to stop (SIGTERM, SIGINT). It writes status.json, status.jsonl " +
			"and sidecar.log into DIR.\n\nThe settings of config.json:\n\n" + strings.Join(config.Describe(), "\n"),
		Args: cobra.NoArgs,
		RunE: command(func(*cobra.Command, []string) error { return serve(dir) }),
	}
	cmd.Flags().StringVar(&dir, "dir", "", "the directory of config.json and the status files")
	_ = cmd.MarkFlagRequired("dir") // fails only for a flag that does not exist
	return cmd
}

// serve runs the gateway as a service of the host, or in the foreground. Whoever started it reads from status.json how it
// ended.
func serve(dir string) error {
	err := prepareAndRun(dir)
	if err == nil {
		return nil
	}
	var known *failure
	if !errors.As(err, &known) {
		known = &failure{exitFailed, err}
	}
	exit := &status.Exit{Code: known.code, Reason: strings.ReplaceAll(err.Error(), "\n", "; ")}
	if e := status.WriteEnd(dir, version, exit); e != nil {
		return errors.Join(known, e)
	}
	return known
}

func prepareAndRun(dir string) error {
	cfg, err := loadConfig(dir)
	if err != nil {
		return err
	}
	if want := cfg.Host.Version; want != "" && want != version {
		return &failure{exitVersion, fmt.Errorf("this program is version %s, but IRIS expects %s", version, want)}
	}
	log, closeLog, err := status.OpenLog(dir, cfg.Limits.StatusFileBytes)
	if err != nil {
		return &failure{exitDirectory, fmt.Errorf("open the log: %w", err)}
	}
	defer closeLog()
	events, err := status.OpenEvents(dir, cfg.Limits.StatusFileBytes)
	if err != nil {
		return &failure{exitDirectory, fmt.Errorf("open the status file: %w", err)}
	}
	defer events.Close()
	listener, err := net.Listen("tcp", cfg.Listen)
	if err != nil {
		log.Error("the port cannot be opened", zap.Error(err))
		return &failure{listenCode(err), fmt.Errorf("listen on %s: %w", cfg.Listen, err)}
	}
	g, err := newGateway(dir, cfg, listener, log, events)
	if err != nil {
		log.Error("the start failed", zap.Error(err))
		return errors.Join(err, listener.Close())
	}
	log.Info("starting", zap.String("version", version), zap.Int("pid", os.Getpid()), zap.Stringer("listen", listener.Addr()))
	return hostservice.Run("iris-pgwire", g.run)
}

func listenCode(err error) int {
	if errors.Is(err, syscall.EADDRINUSE) {
		return exitPort
	}
	return exitFailed
}

// run serves until ctx ends; hostservice calls it.
func (g *gateway) run(ctx context.Context) error {
	err := g.serve(ctx)
	if err != nil {
		g.log.Error("stopped", zap.Error(err))
		return err
	}
	g.events.Write(status.Info, "stopped", "iris-pgwire has stopped", nil)
	g.log.Info("stopped")
	return nil
}
