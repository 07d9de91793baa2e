package superserver

import (
	"context"
	"crypto/tls"
	"net"
	"time"
)

// Config says where the superserver is and how to treat it. The zero values of all but Address are usable.
type Config struct {
	Address string      // host:port
	TLS     *tls.Config // nil = plain; the handshake starts with the first byte
	// ConnectTimeout bounds dialling, handshake and login together; 0 = 10 s.
	ConnectTimeout time.Duration
	// CancelGrace is how long a cancelled statement may take to answer before the connection is given up; 0 = 2 s.
	CancelGrace time.Duration
	// Statements is how many prepared statements a connection keeps; 0 = 250.
	Statements int
	// Dial replaces the network in tests.
	Dial func(ctx context.Context, network, address string) (net.Conn, error)
}

func (c Config) connectTimeout() time.Duration { return orDefault(c.ConnectTimeout, 10*time.Second) }
func (c Config) cancelGrace() time.Duration    { return orDefault(c.CancelGrace, 2*time.Second) }

func (c Config) statements() int {
	if c.Statements <= 0 {
		return 250
	}
	return c.Statements
}

func orDefault(d, otherwise time.Duration) time.Duration {
	if d <= 0 {
		return otherwise
	}
	return d
}

// dial opens the socket and, if wanted, TLS.
func (c Config) dial(ctx context.Context) (net.Conn, error) {
	dial := c.Dial
	if dial == nil {
		dial = (&net.Dialer{KeepAlive: 30 * time.Second}).DialContext
	}
	conn, err := dial(ctx, "tcp", c.Address)
	if err != nil || c.TLS == nil {
		return conn, err
	}
	settings := c.TLS.Clone()
	if settings.ServerName == "" {
		settings.ServerName, _, _ = net.SplitHostPort(c.Address)
	}
	secure := tls.Client(conn, settings)
	if err := secure.HandshakeContext(ctx); err != nil {
		conn.Close()
		return nil, err
	}
	return secure, nil
}
