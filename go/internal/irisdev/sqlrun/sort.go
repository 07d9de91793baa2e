package sqlrun

import (
	"container/heap"
	"slices"

	"iris-pgwire/internal/irisdev/value"
)

// sortKey is one ORDER BY key. NULL comes first in ascending order (IRIS docs, "ORDER BY").
type sortKey struct {
	keyOf
	desc bool
}

// keyed is a row with its sort keys already collated; seq keeps equal rows in their order of arrival.
type keyed struct {
	keys []value.Value
	row  []value.Value
	seq  int
}

// less orders two rows.
func (k *keyed) compare(o *keyed, by []sortKey) int {
	for i := range by {
		n := compareKeys(k.keys[i], o.keys[i])
		if n == 0 {
			continue
		}
		if by[i].desc {
			return -n
		}
		return n
	}
	return k.seq - o.seq
}

// evalKeys computes the collated keys of the current row.
func evalKeys(f *frame, by []sortKey) ([]value.Value, error) {
	keys := make([]value.Value, len(by))
	for i, k := range by {
		v, err := k.value(f)
		if err != nil {
			return nil, err
		}
		keys[i] = k.collate(v)
	}
	return keys, nil
}

// sorter collects rows and gives them back in order. With a limit it keeps a heap of that many rows, so that a nearest
// neighbour search over many vectors holds only the best k.
type sorter struct {
	by    []sortKey
	limit int // -1: none
	rows  []*keyed
	seq   int
}

func newSorter(by []sortKey, limit int) *sorter { return &sorter{by: by, limit: limit} }

// add takes a row; the slice is kept only when the row is, copyRow makes the copy then.
func (s *sorter) add(keys []value.Value, copyRow func() []value.Value) {
	k := &keyed{keys: keys, seq: s.seq}
	s.seq++
	if s.limit < 0 {
		k.row = copyRow()
		s.rows = append(s.rows, k)
		return
	}
	if s.limit == 0 {
		return
	}
	if len(s.rows) < s.limit {
		k.row = copyRow()
		heap.Push((*worstFirst)(s), k)
		return
	}
	if k.compare(s.rows[0], s.by) < 0 {
		k.row = copyRow()
		s.rows[0] = k
		heap.Fix((*worstFirst)(s), 0)
	}
}

// sorted gives the rows in order.
func (s *sorter) sorted() [][]value.Value {
	slices.SortFunc(s.rows, func(a, b *keyed) int { return a.compare(b, s.by) })
	out := make([][]value.Value, len(s.rows))
	for i, k := range s.rows {
		out[i] = k.row
	}
	return out
}

// worstFirst is the heap order of a sorter with a limit.
type worstFirst sorter

func (h *worstFirst) Len() int           { return len(h.rows) }
func (h *worstFirst) Less(i, j int) bool { return h.rows[i].compare(h.rows[j], h.by) > 0 }
func (h *worstFirst) Swap(i, j int)      { h.rows[i], h.rows[j] = h.rows[j], h.rows[i] }
func (h *worstFirst) Push(x any)         { h.rows = append(h.rows, x.(*keyed)) }
func (h *worstFirst) Pop() any {
	last := h.rows[len(h.rows)-1]
	h.rows = h.rows[:len(h.rows)-1]
	return last
}
