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

func TestStreamHandlesAreReadAndWrittenPieceByPiece(t *testing.T) {
	d := connectDev(t, startIris(t))
	d.exec(streamTable)
	ctx := t.Context()
	data := randomBytes(5_000_000)
	handle, err := d.WriteStream(ctx, iotest{bytes.NewReader(data)}, true)
	if err != nil {
		t.Fatal(err)
	}
	d.exec("INSERT INTO Test.Streams (Id, B) VALUES (1, ?)", handle)
	d.CloseStream(handle)

	rows := d.query("SELECT B FROM Test.Streams")
	rows.(iris.StreamRows).KeepHandles()
	values, err := rows.Next(ctx)
	if err != nil {
		t.Fatal(err)
	}
	failing := failAfter(70_000)
	if _, err := d.ReadStream(ctx, values[0], &failing); !errors.Is(err, errFull) || d.Broken() {
		t.Errorf("a writer that fails: %v, broken %v", err, d.Broken())
	}
	var got bytes.Buffer
	n, err := d.ReadStream(ctx, values[0], &got)
	if err != nil || n != int64(len(data)) || !bytes.Equal(got.Bytes(), data) {
		t.Errorf("%d bytes, %v", n, err)
	}
	if _, err := d.WriteStream(ctx, strings.NewReader("abc\xff"), false); err == nil || d.Broken() {
		t.Errorf("text that is not UTF-8: %v, broken %v", err, d.Broken())
	}
	if _, err := d.ReadStream(ctx, iris.Text("77@%Stream.GlobalBinary"), io.Discard); err == nil || d.Broken() {
		t.Errorf("a handle of nothing: %v, broken %v", err, d.Broken())
	}
	st, err := d.Prepare(ctx, "UPDATE Test.Streams SET B = ?")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.Exec(ctx, st, []iris.Value{handle}); err == nil {
		t.Error("a closed handle was stored as if it were content")
	}
}

// iotest gives odd pieces, as sockets do.
type iotest struct{ r io.Reader }

func (o iotest) Read(p []byte) (int, error) { return o.r.Read(p[:min(len(p), 4097)]) }

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
	handle, err := d.WriteStream(t.Context(), &repeated{left: hundredMB}, true)
	if err != nil {
		t.Fatal(err)
	}
	received := sha256.New()
	n, err := d.ReadStream(t.Context(), handle, received)
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
