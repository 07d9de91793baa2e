package superserver

import (
	"encoding/hex"
	"net"
	"strings"
	"testing"
	"time"
)

func TestLogin(t *testing.T) {
	addr := serve(t, Config{Engine: &fakeEngine{}})
	c := dial(t, addr)
	status, body := c.connect("user", "_system", "SYS", 63)
	if got := unpack(t, body); status != 0 || got != "irisdev Version 2025.1 Build 1|,1,,3,10001,0,33" {
		t.Errorf("%d %s", status, got)
	}
	c.expect("ping", 0, "")(c.call("PG", 0))
}

func TestRefusedLogins(t *testing.T) {
	addr := serve(t, Config{License: 1})
	for _, l := range []struct{ namespace, user, password, text string }{
		{"USER", "_SYSTEM", "sys", "Access Denied"}, {"USER", "nobody", "SYS", "Access Denied"},
		{"NOPE", "_SYSTEM", "SYS", "<NAMESPACE>"},
	} {
		status, body := dial(t, addr).connect(l.namespace, l.user, l.password, 32)
		if got := unpack(t, body); status != 417 || !strings.Contains(got, l.text) {
			t.Errorf("%v: %d %s", l, status, got)
		}
	}
	first := login(t, addr)
	status, body := dial(t, addr).connect("USER", "_SYSTEM", "SYS", 32)
	if got := unpack(t, body); status != 417 || !strings.Contains(got, "<-98>") || !strings.Contains(got, "LICENSE") {
		t.Errorf("beyond the licence: %d %s", status, got)
	}
	first.send("DC", 0, nil)
	first.nc.Read(make([]byte, 1)) // the unit is free when the server has closed
	for {
		if status, _ := dial(t, addr).connect("USER", "_SYSTEM", "SYS", 32); status == 0 {
			break
		}
	}
}

func TestRevealUndoesTheObfuscation(t *testing.T) {
	for hidden, clear := range map[string]string{"9effde": "SYS", "5d7cbefe403fdf": "_SYSTEM"} {
		b, _ := hex.DecodeString(hidden)
		text := make([]rune, len(b))
		for i, c := range b {
			text[i] = rune(c)
		}
		if got := reveal(string(text)); got != clear {
			t.Errorf("%s is %q, want %q", hidden, got, clear)
		}
	}
}

func TestPasswordsAreKeptAsHashes(t *testing.T) {
	a, err := NewCredential("SYS")
	b, err2 := NewCredential("SYS")
	if err != nil || err2 != nil || string(a.Hash) == string(b.Hash) || strings.Contains(string(a.Hash), "SYS") {
		t.Error("the hash of a password is not salted")
	}
	if !a.Matches("SYS") || a.Matches("sys") || a.Matches("") || (Credential{}).Matches("") {
		t.Error("wrong passwords match")
	}
}

func TestGarbageInsteadOfALoginEndsTheConnection(t *testing.T) {
	addr := serve(t, Config{})
	for _, garbage := range []string{"GET / HTTP/1.1\r\n\r\n", strings.Repeat("\xff", 100), "\x02\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00CNxx",
		"\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00HS"} {
		c := dial(t, addr)
		c.nc.Write([]byte(garbage))
		c.nc.(*net.TCPConn).CloseWrite()
		c.nc.SetDeadline(time.Now().Add(20 * time.Second))
		if n, err := c.nc.Read(make([]byte, 100)); err == nil || n > 0 {
			t.Errorf("%.20q got an answer of %d bytes", garbage, n)
		}
	}
}
