package superserver

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/recording"
)

// scenario is the fixed scenario of tests/drivers/record as our client goes through it: step is told what comes next.
func scenario(t *testing.T, cfg Config, step func(name string)) {
	t.Helper()
	step("refused login")
	wrong := devLogin
	wrong.Password = "wrong"
	if _, err := Connect(t.Context(), cfg, wrong); err == nil {
		t.Fatal("not refused")
	}
	step("connect")
	d := connectWith(t, cfg)
	step("select 1")
	d.all("SELECT 1")
	step("create")
	for _, ddl := range scenarioTables {
		if _, err := d.ExecDirect(t.Context(), ddl); err != nil {
			t.Fatal(err)
		}
	}
	scenarioStatements(d, step)
	scenarioTransactions(d, step)
	step("write streams")
	d.exec("INSERT INTO Rec.Streams (Id, T, B) VALUES (?, ?, ?)", iris.Int(1), iris.Text("Ж"+strings.Repeat("x", 1_100_000)),
		iris.Binary(bytes.Repeat([]byte{0, 255}, 550_000)))
	step("read streams")
	d.all("SELECT T, B FROM Rec.Streams")
	scenarioNative(t, d.Native(), step)
	step("disconnect")
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
}

var scenarioTables = []string{
	"CREATE TABLE Rec.Kinds (Id INTEGER PRIMARY KEY, KSmall SMALLINT, KBig BIGINT, KBit BIT, KNumeric NUMERIC(10,2), " +
		"KDouble DOUBLE, KText VARCHAR(50), KUnicode VARCHAR(50), KBinary VARBINARY(50), KDate DATE, KTime TIME, KStamp TIMESTAMP)",
	"CREATE TABLE Rec.Many (Id INTEGER PRIMARY KEY, T VARCHAR(3000))",
	"CREATE TABLE Rec.Streams (Id INTEGER PRIMARY KEY, T LONGVARCHAR, B LONGVARBINARY)",
}

const (
	scenarioColumns = "Id, KSmall, KBig, KBit, KNumeric, KDouble, KText, KUnicode, KBinary, KDate, KTime, KStamp"
	scenarioMany    = "INSERT INTO Rec.Many (Id, T) VALUES (?, ?)"
)

// all reads a query to its end.
func (d dev) all(sql string, args ...iris.Value) {
	d.t.Helper()
	for rows := d.query(sql, args...); ; {
		if _, err := rows.Next(d.t.Context()); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			d.t.Fatalf("%s: %v", sql, err)
		}
	}
}

func scenarioStatements(d dev, step func(string)) {
	insert := "INSERT INTO Rec.Kinds (" + scenarioColumns + ") VALUES (" + strings.Repeat("?, ", 11) + "?)"
	step("insert")
	d.exec(insert, iris.Int(1), iris.Int(-32768), iris.Int(9007199254740993), iris.Bool(true), iris.Decimal(1234567, -2), iris.Double(0.1),
		iris.Text("héllo"), iris.Text("漢 😀"), iris.Binary([]byte{0, 255, 65}), iris.Text("2024-02-29"), iris.Text("13:14:15"),
		iris.Text("2024-02-29 13:14:15.123"))
	step("insert again")
	null := iris.Null()
	d.exec(insert, iris.Int(2), null, null, null, null, null, iris.Text(""), null, null, null, null, null)
	step("query")
	d.all("SELECT "+scenarioColumns+" FROM Rec.Kinds WHERE Id > ? ORDER BY Id", iris.Int(0))
	step("batch")
	var sets [][]iris.Value
	for i := range 20 {
		sets = append(sets, []iris.Value{iris.Int(int64(i + 1)), iris.Text(strings.Repeat("x", 3000))})
	}
	st, err := d.Prepare(d.t.Context(), scenarioMany)
	if err == nil {
		_, err = d.ExecBatch(d.t.Context(), st, sets)
	}
	if err != nil {
		d.t.Fatal(err)
	}
	step("fetch")
	d.all("SELECT Id, T FROM Rec.Many ORDER BY Id")
	step("abandon")
	d.row("SELECT Id, T FROM Rec.Many ORDER BY Id")
	step("no table")
	if _, err := d.Prepare(d.t.Context(), "SELECT * FROM Rec.Nope"); err == nil {
		d.t.Fatal("not refused")
	}
	step("duplicate key")
	if _, err := d.Exec(d.t.Context(), st, []iris.Value{iris.Int(1), iris.Text("y")}); err == nil {
		d.t.Fatal("not refused")
	}
}

func scenarioTransactions(d dev, step func(string)) {
	for i, end := range []func(context.Context) error{d.Commit, d.Rollback} {
		step([]string{"commit", "rollback"}[i])
		if err := d.Begin(d.t.Context()); err != nil {
			d.t.Fatal(err)
		}
		d.exec(scenarioMany, iris.Int(int64(21+i)), iris.Text("y"))
		if err := end(d.t.Context()); err != nil {
			d.t.Fatal(err)
		}
	}
}

func scenarioNative(t *testing.T, n Native, step func(string)) {
	const global = "RecGlobal"
	ctx := t.Context()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	step("native set")
	must(n.Set(ctx, iris.Text("é"), global, iris.Int(1), iris.Text("a")))
	must(n.Set(ctx, iris.Int(42), global, iris.Int(2)))
	step("native get")
	for _, subs := range [][]iris.Value{{iris.Int(1), iris.Text("a")}, {iris.Int(2)}, {iris.Int(3)}} {
		_, _, err := n.Get(ctx, global, subs...)
		must(err)
	}
	step("native data")
	_, err := n.Data(ctx, global, iris.Int(1))
	must(err)
	step("native increment")
	_, err = n.Increment(ctx, iris.Int(3), global, iris.Text("n"))
	must(err)
	step("native lock")
	must(n.Lock(ctx, time.Second, global))
	must(n.Unlock(ctx, global))
	step("native class method")
	_, err = n.Call(ctx, "%SYSTEM.Version", "GetNumber")
	must(err)
	step("native error")
	if _, err := n.Call(ctx, "No.Such.Class", "Method", iris.Int(1), iris.Text("a")); err == nil {
		t.Fatal("not refused")
	}
	step("native kill")
	must(n.Kill(ctx, global))
}

// TestScenarioForTheRecorder is our client's part of tests/drivers/record, which runs it by hand.
func TestScenarioForTheRecorder(t *testing.T) {
	at := os.Getenv("RECORD_STEPS")
	if at == "" {
		return // not the recorder
	}
	steps, err := net.Dial("tcp", at)
	if err != nil {
		t.Fatal(err)
	}
	defer steps.Close()
	scenario(t, Config{Address: os.Getenv("IRISDEV_ADDRESS")}, func(name string) {
		_, err := steps.Write([]byte(name + "\n"))
		if err == nil {
			_, err = steps.Read(make([]byte, 1))
		}
		if err != nil {
			t.Fatal(err)
		}
	})
}

// spy keeps what is written to a socket.
type spy struct {
	net.Conn
	mu  *sync.Mutex
	out *bytes.Buffer
}

func (s spy) Write(p []byte) (int, error) {
	s.mu.Lock()
	s.out.Write(p)
	s.mu.Unlock()
	return s.Conn.Write(p)
}

// The recording of our client is what it sends today; after a change that is meant, tests/drivers/record/run iris-pgwire
// makes it anew.
func TestOurRecordingIsWhatWeSend(t *testing.T) {
	recorded, err := recording.Load(recording.Ours)
	if err != nil {
		t.Fatal(err)
	}
	var mu sync.Mutex
	var sent []*bytes.Buffer
	dial := func(ctx context.Context, network, address string) (net.Conn, error) {
		c, err := new(net.Dialer).DialContext(ctx, network, address)
		mu.Lock()
		defer mu.Unlock()
		sent = append(sent, new(bytes.Buffer))
		return spy{c, &mu, sent[len(sent)-1]}, err
	}
	scenario(t, Config{Address: startIris(t), Dial: dial}, func(string) {})
	for _, x := range recorded {
		want := x.Request
		if want.Connection > len(sent) {
			t.Fatalf("line %d: connection %d was not opened", want.Line, want.Connection)
		}
		stream := sent[want.Connection-1]
		head := stream.Next(headerSize)
		if len(head) < headerSize {
			t.Fatalf("line %d: %q is not sent", want.Line, want.Code)
		}
		h := parseHeader(head)
		if string(head[12:]) != want.Code || h.number != want.Number || h.statement != want.Statement {
			t.Fatalf("line %d: %q number %d statement %d is sent, recorded %q number %d statement %d", want.Line, head[12:], h.number,
				h.statement, want.Code, want.Number, want.Statement)
		}
		if err := want.Same(stream.Next(int(h.length))); err != nil {
			t.Fatalf("%q: %v", want.Code, err)
		}
	}
	for i, rest := range sent {
		if rest.Len() > 0 {
			t.Errorf("connection %d: %d bytes more than recorded", i+1, rest.Len())
		}
	}
}
