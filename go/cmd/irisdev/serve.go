package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"
	"go.uber.org/zap"

	"iris-pgwire/internal/irisdev/instance"
	"iris-pgwire/internal/irisdev/irissql"
	"iris-pgwire/internal/irisdev/sqlrun"
	"iris-pgwire/internal/irisdev/superserver"
	"iris-pgwire/internal/irisdev/variant"
)

func serveCommand() *cobra.Command {
	var o instance.Options
	var users []string
	cmd := &cobra.Command{
		Use:   "serve --dir DIR --port N",
		Short: "Serve the superserver protocol",
		Long: "Serves the superserver protocol on loopback from the data in DIR until it gets SIGTERM or SIGINT. Once it answers, DIR/" +
			instance.ReadyFile + " says where.",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			for _, u := range users {
				user, err := instance.ParseUser(u)
				if err != nil {
					return err
				}
				o.Users = append(o.Users, user)
			}
			return serve(o)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&o.Dir, "dir", "", "the directory of the data; made if it is not there")
	flags.IntVar(&o.Port, "port", 1972, "the superserver port, 0 = a free one")
	flags.IntVar(&o.WebPort, "web-port", 0, "the port of web applications (classes that extend %CSP.REST), -1 = a free one, 0 = none")
	flags.StringVar(&o.Init, "init", "", "a file of IRIS SQL that is run once, in a new directory")
	flags.StringArrayVar(&users, "user", nil, "NAME:PASSWORD of a user, may be repeated (default _SYSTEM:SYS)")
	flags.StringVar(&o.Version, "version", "2025.1", "the release of IRIS to be: 2024.1, 2025.1, 2026.1 …")
	flags.IntVar(&o.License, "license", 0, "the most connections, 0 = no limit")
	flags.StringVar(&o.Profile, "profile", variant.Documented, "the answers to what is not known of a live IRIS (see irisdev variants): documented or contrary")
	_ = cmd.MarkFlagRequired("dir") // fails only for a flag that does not exist
	return cmd
}

func serve(o instance.Options) error {
	if err := addEngine(&o); err != nil {
		return err
	}
	log, err := zap.NewProduction()
	if err != nil {
		return err
	}
	defer func() { _ = log.Sync() }() // standard error can't be synced everywhere
	o.Log = log
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	return instance.Run(ctx, o)
}

// addEngine gives the instance its SQL engine; it fails for a version that is none.
func addEngine(o *instance.Options) error {
	release, err := irissql.ParseVersion(o.Version)
	if err != nil {
		return err
	}
	o.Engine = func(c instance.EngineConfig) (superserver.Engine, error) {
		return sqlrun.New(sqlrun.Config{
			Store: c.Store, Version: release, VersionText: c.VersionText, Variant: c.Variant, Interrupt: c.Interrupt,
			Now: c.Now,
		}), nil
	}
	return nil
}
