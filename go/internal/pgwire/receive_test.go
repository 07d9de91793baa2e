package pgwire

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgproto3"

	"iris-pgwire/internal/pgerr"
)

const selectOne = "Q\x00\x00\x00\x0dselect 1\x00"

func TestReceiveGivesMessageAfterMessage(t *testing.T) {
	c := from(selectOne + "S\x00\x00\x00\x04" + "X\x00\x00\x00\x04")
	if m, err := c.Receive(); err != nil || m.(*pgproto3.Query).String != "select 1" {
		t.Errorf("%v, %v", m, err)
	}
	if b := c.Next(); b != 'S' {
		t.Errorf("next is %q", b)
	}
	if _, err := c.Receive(); err != nil {
		t.Error(err)
	}
	if m, err := c.Receive(); err != nil || c.Next() != 0 {
		t.Errorf("%v, %v", m, err)
	}
	if _, err := c.Receive(); err != io.EOF {
		t.Errorf("at the end: %v", err)
	}
}

func TestReceiveRefusesWhatIsNoMessage(t *testing.T) {
	for _, c := range []struct{ name, input, want string }{
		{"an unknown type", "!\x00\x00\x00\x04", "FATAL 08P01 invalid frontend message type 33"},
		{"a length of 2 GiB", "Q\x7f\xff\xff\xff", "FATAL 08P01 message of 2147483643 bytes is longer than the limit of 65536 bytes"},
		{"a negative length", "Q\xff\xff\xff\xff", io.ErrUnexpectedEOF.Error()},
		{"a length below its own", "Q\x00\x00\x00\x03", io.ErrUnexpectedEOF.Error()},
		{"a header that ends early", "Q\x00\x00", io.ErrUnexpectedEOF.Error()},
		{"a body that ends early", selectOne[:9], io.ErrUnexpectedEOF.Error()},
		{"a text without its end", "Q\x00\x00\x00\x0cselect 1", "garbled 08P01 invalid string in message"},
		{"Bind cut short", "B\x00\x00\x00\x06\x00\x00", "garbled 08P01 insufficient data left in message"},
		{"Bind with a value of 2 GiB", "B\x00\x00\x00\x0e\x00\x00\x00\x00\x00\x01\x7f\xff\xff\xff", "garbled 08P01 insufficient data left in message"},
	} {
		_, err := from(c.input).Receive()
		if got := told(err); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

// told words what the session would do with the error.
func told(err error) string {
	var garbled *Garbled
	var fatal *pgerr.Error
	switch {
	case errors.As(err, &garbled):
		return "garbled " + garbled.Err.Code + " " + garbled.Err.Message
	case errors.As(err, &fatal):
		return fatal.Severity + " " + fatal.Code + " " + fatal.Message
	case err == nil:
		return ""
	}
	return err.Error()
}

func TestTheNextMessageIsReadAfterAGarbledOne(t *testing.T) {
	c := from("Q\x00\x00\x00\x0cselect 1" + selectOne)
	if _, err := c.Receive(); err == nil {
		t.Fatal("the garbled message was accepted")
	}
	if m, err := c.Receive(); err != nil || m.(*pgproto3.Query).String != "select 1" {
		t.Errorf("%v, %v", m, err)
	}
}

func TestALengthAloneCostsNoMemory(t *testing.T) {
	c, client := pair(t)
	c.SetLimit(1 << 30)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	if _, err := client.Write([]byte("Q\x3f\xff\xff\xff")); err != nil {
		t.Fatal(err)
	}
	c.SetReadTimeout(50 * time.Millisecond)
	if _, err := c.Receive(); !errors.Is(err, ErrReadTimeout) {
		t.Errorf("got %v", err)
	}
	runtime.ReadMemStats(&after)
	if grown := after.TotalAlloc - before.TotalAlloc; grown > 64<<20 {
		t.Errorf("%d MiB were allocated for a length word", grown>>20)
	}
}

func TestInterruptAndTimeoutWakeReceive(t *testing.T) {
	c, _ := pair(t)
	c.SetReadTimeout(10 * time.Millisecond)
	if _, err := c.Receive(); !errors.Is(err, ErrReadTimeout) {
		t.Errorf("got %v", err)
	}
	c.SetReadTimeout(0)
	time.AfterFunc(10*time.Millisecond, c.Interrupt)
	for range 2 { // for good
		if _, err := c.Receive(); !errors.Is(err, ErrInterrupted) {
			t.Errorf("got %v", err)
		}
	}
}

func TestAnswersAreWrittenBeforeReceiveWaits(t *testing.T) {
	transport := &byteConn{input: []byte(selectOne + selectOne), piece: 1 << 20}
	c := NewConn(transport)
	for range 2 {
		if _, err := c.Receive(); err != nil {
			t.Fatal(err)
		}
		c.Send(&pgproto3.ReadyForQuery{TxStatus: 'I'})
	}
	if len(transport.written) != 0 {
		t.Error("an answer was written although a message waited")
	}
	if _, err := c.Receive(); err != io.EOF || string(transport.written) != strings.Repeat("Z\x00\x00\x00\x05I", 2) {
		t.Errorf("%v, written %q", err, transport.written)
	}
}

func TestRowsAreWrittenInPlace(t *testing.T) {
	transport := &byteConn{}
	c := NewConn(transport)
	c.BeginRow(2)
	c.Null()
	buf, start := c.BeginValue()
	c.EndValue(append(buf, "abc"...), start)
	if err := c.EndRow(); err != nil {
		t.Fatal(err)
	}
	c.BeginRow(1)
	c.Null()
	c.DropRow()
	if err := c.Flush(); err != nil {
		t.Fatal(err)
	}
	if want := "D\x00\x00\x00\x11\x00\x02\xff\xff\xff\xff\x00\x00\x00\x03abc"; string(transport.written) != want {
		t.Errorf("%q, want %q", transport.written, want)
	}
}

func TestAClientMaySendALongPipelineBeforeItReads(t *testing.T) {
	c, client := pair(t)
	c.SetLimit(1 << 20)
	const messages = 600
	query := append([]byte("Q\x00\x00\x80\x05"), append(bytes.Repeat([]byte("x"), 0x8000), 0)...)
	sent := make(chan error, 1)
	go func() {
		for range messages {
			if _, err := client.Write(query); err != nil {
				sent <- err
				return
			}
		}
		sent <- nil
		_, _ = io.Copy(io.Discard, client)
	}()
	row := bytes.Repeat([]byte("y"), 0x10000)
	done := make(chan error, 1)
	go func() {
		for range messages {
			if _, err := c.Receive(); err != nil {
				done <- err
				return
			}
			c.BeginRow(1)
			buf, start := c.BeginValue()
			c.EndValue(append(buf, row...), start)
			if err := c.EndRow(); err != nil {
				done <- err
				return
			}
		}
		done <- c.Flush()
	}()
	for _, ch := range []chan error{sent, done} {
		select {
		case err := <-ch:
			if err != nil {
				t.Error(err)
			}
		case <-time.After(20 * time.Second):
			t.Fatal("client and server wait for each other")
		}
	}
}

// FuzzReceive reads arbitrary bytes: every outcome is a message or an error, and the reader always comes to an end.
func FuzzReceive(f *testing.F) {
	for _, seed := range []string{selectOne, "P\x00\x00\x00\x10\x00select $1\x00\x00\x00", "!", "Q\x7f\xff\xff\xff", "B\x00\x00\x00\x06\x00\x00",
		"D\x00\x00\x00\x06S\x00", "E\x00\x00\x00\x09\x00\x00\x00\x00\x00", "C\x00\x00\x00\x06P\x00S\x00\x00\x00\x04", "p\x00\x00\x00\x05\x00", "F\x00\x00\x00\x04"} {
		f.Add([]byte(seed), 3)
	}
	f.Fuzz(func(t *testing.T, input []byte, piece int) {
		c := NewConn(&byteConn{input: input, piece: piece})
		for range len(input) + 1 {
			_, err := c.Receive()
			var garbled *Garbled
			if err != nil && !errors.As(err, &garbled) {
				return
			}
		}
		t.Error("the reader gives more messages than there are bytes")
	})
}

func TestLongMessagesArriveWhole(t *testing.T) {
	text := strings.Repeat("x", 3*LongMessage)
	long := string(binary.BigEndian.AppendUint32([]byte("Q"), uint32(len(text)+5))) + text + "\x00"
	c := NewConn(&byteConn{input: []byte(long + selectOne), piece: 10000})
	c.SetLimit(1 << 20)
	if m, err := c.Receive(); err != nil || m.(*pgproto3.Query).String != text {
		t.Errorf("the long message is not what was sent: %v", err)
	}
	if m, err := c.Receive(); err != nil || m.(*pgproto3.Query).String != "select 1" {
		t.Errorf("%v, %v", m, err)
	}
	c = from(long[:LongMessage])
	c.SetLimit(1 << 20)
	if _, err := c.Receive(); err != io.ErrUnexpectedEOF {
		t.Errorf("cut short: %v", err)
	}
}
