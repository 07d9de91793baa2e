package session

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"os"
	"runtime"
	"strings"
	"testing"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgerr"
	"iris-pgwire/internal/pgtypes"
	"iris-pgwire/internal/pgwire"
	"iris-pgwire/internal/sql/eval"
	"iris-pgwire/internal/sql/plan"
)

// longRows are rows of (LONGVARCHAR, LONGVARBINARY) whose values are size bytes of one letter.
type longRows struct {
	scriptRows
	size int
	kept bool
	fail error
}

func (r *longRows) Columns() []iris.Column {
	return []iris.Column{{Name: "t", Type: iris.TypeLongVarChar}, {Name: "b", Type: iris.TypeLongVarBinary}}
}
func (r *longRows) KeepLong() { r.kept = true }

func (r *longRows) CopyLong(_ context.Context, i int, w io.Writer) (n int64, err error) {
	piece := bytes.Repeat([]byte{"tb"[i]}, 64<<10)
	for left := r.size; left > 0 && err == nil; left -= len(piece) {
		_, err = w.Write(piece[:min(left, len(piece))])
		n += int64(min(left, len(piece)))
	}
	return n, errors.Join(err, r.fail)
}

func columnsOf(types ...pgtypes.OID) []plan.Column {
	out := make([]plan.Column, len(types))
	for i, t := range types {
		out[i] = plan.Column{Source: i, Type: pgtypes.Of(t)}
	}
	return out
}

// drain is a session's connection whose client takes everything; got tells how much that was.
func drain(t *testing.T) (conn *pgwire.Conn, got func() int64) {
	t.Helper()
	server, client := net.Pipe()
	read := make(chan int64)
	go func() {
		n, _ := io.Copy(io.Discard, client)
		read <- n
	}()
	return pgwire.NewConn(server), func() int64 {
		server.Close()
		return <-read
	}
}

// A row with values of a hundred megabytes each needs no memory for them, and leaves no file.
func TestLongValuesPassThroughWithoutBeingHeld(t *testing.T) {
	const size = 100 << 20
	conn, got := drain(t)
	s := &Session{Shared: &Shared{Dir: t.TempDir()}, conn: conn}
	rows := &longRows{size: size}
	p := &portal{rows: rows, formats: []int16{0, 1}}
	p.result.columns = columnsOf(pgtypes.Text, pgtypes.Bytea)
	p.long = s.keepLong(rows, p.result.columns)
	if p.long == nil || !rows.kept {
		t.Fatal("the values are not left in IRIS")
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	if err := s.sendAnyRow(t.Context(), p, []iris.Value{iris.Text("1"), iris.Text("2")}, pgtypes.Style{}); err != nil {
		t.Fatal(err)
	}
	runtime.ReadMemStats(&after)
	if all := after.TotalAlloc - before.TotalAlloc; all > 16<<20 {
		t.Errorf("%d bytes were allocated", all)
	}
	if err := conn.Flush(); err != nil {
		t.Fatal(err)
	}
	if n := got(); n != 2*size+7+8 {
		t.Errorf("%d bytes arrived", n)
	}
	if left, err := os.ReadDir(s.Dir); err != nil || len(left) != 0 {
		t.Errorf("files left: %v, %v", left, err)
	}
}

func TestARowWhoseLongValueFailsIsNotSent(t *testing.T) {
	conn, got := drain(t)
	s := &Session{Shared: &Shared{Dir: t.TempDir()}, conn: conn}
	rows := &longRows{size: 3 << 20, fail: io.ErrUnexpectedEOF}
	p := &portal{rows: rows}
	p.result.columns = columnsOf(pgtypes.Text, pgtypes.Bytea)
	p.long = s.keepLong(rows, p.result.columns)
	row := []iris.Value{iris.Text("1"), iris.Text("2")}
	if err := s.sendAnyRow(t.Context(), p, row, pgtypes.Style{}); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("IRIS failed: %v", err)
	}
	for i := range p.long.spools {
		p.long.spools[i].dir = s.Dir + "/none"
	}
	rows.fail = nil
	var refused *pgerr.Error
	if err := s.sendAnyRow(t.Context(), p, row, pgtypes.Style{}); !errors.As(err, &refused) || refused.Code != pgerr.DiskFull {
		t.Errorf("no room for it: %v", err)
	}
	if err := conn.Flush(); err != nil {
		t.Fatal(err)
	}
	if n := got(); n != 0 {
		t.Errorf("%d bytes were sent", n)
	}
	if left, err := os.ReadDir(s.Dir); err != nil || len(left) != 0 {
		t.Errorf("files left: %v, %v", left, err)
	}
}

func TestLongValuesThatAreComputedWithComeWhole(t *testing.T) {
	computed := columnsOf(pgtypes.Text, pgtypes.Bytea)
	computed[1].Finish = func([]iris.Value, *eval.Env) (iris.Value, error) { return iris.Null(), nil }
	for name, columns := range map[string][]plan.Column{
		"one is computed":      computed,
		"another type of text": columnsOf(pgtypes.Bpchar, pgtypes.Bytea),
		"bytes as text":        columnsOf(pgtypes.Text, pgtypes.Text),
		"none of them":         nil,
	} {
		rows := &longRows{}
		if l := new(Session).keepLong(rows, columns); l != nil || rows.kept {
			t.Errorf("%s: left in IRIS", name)
		}
	}
	if l := new(Session).keepLong(&scriptRows{}, columnsOf(pgtypes.Text)); l != nil {
		t.Error("rows that can't")
	}
}

func TestByteaInPiecesIsByteaInOne(t *testing.T) {
	for _, style := range []pgtypes.Style{{}, {ByteaEscape: true}} {
		for _, b := range [][]byte{{}, {0}, []byte(`a\b`), {0xff, 'x', 0x80, '\\', 'x'}} {
			want, err := pgtypes.AppendText(nil, pgtypes.Of(pgtypes.Bytea), iris.Binary(b), style)
			if err != nil {
				t.Fatal(err)
			}
			var got strings.Builder
			w := &byteaText{to: &got, style: style}
			for i := range b {
				if _, err := w.Write(b[i : i+1]); err != nil {
					t.Fatal(err)
				}
			}
			if err := w.end(); err != nil || got.String() != string(want) {
				t.Errorf("% x: %q, %v, want %q", b, got.String(), err, want)
			}
		}
	}
}
