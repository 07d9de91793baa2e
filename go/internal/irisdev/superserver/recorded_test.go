package superserver

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"slices"
	"testing"

	"iris-pgwire/internal/irisdev/value"
	"iris-pgwire/internal/recording"
)

// message is what the test keeps of a request that irisdev's readers have taken apart.
type message struct {
	text string
	sets [][]value.Value
}

// statement, run and update are the beginnings and ends that messages share (facts: superserver protocol, 5.2).
func (m *message) statement(b *body) {
	m.text = b.statementText()
	b.markers()
}

func (m *message) run(b *body) {
	m.sets = b.sets()
	b.int() // time-out
	b.int() // most rows
}

func (m *message) update(b *body) {
	b.item() // key column
	b.int()  // time-out
	m.sets = b.sets()
}

func nothing(*message, *body) {}

// readers take the bodies of the requests apart as the handlers do.
var readers = map[code]func(m *message, b *body){
	{'P', 'P'}: (*message).statement,
	{'D', 'Q'}: func(m *message, b *body) { m.statement(b); m.run(b) },
	{'P', 'Q'}: (*message).run,
	{'D', 'U'}: func(m *message, b *body) { m.statement(b); m.update(b) },
	{'P', 'U'}: (*message).update,
	{'F', 'D'}: nothing, {'C', 'C'}: nothing, {'T', 'C'}: nothing, {'T', 'R'}: nothing, {'A', 'N'}: nothing, {'A', 'F'}: nothing,
	{'D', 'C'}: nothing,
	{'H', 'S'}: func(_ *message, b *body) { b.data = b.data[2:] },
	{'C', 'N'}: func(_ *message, b *body) {
		for range 12 {
			b.item()
		}
	},
	{'O', 'E'}:         func(_ *message, b *body) { b.int() },
	{'I', 'L'}:         func(_ *message, b *body) { b.int() },
	{'S', 'S'}:         func(_ *message, b *body) { b.text() },
	{'C', 'S'}:         func(_ *message, b *body) { b.text() },
	{'J', 'S'}:         func(_ *message, b *body) { b.text(); b.int() },
	{'S', 'M'}:         func(_ *message, b *body) { readChunk(b, false) },
	{'S', 'B'}:         func(_ *message, b *body) { readChunk(b, true) },
	native1(nativeGet): func(_ *message, b *body) { b.ref() },
	native1(nativeSet): func(_ *message, b *body) { b.ref(); b.value() },
	native1(3):         func(_ *message, b *body) { b.ref() },
	native1(6):         func(_ *message, b *body) { b.ref(); b.value() },
	native1(9):         func(_ *message, b *body) { b.ref(); b.int() },
	native1(11):        readCall,
	native1(14):        func(_ *message, b *body) { b.ref(); b.text(); b.value() },
	native1(15):        func(_ *message, b *body) { b.ref(); b.text() },
}

const (
	nativeGet = 1
	nativeSet = 2
)

func native1(n byte) code { return code{nativeBase + n, nativeMark} }

func readChunk(b *body, binary bool) {
	b.item()
	if n := b.uint32(); b.err == nil && announced(int(n), b.data, binary) {
		b.data = nil
	}
}

func readCall(_ *message, b *body) {
	b.text()
	b.text()
	for range b.count() {
		b.item()
	}
}

// readRecorded sends a recorded request through irisdev's reader of frames and takes its body apart.
func readRecorded(t *testing.T, f recording.Frame) message {
	t.Helper()
	content := f.Body()
	raw := binary.LittleEndian.AppendUint32(nil, uint32(len(content)))
	raw = binary.LittleEndian.AppendUint32(raw, f.Number)
	raw = binary.LittleEndian.AppendUint32(raw, f.Statement)
	raw = append(append(raw, f.Code...), content...)
	in := bufio.NewReader(bytes.NewReader(raw))
	req, err := readRequest(in, maxBody)
	if err != nil || in.Buffered() > 0 || req.number != f.Number || req.id != f.Statement || req.code != (code{f.Code[0], f.Code[1]}) ||
		!bytes.Equal(req.body, content) {
		t.Fatalf("line %d: read as %v number %d statement %d, %d bytes left: %v", f.Line, req.code, req.number, req.id, in.Buffered(), err)
	}
	read, known := readers[req.code]
	if !known {
		t.Fatalf("line %d: no reader for %v", f.Line, req.code)
	}
	var m message
	b := &body{data: req.body}
	if read(&m, b); b.err != nil || b.more() {
		t.Fatalf("line %d: %v: %v, %d bytes left", f.Line, req.code, b.err, len(b.data))
	}
	return m
}

// double is 0.1 as ObjectScript writes a double.
const double = ".10000000000000000555"

// others are values that go-irisnative v0.2.1 sends otherwise: 8-bit texts as UTF-8 (a defect), doubles as decimals, times with
// nine digits; and a text without the character that it would spoil.
var others = map[string]string{"héllo": "hÃ©llo", "漢 😀": "漢 ", double: ".1", "2024-02-29 13:14:15.123": "2024-02-29 13:14:15.123000000"}

// Every driver's requests are read to their last byte, and the values are those that its program gave.
func TestRequestsOfAllDriversAreRead(t *testing.T) {
	row := []string{"1", "-32768", "9007199254740993", "1", "12345.67", double, "héllo", "漢 😀", "\x00ÿA", "2024-02-29", "13:14:15",
		"2024-02-29 13:14:15.123"}
	nulls := []string{"2", "", "", "", "", "", "", "", "", "", "", ""}
	for _, driver := range recording.Drivers {
		t.Run(driver, func(t *testing.T) {
			recorded, err := recording.Load(driver)
			if err != nil {
				t.Fatal(err)
			}
			sets := map[string][][]string{} // what was sent in each step
			for _, x := range recorded {
				for _, set := range readRecorded(t, x.Request).sets {
					var texts []string
					for _, v := range set {
						texts = append(texts, v.Text())
					}
					sets[x.Request.Step] = append(sets[x.Request.Step], texts)
				}
			}
			if driver == recording.Node {
				return // it has no SQL
			}
			want := slices.Clone(row)
			for i, v := range want {
				if other, ok := others[v]; ok && driver == "go-irisnative" {
					want[i] = other
				}
			}
			if got := sets["insert"]; !slices.Equal(got[len(got)-1], want) {
				t.Errorf("insert: %q", got)
			}
			if got := sets["insert again"]; !slices.Equal(got[0], nulls) {
				t.Errorf("insert of NULLs: %q", got)
			}
			if got := sets["batch"]; len(got) != 20 || got[19][0] != "20" || len(got[19][1]) != 3000 {
				t.Errorf("batch: %d sets", len(got))
			}
		})
	}
}
