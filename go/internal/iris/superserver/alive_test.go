package superserver

import (
	"net"
	"testing"
	"time"
)

// server gives a connection and the other end of its socket.
func server(t *testing.T) (*Conn, net.Conn) {
	t.Helper()
	f := startFake(t, func(request) []answer { return nil })
	ends := make(chan net.Conn, 1)
	f.mu.Lock()
	f.connected = func(c net.Conn) { ends <- c }
	f.mu.Unlock()
	return f.connect(t), <-ends
}

func TestASignOfLifeIsNoEnd(t *testing.T) {
	for name, c := range map[string]struct {
		sent  []byte
		alive bool
	}{
		"pings": {append(ping(), ping()...), true}, "goodbye": {reply(0, 0, 'Y'|'4'<<8, nil), false},
		"a ping and something": {append(ping(), 1, 2, 3), false}, "a reply to nothing": {reply(9, 1, 0, []byte("a")), false},
	} {
		t.Run(name, func(t *testing.T) {
			conn, other := server(t)
			if !conn.Alive() {
				t.Fatal("dead from the start")
			}
			if _, err := other.Write(c.sent); err != nil {
				t.Fatal(err)
			}
			time.Sleep(20 * time.Millisecond)
			if got := conn.Alive(); got != c.alive || conn.Broken() == c.alive {
				t.Errorf("alive %v, broken %v", got, conn.Broken())
			}
		})
	}
}
