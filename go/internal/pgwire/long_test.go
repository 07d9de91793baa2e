package pgwire

import (
	"encoding/hex"
	"errors"
	"io"
	"strings"
	"testing"

	"iris-pgwire/internal/pgerr"
)

func TestALongValueStandsWhereItBelongs(t *testing.T) {
	transport := &byteConn{}
	c := NewConn(transport)
	row := func(long io.Reader) error {
		c.BeginRow(3)
		c.Null()
		c.LongValue(3, long)
		buf, start := c.BeginValue()
		c.EndValue(append(buf, 'z'), start)
		return c.EndRow()
	}
	const want = "44 00000016 0003 ffffffff 00000003 787979 00000001 7a"
	for range 2 {
		if err := errors.Join(row(strings.NewReader("xyy")), c.Flush()); err != nil {
			t.Fatal(err)
		}
		if got := hex.EncodeToString(transport.written); got != strings.ReplaceAll(want, " ", "") {
			t.Errorf("%s, want %s", got, want)
		}
		transport.written = nil
	}
	c.BeginRow(1)
	c.LongValue(3, strings.NewReader("xyy"))
	c.DropRow()
	if err := c.Flush(); err != nil || len(transport.written) != 0 {
		t.Errorf("a row that was dropped: % x, %v", transport.written, err)
	}
	if err := row(strings.NewReader("xy")); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("a value that is shorter than said: %v", err)
	}
	if _, err := c.Receive(); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("the connection goes on after it: %v", err)
	}
}

func TestARowBeyondTheProtocolIsRefused(t *testing.T) {
	transport := &byteConn{}
	c := NewConn(transport)
	c.BeginRow(3)
	for range 3 {
		c.LongValue(1<<30-1, strings.NewReader(""))
	}
	var refused *pgerr.Error
	if err := c.EndRow(); !errors.As(err, &refused) || refused.Code != pgerr.ProgramLimitExceeded {
		t.Errorf("%v", err)
	}
	if err := c.Flush(); err != nil || len(transport.written) != 0 {
		t.Errorf("% x, %v", transport.written, err)
	}
}
