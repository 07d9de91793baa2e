package sqlrun

import (
	"iris-pgwire/internal/irisdev/irissql/sqltype"
	"iris-pgwire/internal/irisdev/value"
)

// row is a table row in memory: the RowID and the values by slot, slot 1 at index 0.
type row struct {
	id     int64
	values []value.Value
}

// of gives a column's value.
func (r *row) of(c *columnDef) value.Value {
	if c.Slot == 0 {
		return value.Int(r.id)
	}
	if c.Slot > len(r.values) {
		return value.Value{}
	}
	return r.values[c.Slot-1]
}

// set changes a column's value; the RowID can't be changed.
func (r *row) set(c *columnDef, v value.Value) {
	for len(r.values) < c.Slot {
		r.values = append(r.values, value.Value{})
	}
	r.values[c.Slot-1] = v
}

func (r *row) clone() *row {
	return &row{r.id, append([]value.Value(nil), r.values...)}
}

// apart reports columns whose values are no items of the row's $LIST: vectors stand in a node of their own, streams in
// several.
func (c *columnDef) apart() bool { return c.Type.Kind == sqltype.Vector || c.Type.IsStream() }

// readRow reads the row with a RowID; nil if there is none.
func (s *Session) readRow(t *tableDef, id int64) (*row, error) {
	node, ok := s.proc.Get(t.dataGlobal(), value.Int(id))
	if !ok {
		return nil, nil
	}
	return s.decodeRow(t, id, node)
}

// decodeRow unpacks a master map node.
func (s *Session) decodeRow(t *tableDef, id int64, node value.Value) (*row, error) {
	items, err := value.ListItems(node)
	if err != nil {
		return nil, fatal("<LIST>")
	}
	r := &row{id: id, values: items}
	s.readApart(t, r, t.Columns)
	return r, nil
}

// readApart adds the vectors and streams among the given columns.
func (s *Session) readApart(t *tableDef, r *row, columns []*columnDef) {
	for _, c := range columns {
		if c == nil || !c.apart() {
			continue
		}
		if c.Type.IsStream() {
			if v := s.readStream(t, r.id, c); !v.IsNull() {
				r.set(c, v)
			}
			continue
		}
		if v, ok := s.proc.Get(t.vectorGlobal(), value.Int(r.id), value.Int(int64(c.Slot))); ok {
			r.set(c, v)
		}
	}
}

// writeRow stores a row; old is nil for a new one.
func (s *Session) writeRow(w *process, t *tableDef, r, old *row) error {
	items := append([]value.Value(nil), r.values...)
	for _, c := range t.Columns {
		if !c.apart() {
			continue
		}
		v := r.of(c)
		if c.Slot <= len(items) {
			items[c.Slot-1] = value.Value{}
		}
		if c.Type.IsStream() {
			if old == nil || !sameStream(old.of(c), v) {
				if err := writeStream(w, t, r.id, c, v); err != nil {
					return err
				}
			}
			continue
		}
		if old != nil && old.of(c).Vec() == v.Vec() {
			continue
		}
		at := []value.Value{value.Int(r.id), value.Int(int64(c.Slot))}
		if v.IsNull() {
			w.Kill(t.vectorGlobal(), at...)
		} else if err := w.Set(t.vectorGlobal(), v, at...); err != nil {
			return err
		}
	}
	node := value.BuildList(items...)
	if len(node.Raw()) > sqltype.MaxString {
		return fatal("Unexpected error occurred: <MAXSTRING>")
	}
	return w.Set(t.dataGlobal(), node, value.Int(r.id))
}

// killRow removes a row's nodes.
func (s *Session) killRow(t *tableDef, id int64) {
	s.proc.Kill(t.dataGlobal(), value.Int(id))
	s.proc.Kill(t.vectorGlobal(), value.Int(id))
	s.proc.Kill(t.streamGlobal(), value.Int(id))
}

// dataGlobal is the master map, indexGlobal holds the indexes, vectorGlobal the vectors.
func (t *tableDef) dataGlobal() string   { return t.Class + "D" }
func (t *tableDef) indexGlobal() string  { return t.Class + "I" }
func (t *tableDef) vectorGlobal() string { return t.Class + "V" }
