package superserver

import (
	"context"
	"encoding/binary"
	"net"
	"testing"

	"iris-pgwire/internal/irisdev/store/storetest"
	"iris-pgwire/internal/irisdev/value"
)

// FuzzNativeCall sends any body to any native call: the answer is one frame with the request's number, a native status and
// a body of list elements.
func FuzzNativeCall(f *testing.F) {
	for _, seed := range []struct {
		n    byte
		body []any
	}{
		{1, []any{"G", 1, "a"}}, {2, []any{"^G", 2, 1, "a", "v"}}, {3, []any{"G", 0}}, {5, []any{"G", 1, nil, 15, 1}},
		{6, []any{"G", 0, 5}}, {9, []any{"G", 0, 0}}, {11, []any{"%SYSTEM.Version", "GetNumber", 0}}, {12, []any{"C", "M", 2, 1, nil}},
		{14, []any{"^G", 1, 1, "SE", 0}}, {15, []any{"^G", 1, 1, "SEI"}}, {16, nil}, {17, nil}, {18, nil}, {19, nil}, {20, nil}, {21, nil},
	} {
		f.Add(seed.n, pack(seed.body...))
	}
	s := storetest.Memory(f)
	proc, err := s.NewProcess("USER")
	if err != nil {
		f.Fatal(err)
	}
	near, far := net.Pipe()
	defer near.Close()
	defer far.Close()
	c := newConn(context.Background(), New(Config{Store: s, Classes: newSystemClasses("Version 2025.1 Build 1|")}), near)
	c.proc = proc
	f.Fuzz(func(t *testing.T, n byte, data []byte) {
		c.out = c.out[:0]
		req := request{number: 7, code: code{nativeBase + n, nativeMark}, body: data}
		if err := native(c, req); err != nil {
			t.Fatal(err)
		}
		if len(c.out) < headSize || binary.LittleEndian.Uint32(c.out[4:]) != 7 {
			t.Fatalf("no answer: %x", c.out)
		}
		body := c.out[headSize:]
		if int(binary.LittleEndian.Uint32(c.out)) != len(body) || binary.LittleEndian.Uint16(c.out[12:]) < statusNative {
			t.Fatalf("not one frame with a native status: %x", c.out)
		}
		for len(body) > 0 {
			_, used, err := value.NextItem(body)
			if err != nil {
				t.Fatalf("%v: %x", err, c.out)
			}
			body = body[used:]
		}
	})
}
