package server

import (
	"context"
	"crypto/tls"
	"encoding/binary"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgproto3"

	"iris-pgwire/internal/config"
	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/session/sessiontest"
	"iris-pgwire/internal/status"
)

// gateway is a running server in front of the tests' IRIS, which knows the password "secret".
type gateway struct {
	t       *testing.T
	server  *Server
	backend *sessiontest.Backend
	address string
	events  chan string
	ended   chan struct{}
}

func start(t *testing.T, change func(*Config)) *gateway {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	g := &gateway{t: t, backend: &sessiontest.Backend{Password: "secret", Hold: make(chan struct{})}, address: listener.Addr().String(),
		events: make(chan string, 100), ended: make(chan struct{})}
	cfg := Config{MaxClients: 10, Authentication: 5 * time.Second, MessageLimit: 1 << 20, Namespace: strings.ToUpper,
		Shared: sessiontest.Shared(t, g.backend),
		Report: func(_ status.Level, event, _ string, _ status.Fields) { g.events <- event }}
	if change != nil {
		change(&cfg)
	}
	g.server = New(listener, cfg)
	go func() {
		defer close(g.ended)
		if err := g.server.Serve(context.Background()); err != nil {
			t.Errorf("Serve: %v", err)
		}
	}()
	t.Cleanup(func() { g.server.Stop(0); <-g.ended })
	return g
}

func (g *gateway) dial() *sessiontest.Client {
	g.t.Helper()
	c, err := net.Dial("tcp", g.address)
	if err != nil {
		g.t.Fatal(err)
	}
	return sessiontest.NewClient(g.t, c)
}

func startup(version uint32, params ...string) *pgproto3.StartupMessage {
	m := &pgproto3.StartupMessage{ProtocolVersion: version, Parameters: map[string]string{}}
	for i := 0; i < len(params); i += 2 {
		m.Parameters[params[i]] = params[i+1]
	}
	return m
}

// login logs ann in and gives the answer after her password.
func (g *gateway) login(c *sessiontest.Client, password string, params ...string) string {
	g.t.Helper()
	c.Send(startup(3<<16, append([]string{"user", "ann", "database", "user"}, params...)...))
	if got := c.Next(); got != "R3" {
		return got + " " + c.Answer(1)
	}
	c.Send(&pgproto3.PasswordMessage{Password: password})
	return c.Answer(1)
}

func TestALoginEndsInReady(t *testing.T) {
	g := start(t, nil)
	c := g.dial()
	want := "R0 S(application_name=) S(client_encoding=UTF8) S(DateStyle=ISO, MDY) S(default_transaction_read_only=off) S(in_hot_standby=off) " +
		"S(integer_datetimes=on) S(IntervalStyle=postgres) S(is_superuser=off) S(server_encoding=UTF8) S(server_version=15.0) " +
		"S(session_authorization=ann) S(standard_conforming_strings=on) S(TimeZone=UTC) K Z(I)"
	if got := g.login(c, "secret"); got != want {
		t.Errorf("\n got %s\nwant %s", got, want)
	}
	if got := c.Query("select 1"); got != "T(?column?:23) D(1) C(SELECT 1) Z(I)" {
		t.Error(got)
	}
}

func TestStartUpSettingsAreTheSessionsDefaults(t *testing.T) {
	g := start(t, nil)
	c := g.dial()
	g.login(c, "secret", "application_name", "été", "options", `-c statement_timeout=7s --datestyle=German -c search_path=a,\ b`)
	for text, want := range map[string]string{
		"show statement_timeout": "T(statement_timeout:25) D(7s) C(SHOW) Z(I)",
		"show application_name":  "T(application_name:25) D(??t??) C(SHOW) Z(I)",
		"show datestyle":         "T(DateStyle:25) D(German, DMY) C(SHOW) Z(I)",
		"show search_path":       "T(search_path:25) D(a, b) C(SHOW) Z(I)",
	} {
		if got := c.Query(text); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
}

func TestClientsThatAreRefused(t *testing.T) {
	for _, c := range []struct {
		name, password string
		params         []string
		want           string
	}{
		{"a wrong password", "wrong", nil, `E(FATAL 28P01 "password authentication failed for user \"ann\"") (closed)`},
		{"no password", "", nil, `E(FATAL 28P01 "password authentication failed for user \"ann\"") (closed)`},
		{"an unknown setting", "secret", []string{"no_such_guc", "1"}, `R0 E(FATAL 42704 "unrecognized configuration parameter \"no_such_guc\"") (closed)`},
		{"a setting's bad value", "secret", []string{"options", "-c datestyle=x"},
			`R0 E(FATAL 22023 "invalid value for parameter \"DateStyle\": \"x\"" D=Unrecognized key word: "x".) (closed)`},
		{"bad options", "secret", []string{"options", "-x"}, `E(FATAL 42601 "invalid command-line argument for server process: -x") (closed)`},
		{"replication", "secret", []string{"replication", "database"},
			`E(FATAL 0A000 "replication connections are not supported by iris-pgwire") (closed)`},
		{"no user", "secret", []string{"user", ""}, `E(FATAL 28000 "no PostgreSQL user name specified in startup packet") (closed)`},
	} {
		g := start(t, nil)
		if got := g.login(g.dial(), c.password, c.params...); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

func TestProtocolVersions(t *testing.T) {
	g := start(t, nil)
	c := g.dial()
	c.Send(startup(3<<16|9, "user", "ann", "_pq_.x", "1"))
	if got := c.Next() + " " + c.Next(); got != "v R3" {
		t.Errorf("3.9: %s", got)
	}
	c = g.dial()
	c.Send(startup(4<<16, "user", "ann"))
	if got := c.Answer(1); got != `E(FATAL 0A000 "unsupported frontend protocol 4.0: server supports 3.0 to 3.2") (closed)` {
		t.Errorf("4.0: %s", got)
	}
	c = g.dial()
	c.SendBytes([]byte("\x00\x00\x00\x08\x00\x02\x00\x00"))
	text := make([]byte, 100)
	n, _ := c.Conn.Read(text)
	if !strings.HasPrefix(string(text[:n]), "Eunsupported frontend protocol 2.0") {
		t.Errorf("2.0: %q", text[:n])
	}
}

// secured adds a certificate made for the test.
func secured(t *testing.T) func(*Config) {
	return func(cfg *Config) {
		var err error
		if cfg.TLS, err = TLSConfig(t.TempDir(), config.TLS{Mode: "on", MinVersion: "1.2"}); err != nil {
			t.Fatal(err)
		}
	}
}

func TestTLSIsOfferedOnRequestAndDirectly(t *testing.T) {
	g := start(t, secured(t))
	for _, direct := range []bool{false, true} {
		raw, err := net.Dial("tcp", g.address)
		if err != nil {
			t.Fatal(err)
		}
		if !direct {
			answerByte(t, raw, "\x00\x00\x00\x08\x04\xd2\x16\x2f", 'S')
		}
		secure := tls.Client(raw, &tls.Config{InsecureSkipVerify: true, NextProtos: []string{"postgresql"}})
		if err := secure.Handshake(); err != nil {
			t.Fatal(err)
		}
		if got := g.login(sessiontest.NewClient(t, secure), "secret"); !strings.HasSuffix(got, "Z(I)") {
			t.Errorf("direct %v: %s", direct, got)
		}
	}
}

// answerByte sends a request and expects one byte.
func answerByte(t *testing.T, c net.Conn, request string, want byte) {
	t.Helper()
	if _, err := c.Write([]byte(request)); err != nil {
		t.Fatal(err)
	}
	b := make([]byte, 1)
	if _, err := c.Read(b); err != nil || b[0] != want {
		t.Fatalf("the answer is %q, %v", b, err)
	}
}

func TestWithoutACertificateTLSIsDeclined(t *testing.T) {
	g := start(t, nil)
	c := g.dial()
	answerByte(t, c.Conn, "\x00\x00\x00\x08\x04\xd2\x16\x30", 'N') // GSSENCRequest
	answerByte(t, c.Conn, "\x00\x00\x00\x08\x04\xd2\x16\x2f", 'N') // SSLRequest
	if got := g.login(c, "secret"); !strings.HasSuffix(got, "Z(I)") {
		t.Error(got)
	}
}

func TestTheCertificateIsMadeOnceAndKept(t *testing.T) {
	dir := t.TempDir()
	first, err := TLSConfig(dir, config.TLS{Mode: "on", MinVersion: "1.3"})
	if err != nil || first.MinVersion != tls.VersionTLS13 {
		t.Fatal(err)
	}
	second, err := TLSConfig(dir, config.TLS{Mode: "on"})
	if err != nil || string(second.Certificates[0].Certificate[0]) != string(first.Certificates[0].Certificate[0]) {
		t.Errorf("another certificate, %v", err)
	}
	info, err := os.Stat(filepath.Join(dir, ownKey))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the key's file: %v, %v", info, err)
	}
	if off, err := TLSConfig(dir, config.TLS{Mode: "off"}); off != nil || err != nil {
		t.Errorf("off: %v, %v", off, err)
	}
	if _, err := TLSConfig(dir, config.TLS{Mode: "on", Cert: "nosuch.crt", Key: "nosuch.key"}); err == nil {
		t.Error("a certificate that does not exist was accepted")
	}
}

func TestCancelNeedsTheKey(t *testing.T) {
	g := start(t, nil)
	c := g.dial()
	g.login(c, "secret")
	var pid uint32
	var key []byte
	g.server.registry.each(func(e *entry) { pid, key = e.pid, e.key })
	c.Send(&pgproto3.Query{String: "select wait()"})
	for len(g.backend.Log()) == 0 {
		time.Sleep(time.Millisecond)
	}
	g.cancel(pid, []byte("nono"))
	g.cancel(pid+1, key)
	time.Sleep(20 * time.Millisecond)
	select {
	case g.backend.Hold <- struct{}{}: // it still waits
	default:
		t.Fatal("a cancel request without the key was obeyed")
	}
	c.Answer(1)
	c.Send(&pgproto3.Query{String: "select wait()"})
	for len(g.backend.Log()) == 0 {
		time.Sleep(time.Millisecond)
	}
	g.cancel(pid, key)
	if got := c.Answer(1); got != `E(ERROR 57014 "canceling statement due to user request") Z(I)` {
		t.Error(got)
	}
}

// cancel sends a CancelRequest, which is answered by the connection's end alone.
func (g *gateway) cancel(pid uint32, key []byte) {
	g.t.Helper()
	c := g.dial()
	b := binary.BigEndian.AppendUint32(nil, uint32(12+len(key)))
	b = binary.BigEndian.AppendUint32(b, 80877102)
	c.SendBytes(append(binary.BigEndian.AppendUint32(b, pid), key...))
	if got := c.Next(); got != sessiontest.Closed {
		g.t.Errorf("a cancel request was answered: %s", got)
	}
}

func TestTooManyClientsAreRefused(t *testing.T) {
	g := start(t, func(c *Config) { c.MaxClients = 1 })
	first := g.dial()
	g.login(first, "secret")
	if got := g.login(g.dial(), "secret"); got != `E(FATAL 53300 "sorry, too many clients already") (closed)` {
		t.Error(got)
	}
	if event := <-g.events; event != "too_many_clients" {
		t.Errorf("reported %q", event)
	}
	first.Send(&pgproto3.Terminate{})
	for g.server.Clients() > 0 {
		time.Sleep(time.Millisecond)
	}
	for range 100 { // its place is free a moment after it has left
		if strings.HasSuffix(g.login(g.dial(), "secret"), "Z(I)") {
			return
		}
		time.Sleep(time.Millisecond)
	}
	t.Error("the place of a client that left is not free")
}

func TestASilentClientIsDropped(t *testing.T) {
	g := start(t, func(c *Config) { c.Authentication = 30 * time.Millisecond })
	if got := g.dial().Next(); got != sessiontest.Closed {
		t.Error(got)
	}
}

func TestALongMessageBeforeTheLoginIsRefused(t *testing.T) {
	g := start(t, nil)
	c := g.dial()
	c.Send(startup(3<<16, "user", "ann"))
	c.Next()
	c.SendBytes([]byte("p\x00\x10\x00\x00"))
	if got := c.Answer(1); got != `E(FATAL 08P01 "message of 1048572 bytes is longer than the limit of 65536 bytes") (closed)` {
		t.Error(got)
	}
}

func TestARefusingGatewaySaysWhy(t *testing.T) {
	why := &pgerr.Error{Severity: "FATAL", Code: pgerr.CannotConnectNow, Message: "the database system is starting up"}
	g := start(t, func(c *Config) { c.Refuse = func() *pgerr.Error { return why } })
	if got := g.login(g.dial(), "secret"); got != `E(FATAL 57P03 "the database system is starting up") (closed)` {
		t.Error(got)
	}
}

func TestStopDrains(t *testing.T) {
	const goodbye = `E(FATAL 57P01 "terminating connection due to administrator command") (closed)`
	g := start(t, nil)
	idle, busy, stuck := g.dial(), g.dial(), g.dial()
	for _, c := range []*sessiontest.Client{idle, busy, stuck} {
		g.login(c, "secret")
	}
	busy.Query("begin")
	stuck.Send(&pgproto3.Query{String: "select wait()"})
	for len(g.backend.Log()) == 0 {
		time.Sleep(time.Millisecond)
	}
	stopped := make(chan struct{})
	go func() { g.server.Stop(300 * time.Millisecond); close(stopped) }()
	if got := idle.Answer(1); got != goodbye {
		t.Errorf("idle: %s", got)
	}
	if got := busy.Query("insert into t values (1)"); got != "C(INSERT 0 1) Z(T)" {
		t.Errorf("busy: %s", got)
	}
	busy.Send(&pgproto3.Query{String: "commit"})
	if got := busy.Answer(1) + " " + busy.Answer(1); got != "C(COMMIT) Z(I) "+goodbye {
		t.Errorf("busy: %s", got)
	}
	if got := stuck.Answer(1); got != goodbye {
		t.Errorf("stuck: %s", got)
	}
	select {
	case <-stopped:
	case <-time.After(5 * time.Second):
		t.Fatal("Stop does not return")
	}
	if c, err := net.Dial("tcp", g.address); err == nil {
		c.Close()
		t.Error("a stopped server accepts clients")
	}
}
