package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"net"
	"os"
	"path/filepath"

	"iris-pgwire/internal/config"
	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/iris/dbapi"
	"iris-pgwire/internal/iris/superserver"
)

// loadConfig reads DIR/config.json; every mistake in it is told at once.
func loadConfig(dir string) (*config.Config, error) {
	cfg, err := config.Load(dir)
	if err != nil {
		return nil, &failure{exitConfig, err}
	}
	return cfg, nil
}

// openBackend makes the way to IRIS that the configuration names.
func openBackend(dir string, cfg *config.Config) (iris.Backend, error) {
	way, err := superserverConfig(dir, cfg)
	if err != nil {
		return nil, err
	}
	return dbapi.New(way), nil
}

func superserverConfig(dir string, cfg *config.Config) (superserver.Config, error) {
	secure, err := irisTLS(dir, cfg)
	if err != nil {
		return superserver.Config{}, &failure{exitConfig, err}
	}
	return superserver.Config{Address: cfg.Address(), TLS: secure, ConnectTimeout: cfg.IRIS.ConnectTimeout}, nil
}

// irisTLS is how IRIS's certificate is checked; nil is a plain connection.
func irisTLS(dir string, cfg *config.Config) (*tls.Config, error) {
	if !cfg.IRIS.TLS {
		return nil, nil
	}
	out := &tls.Config{ServerName: cfg.IRIS.TLSServerName, MinVersion: tls.VersionTLS12}
	if cfg.IRIS.TLSCert != "" {
		cert, err := tls.LoadX509KeyPair(inDirectory(dir, cfg.IRIS.TLSCert), inDirectory(dir, cfg.IRIS.TLSKey))
		if err != nil {
			return nil, fmt.Errorf("%s: iris.tls_cert: %w", config.FileName, err)
		}
		out.Certificates = []tls.Certificate{cert}
	}
	if cfg.IRIS.TLSCA == "" {
		return out, nil
	}
	file := inDirectory(dir, cfg.IRIS.TLSCA)
	pem, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("%s: iris.tls_ca: %w", config.FileName, err)
	}
	out.RootCAs = x509.NewCertPool()
	if !out.RootCAs.AppendCertsFromPEM(pem) {
		return nil, fmt.Errorf("%s: iris.tls_ca: %s holds no certificate", config.FileName, file)
	}
	return out, nil
}

// inDirectory reads a file name of the configuration: relative ones are beside it.
func inDirectory(dir, file string) string {
	if filepath.IsAbs(file) {
		return file
	}
	return filepath.Join(dir, file)
}

// reach finds out whether something listens where IRIS should be; no login is tried.
func reach(ctx context.Context, cfg *config.Config) error {
	ctx, cancel := context.WithTimeout(ctx, cfg.IRIS.ConnectTimeout)
	defer cancel()
	conn, err := new(net.Dialer).DialContext(ctx, "tcp", cfg.Address())
	if err != nil {
		return fmt.Errorf("IRIS does not answer on %s: %w", cfg.Address(), err)
	}
	return conn.Close()
}

// credentials are whom check and translate log in as: PostgreSQL's own environment variables, else the names that
// scripts/quickstart uses.
func credentials(cfg *config.Config) iris.Login {
	value := func(name, otherwise string) string {
		if v := os.Getenv(name); v != "" {
			return v
		}
		return otherwise
	}
	return iris.Login{
		User: value("PGUSER", "_SYSTEM"), Password: value("PGPASSWORD", "SYS"),
		Namespace: cfg.Namespace(value("PGDATABASE", "USER")), Application: "iris-pgwire",
	}
}

const credentialsHelp = "It logs in with PGUSER, PGPASSWORD and PGDATABASE (without them _SYSTEM, SYS, USER, as scripts/quickstart does)."
