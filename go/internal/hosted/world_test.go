package hosted

import (
	"net"
	"sync"
	"testing"
	"time"

	"iris-pgwire/internal/config"
	"iris-pgwire/internal/iris/superserver"
	"iris-pgwire/internal/irisdev/instance"
	"iris-pgwire/internal/irisdev/irisdevtest"
)

// line is the way to IRIS, which can be cut, or stop carrying anything while it stands.
type line struct {
	to string
	l  net.Listener

	mu    sync.Mutex
	dead  bool
	conns []net.Conn
}

// newLine starts an IRIS and reserves an address; nobody listens there before open.
func newLine(t *testing.T) *line {
	t.Helper()
	dev := irisdevtest.Start(t, instance.Options{})
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	out := &line{to: dev.Address, l: l}
	l.Close()
	return out
}

func (n *line) address() string { return n.l.Addr().String() }

func (n *line) open(t *testing.T) {
	t.Helper()
	l, err := net.Listen("tcp", n.address())
	if err != nil {
		t.Fatal(err)
	}
	n.l = l
	n.silent(false)
	go func() {
		for {
			from, err := l.Accept()
			if err != nil {
				return
			}
			to, err := net.Dial("tcp", n.to)
			if err != nil {
				from.Close()
				continue
			}
			n.mu.Lock()
			n.conns = append(n.conns, from, to)
			n.mu.Unlock()
			go n.carry(from, to)
			go n.carry(to, from)
		}
	}()
	t.Cleanup(n.cut)
}

func (n *line) carry(from, to net.Conn) {
	defer to.Close()
	buf := make([]byte, 4096)
	for {
		size, err := from.Read(buf)
		n.mu.Lock()
		dead := n.dead
		n.mu.Unlock()
		if err != nil {
			return
		}
		if dead {
			continue
		}
		if _, err := to.Write(buf[:size]); err != nil {
			return
		}
	}
}

// silent keeps the connections but carries nothing more.
func (n *line) silent(yes bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.dead = yes
}

// cut ends everything and refuses what comes.
func (n *line) cut() {
	n.l.Close()
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, c := range n.conns {
		c.Close()
	}
	n.conns = nil
}

// control makes a Control that asks often.
func control(n *line, password string) *Control {
	c := NewControl(superserver.Config{Address: n.address()}, config.Host{
		User: "_SYSTEM", Password: password, Namespace: "USER", Nonce: "n1", Orphan: time.Minute, Start: 20 * time.Second})
	c.ask, c.answer = 200*time.Millisecond, 500*time.Millisecond
	return c
}
