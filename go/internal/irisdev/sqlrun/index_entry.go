package sqlrun

import (
	"iris-pgwire/internal/irisdev/store"
	"iris-pgwire/internal/irisdev/value"
)

// stored reports the indexes that have nodes. HNSW graphs are not kept: the search is an exact scan; bitmap extents only
// speed counting.
func (ix *indexDef) stored() bool { return ix.Kind != hnswIndex && ix.Kind != extentIndex }

// indexKey is a row's key in an index, collated as the columns are. A NULL stands as the empty string, $CHAR(0) for the
// empty string itself, as in IRIS's index maps. hasNull tells whether UNIQUE looks at the key: it doesn't with a NULL.
func indexKey(t *tableDef, ix *indexDef, r *row) (key []value.Value, hasNull bool) {
	for _, name := range ix.Columns {
		col := t.column(name)
		v := collatorFor(col.Collation)(r.of(col))
		hasNull = hasNull || v.IsNull()
		key = append(key, subscript(v))
	}
	return key, hasNull
}

// nullSubscript is what a NULL is in an index: a lone blank, which no collated text is.
var nullSubscript = value.Text(" \x00")

// subscript brings a collated value to a form that a global subscript can have.
func subscript(v value.Value) value.Value {
	switch v.Kind() {
	case value.Null:
		return nullSubscript
	case value.String:
		if v.Raw() == "" {
			return value.Text("\x00")
		}
	case value.Double:
		if n, ok := wholeDouble(v.Float64()); ok {
			return n
		}
		return value.Text(v.Text())
	}
	return v
}

// node gives the subscripts of an index node.
func (ix *indexDef) node(key []value.Value, id int64) []value.Value {
	subs := append([]value.Value{value.Text(ix.Name)}, key...)
	return append(subs, value.Int(id))
}

// addEntry and dropEntry keep one index in step with a row.
func (s *Session) addEntry(t *tableDef, ix *indexDef, r *row) error {
	key, _ := indexKey(t, ix, r)
	return s.proc.Set(t.indexGlobal(), value.Text(""), ix.node(key, r.id)...)
}

func (s *Session) dropEntry(t *tableDef, ix *indexDef, r *row) {
	key, _ := indexKey(t, ix, r)
	s.proc.Kill(t.indexGlobal(), ix.node(key, r.id)...)
}

// sameKey reports that two rows have the same key in an index.
func sameKey(t *tableDef, ix *indexDef, a, b *row) bool {
	ka, _ := indexKey(t, ix, a)
	kb, _ := indexKey(t, ix, b)
	for i := range ka {
		if compareKeys(ka[i], kb[i]) != 0 {
			return false
		}
	}
	return true
}

// findIDs calls visit with the RowIDs under the leading key columns of an index, in key order, until it returns false.
func (s *Session) findIDs(t *tableDef, ix *indexDef, key []value.Value, visit func(id int64) (bool, error)) error {
	at := store.At(t.indexGlobal(), value.Text(ix.Name)).Sub(key...)
	c, err := s.proc.Scan(at, store.Range{})
	if err != nil {
		return nil // a key too long for a subscript is no row's key
	}
	for c.Next() {
		if more, err := visit(wholeNumber(c.LastSub())); err != nil || !more {
			return err
		}
	}
	return nil
}

// eachID visits all RowIDs of a table in order.
func (s *Session) eachID(t *tableDef, visit func(id int64) (bool, error)) error {
	c, err := s.proc.Scan(store.At(t.dataGlobal()), store.Range{})
	if err != nil {
		return storeError(err)
	}
	for c.Next() {
		if more, err := visit(wholeNumber(c.Sub())); err != nil || !more {
			return err
		}
	}
	return nil
}
