package superserver

import (
	"bytes"
	"context"
	"fmt"

	"iris-pgwire/internal/iris"
	"iris-pgwire/internal/pgerr"
)

// maxWhole is the longest stream that becomes one value of a row: PostgreSQL's own limit of a field.
const maxWhole = 1<<30 - 1

var _ iris.StreamRows = (*Rows)(nil)

// longBuffer collects one stream of the present row.
type longBuffer struct{ bytes.Buffer }

// Write refuses what goes beyond PostgreSQL's limit of a value.
func (b *longBuffer) Write(p []byte) (int, error) {
	if b.Len()+len(p) > maxWhole {
		return 0, pgerr.New(pgerr.ProgramLimitExceeded, "a value of IRIS is longer than %d bytes", maxWhole)
	}
	return b.Buffer.Write(p)
}

// KeepHandles makes Next give the handles of stream columns in the place of their content.
func (r *Rows) KeepHandles() { r.keepHandles = true }

// readStreams replaces the handles of the row by what they stand for. The values are valid until the next row.
func (r *Rows) readStreams(ctx context.Context) error {
	for i, col := range r.st.columns {
		handle := r.values[i]
		if !isStream(col.Type) || handle.IsNull() {
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
		r.conn.CloseStream(handle)
		content := into.Bytes()
		if err == nil && col.Type != iris.TypeLongVarBinary {
			content, err = streamText(content)
		}
		switch {
		case err != nil:
			return fmt.Errorf("column %q: %w", col.Name, err)
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
			if j >= len(params) || !isStream(params[j].Type) || len(v.Raw()) <= inlineLimit && !mistakable(v) {
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

// mistakable recognises what an ordinary parameter can't be: one zero byte is the empty string there, and a text in the
// form of a stream's handle is that stream. A handle itself is a value as IRIS sent it, never one in UTF-8.
func mistakable(v iris.Value) bool {
	if v.Kind() == iris.KindUTF8 {
		return bytes.Contains(v.Raw(), []byte("@%"))
	}
	return len(v.Raw()) == 1 && v.Raw()[0] == 0
}

// writeLong sends one value as a stream.
func (c *Conn) writeLong(ctx context.Context, v iris.Value, binary bool) (iris.Value, error) {
	if !binary {
		text := v.Raw()
		if v.Kind() != iris.KindUTF8 {
			text = v.AppendText(nil)
		}
		return c.WriteStream(ctx, bytes.NewReader(text), false)
	}
	b, ok := v.Bytes()
	if !ok {
		return iris.Null(), pgerr.New(pgerr.DatatypeMismatch, "a text with characters above U+00FF is no binary value")
	}
	return c.WriteStream(ctx, bytes.NewReader(b), true)
}
