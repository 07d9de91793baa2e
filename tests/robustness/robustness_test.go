// Package robustness sends the gateway what no client should: every time it must answer with a clear error or close the
// connection, and serve the next client as if nothing had been.
package robustness

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"math/rand"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"iris-pgwire/tests/stack"
)

// mostMemory is what the gateway may use after all this, in KiB.
const mostMemory = 600 << 10

func address(t *testing.T) string {
	t.Helper()
	cfg, err := pgx.ParseConfig(stack.DSN(t))
	if err != nil {
		t.Fatal(err)
	}
	return net.JoinHostPort(cfg.Host, strconv.Itoa(int(cfg.Port)))
}

// dial opens a bare socket that gives up after ten seconds.
func dial(t *testing.T) net.Conn {
	t.Helper()
	conn, err := net.DialTimeout("tcp", address(t), 5*time.Second)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	_ = conn.SetDeadline(time.Now().Add(10 * time.Second))
	return conn
}

// login gives a connection of pgx that has logged in.
func login(t *testing.T) *pgconn.PgConn {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	conn, err := pgconn.Connect(ctx, stack.DSN(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close(context.Background()) })
	return conn
}

// alive checks that a new client is served and that memory is bounded.
func alive(t *testing.T) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	if err := login(t).ExecParams(ctx, "SELECT 1", nil, nil, nil, nil).Read().Err; err != nil {
		t.Fatalf("the gateway does not serve any more: %v", err)
	}
	if used := memory(t); used > mostMemory {
		t.Errorf("the gateway uses %d KiB", used)
	}
}

// memory is the gateway's resident memory in KiB; 0 where the operating system does not tell.
func memory(t *testing.T) int {
	t.Helper()
	pid, err := os.ReadFile(filepath.Join(os.Getenv("PGWIRE_DIR"), "gateway.pid"))
	if err != nil {
		return 0
	}
	status, err := os.ReadFile(filepath.Join("/proc", strings.TrimSpace(string(pid)), "status"))
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(status)) {
		if rest, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			n, _ := strconv.Atoi(strings.Fields(rest)[0])
			return n
		}
	}
	return 0
}

// drained reads until the other side closes or ten seconds have passed; only a time-out is an error.
func drained(t *testing.T, conn net.Conn) {
	t.Helper()
	_, err := io.Copy(io.Discard, conn)
	var timeout net.Error
	if e, ok := err.(net.Error); ok {
		timeout = e
	}
	if timeout != nil && timeout.Timeout() {
		t.Error("the connection was neither answered with an error nor closed")
	}
}

func startup(pairs ...string) []byte {
	body := binary.BigEndian.AppendUint32(nil, 196608)
	for _, p := range pairs {
		body = append(append(body, p...), 0)
	}
	body = append(body, 0)
	return append(binary.BigEndian.AppendUint32(nil, uint32(len(body)+4)), body...)
}

func TestRandomBytesBeforeTheLogin(t *testing.T) {
	r := rand.New(rand.NewSource(1))
	for range 200 {
		conn := dial(t)
		b := make([]byte, 1+r.Intn(300))
		r.Read(b)
		if len(b) > 4 && r.Intn(2) == 0 {
			binary.BigEndian.PutUint32(b, uint32(len(b))) // a length that is right
		}
		_, _ = conn.Write(b)
		_ = conn.(*net.TCPConn).CloseWrite()
		drained(t, conn)
		conn.Close()
	}
	alive(t)
}

func TestStartupPacketsThatAreTooLongOrCut(t *testing.T) {
	for name, packet := range map[string][]byte{
		"10 MB":             startup("user", strings.Repeat("x", 10<<20)),
		"2 GiB length word": {0x7f, 0xff, 0xff, 0xff, 0, 3, 0, 0, 'u'},
		"negative length":   {0xff, 0xff, 0xff, 0xff, 0, 3, 0, 0},
		"length of 4":       {0, 0, 0, 4},
		"no terminator":     {0, 0, 0, 13, 0, 3, 0, 0, 'u', 's', 'e', 'r', 'x'},
		"cut":               startup("user", "_SYSTEM", "database", "USER")[:20],
		"version 2":         {0, 0, 0, 9, 0, 2, 0, 0, 0},
	} {
		conn := dial(t)
		_, _ = conn.Write(packet)
		_ = conn.(*net.TCPConn).CloseWrite()
		drained(t, conn)
		t.Log(name, "ok")
	}
	alive(t)
}

// hijacked gives the socket of a client that has logged in.
func hijacked(t *testing.T) net.Conn {
	t.Helper()
	h, err := login(t).Hijack()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { h.Conn.Close() })
	_ = h.Conn.SetDeadline(time.Now().Add(10 * time.Second))
	return h.Conn
}

func message(kind byte, body []byte) []byte {
	return append(binary.BigEndian.AppendUint32([]byte{kind}, uint32(len(body)+4)), body...)
}

func TestBrokenMessagesAfterTheLogin(t *testing.T) {
	for name, b := range map[string][]byte{
		"unknown type":           message('~', nil),
		"2 GiB length word":      {'Q', 0x7f, 0xff, 0xff, 0xff, 'S'},
		"negative length":        {'Q', 0xff, 0xff, 0xff, 0xfe, 'S'},
		"length of 3":            {'Q', 0, 0, 0, 3},
		"query not terminated":   message('Q', []byte("SELECT 1")),
		"parse cut":              message('P', []byte{'a', 0, 'S'}),
		"bind with bad count":    message('B', []byte{0, 0, 0xff, 0xff}),
		"describe of an unknown": message('D', []byte{'?', 0}),
		"message cut":            message('Q', []byte("SELECT 1\x00"))[:8],
	} {
		conn := hijacked(t)
		_, _ = conn.Write(b)
		if !bytes.HasPrefix(b, []byte{'Q'}) && len(b) > 5 {
			_, _ = conn.Write(message('S', nil))
			_, _ = conn.Write(message('X', nil))
		}
		closeWrite(conn)
		drained(t, conn)
		t.Log(name, "ok")
	}
	alive(t)
}

func closeWrite(conn net.Conn) {
	if c, ok := conn.(interface{ CloseWrite() error }); ok {
		_ = c.CloseWrite()
	}
}

func TestRandomBytesAfterTheLogin(t *testing.T) {
	r := rand.New(rand.NewSource(2))
	kinds := []byte("QPBEDHSCFXdcfp")
	for range 100 {
		conn := hijacked(t)
		for range 10 {
			body := make([]byte, r.Intn(60))
			r.Read(body)
			if _, err := conn.Write(message(kinds[r.Intn(len(kinds))], body)); err != nil {
				break
			}
		}
		closeWrite(conn)
		drained(t, conn)
		conn.Close()
	}
	alive(t)
}

// TestOversizedStatements: long texts and deep nesting end in an error of the statement; the session goes on.
func TestOversizedStatements(t *testing.T) {
	deep := 10_000
	for name, sql := range map[string]string{
		"10 MB of a literal":     "SELECT '" + strings.Repeat("x", 10<<20) + "'",
		"10 MB of operators":     "SELECT 1" + strings.Repeat("+1", 5<<20),
		"10 MB of rubbish":       strings.Repeat("(%", 5<<20),
		"nested parentheses":     "SELECT " + strings.Repeat("(", deep) + "1" + strings.Repeat(")", deep),
		"nested subqueries":      strings.Repeat("SELECT * FROM (", deep) + "SELECT 1" + strings.Repeat(") x", deep),
		"nested CASE":            "SELECT " + strings.Repeat("CASE WHEN true THEN ", deep) + "1" + strings.Repeat(" END", deep),
		"nested NOT":             "SELECT " + strings.Repeat("NOT ", deep) + "true",
		"nested functions":       "SELECT " + strings.Repeat("abs(", deep) + "1" + strings.Repeat(")", deep),
		"nested comments":        "SELECT " + strings.Repeat("/*", deep) + strings.Repeat("*/", deep) + "1",
		"many columns":           "SELECT 1" + strings.Repeat(",1", 3000),
		"a long IN list":         "SELECT 1 WHERE 1 IN (1" + strings.Repeat(",1", 100_000) + ")",
		"unterminated quote":     "SELECT '" + strings.Repeat("x", 1<<20),
		"unterminated comment":   "SELECT /*" + strings.Repeat("x", 1<<20),
		"unterminated dollar":    "SELECT $a$" + strings.Repeat("x", 1<<20),
		"many statements":        strings.Repeat("SELECT 1;", 2000),
		"parameter out of range": "SELECT $99999",
	} {
		t.Run(name, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(context.Background(), 60*time.Second)
			defer cancel()
			conn := login(t)
			_, err := conn.Exec(ctx, sql).ReadAll()
			var server *pgconn.PgError
			if err != nil && !asServer(err, &server) {
				t.Fatalf("no answer of the server: %v", err)
			}
			if server != nil {
				t.Logf("%s: %.100s", server.Code, server.Message)
			}
			if _, err := conn.Exec(ctx, "SELECT 1").ReadAll(); err != nil {
				t.Errorf("the session does not go on: %v", err)
			}
		})
	}
	alive(t)
}

func asServer(err error, to **pgconn.PgError) bool {
	e, ok := err.(*pgconn.PgError)
	*to = e
	return ok
}

func TestClientsThatLeaveInTheMiddle(t *testing.T) {
	for i := range 50 {
		conn := hijacked(t)
		_, _ = conn.Write(message('Q', fmt.Appendf(nil, "BEGIN; SELECT count(*) FROM film a, film b WHERE a.id < %d\x00", i)))
		conn.Close()
	}
	alive(t)
}
