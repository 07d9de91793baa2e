package sqlrun

import (
	"strings"
	"unicode/utf8"

	"iris-pgwire/internal/irisdev/value"
)

// streamChunk is how many bytes of a stream's text one node holds, as %Stream.GlobalCharacter keeps its data in lines.
const streamChunk = 32 << 10

// streamGlobal holds the streams: below RowID and slot the pieces of the content, from 1. NULL has no node.
func (t *tableDef) streamGlobal() string { return t.Class + "S" }

// readStream puts the pieces of a stream column together; NULL if there are none.
func (s *Session) readStream(t *tableDef, id int64, c *columnDef) value.Value {
	var text strings.Builder
	for n := int64(1); ; n++ {
		v, ok := s.proc.Get(t.streamGlobal(), value.Int(id), value.Int(int64(c.Slot)), value.Int(n))
		if !ok && n == 1 {
			return value.Value{}
		}
		if !ok {
			return value.Text(text.String())
		}
		text.WriteString(v.Text())
	}
}

// writeStream replaces a stream column's pieces.
func writeStream(w *process, t *tableDef, id int64, c *columnDef, v value.Value) error {
	at := []value.Value{value.Int(id), value.Int(int64(c.Slot))}
	w.Kill(t.streamGlobal(), at...)
	if v.IsNull() {
		return nil
	}
	text := v.Text()
	for n := int64(1); ; n++ {
		end := min(len(text), streamChunk)
		for back := 0; back < utf8.UTFMax && end < len(text) && !utf8.RuneStart(text[end]); back++ {
			end--
		}
		if err := w.Set(t.streamGlobal(), value.Text(text[:end]), at[0], at[1], value.Int(n)); err != nil {
			return err
		}
		if text = text[end:]; text == "" {
			return nil
		}
	}
}

// sameStream reports that a stream column's value has not changed.
func sameStream(a, b value.Value) bool { return a.Kind() == b.Kind() && a.Text() == b.Text() }
