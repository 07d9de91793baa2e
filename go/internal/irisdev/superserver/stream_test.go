package superserver

import (
	"encoding/binary"
	"io"
	"strings"
	"testing"

	"iris-pgwire/internal/irisdev/value"
)

// longColumns is a query of a text and a binary stream in two rows, the second NULL.
func longColumns() *fakeEngine {
	return &fakeEngine{
		columns: []Column{{Name: "T", Label: "T", Type: typeLongChar, Nullable: 1}, {Name: "B", Label: "B", Type: typeLongBinary, Nullable: 1}},
		rows:    [][]value.Value{{value.Text("hello Ж😀"), value.Text("\u00ff\u0000a")}, {value.NullValue(), value.NullValue()}},
	}
}

// receiveAll reads a reply of any number of frames.
func (c *client) receiveAll() (status int, body []byte, frames int) {
	c.t.Helper()
	for more := true; more; frames++ {
		head := make([]byte, headSize)
		if _, err := io.ReadFull(c.nc, head); err != nil {
			c.t.Fatal(err)
		}
		part := make([]byte, binary.LittleEndian.Uint32(head))
		if _, err := io.ReadFull(c.nc, part); err != nil {
			c.t.Fatal(err)
		}
		status, body = int(binary.LittleEndian.Uint16(head[12:])), append(body, part...)
		more = binary.LittleEndian.Uint32(head[8:])&moreFrames != 0
	}
	return status, body, frames
}

// raw sends a message and gives the reply's body as it is.
func (c *client) raw(code string, items ...any) (int, string) {
	c.t.Helper()
	c.send(code, 1, pack(items...))
	status, body, _ := c.receiveAll()
	return status, string(body)
}

func TestStreamColumnsAreHandlesThatAreReadInPieces(t *testing.T) {
	c := login(t, serve(t, Config{Engine: longColumns()}))
	c.call("PP", 1, 1, "SELECT T, B FROM L", 0)
	text, bytes := "1@%Stream.GlobalCharacter", "2@%Stream.GlobalBinary"
	c.expect("rows", 100, text+","+bytes+",,")(c.call("PQ", 1, 1, 0, 0, 0))
	c.expect("length in characters, as IRIS counts", 0, "9")(c.call("SS", 1, text))
	c.expect("length in bytes", 0, "3")(c.call("SS", 1, bytes))
	for _, x := range []struct {
		name, code string
		items      []any
		status     int
		want       string
	}{
		{"all of the text, in UTF-8", "JS", []any{text, -1}, 100, "hello Ж😀"},
		{"all, again", "JS", []any{text, -1}, 100, "hello Ж😀"},
		{"the first piece", "JS", []any{text, 6}, 0, "hello "},
		{"the rest", "JS", []any{text, 100}, 100, "Ж😀"},
		{"bytes", "JS", []any{bytes, -1}, 100, "\xff\x00a"},
		{"part of a text", "GB", []any{text, 6, 2}, 0, " Ж"},
		{"part of the bytes", "GB", []any{bytes, 2, 5}, 0, "\x00a"},
		{"behind the end", "GB", []any{bytes, 9, 5}, 0, ""},
		{"a position of 0", "GB", []any{bytes, 0, 5}, 412, ""},
		{"a NULL", "JS", []any{nil, -1}, 403, ""},
		{"no stream", "JS", []any{"9@%Stream.GlobalBinary", -1}, 412, ""},
	} {
		if status, got := c.raw(x.code, x.items...); status != x.status || got != x.want {
			t.Errorf("%s: status %d, %q; want %d, %q", x.name, status, got, x.status, x.want)
		}
	}
	c.send("CS", 1, pack(text))
	if status, _ := c.raw("JS", text, -1); status != 412 {
		t.Errorf("a closed stream: status %d", status)
	}
}

func TestLongStreamsComeInSeveralFrames(t *testing.T) {
	e := longColumns()
	content := strings.Repeat("Ж", streamFrame)
	e.rows = [][]value.Value{{value.Text(content), value.NullValue()}}
	c := login(t, serve(t, Config{Engine: e}))
	c.call("PP", 1, 1, "SELECT T, B FROM L", 0)
	c.call("PQ", 1, 1, 0, 0, 0)
	c.send("JS", 1, pack("1@%Stream.GlobalCharacter", -1))
	if status, body, frames := c.receiveAll(); status != 100 || string(body) != content || frames != 2 {
		t.Errorf("status %d, %d bytes in %d frames", status, len(body), frames)
	}
}

func TestWrittenStreamsAreGrownByTheirHandle(t *testing.T) {
	c := login(t, serve(t, Config{Engine: longColumns()}))
	handle := "1@%Stream.GlobalCharacter"
	c.expect("a new stream", 0, handle)(c.call("SM", 1, 0, []byte{2, 0, 0, 0, 'a', 0xD0}))
	c.expect("the next piece, inside a character", 0, handle)(c.call("SM", 1, handle, []byte{1, 0, 0, 0, 0x96}))
	if status, got := c.raw("JS", handle, -1); status != 100 || got != "aЖ" {
		t.Errorf("status %d, %q", status, got)
	}
	c.expect("the Python driver's 0", 0, "2@%Stream.GlobalBinary")(c.call("SB", 1, "0", []byte{0, 0, 0, 0}))
	c.expect("a length that is not true", 412, "")(c.call("SM", 1, 0, []byte{9, 0, 0, 0, 'a'}))
	c.expect("no such stream", 412, "")(c.call("SM", 1, "7@%Stream.GlobalCharacter", []byte{1, 0, 0, 0, 'a'}))
}
