package pgwire

import (
	"encoding/binary"
	"errors"
	"io"
	"maps"
	"strings"
	"testing"
)

// packet is a first packet: length, code and body.
func packet(code uint32, body string) string {
	b := binary.BigEndian.AppendUint32(nil, uint32(8+len(body)))
	return string(binary.BigEndian.AppendUint32(b, code)) + body
}

func TestFirstPackets(t *testing.T) {
	for _, c := range []struct {
		name, input string
		want        First
	}{
		{"start-up", packet(3<<16, "user\x00ann\x00database\x00x\x00\x00"),
			First{Kind: StartupPacket, Major: 3, Params: map[string]string{"user": "ann", "database": "x"}}},
		{"protocol 3.2 with an extension", packet(3<<16|2, "user\x00ann\x00_pq_.x\x001\x00\x00"),
			First{Kind: StartupPacket, Major: 3, Minor: 2, Params: map[string]string{"user": "ann"}, Extensions: []string{"_pq_.x"}}},
		{"protocol 2", packet(2<<16, ""), First{Kind: StartupPacket, Major: 2}},
		{"SSLRequest", packet(sslCode, ""), First{Kind: SSLRequest}},
		{"GSSENCRequest", packet(gssCode, ""), First{Kind: GSSRequest}},
		{"CancelRequest", packet(cancelCode, "\x00\x00\x00\x07abcd"), First{Kind: CancelRequest, PID: 7, Key: []byte("abcd")}},
		{"a TLS handshake", "\x16\x03\x01\x02\x00", First{Kind: DirectTLS}},
	} {
		got, err := from(c.input).ReceiveFirst()
		if err != nil || got.Kind != c.want.Kind || got.Major != c.want.Major || got.Minor != c.want.Minor || got.PID != c.want.PID ||
			string(got.Key) != string(c.want.Key) || !maps.Equal(got.Params, c.want.Params) || len(got.Extensions) != len(c.want.Extensions) {
			t.Errorf("%s: %+v, %v", c.name, got, err)
		}
	}
}

func TestBadFirstPacketsEndTheConnection(t *testing.T) {
	layout := "FATAL 08P01 invalid startup packet layout: expected terminator as last byte"
	for _, c := range []struct{ name, input, want string }{
		{"nothing", "", io.EOF.Error()},
		{"a few bytes", "\x00\x00", io.ErrUnexpectedEOF.Error()},
		{"HTTP", "GET / HTTP/1.1\r\n\r\n", ErrNotPostgres.Error()},
		{"10 MB", "\x00\x98\x96\x80" + strings.Repeat("x", 100), ErrNotPostgres.Error()},
		{"a negative length", "\xff\xff\xff\xff\x00\x03\x00\x00", ErrNotPostgres.Error()},
		{"no code", "\x00\x00\x00\x04", ErrNotPostgres.Error()},
		{"cut short", packet(3<<16, "user\x00ann\x00\x00")[:12], io.ErrUnexpectedEOF.Error()},
		{"no terminator", packet(3<<16, "user\x00ann\x00"), layout},
		{"a name without a value", packet(3<<16, "user\x00"), layout},
		{"bytes behind the terminator", packet(3<<16, "\x00x"), layout},
		{"a cancel key that is too short", packet(cancelCode, "\x00\x00\x00\x07"), ErrNotPostgres.Error()},
		{"a cancel key that is too long", packet(cancelCode, strings.Repeat("k", 300)), ErrNotPostgres.Error()},
	} {
		_, err := from(c.input).ReceiveFirst()
		if got := told(err); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

func TestPlainTextBehindAnSSLRequestIsRefused(t *testing.T) {
	c := from(packet(sslCode, "") + packet(3<<16, "user\x00ann\x00\x00"))
	if _, err := c.ReceiveFirst(); err != nil {
		t.Fatal(err)
	}
	if err := c.StartTLS(t.Context(), nil, false); !errors.Is(err, ErrEarlyData) {
		t.Errorf("got %v", err)
	}
}

// FuzzReceiveFirst reads arbitrary first packets.
func FuzzReceiveFirst(f *testing.F) {
	f.Add([]byte(packet(3<<16, "user\x00ann\x00\x00")))
	f.Add([]byte(packet(cancelCode, "\x00\x00\x00\x07abcd")))
	f.Fuzz(func(t *testing.T, input []byte) {
		first, err := from(string(input)).ReceiveFirst()
		if err == nil && first.Kind == CancelRequest && len(first.Key) < 4 {
			t.Errorf("a key of %d bytes was accepted", len(first.Key))
		}
	})
}
