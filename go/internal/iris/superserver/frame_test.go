package superserver

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"testing"
)

func reply(number, statement uint32, status uint16, body []byte) []byte {
	out := binary.LittleEndian.AppendUint32(nil, uint32(len(body)))
	out = binary.LittleEndian.AppendUint32(out, number)
	out = binary.LittleEndian.AppendUint32(out, statement)
	return append(binary.LittleEndian.AppendUint16(out, status), body...)
}

func TestAReplyOfSeveralFramesIsOneMessage(t *testing.T) {
	in := append(reply(7, 2|moreFrames, 0, []byte("ab")), reply(7, 2, 100, []byte("cd"))...)
	status, body, err := readMessage(bufio.NewReader(bytes.NewReader(in)), nil, 7, 2)
	if err != nil || status != 100 || string(body) != "abcd" {
		t.Errorf("status %d, body %q, %v", status, body, err)
	}
}

func TestAnErrorInAnEarlierFrameIsKept(t *testing.T) {
	in := append(reply(7, 2|moreFrames, 30, nil), reply(7, 2, 0, nil)...)
	if status, _, err := readMessage(bufio.NewReader(bytes.NewReader(in)), nil, 7, 2); err != nil || status != 30 {
		t.Errorf("status %d, %v", status, err)
	}
}

func TestWrongNumbersAndCutFramesAreErrors(t *testing.T) {
	whole := reply(7, 2, 0, []byte("abc"))
	for name, in := range map[string][]byte{
		"other message": reply(9, 2, 0, nil), "other statement": reply(7, 3, 0, nil), "cut header": whole[:9], "cut body": whole[:15],
		"huge length": append([]byte{0xff, 0xff, 0xff, 0xff}, whole[4:]...),
	} {
		if _, _, err := readMessage(bufio.NewReader(bytes.NewReader(in)), nil, 7, 2); err == nil {
			t.Errorf("%s was accepted", name)
		}
	}
}

func TestALengthAloneAllocatesLittle(t *testing.T) {
	head := reply(7, 2, 0, nil)
	binary.LittleEndian.PutUint32(head, maxMessage)
	_, body, _ := readMessage(bufio.NewReader(bytes.NewReader(head)), nil, 7, 2)
	if cap(body) > 2*firstRead {
		t.Errorf("%d bytes allocated", cap(body))
	}
}

func FuzzFrame(f *testing.F) {
	f.Add(reply(1, 0, 0, []byte("abc")))
	f.Add(append(reply(1, moreFrames, 0, []byte("ab")), reply(1, 0, 100, nil)...))
	f.Fuzz(func(t *testing.T, in []byte) {
		_, body, err := readMessage(bufio.NewReader(bytes.NewReader(in)), nil, 1, 0)
		if err == nil && len(body) > len(in) {
			t.Fatalf("%d bytes out of %d", len(body), len(in))
		}
		r := reader{b: body}
		_ = readColumns(&r)
		_ = readParams(&r)
	})
}

// ping is IRIS's sign of life.
func ping() []byte { return reply(0, 0, serverPing, nil) }

func TestASignOfLifeIsNoReply(t *testing.T) {
	in := append(append(ping(), reply(7, 2|moreFrames, 0, []byte("ab"))...), append(append(ping(), ping()...), reply(7, 2, 100, []byte("cd"))...)...)
	status, body, err := readMessage(bufio.NewReader(bytes.NewReader(in)), nil, 7, 2)
	if err != nil || status != 100 || string(body) != "abcd" {
		t.Errorf("status %d, body %q, %v", status, body, err)
	}
	if _, _, err := readMessage(bufio.NewReader(bytes.NewReader(append(reply(0, 0, 'Y'|'4'<<8, nil), in...))), nil, 7, 2); err == nil {
		t.Error("IRIS's goodbye was passed over")
	}
}
