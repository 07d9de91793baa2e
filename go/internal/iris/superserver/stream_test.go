package superserver

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"hash"
	"io"
	"math/rand/v2"
	"net"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"iris-pgwire/internal/iris"
)

const streamTable = "CREATE TABLE Test.Streams (Id INTEGER PRIMARY KEY, T LONGVARCHAR, B LONGVARBINARY)"

func randomBytes(n int) []byte {
	b := make([]byte, n)
	r := rand.NewChaCha8([32]byte{1})
	_, _ = r.Read(b)
	return b
}

func TestStreamColumnsComeBackExactly(t *testing.T) {
	d := connectDev(t, startIris(t))
	d.exec(streamTable)
	mixed := "aé漢😀-"
	for i, c := range []struct {
		text  string
		bytes []byte
	}{
		{"", []byte{1}},
		{"x", []byte{0}}, // as an ordinary parameter it would be the empty string
		{"x", []byte{0, 0}},
		{mixed, []byte{0xFF, 0x80, 0}},
		{strings.Repeat(mixed, 20_000), randomBytes(200_000)},
		{"a" + strings.Repeat("漢", 1_200_000), randomBytes(4_000_000)},  // above every inline limit; chunks fall inside characters
		{"ab" + strings.Repeat("😀", 300_000), randomBytes(inlineLimit)}, // the last one inline
	} {
		id := iris.Int(int64(i))
		d.exec("INSERT INTO Test.Streams VALUES (?, ?, ?)", id, iris.Text(c.text), iris.Binary(c.bytes))
		got := d.row("SELECT T, B FROM Test.Streams WHERE Id = ?", id)
		if got[0].String() != c.text {
			t.Errorf("row %d: text of %d bytes came back as %d", i, len(c.text), len(got[0].String()))
		}
		if b, ok := got[1].Bytes(); !ok || !bytes.Equal(b, c.bytes) {
			t.Errorf("row %d: %d bytes came back as %d", i, len(c.bytes), len(b))
		}
	}
	d.exec("INSERT INTO Test.Streams VALUES (?, ?, ?)", iris.Int(99), iris.Null(), iris.Null())
	if got := d.row("SELECT T, B FROM Test.Streams WHERE Id = 99"); !got[0].IsNull() || !got[1].IsNull() {
		t.Errorf("NULL came back as %v", got)
	}
	d.exec("UPDATE Test.Streams SET T = ? WHERE Id = 4", iris.Text("short"))
	if got := d.row("SELECT T, B FROM Test.Streams WHERE Id = 4"); got[0].String() != "short" || len(got[1].Raw()) != 200_000 {
		t.Errorf("after the update: %q and %d bytes", got[0].String(), len(got[1].Raw()))
	}
}

func TestStreamsAreReadAndWrittenPieceByPiece(t *testing.T) {
	d := connectDev(t, startIris(t))
	d.exec(streamTable)
	ctx := t.Context()
	data, text := randomBytes(5_000_000), strings.Repeat("aé漢😀", 100_000)
	for _, c := range []struct {
		id     int64
		column string
		value  iris.Value
	}{{1, "B", iris.Binary(data)}, {2, "T", iris.Text(text)}} {
		d.exec("INSERT INTO Test.Streams (Id, "+c.column+") VALUES (?, ?)", iris.Int(c.id), c.value)
		rows := d.query("SELECT Id, "+c.column+" FROM Test.Streams WHERE Id = ?", iris.Int(c.id)).(iris.LongRows)
		rows.KeepLong()
		if _, err := rows.Next(ctx); err != nil {
			t.Fatal(err)
		}
		failing := failAfter(70_000)
		if _, err := rows.CopyLong(ctx, 1, &failing); !errors.Is(err, errFull) || d.Broken() {
			t.Errorf("%s: a writer that fails: %v, broken %v", c.column, err, d.Broken())
		}
		var got bytes.Buffer
		n, err := rows.CopyLong(ctx, 1, &got)
		if err != nil || n != int64(got.Len()) || !bytes.Equal(got.Bytes(), c.value.Raw()) {
			t.Errorf("%s: %d bytes, %v", c.column, n, err)
		}
		if _, err := rows.Next(ctx); !errors.Is(err, io.EOF) {
			t.Errorf("%s: %v", c.column, err)
		}
		if n, err := rows.CopyLong(ctx, 1, io.Discard); n != 0 || err != nil {
			t.Errorf("%s, behind the last row: %d bytes, %v", c.column, n, err)
		}
	}
	if _, err := d.writeStream(ctx, strings.NewReader("abc\xff"), false); err == nil || d.Broken() {
		t.Errorf("text that is not UTF-8: %v, broken %v", err, d.Broken())
	}
	if _, err := d.readStream(ctx, d.nextID(), iris.Text("77@%Stream.GlobalBinary"), io.Discard); err == nil || d.Broken() {
		t.Errorf("a handle of nothing: %v, broken %v", err, d.Broken())
	}
}

// Whoever writes a value in the form of a handle means the value.
func TestAValueInTheFormOfAHandleIsContent(t *testing.T) {
	d := connectDev(t, startIris(t))
	d.exec(streamTable)
	for i, text := range []string{"1@%Stream.GlobalCharacter", "1@%Stream.GlobalBinary", "@%"} {
		for j, v := range []iris.Value{iris.Text(text), iris.Binary([]byte(text)), iris.Latin1([]byte(text)), iris.UTF16(utf16LE(text))} {
			id := iris.Int(int64(10*i + j))
			d.exec("INSERT INTO Test.Streams VALUES (?, ?, ?)", id, v, v)
			got := d.row("SELECT T, B FROM Test.Streams WHERE Id = ?", id)
			if got[0].String() != text || got[1].String() != text {
				t.Errorf("%q in form %d came back as %q and %q", text, j, got[0].String(), got[1].String())
			}
		}
	}
}

func utf16LE(ascii string) (out []byte) {
	for i := range len(ascii) {
		out = append(out, ascii[i], 0)
	}
	return out
}

// longFake answers a query of three rows in two buffers with (ID, a LONGVARCHAR).
func longFake(r request) []answer {
	switch r.code {
	case "PP":
		return []answer{{body: bytes.Replace(queryMetadata(0), items(iris.Text("Name"), iris.Int(12)), items(iris.Text("Name"), iris.Int(-1)), 1)}}
	case "PQ":
		return []answer{{body: items(iris.Int(1), iris.Text("1@%S"), iris.Int(2), iris.Text("2@%S"))}}
	case "FD":
		return []answer{{status: statusEnd, body: items(iris.Int(3), iris.Text("3@%S"))}}
	case "JS":
		return []answer{{body: []byte("x")}}
	}
	return []answer{{}}
}

func TestIRISMayForgetEveryStreamOfARow(t *testing.T) {
	for name, c := range map[string]struct {
		keep bool
		read int
		want string
	}{
		"no row read":               {false, 0, "PP PQ CS CS CC PG"},
		"one row read":              {false, 1, "PP PQ JS CS CS CC PG"},
		"all rows read":             {false, 4, "PP PQ JS CS JS CS FD JS CS PG"},
		"one row kept in IRIS":      {true, 1, "PP PQ CS CS CC PG"},
		"all rows kept in IRIS":     {true, 4, "PP PQ CS CS FD CS PG"},
		"the last row kept is open": {true, 3, "PP PQ CS CS FD CS PG"},
	} {
		t.Run(name, func(t *testing.T) {
			f := startFake(t, longFake)
			d := dev{f.connect(t), t}
			rows := d.query("SELECT ID, Name FROM T")
			if c.keep {
				rows.(iris.LongRows).KeepLong()
			}
			for range c.read {
				_, _ = rows.Next(ctx)
			}
			if err := errors.Join(rows.Close(ctx), d.Ping(ctx)); err != nil {
				t.Error(err)
			}
			if got := strings.Join(f.codes(), " "); got != c.want {
				t.Errorf("%s, want %s", got, c.want)
			}
		})
	}
}

var errFull = errors.New("full")

type failAfter int

func (f *failAfter) Write(p []byte) (int, error) {
	if *f -= failAfter(len(p)); *f < 0 {
		return 0, errFull
	}
	return len(p), nil
}

const hundredMB = 100 << 20

// repeated gives n bytes of a pattern.
type repeated struct{ left, at int }

func (r *repeated) Read(p []byte) (int, error) {
	n := min(len(p), r.left)
	if n == 0 {
		return 0, io.EOF
	}
	for i := range p[:n] {
		p[i] = byte((r.at + i) * 31 >> 3)
	}
	r.left, r.at = r.left-n, r.at+n
	return n, nil
}

func patternSum(t *testing.T, n int) string {
	h := sha256.New()
	if _, err := io.Copy(h, &repeated{left: n}); err != nil {
		t.Fatal(err)
	}
	return string(h.Sum(nil))
}

// streamPeer answers as a server that keeps no stream: it hashes what it gets and makes what it gives.
func streamPeer(t *testing.T, sum hash.Hash) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	t.Cleanup(func() { l.Close(); <-done })
	go func() {
		defer close(done)
		nc, err := l.Accept()
		if err != nil {
			return
		}
		defer nc.Close()
		head, body, frame := make([]byte, headerSize), make([]byte, 2*streamChunk), make([]byte, headerSize+streamChunk)
		for {
			if _, err := io.ReadFull(nc, head); err != nil {
				return
			}
			h := parseHeader(head)
			b := body[:h.length]
			if _, err := io.ReadFull(nc, b); err != nil {
				return
			}
			if err := answerStream(nc, string(head[12:14]), h, b, frame, sum); err != nil {
				return
			}
		}
	}()
	return l.Addr().String()
}

func answerStream(nc net.Conn, what string, h header, b, frame []byte, sum hash.Hash) error {
	reply := func(statement uint32, data []byte) error {
		out := appendHeader(frame[:0], h.number, statement, code{})
		out = append(out, data...)
		endFrame(out, 0)
		_, err := nc.Write(out)
		return err
	}
	switch what {
	case "HS":
		return reply(0, []byte{69, 0, 3, 0})
	case "CN":
		return reply(0, loginReply())
	case "IL":
		return reply(0, appendInt(nil, isolationCommitted))
	case "SB":
		_, next, err := decodeItem(b, 0)
		if err != nil {
			return err
		}
		if n := binary.LittleEndian.Uint32(b[next:]); int(n) != len(b)-next-4 {
			return errList
		}
		sum.Write(b[next+4:])
		handle, err := appendText(nil, []byte("1@%Stream.GlobalBinary"))
		if err != nil {
			return err
		}
		return reply(h.statement, handle)
	case "JS":
		source, buf := &repeated{left: hundredMB}, make([]byte, streamChunk)
		for source.left > 0 {
			n, _ := io.ReadFull(source, buf)
			statement := h.statement
			if source.left > 0 {
				statement |= moreFrames
			}
			if err := reply(statement, buf[:n]); err != nil {
				return err
			}
		}
	}
	return nil
}

// A hundred megabytes go both ways while the heap stays small. The peer is in this process as well, so its memory counts.
func TestHundredMegabytesNeedConstantMemory(t *testing.T) {
	sent := sha256.New()
	d := connectDev(t, streamPeer(t, sent))
	most := watchHeap(t)
	handle, err := d.writeStream(t.Context(), &repeated{left: hundredMB}, true)
	if err != nil {
		t.Fatal(err)
	}
	received := sha256.New()
	n, err := d.readStream(t.Context(), d.nextID(), handle, received)
	if err != nil || n != hundredMB {
		t.Fatalf("%d bytes, %v", n, err)
	}
	want := patternSum(t, hundredMB)
	if string(sent.Sum(nil)) != want || string(received.Sum(nil)) != want {
		t.Error("the bytes differ")
	}
	if grown := most(); grown > 8<<20 {
		t.Errorf("the heap grew by %d bytes", grown)
	} else {
		t.Logf("the heap grew by at most %d KB", grown>>10)
	}
}

// watchHeap samples the heap; most gives the largest growth.
func watchHeap(t *testing.T) (most func() int64) {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	before := int64(m.HeapAlloc)
	var highest atomic.Int64
	stop, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		for {
			select {
			case <-stop:
				return
			case <-time.After(20 * time.Millisecond):
				var m runtime.MemStats
				runtime.ReadMemStats(&m)
				highest.Store(max(highest.Load(), int64(m.HeapAlloc)))
			}
		}
	}()
	t.Cleanup(func() {
		select {
		case <-stop:
		default:
			close(stop)
		}
		<-done
	})
	return func() int64 {
		close(stop)
		<-done
		return highest.Load() - before
	}
}

// What a reply to a read holds is untrusted: no length or order of frames may do more than end the connection.
func FuzzStreamReply(f *testing.F) {
	frame := func(statement uint32, status uint16, data string) []byte {
		return reply(1, statement, status, []byte(data))
	}
	f.Add(frame(7, 0, "abc"))
	f.Add(append(frame(7|moreFrames, 0, "abc"), frame(7, statusEnd, "def")...))
	f.Add(append(frame(7|moreFrames, 412, ""), frame(7, 0, "x")...))
	f.Add(frame(8, 0, ""))
	f.Fuzz(func(t *testing.T, b []byte) {
		for _, room := range []int{0, 2, 1 << 20} {
			c := &Conn{r: bufio.NewReaderSize(bytes.NewReader(b), 64), current: 1}
			to := failAfter(room)
			status, n, err := c.copyMessage(&to, 7)
			if n > int64(len(b)) || err == nil && status == statusOK && n > int64(room) {
				t.Fatalf("%d bytes of %d for room %d, status %d, %v", n, len(b), room, status, err)
			}
		}
	})
}
