package hosted

import (
	"context"
	"encoding/json"
	"net"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"iris-pgwire/internal/config"
	"iris-pgwire/internal/iris/superserver"
	"iris-pgwire/internal/irisdev/instance"
	"iris-pgwire/internal/irisdev/irissql"
	"iris-pgwire/internal/irisdev/sqlrun"
	served "iris-pgwire/internal/irisdev/superserver"
	"iris-pgwire/internal/irisdev/variant"
)

// startIRIS runs an instance and gives the superserver's address.
func startIRIS(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	o := instance.Options{Dir: dir, Version: "2025.1", Profile: variant.Documented}
	o.Engine = func(c instance.EngineConfig) (served.Engine, error) {
		return sqlrun.New(sqlrun.Config{Store: c.Store, Version: irissql.Version{Major: 2025, Minor: 1}, VersionText: c.VersionText}), nil
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- instance.Run(ctx, o) }()
	t.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	var ready instance.Ready
	eventually(t, "IRIS answers", func() bool {
		text, err := os.ReadFile(filepath.Join(dir, instance.ReadyFile))
		return err == nil && json.Unmarshal(text, &ready) == nil
	})
	return ready.Listen
}

// line is the way to IRIS, which can be cut, or stop carrying anything while it stands.
type line struct {
	to string
	l  net.Listener

	mu    sync.Mutex
	dead  bool
	conns []net.Conn
}

// newLine reserves an address; nobody listens there before open.
func newLine(t *testing.T, to string) *line {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	out := &line{to: to, l: l}
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

func eventually(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for began := time.Now(); !holds(); time.Sleep(5 * time.Millisecond) {
		if time.Since(began) > 20*time.Second {
			t.Fatalf("not in time: %s", what)
		}
	}
}
