package main

import (
	"bufio"
	"encoding/binary"
	"io"
	"net"
	"sync"
	"time"
)

// frame is one message of a connection.
type frame struct {
	connection int
	step       string // the step of the program in which it was sent
	client     bool
	number     uint32
	statement  uint32 // without the mark of more frames
	more       bool
	code       [2]byte // of a reply, its status
	body       []byte
}

const (
	headSize   = 14
	moreFrames = 1 << 31
)

// tap passes connections on to an address and keeps all frames.
type tap struct {
	target      string
	front, step net.Listener

	mu     sync.Mutex
	now    string
	frames []frame
	last   time.Time // when something arrived
	count  int       // of connections
	open   map[net.Conn]struct{}
}

// listen starts a tap in front of an address.
func listen(target string) (*tap, error) {
	front, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	step, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		front.Close()
		return nil, err
	}
	t := &tap{target: target, front: front, step: step, open: map[net.Conn]struct{}{}}
	go t.accept(front, t.pass)
	go t.accept(step, t.steps)
	return t, nil
}

func (t *tap) address() string     { return t.front.Addr().String() }
func (t *tap) stepAddress() string { return t.step.Addr().String() }

func (t *tap) close() {
	t.front.Close()
	t.step.Close()
	t.mu.Lock()
	defer t.mu.Unlock()
	for c := range t.open {
		c.Close()
	}
}

func (t *tap) accept(l net.Listener, serve func(net.Conn)) {
	for {
		c, err := l.Accept()
		if err != nil {
			return
		}
		go serve(c)
	}
}

// steps takes the names of steps, a line each. It answers when no frame is on its way any more, so that messages without
// a reply are counted to the step that sent them.
func (t *tap) steps(c net.Conn) {
	defer c.Close()
	for lines := bufio.NewScanner(c); lines.Scan(); {
		t.settle()
		t.mu.Lock()
		t.now = lines.Text()
		t.mu.Unlock()
		if _, err := c.Write([]byte{'\n'}); err != nil {
			return
		}
	}
}

// settle waits until nothing has arrived for a while.
func (t *tap) settle() {
	const quiet = 100 * time.Millisecond
	for {
		t.mu.Lock()
		rest := quiet - time.Since(t.last)
		t.mu.Unlock()
		if rest <= 0 {
			return
		}
		time.Sleep(rest)
	}
}

// pass serves one connection.
func (t *tap) pass(client net.Conn) {
	server, err := net.Dial("tcp", t.target)
	if err != nil {
		client.Close()
		return
	}
	t.mu.Lock()
	t.count++
	id := t.count
	t.open[client], t.open[server] = struct{}{}, struct{}{}
	t.mu.Unlock()
	var both sync.WaitGroup
	both.Go(func() { t.pump(id, true, client, server) })
	both.Go(func() { t.pump(id, false, server, client) })
	both.Wait()
	client.Close()
	server.Close()
}

// pump copies frames one way until it ends; the other way may go on, since a client may speak to a server that has left.
func (t *tap) pump(id int, client bool, from, to net.Conn) {
	defer to.(*net.TCPConn).CloseWrite()
	in := bufio.NewReader(from)
	for {
		var head [headSize]byte
		if _, err := io.ReadFull(in, head[:]); err != nil {
			return
		}
		body := make([]byte, binary.LittleEndian.Uint32(head[:]))
		if _, err := io.ReadFull(in, body); err != nil {
			return
		}
		statement := binary.LittleEndian.Uint32(head[8:])
		f := frame{connection: id, client: client, number: binary.LittleEndian.Uint32(head[4:]), statement: statement,
			code: [2]byte{head[12], head[13]}, body: body}
		if !client {
			f.statement, f.more = statement&^moreFrames, statement&moreFrames != 0
		}
		t.mu.Lock()
		f.step, t.last = t.now, time.Now()
		t.frames = append(t.frames, f)
		t.mu.Unlock()
		_, _ = to.Write(append(head[:], body...)) // who has left hears nothing
	}
}
