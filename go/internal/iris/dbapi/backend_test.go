package dbapi

import (
	"errors"
	"net"
	"testing"
	"time"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/iris/superserver"
)

func TestAnUnreachableIRISIsAConnErrorThatWasNotSent(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := l.Addr().String()
	l.Close()
	b := New(superserver.Config{Address: address, ConnectTimeout: 2 * time.Second})
	conn, err := b.Open(t.Context(), iris.Login{User: "u", Password: "p", Namespace: "USER"})
	var failure *iris.ConnError
	if conn != nil || !errors.As(err, &failure) || failure.Sent {
		t.Errorf("%v, %v", conn, err)
	}
	if b.Name() != "dbapi" {
		t.Errorf("name %q", b.Name())
	}
}
