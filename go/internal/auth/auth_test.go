package auth

import (
	"errors"
	"io"
	"net"
	"testing"
	"time"

	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/pgwire"
)

// transport is a connection from an address that delivers bytes.
type transport struct {
	from  net.Addr
	input []byte
}

func (c *transport) Read(p []byte) (int, error) {
	if len(c.input) == 0 {
		return 0, io.EOF
	}
	n := copy(p, c.input)
	c.input = c.input[n:]
	return n, nil
}

func (c *transport) Write(p []byte) (int, error)      { return len(p), nil }
func (c *transport) Close() error                     { return nil }
func (c *transport) LocalAddr() net.Addr              { return c.from }
func (c *transport) RemoteAddr() net.Addr             { return c.from }
func (c *transport) SetDeadline(time.Time) error      { return nil }
func (c *transport) SetReadDeadline(time.Time) error  { return nil }
func (c *transport) SetWriteDeadline(time.Time) error { return nil }

func TestPlainPasswordsAreAcceptedFromThisMachineOnly(t *testing.T) {
	for _, c := range []struct {
		from net.Addr
		want bool
	}{
		{&net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 5000}, true},
		{&net.TCPAddr{IP: net.IPv6loopback, Port: 5000}, true},
		{&net.UnixAddr{Name: "/tmp/socket", Net: "unix"}, true},
		{&net.TCPAddr{IP: net.IPv4(10, 0, 0, 1), Port: 5000}, false},
		{&net.TCPAddr{IP: net.ParseIP("fe80::1"), Port: 5000}, false},
	} {
		err := Allowed(pgwire.NewConn(&transport{from: c.from}), "ann", "USER")
		if (err == nil) != c.want {
			t.Errorf("%v: %v", c.from, err)
		}
		if err != nil && (pgerr.As(err).Code != pgerr.InvalidAuthorization || pgerr.As(err).Severity != "FATAL") {
			t.Errorf("%v: %v", c.from, err)
		}
	}
}

func TestPassword(t *testing.T) {
	for _, c := range []struct{ name, input, password, code string }{
		{"a password in UTF-8", "p\x00\x00\x00\x0bsecré\x00", "secré", ""},
		{"an empty one", "p\x00\x00\x00\x05\x00", "", pgerr.InvalidPassword},
		{"one without its end", "p\x00\x00\x00\x06ab", "", pgerr.ProtocolViolation},
		{"another message", "S\x00\x00\x00\x04", "", pgerr.ProtocolViolation},
		{"no message at all", "!\x00\x00\x00\x04", "", pgerr.ProtocolViolation},
	} {
		got, err := Password(pgwire.NewConn(&transport{from: &net.UnixAddr{}, input: []byte(c.input)}), "ann")
		if c.code == "" && err == nil && got == c.password {
			continue
		}
		if err == nil || pgerr.As(err).Code != c.code || pgerr.As(err).Severity != "FATAL" {
			t.Errorf("%s: %q, %v", c.name, got, err)
		}
	}
	if _, err := Password(pgwire.NewConn(&transport{from: &net.UnixAddr{}}), "ann"); !errors.Is(err, io.EOF) {
		t.Errorf("a client that left: %v", err)
	}
}
