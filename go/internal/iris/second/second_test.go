package second

import (
	"context"
	"errors"
	"net"
	"strings"
	"testing"
	"time"

	"iris-pgwire/internal/iris"
)

var login = iris.Login{User: "_SYSTEM", Password: "SYS", Namespace: "USER"}

// listen runs serve for each connection.
func listen(t *testing.T, serve func(net.Conn)) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go serve(c)
		}
	}()
	return l.Addr().String()
}

func TestTheClientsPanicsAreErrors(t *testing.T) {
	refusing := listen(t, func(c net.Conn) {
		defer c.Close()
		_, _ = c.Read(make([]byte, 64))
		_, _ = c.Write([]byte("\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\xa1\x01")) // status 417 without a text
	})
	if _, err := Ask(t.Context(), refusing, login, "SELECT 1"); err == nil || !strings.Contains(err.Error(), "go-irisnative") {
		t.Errorf("%v", err)
	}
}

func TestAServerThatSaysNothingIsLeftInTime(t *testing.T) {
	silent := listen(t, func(net.Conn) {})
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, err := Ask(ctx, silent, login, "SELECT 1"); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("%v", err)
	}
}

func TestWhatTheClientCannotSendIsNotTried(t *testing.T) {
	other := login
	other.Password = "Ж"
	if _, err := Ask(t.Context(), "127.0.0.1:1", other, "SELECT 1"); !errors.Is(err, ErrCannot) {
		t.Errorf("%v", err)
	}
}
