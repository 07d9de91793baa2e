package pgwire

import (
	"bufio"
	"context"
	"crypto/tls"
	"errors"
	"net"
)

// ALPN is the protocol name that PostgreSQL registered for TLS.
const ALPN = "postgresql"

// ErrEarlyData is plain text that arrived behind an SSLRequest: someone in between may have put it there to have it
// taken for protected (CVE-2021-23214).
var ErrEarlyData = errors.New("unencrypted data after SSL request")

// StartTLS makes the connection a TLS one. direct is the handshake that begins with the first byte (PostgreSQL docs,
// "SSL Session Encryption"): there the client must have offered the ALPN name.
func (c *Conn) StartTLS(ctx context.Context, cfg *tls.Config, direct bool) error {
	if !direct && c.input.Buffered() > 0 {
		return ErrEarlyData
	}
	var transport net.Conn = c.net
	if direct {
		transport = &replayConn{Conn: c.net, input: c.input}
	}
	secure := tls.Server(transport, cfg)
	if err := secure.HandshakeContext(ctx); err != nil {
		return err
	}
	if direct && secure.ConnectionState().NegotiatedProtocol != ALPN {
		return errors.New("direct TLS connection without the ALPN protocol postgresql")
	}
	c.mu.Lock()
	c.use(secure)
	c.applyDeadline()
	c.mu.Unlock()
	return nil
}

// Secure reports that the connection is encrypted.
func (c *Conn) Secure() bool {
	_, ok := c.net.(*tls.Conn)
	return ok
}

// replayConn reads what was already buffered first.
type replayConn struct {
	net.Conn
	input *bufio.Reader
}

// Read implements io.Reader.
func (r *replayConn) Read(p []byte) (int, error) { return r.input.Read(p) }
