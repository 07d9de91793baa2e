package superserver

import (
	"context"
	"encoding/binary"
	"encoding/hex"
	"net"
	"strings"
	"testing"

	"iris-pgwire/internal/irisdev/store/storetest"
	"iris-pgwire/internal/irisdev/value"
	"iris-pgwire/internal/irisdev/variant"
)

// serve starts a server with the user _SYSTEM/SYS and the namespace USER and gives its address.
func serve(t *testing.T, c Config) string {
	t.Helper()
	s := storetest.Memory(t)
	c.Store, c.Version = s, "irisdev Version 2025.1 Build 1|"
	credential, err := NewCredential("SYS")
	if err != nil {
		t.Fatal(err)
	}
	c.Users = oneUser{"_SYSTEM", credential}
	if c.Classes == nil {
		c.Classes = newSystemClasses(c.Version)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error)
	go func() { ended <- New(c).Serve(ctx, l) }()
	t.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	return l.Addr().String()
}

// client speaks the protocol byte by byte.
type client struct {
	t      *testing.T
	nc     net.Conn
	number uint32
	frames int // of the last reply
}

func dial(t *testing.T, addr string) *client {
	t.Helper()
	nc, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { nc.Close() })
	return &client{t: t, nc: nc}
}

// send writes a message.
func (c *client) send(code string, id uint32, body []byte) {
	c.t.Helper()
	head := binary.LittleEndian.AppendUint32(nil, uint32(len(body)))
	head = binary.LittleEndian.AppendUint32(head, c.number)
	head = binary.LittleEndian.AppendUint32(head, id)
	c.number += 2
	if _, err := c.nc.Write(append(append(head, code...), body...)); err != nil {
		c.t.Fatal(err)
	}
}

// receive reads a reply.
func (c *client) receive() (status int, body []byte) {
	c.t.Helper()
	status, body, c.frames = c.receiveAll()
	return status, body
}

// call sends and receives.
func (c *client) call(code string, id uint32, items ...any) (int, []byte) {
	c.t.Helper()
	c.send(code, id, pack(items...))
	return c.receive()
}

// pack makes items of numbers and texts; nil is the empty item, a byte string is raw.
func pack(items ...any) []byte {
	var buf []byte
	for _, item := range items {
		switch x := item.(type) {
		case int:
			buf = value.AppendItem(buf, value.Int(int64(x)))
		case string:
			buf = value.AppendItem(buf, value.Text(x))
		case []byte:
			buf = append(buf, x...)
		case nil:
			buf = value.AppendItem(buf, value.NullValue())
		}
	}
	return buf
}

// unpack shows items: texts between commas, NULL as nothing, an undefined one as -.
func unpack(t *testing.T, data []byte) string {
	t.Helper()
	var out []string
	for len(data) > 0 {
		item, n, err := value.NextItem(data)
		if err != nil {
			t.Fatalf("%x: %v", data, err)
		}
		text := item.Value.Text()
		if item.Undefined {
			text = "-"
		}
		out = append(out, text)
		data = data[n:]
	}
	return strings.Join(out, ",")
}

// hide is what clients do to user name and password.
func hide(s string) []byte {
	out := make([]byte, len(s))
	for i := range len(s) {
		low := s[i] ^ 0xA7 + byte(len(s)-1-i)
		out[len(s)-1-i] = low<<5 | low>>3
	}
	return value.AppendItem(nil, value.ListOf(string(out)))
}

// connect does HS and CN; namespace, user, password and the wish for features may differ.
func (c *client) connect(namespace, user, password string, wish int) (int, []byte) {
	c.t.Helper()
	if status, body := c.call("HS", 0, []byte{69, 0}); status != 0 || hex.EncodeToString(body) != "450003000901556e69636f6465" {
		c.t.Fatalf("handshake: %d %x", status, body)
	}
	return c.call("CN", 0, namespace, hide(user), hide(password), "root", "host", "app", nil, "addr", "", 1, 1, wish)
}

// login connects as _SYSTEM to USER.
func login(t *testing.T, addr string) *client {
	t.Helper()
	c := dial(t, addr)
	if status, body := c.connect("USER", "_SYSTEM", "SYS", 32); status != 0 {
		t.Fatalf("login: %d %s", status, unpack(t, body))
	}
	return c
}

// expect checks a reply.
func (c *client) expect(what string, wantStatus int, want string) func(status int, body []byte) {
	return func(status int, body []byte) {
		c.t.Helper()
		if got := unpack(c.t, body); status != wantStatus || got != want {
			c.t.Errorf("%s: status %d, %q; want %d, %q", what, status, got, wantStatus, want)
		}
	}
}

func contrary(t *testing.T) variant.Set {
	t.Helper()
	v, err := variant.Profile(variant.Contrary)
	if err != nil {
		t.Fatal(err)
	}
	return v
}
