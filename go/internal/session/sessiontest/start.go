package sessiontest

import (
	"context"
	"net"
	"testing"
	"time"

	"go.opentelemetry.io/otel/trace/noop"
	"go.uber.org/zap"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/iris/pool"
	"iris-pgwire/internal/pgwire"
	"iris-pgwire/internal/session"
)

// Shared is what sessions in front of the backend have in common.
func Shared(t testing.TB, backend iris.Backend) *session.Shared {
	p := pool.New(backend, pool.Config{Max: 4, Wait: time.Second})
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		if err := p.Close(ctx); err != nil {
			t.Errorf("a session has kept its connection: %v", err)
		}
	})
	return &session.Shared{
		Pool: p, Compiler: &Compiler{}, Log: zap.NewNop(), Tracer: noop.NewTracerProvider().Tracer("test"),
		ServerVersion: "15.0", Version: "test", MaxStatements: 100,
	}
}

// Pipe gives the two ends of a TCP connection: the server's and the client's.
func Pipe(t testing.TB) (server, client net.Conn) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	if client, err = net.Dial("tcp", listener.Addr().String()); err != nil {
		t.Fatal(err)
	}
	if server, err = listener.Accept(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { server.Close() })
	return server, client
}

// Start runs a session of the user ann and gives its client, which has read the first answers.
func Start(t testing.TB, shared *session.Shared) (*Client, *session.Session) {
	t.Helper()
	server, client := Pipe(t)
	conn := pgwire.NewConn(server)
	s := session.New(shared, conn, session.Identity{User: "ann", Database: "USER", PID: 7, Key: []byte{1, 2, 3, 4}})
	done := make(chan struct{})
	go func() {
		defer close(done)
		s.Run(context.Background())
		server.Close()
	}()
	t.Cleanup(func() {
		client.Close()
		select {
		case <-done:
		case <-time.After(10 * time.Second):
			t.Error("the session has not ended with its client")
		}
	})
	c := NewClient(t, client)
	c.Answer(1)
	return c, s
}
