package superserver

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"testing"
)

func TestLongMessagesAreRefusedBeforeTheyAreRead(t *testing.T) {
	head := "\xff\xff\xff\x7f\x01\x00\x00\x00\x00\x00\x00\x00DU"
	_, err := readRequest(bufio.NewReader(bytes.NewReader([]byte(head))), maxBody)
	if !errors.Is(err, errTooLong) {
		t.Errorf("got %v", err)
	}
	head = "\xff\xff\xff\x0f\x01\x00\x00\x00\x00\x00\x00\x00DU" + "only this"
	req, err := readRequest(bufio.NewReader(bytes.NewReader([]byte(head))), maxBody)
	if !errors.Is(err, io.ErrUnexpectedEOF) || cap(req.body) > 1<<20 {
		t.Errorf("%d bytes taken for 9, %v", cap(req.body), err)
	}
}

func FuzzReadRequest(f *testing.F) {
	f.Add([]byte("\x02\x00\x00\x00\x01\x00\x00\x00\x02\x00\x00\x00HS\x45\x00"))
	f.Add([]byte("\xff\xff\xff\xff"))
	f.Fuzz(func(t *testing.T, data []byte) {
		r := bufio.NewReader(bytes.NewReader(data))
		for {
			req, err := readRequest(r, maxLoginBody)
			if err != nil {
				return
			}
			if len(req.body) > len(data) {
				t.Fatalf("a body of %d bytes out of %d", len(req.body), len(data))
			}
		}
	})
}

func FuzzBody(f *testing.F) {
	f.Add(pack(1, "SELECT 1", 1, 63, 0, 1, 1, 5, 10, 200))
	f.Add([]byte{2, 0, 0, 0})
	f.Fuzz(func(t *testing.T, data []byte) {
		b := &body{data: data}
		b.statementText()
		b.markers()
		if sets := b.sets(); len(sets) > len(data) {
			t.Fatalf("%d sets out of %d bytes", len(sets), len(data))
		}
		b.ref()
		b.uint32()
	})
}
