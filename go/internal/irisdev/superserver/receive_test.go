package superserver

import (
	"testing"
	"time"
)

func TestMessagesBehindALongStatementAreAnsweredInOrder(t *testing.T) {
	engine := people()
	engine.started = make(chan struct{})
	addr := serve(t, Config{Engine: engine})
	c := login(t, addr)
	c.send("DQ", 3, pack(1, "SELECT WAIT", 0, 1, 0, 0, 0))
	const behind = 9 // more than are received ahead
	for range behind {
		c.send("PG", 0, nil)
	}
	<-engine.started
	other := login(t, addr)
	other.expect("interrupt", 0, "")(other.call("EI", 0, "10001", 3))
	c.receive() // metadata
	c.expect("interrupted", 456, "")(c.receive())
	for range behind {
		c.expect("behind it", 0, "")(c.receive())
	}
	c.expect("later", 0, "")(c.call("PG", 0))
}

func TestTheEndOfAConnectionEndsWhatWaitsOnIt(t *testing.T) {
	engine := people()
	engine.started = make(chan struct{})
	addr := serve(t, Config{Engine: engine, License: 1})
	c := login(t, addr)
	c.send("DQ", 3, pack(1, "SELECT WAIT", 0, 1, 0, 0, 0))
	<-engine.started
	c.nc.Close()
	for end := time.Now().Add(5 * time.Second); ; time.Sleep(5 * time.Millisecond) {
		next := dial(t, addr)
		if status, _ := next.connect("USER", "_SYSTEM", "SYS", 32); status == 0 {
			return
		}
		if time.Now().After(end) {
			t.Fatal("the licence unit was not given back")
		}
	}
}
