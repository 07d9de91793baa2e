// Package faults runs the gateway under load while its way to IRIS fails: connections are killed and IRIS restarts.
package faults

import (
	"math/rand/v2"
	"net"
	"sync"
)

// relay passes connections on to an address and kills some of them when told to.
type relay struct {
	listener net.Listener
	target   string
	work     sync.WaitGroup

	mu   sync.Mutex
	open map[net.Conn]net.Conn // the client's socket and IRIS's
}

func newRelay(target string) (*relay, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	r := &relay{listener: l, target: target, open: map[net.Conn]net.Conn{}}
	r.work.Go(r.accept)
	return r, nil
}

func (r *relay) accept() {
	for {
		client, err := r.listener.Accept()
		if err != nil {
			return
		}
		iris, err := net.Dial("tcp", r.target)
		if err != nil {
			client.Close()
			continue
		}
		r.mu.Lock()
		r.open[client] = iris
		r.mu.Unlock()
		r.work.Go(func() { r.pass(client, iris) })
	}
}

func (r *relay) pass(client, iris net.Conn) {
	var up sync.WaitGroup
	up.Go(func() {
		_, _ = iris.(*net.TCPConn).ReadFrom(client)
		iris.Close()
	})
	_, _ = client.(*net.TCPConn).ReadFrom(iris)
	client.Close()
	up.Wait()
	r.mu.Lock()
	delete(r.open, client)
	r.mu.Unlock()
}

// kill ends one of the connections, chosen by chance, and reports that there was one.
func (r *relay) kill() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.open) == 0 {
		return false
	}
	n := rand.IntN(len(r.open))
	for client, iris := range r.open {
		if n--; n < 0 {
			client.Close()
			iris.Close()
			break
		}
	}
	return true
}

// connections counts those that are open.
func (r *relay) connections() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.open)
}

func (r *relay) close() {
	r.listener.Close()
	r.mu.Lock()
	for client, iris := range r.open {
		client.Close()
		iris.Close()
	}
	r.mu.Unlock()
	r.work.Wait()
}
