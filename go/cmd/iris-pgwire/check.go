package main

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"iris-pgwire/internal/config"
	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/iris/second"
	"iris-pgwire/internal/server"
)

// The oldest IRIS that iris-pgwire works with.
const oldestMajor, oldestMinor = 2024, 1

func checkCommand() *cobra.Command {
	var dir string
	cmd := &cobra.Command{
		Use:   "check --dir DIR",
		Short: "Check the configuration and the way to IRIS",
		Long:  "Checks DIR/config.json, the certificate, whether IRIS answers, accepts a login and runs a statement, and whether go-irisnative, a client that is not ours, reads the same answer; prints a line for each. " + credentialsHelp,
		Args:  cobra.NoArgs,
		RunE: command(func(cmd *cobra.Command, _ []string) error {
			return check(cmd.Context(), dir, func(format string, args ...any) {
				fmt.Fprintf(cmd.OutOrStdout(), format+"\n", args...)
			})
		}),
	}
	cmd.Flags().StringVar(&dir, "dir", "", "the directory of config.json")
	_ = cmd.MarkFlagRequired("dir") // fails only for a flag that does not exist
	return cmd
}

func check(ctx context.Context, dir string, say func(format string, args ...any)) error {
	cfg, err := loadConfig(dir)
	if err != nil {
		return err
	}
	say("config     ok: backend %s, listen %s, IRIS %s", cfg.Backend, cfg.Listen, cfg.Address())
	secure, err := server.TLSConfig(dir, cfg.TLS)
	switch {
	case err != nil:
		return &failure{exitConfig, fmt.Errorf("the certificate: %w", err)}
	case secure == nil:
		say("tls        off")
	default:
		say("tls        ok: version %s or newer", cfg.TLS.MinVersion)
	}
	if err := reach(ctx, cfg); err != nil {
		return &failure{exitUnreachable, err}
	}
	say("iris       answers on %s", cfg.Address())
	return checkLogin(ctx, dir, cfg, say)
}

// logIn opens a connection for the user that the environment names.
func logIn(ctx context.Context, dir string, cfg *config.Config) (iris.Conn, iris.Login, error) {
	login := credentials(cfg)
	backend, err := openBackend(dir, cfg)
	if err != nil {
		return nil, login, err
	}
	conn, err := backend.Open(ctx, login)
	switch {
	case errors.Is(err, iris.ErrLoginRefused):
		err = &failure{exitLogin, fmt.Errorf("user %s, namespace %s: %w", login.User, login.Namespace, err)}
	case err != nil:
		err = &failure{exitUnreachable, err}
	}
	return conn, login, err
}

// checkLogin logs in and runs a statement.
func checkLogin(ctx context.Context, dir string, cfg *config.Config, say func(string, ...any)) error {
	conn, login, err := logIn(ctx, dir, cfg)
	if err != nil {
		return err
	}
	defer conn.Close()
	info := conn.Server()
	say("login      ok: %s in %s", login.User, login.Namespace)
	say("version    %s", info.Version)
	if info.Major > 0 && (info.Major < oldestMajor || info.Major == oldestMajor && info.Minor < oldestMinor) {
		return &failure{exitTooOld, fmt.Errorf("IRIS %d.%d is older than %d.%d", info.Major, info.Minor, oldestMajor, oldestMinor)}
	}
	ours, err := firstRow(ctx, conn, checkQuery)
	if err != nil {
		return fmt.Errorf("a statement: %w", err)
	}
	say("statement  ok")
	return compareSecond(ctx, cfg, login, ours, say)
}

// checkQuery asks for values of the types that the second client reads as well.
const checkQuery = "SELECT 1 AS n, CAST(9007199254740993 AS BIGINT) AS big, CAST('it''s' AS VARCHAR(10)) AS word, COUNT(*) AS counted FROM INFORMATION_SCHEMA.TABLES WHERE 1 = 0"

// firstRow gives a query's first row as texts.
func firstRow(ctx context.Context, conn iris.Conn, query string) ([]string, error) {
	st, err := conn.Prepare(ctx, query)
	if err != nil {
		return nil, err
	}
	rows, err := conn.Query(ctx, st, nil)
	if err != nil {
		return nil, err
	}
	row, err := rows.Next(ctx)
	if err != nil {
		return nil, err
	}
	texts := make([]string, len(row))
	for i, v := range row {
		texts[i] = v.String()
	}
	return texts, rows.Close(ctx)
}

// compareSecond compares the answer with a second client's. That one has limits of its own, so that its failures are told
// and only another answer is an error.
func compareSecond(ctx context.Context, cfg *config.Config, login iris.Login, ours []string, say func(string, ...any)) error {
	if cfg.IRIS.TLS {
		say("second     not asked: go-irisnative has no TLS")
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, cfg.IRIS.ConnectTimeout)
	defer cancel()
	theirs, err := second.Ask(ctx, cfg.Address(), login, checkQuery)
	switch {
	case err != nil:
		say("second     no answer to go-irisnative: %v", err)
	case !slices.Equal(ours, theirs):
		return fmt.Errorf("go-irisnative reads another answer: %q, not %q", theirs, ours)
	default:
		say("second     ok: go-irisnative reads the same answer")
	}
	return nil
}
