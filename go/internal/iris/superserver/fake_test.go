package superserver

import (
	"context"
	"encoding/binary"
	"io"
	"net"
	"sync"
	"testing"
	"time"

	"iris-pgwire/internal/iris"
)

// request is a message as the fake server received it.
type request struct {
	number, statement uint32
	code              string
	body              []byte
}

// answer is a reply: a status and list items.
type answer struct {
	status int
	body   []byte
	hang   bool // close the socket instead
}

// fake is a superserver that answers by a script of the test; handshake and login it does by itself.
type fake struct {
	t      *testing.T
	l      net.Listener
	mu     sync.Mutex
	seen   []request
	handle func(r request) []answer // nil = no reply
	login  func() answer
	// connected, if set, is told of the server's end of each connection.
	connected func(net.Conn)
	work      sync.WaitGroup
}

func startFake(t *testing.T, handle func(r request) []answer) *fake {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	f := &fake{t: t, l: l, handle: handle, login: func() answer { return answer{body: loginReply()} }}
	f.work.Go(f.accept)
	t.Cleanup(func() {
		l.Close()
		f.work.Wait()
	})
	return f
}

func (f *fake) accept() {
	for {
		conn, err := f.l.Accept()
		if err != nil {
			return
		}
		f.work.Go(func() { f.serve(conn) })
	}
}

func (f *fake) serve(conn net.Conn) {
	defer conn.Close()
	f.mu.Lock()
	connected := f.connected
	f.mu.Unlock()
	if connected != nil {
		connected(conn)
	}
	for {
		var head [headerSize]byte
		if _, err := io.ReadFull(conn, head[:]); err != nil {
			return
		}
		h := parseHeader(head[:])
		r := request{number: h.number, statement: h.statement, code: string(head[12:14]), body: make([]byte, h.length)}
		if _, err := io.ReadFull(conn, r.body); err != nil {
			return
		}
		f.mu.Lock()
		f.seen = append(f.seen, r)
		f.mu.Unlock()
		for _, a := range f.answers(r) {
			if a.hang {
				return
			}
			if _, err := conn.Write(reply(r.number, r.statement, uint16(a.status), a.body)); err != nil {
				return
			}
		}
	}
}

func (f *fake) answers(r request) []answer {
	switch r.code {
	case "HS":
		body := binary.LittleEndian.AppendUint16(nil, 69)
		body = binary.LittleEndian.AppendUint16(body, capUnicode|capCompactDoubles)
		return []answer{{body: append(body, items(iris.Text("Unicode"))...)}}
	case "CN":
		return []answer{f.login()}
	case "IL":
		return []answer{{body: items(iris.Int(2))}}
	case "DC", "CC", "UC", "CS":
		return nil
	}
	return f.handle(r)
}

// codes lists the requests seen after the login.
func (f *fake) codes() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	var out []string
	for _, r := range f.seen {
		if r.code != "HS" && r.code != "CN" && r.code != "IL" {
			out = append(out, r.code)
		}
	}
	return out
}

func (f *fake) connect(t *testing.T) *Conn {
	t.Helper()
	c, err := Connect(context.Background(), f.config(), iris.Login{User: "_SYSTEM", Password: "SYS", Namespace: "USER"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	return c
}

func (f *fake) config() Config {
	return Config{Address: f.l.Addr().String(), CancelGrace: 300 * time.Millisecond, Statements: 2}
}

// items encodes values as a message body.
func items(values ...iris.Value) []byte {
	var out []byte
	for _, v := range values {
		out, _ = appendValue(out, v, true)
	}
	return out
}

func loginReply() []byte {
	return items(iris.Text("IRIS for UNIX Version 2025.1 Build 223|/usr/irissys/bin/"), iris.Int(1), iris.Null(), iris.Int(3),
		iris.Text("12345"), iris.Int(0), iris.Int(0))
}

// queryMetadata is the reply to PP of a query with columns (ID INTEGER, Name VARCHAR(50)) and params VARCHAR parameters.
func queryMetadata(params int) []byte {
	var out []byte
	out = append(out, items(iris.Int(2))...)
	for _, c := range []struct {
		name string
		typ  int64
	}{{"ID", 4}, {"Name", 12}} {
		out = append(out, items(iris.Text(c.name), iris.Int(c.typ), iris.Int(50), iris.Int(0), iris.Int(1),
			iris.Text(c.name), iris.Text("T"), iris.Text("SQLUser"), iris.Int(0), iris.Binary(make([]byte, 12)))...)
	}
	return append(out, updateMetadata(params)...)
}

// updateMetadata is the reply to PP of anything else.
func updateMetadata(params int) []byte {
	out := items(iris.Int(int64(params)))
	for range params {
		out = append(out, items(iris.Int(12), iris.Int(50), iris.Int(0), iris.Int(1))...)
	}
	return append(out, items(iris.Int(1))...)
}
