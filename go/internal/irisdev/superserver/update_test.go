package superserver

import (
	"testing"
	"time"
)

func TestUpdates(t *testing.T) {
	c := login(t, serve(t, Config{Engine: people()}))
	c.expect("START TRANSACTION", 0, "0,1,1")(c.call("DU", 1, 1, "START TRANSACTION", 0, nil, 0, 1, 0))
	c.expect("in transaction", 0, "1")(c.call("IT", 0))
	c.expect("DU", 0, "1,0,0,0,0,1,1")(c.call("DU", 2, 2, "INSERT ", ":%qpar(1)", 1, 63, 0, nil, 0, 1, 1, 7))
	c.expect("PU", 0, "1,1,1")(c.call("PU", 2, "-1", 0, 3, 1, 8, 9, 10))
	if status, body := c.call("GG", 2); status != 100 || len(body) == 0 {
		t.Errorf("generated key: %d %x", status, body)
	}
	c.expect("seen", 51712, "1")(c.call("\x49\xc2", 0, "Row", 1, 8, 0))
	c.expect("rollback", 0, "")(c.call("TR", 0))
	c.expect("gone", 51712, "0")(c.call("\x49\xc2", 0, "Row", 1, 8, 0))
	c.expect("failing batch", 104, "1,-3,-3")(c.call("PU", 2, nil, 0, 3, 1, 1, "FAIL", 3))
	c.expect("failing update", 104, "")(c.call("PU", 2, nil, 0, 1, 1, "FAIL"))
	c.expect("unknown id", 404, "")(c.call("PU", 77, nil, 0, 1, 0))
	c.expect("purged", 404, "")(c.call("DU", 3, 1, "PURGED", 0, nil, 0, 1, 0))
	c.expect("commit without transaction", 0, "")(c.call("TC", 0))
	c.expect("no keys", 100, "")(c.call("GG", 99))
}

func TestBatchOfTexts(t *testing.T) {
	c := login(t, serve(t, Config{Engine: people()}))
	c.expect("batch", 0, "1,1")(c.call("EB", 1, []byte{2, 0, 0, 0}, 0, 1, "INSERT", 1, 0, 1, "INSERT :%qpar(1)", 1, 1, 5))
	c.expect("failing", 104, "1,-3")(c.call("EB", 1, []byte{3, 0, 0, 0}, 0, 1, "INSERT", 1, 0, 1, "INSERT :%qpar(1)", 1, 1, "FAIL", 1, "INSERT", 1, 0))
	c.expect("cut", 400, "")(c.call("EB", 1, []byte{255, 255, 255, 255}, 0))
}

func TestSessionMessages(t *testing.T) {
	c := login(t, serve(t, Config{Engine: people()}))
	c.expect("isolation", 0, "1")(c.call("IL", 0, 0))
	c.send("RC", 0, nil)
	c.expect("read committed", 0, "2")(c.call("IL", 0, 0))
	c.expect("set", 0, "1")(c.call("IL", 0, 1))
	c.expect("unknown level", 96, "")(c.call("IL", 0, 8))
	c.expect("schema", 0, "SQLUser")(c.call("GS", 0))
	for _, silent := range []string{"AF", "AN", "RU", "CS", "CU", "CC", "RN"} {
		c.send(silent, 0, nil)
	}
	c.expect("still in step", 0, "0")(c.call("IT", 0))
}

func TestInterrupt(t *testing.T) {
	engine := people()
	engine.started = make(chan struct{})
	addr := serve(t, Config{Engine: engine})
	c, other := login(t, addr), login(t, addr)
	c.send("PP", 3, pack(1, "SELECT WAIT", 0))
	c.receive()
	c.send("PQ", 3, pack(1, 0, 0, 0))
	<-engine.started
	other.expect("wrong statement", 454, "")(other.call("EI", 0, "10001", 8))
	other.expect("unknown job", 99, "")(other.call("EI", 0, "1", 3))
	other.expect("interrupt", 0, "")(other.call("EI", 0, "10001", 3))
	c.expect("interrupted", 456, "")(c.receive())
	c.expect("usable", 0, "")(c.call("PG", 0))
	other.expect("nothing runs", 454, "")(other.call("EI", 0, "10001", 3))
}

func TestQueryTimeOut(t *testing.T) {
	engine := people()
	engine.started = make(chan struct{})
	c := login(t, serve(t, Config{Engine: engine}))
	c.call("PP", 3, 1, "SELECT WAIT", 0)
	c.expect("timeout", 450, "")(c.call("PQ", 3, 1, 0, 1, 0))
}

func TestAKilledConnectionFreesItsLocksAndRollsBack(t *testing.T) {
	addr := serve(t, Config{Engine: people()})
	c, other := login(t, addr), login(t, addr)
	c.call("DU", 1, 1, "START TRANSACTION", 0, nil, 0, 1, 0)
	c.call("DU", 2, 1, "INSERT :%qpar(1)", 1, 63, 0, nil, 0, 1, 1, 7)
	c.expect("lock", 51712, "")(c.call("\x4e\xc2", 0, "Row", 1, 7, "", 0))
	other.expect("held", 51712+5001, "<TIMEOUT> the lock is held by another process")(other.call("\x4e\xc2", 0, "Row", 1, 7, "", 0))
	other.expect("dirty read", 51712, "7")(other.call("\x41\xc2", 0, "Row", 1, 7))
	c.nc.Close()
	other.nc.SetDeadline(time.Now().Add(20 * time.Second))
	other.expect("free", 51712, "")(other.call("\x4e\xc2", 0, "Row", 1, 7, "", 20))
	other.expect("rolled back", 51712+1009, "")(other.call("\x41\xc2", 0, "Row", 1, 7))
}

func TestAConnectionThatDiesWhileItWaitsLeavesTheQueue(t *testing.T) {
	addr := serve(t, Config{Engine: people()})
	c, waiting, third := login(t, addr), login(t, addr), login(t, addr)
	c.call("\x4e\xc2", 0, "Row", 1, 7, "", 0)
	waiting.send("\x4e\xc2", 0, pack("Row", 1, 7, "", 20))
	waiting.nc.Close()
	c.call("\x4f\xc2", 0, "Row", 1, 7, "")
	third.nc.SetDeadline(time.Now().Add(20 * time.Second))
	third.expect("free", 51712, "")(third.call("\x4e\xc2", 0, "Row", 1, 7, "", 20))
}
