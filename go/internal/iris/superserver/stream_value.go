package superserver

import (
	"bytes"
	"context"
	"fmt"
	"io"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgerr"
)

// maxWhole is the longest stream that becomes one value of a row: PostgreSQL's own limit of a field.
const maxWhole = 1<<30 - 1

var _ iris.LongRows = (*Rows)(nil)

// longBuffer collects one stream of the present row.
type longBuffer struct{ bytes.Buffer }

// Write refuses what goes beyond PostgreSQL's limit of a value.
func (b *longBuffer) Write(p []byte) (int, error) {
	if b.Len()+len(p) > maxWhole {
		return 0, pgerr.New(pgerr.ProgramLimitExceeded, "a value of IRIS is longer than %d bytes", maxWhole)
	}
	return b.Buffer.Write(p)
}

// KeepLong leaves the values of stream columns in IRIS; Next gives their handles.
func (r *Rows) KeepLong() { r.keepLong = true }

// CopyLong copies the value of stream column i of the present row to w.
func (r *Rows) CopyLong(ctx context.Context, i int, w io.Writer) (int64, error) {
	if !r.held || r.values[i].IsNull() {
		return 0, nil
	}
	if r.st.columns[i].Type == iris.TypeLongVarBinary {
		n, err := r.conn.readStream(ctx, r.id, r.values[i], w)
		return n, r.named(i, err)
	}
	text := &textWriter{to: w}
	n, err := r.conn.readStream(ctx, r.id, r.values[i], text)
	if err == nil {
		err = text.end()
	}
	return n, r.named(i, err)
}

// learnHandles looks at the form of the row's handles.
func (r *Rows) learnHandles() {
	for i, col := range r.st.columns {
		if iris.IsLong(col.Type) {
			r.conn.learnHandle(r.values[i])
		}
	}
}

// named says which column an error is about.
func (r *Rows) named(i int, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("column %q: %w", r.st.columns[i].Name, err)
}

// closeRow has IRIS forget the streams of the present row, from column from on.
func (r *Rows) closeRow(from int) {
	r.held = false
	for i := from; i < len(r.values); i++ {
		if iris.IsLong(r.st.columns[i].Type) {
			r.conn.closeStream(r.values[i])
		}
	}
}

// closeUnread has IRIS forget the streams of the rows that have arrived and that nobody will read.
func (r *Rows) closeUnread() {
	if !r.streams || r.conn.broken.Load() {
		return
	}
	if r.held {
		r.closeRow(0)
	}
	for r.at < len(r.buf) {
		for i := range r.values {
			next, err := decodeInto(&r.values[i], r.buf, r.at)
			if err != nil {
				r.at = len(r.buf) // the rest can't be told; it ends with the statement
				return
			}
			r.at = next
		}
		r.closeRow(0)
	}
}

// readStreams replaces the handles of the row by what they stand for. The values are valid until the next row.
func (r *Rows) readStreams(ctx context.Context) error {
	for i, col := range r.st.columns {
		handle := r.values[i]
		if !iris.IsLong(col.Type) || handle.IsNull() {
			continue
		}
		if r.long == nil {
			r.long = make([]longBuffer, len(r.values))
		}
		into := &r.long[i]
		if into.Cap() > maxSpare {
			into.Buffer = bytes.Buffer{} // one long value should not stay for all the rows behind it
		}
		into.Reset()
		_, err := r.conn.readStream(ctx, r.id, handle, into)
		r.conn.closeStream(handle)
		content := into.Bytes()
		if err == nil && col.Type != iris.TypeLongVarBinary {
			content, err = streamText(content)
		}
		switch {
		case err != nil:
			r.closeRow(i + 1)
			return r.named(i, err)
		case col.Type == iris.TypeLongVarBinary:
			r.values[i] = iris.Latin1(content)
		default:
			r.values[i] = iris.TextBytes(content)
		}
	}
	return nil
}

// longValues sends the long values among the arguments for stream columns as streams, and gives the sets with their
// handles in place; the caller's sets stay as they are. used are the handles to close once the statement has run.
func (c *Conn) longValues(ctx context.Context, statement iris.Statement, sets [][]iris.Value) (out [][]iris.Value, used []iris.Value, err error) {
	params := statement.Params()
	out = sets
	copied := false
	for i, set := range sets {
		var changed []iris.Value
		for j, v := range set {
			if j >= len(params) || !iris.IsLong(params[j].Type) || len(v.Raw()) <= inlineLimit && !c.mistakable(v) {
				continue
			}
			handle, err := c.writeLong(ctx, v, params[j].Type == iris.TypeLongVarBinary)
			if err != nil {
				return nil, used, err
			}
			used = append(used, handle)
			if changed == nil {
				changed = append([]iris.Value(nil), set...)
			}
			changed[j] = handle
		}
		if changed == nil {
			continue
		}
		if !copied {
			out, copied = append([][]iris.Value(nil), sets...), true
		}
		out[i] = changed
	}
	return out, used, nil
}

// What the known forms of handles hold: an object reference, 5@%Stream.GlobalCharacter, and a $LIST with such a class in it.
var handleMarks = [][]byte{[]byte("@%"), []byte("%Stream."), []byte("%Library.")}

// longestHandle is more than a handle of any form has.
const longestHandle = 512

// hasHandleMark reports that a value may be a handle in one of the known forms.
func hasHandleMark(v iris.Value) bool {
	raw := v.Raw()
	if v.Kind() == iris.KindUTF16 {
		raw = v.AppendText(nil)
	}
	for _, mark := range handleMarks {
		if bytes.Contains(raw, mark) {
			return true
		}
	}
	return false
}

// learnHandle notes that this IRIS has handles of another form than those known.
func (c *Conn) learnHandle(handle iris.Value) {
	if !c.oddHandles && !handle.IsNull() && !hasHandleMark(handle) {
		c.oddHandles = true
	}
}

// mistakable recognises what an ordinary parameter can't be: one zero byte is the empty string there, and what has the form
// of a stream's handle is that stream. No caller has handles, so that whatever looks like one is content; where their form
// isn't known, anything short may.
func (c *Conn) mistakable(v iris.Value) bool {
	raw := v.Raw()
	return len(raw) == 1 && raw[0] == 0 || c.oddHandles && len(raw) > 0 && len(raw) <= longestHandle || hasHandleMark(v)
}

// writeLong sends one value as a stream.
func (c *Conn) writeLong(ctx context.Context, v iris.Value, binary bool) (iris.Value, error) {
	if !binary {
		text := v.Raw()
		if v.Kind() != iris.KindUTF8 {
			text = v.AppendText(nil)
		}
		return c.writeStream(ctx, bytes.NewReader(text), false)
	}
	b, ok := v.Bytes()
	if !ok {
		return iris.Null(), pgerr.New(pgerr.DatatypeMismatch, "a text with characters above U+00FF is no binary value")
	}
	return c.writeStream(ctx, bytes.NewReader(b), true)
}
