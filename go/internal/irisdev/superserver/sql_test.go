package superserver

import (
	"encoding/hex"
	"fmt"
	"strings"
	"testing"

	"iris-pgwire/internal/irisdev/value"
)

// people is a query of two columns and two rows.
func people() *fakeEngine {
	return &fakeEngine{
		columns: []Column{{Name: "ID", Label: "ID", Table: "T", Schema: "SQLUser", Type: 4, Precision: 10},
			{Name: "Name", Label: "Name", Table: "T", Schema: "SQLUser", Type: 12, Precision: 50, Nullable: 1}},
		rows: [][]value.Value{{value.Int(1), value.Text("abc")}, {value.Int(2), value.Text("dЖ")}},
	}
}

func unhex(t *testing.T, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(strings.NewReplacer(" ", "", "\n", "", "\t", "").Replace(s))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// The bytes of a direct query as go-irisnative sends it and reads the replies, with fast select.
func TestDirectQueryBytesWithFastSelect(t *testing.T) {
	c := dial(t, serve(t, Config{Engine: people()}))
	c.connect("USER", "_SYSTEM", "SYS", 37)
	c.send("DQ", 0, unhex(t, `030401 2f01`+hex.EncodeToString([]byte("SELECT ID, Name FROM T WHERE ID >  :%qpar(1) "))+
		`030401 030463 030404 030401 030401 030405 03040a 0304c8`))
	status, body := c.receive()
	want := unhex(t, `030401 030402 030402
		04014944 030404 03040a 0204 0204 04014944 030154 090153514c55736572 0204 0e01000000000000000000000000 030401
		06014e616d65 03040c 030432 0204 030401 06014e616d65 030154 090153514c55736572 0204 0e01000000000000000000000000 030402
		030401 0204 0204 0204 0204 030401`)
	if status != 0 || string(body) != string(want) {
		t.Errorf("metadata: %d\n%x, want\n%x", status, body, want)
	}
	status, body = c.receive()
	if want := unhex(t, `0a01 030401 0501616263 0b01 030402 0602 64001604`); status != 100 || string(body) != string(want) {
		t.Errorf("rows: %d %x, want %x", status, body, want)
	}
	c.expect("FD after the end", 100, "")(c.call("FD", 0))
}

// A server that grants fast select need not use it: the item 0 then says that the rows are plain and have no slots.
func TestPlainRowsForWhoAskedForFastOnes(t *testing.T) {
	c := dial(t, serve(t, Config{Engine: people(), Variant: contrary(t)}))
	c.connect("USER", "_SYSTEM", "SYS", 37)
	status, body := c.call("PP", 1, 1, "SELECT ID, Name FROM T WHERE ID > :%qpar(1)", 1, "?", 0)
	flags := strings.Repeat("\x00", 12)
	want := "0,2,ID,4,10,0,0,ID,T,SQLUser,0," + flags + ",Name,12,50,0,1,Name,T,SQLUser,0," + flags + ",1,12,0,0,0,1"
	c.expect("metadata", 0, want)(status, body)
	c.expect("rows", 0, "1,abc,2,dЖ")(c.call("PQ", 1, 1, 1, "5", 0, 0))
}

func TestPreparedQueryWithoutFastSelect(t *testing.T) {
	c := login(t, serve(t, Config{Engine: people()}))
	status, body := c.call("PP", 2, 1, "SELECT ID , Name FROM T WHERE ID > :%qpar(1)", 1, "?", 0)
	flags := strings.Repeat("\x00", 12)
	want := "2,ID,4,10,0,0,ID,T,SQLUser,0," + flags + ",Name,12,50,0,1,Name,T,SQLUser,0," + flags + ",1,0,0,0,0,1"
	c.expect("metadata", 0, want)(status, body)
	for range 2 {
		c.expect("rows", 100, "1,abc,2,dЖ")(c.call("PQ", 2, 1, 1, "5", 0, 0))
	}
	c.expect("one row", 100, "1,abc")(c.call("PQ", 2, 1, 1, "5", 0, 1))
	c.expect("unknown id", 404, "")(c.call("PQ", 9, 1, 1, "5", 0, 0))
	c.expect("FD of an unknown id", 404, "")(c.call("FD", 9))
	c.expect("missing parameter", 400, "")(c.call("PQ", 2, 1, 0, 0, 0))
	c.expect("update as query", 0, "0,1")(c.call("PP", 3, 1, "INSERT", 0))
	c.expect("update as query", 400, "")(c.call("PQ", 3, 1, 0, 0, 0))
	c.expect("query as update", 400, "")(c.call("PU", 2, nil, 0, 1, 1, "5"))
	c.send("UC", 0, pack(1, 2))
	c.expect("forgotten id", 404, "")(c.call("PQ", 2, 1, 1, "5", 0, 0))
}

func TestRowsComeInBuffers(t *testing.T) {
	for _, other := range []bool{false, true} {
		engine := people()
		engine.rows = nil
		for i := range 5000 {
			engine.rows = append(engine.rows, []value.Value{value.Int(int64(i)), value.Text(strings.Repeat("x", 50))})
		}
		config := Config{Engine: engine}
		if other {
			config.Variant = contrary(t)
		}
		c := login(t, serve(t, config))
		c.call("PP", 1, 1, "SELECT", 0)
		status, body := c.call("PQ", 1, 1, 0, 0, 0)
		got, buffers, empty := "", 0, false
		for {
			if len(body) > bufferSize {
				t.Errorf("a buffer of %d bytes", len(body))
			}
			got += unpack(t, body) + ","
			if buffers++; status == 100 {
				empty = len(body) == 0
				break
			}
			status, body = c.call("FD", 1)
		}
		n := strings.Count(got, "x,")
		if n != 5000 || buffers < 3 || empty != other || !strings.HasPrefix(got, "0,xx") || !strings.Contains(got, ",4999,xx") {
			t.Errorf("contrary %v: %d rows in %d buffers, last one empty: %v", other, n, buffers, empty)
		}
	}
}

func TestARowLongerThanABufferIsNotCut(t *testing.T) {
	engine := people()
	long := strings.Repeat("y", 200000)
	engine.rows = [][]value.Value{{value.Int(1), value.Text("a")}, {value.Int(2), value.Text(long)}, {value.Int(3), value.Text("b")}}
	c := login(t, serve(t, Config{Engine: engine}))
	c.call("PP", 1, 1, "SELECT", 0)
	c.expect("first", 0, "1,a")(c.call("PQ", 1, 1, 0, 0, 0))
	c.expect("second", 0, "2,"+long)(c.call("FD", 1))
	c.send("CC", 1, nil)
	c.expect("closed", 100, "")(c.call("FD", 1))
}

func TestValuesInODBCMode(t *testing.T) {
	posix, _ := value.Posix(0)
	types := []int{4, 2, 8, 91, 92, 93, -7, 12, -3, 12}
	row := []value.Value{value.Int(-5), value.Decimal(1250, -2), value.Float(1.5), value.Int(66899), value.Int(47655), posix,
		value.Int(1), value.NullValue(), value.Text("é\x00"), value.VectorOf(&value.Vec{Nums: []float64{1, 2.5}})}
	engine := &fakeEngine{rows: [][]value.Value{row}}
	for i, n := range types {
		engine.columns = append(engine.columns, Column{Name: fmt.Sprint("c", i), Type: n})
	}
	for want, config := range map[string]Config{
		"0305fb 0506fee204 0a08000000000000f83f 0c01323032342d30322d3239 0a0131333a31343a3135" +
			" 1501313937302d30312d30312030303a30303a3030 030401 0201 0401e900 0701312c322e35": {Engine: engine},
		"0305fb 060131322e35 0408c03f 0504530501 040427ba 0a040000000000000010 030401 0201 0401e900 0d015b312e302c20322e35305d": {
			Engine: engine, Variant: contrary(t)},
	} {
		c := login(t, serve(t, config))
		c.call("PP", 1, 1, "SELECT", 0)
		if status, body := c.call("PQ", 1, 1, 0, 0, 0); status != 100 && status != 0 || string(body) != string(unhex(t, want)) {
			t.Errorf("%s: %d\n%x, want\n%s", config.Variant, status, body, strings.ReplaceAll(want, " ", ""))
		}
	}
}

func TestErrorsAndTheirText(t *testing.T) {
	c := login(t, serve(t, Config{Engine: people()}))
	c.expect("error", 30, "")(c.call("DQ", 1, 1, "SELECT * FROM NOPE", 0, 1, 0, 10, 200))
	c.expect("text", 0, "[SQLCODE: <-30>:<Table or view not found>]\r\n[Location: <Prepare>]\r\n[%msg: < Table 'SQLUSER.NOPE' not found>]")(
		c.call("OE", 0, 30))
	c.expect("unknown code", 409, "")(c.call("XY", 0))
	if _, body := c.call("OE", 0, 409); !strings.Contains(unpack(t, body), `"XY"`) {
		t.Errorf("text of an unknown code: %s", unpack(t, body))
	}
	c.expect("cut message", 400, "")(c.call("PP", 1, []byte{9, 1}))
	c.expect("huge count", 400, "")(c.call("PP", 1, 1<<40))
	c.expect("huge set", 400, "")(c.call("DU", 1, 1, "X", 0, nil, 0, 4, 1<<62))
	c.expect("alive", 0, "")(c.call("PG", 0))

	c = login(t, serve(t, Config{Engine: people(), Variant: contrary(t)}))
	c.expect("signed status", 65536-30, "")(c.call("DQ", 1, 1, "SELECT * FROM NOPE", 0, 1, 0, 10, 200))
	c.expect("text on one line", 0, "[SQLCODE: <-30>:<Table or view not found>] [Location: <Prepare>] [%msg: < Tabelle \"SQLUSER.NOPE\" nicht gefunden>]")(
		c.call("OE", 0, 30))
}

func TestErrorOfADirectQueriesExecutionIsTheSecondReply(t *testing.T) {
	c := login(t, serve(t, Config{Engine: people()}))
	status, _ := c.call("DQ", 1, 1, "SELECT :%qpar(1)", 1, 63, 0, 1, 0, 0, 0)
	if status != 0 {
		t.Errorf("first reply has status %d", status)
	}
	c.expect("second reply", 400, "")(c.receive())
}
