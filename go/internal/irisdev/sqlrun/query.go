package sqlrun

import (
	"iris-pgwire/internal/irisdev/irissql/bound"
	"iris-pgwire/internal/irisdev/value"
)

// queryPlan is a compiled query: an operator that leaves the result columns in a run of its frame's slots.
type queryPlan struct {
	width      int
	outputs    slotRange
	body       operator
	correlated bool
	columns    []bound.Output
}

// rowReader gives the result rows of a query; nil is the end. A row is valid until the next call.
type rowReader interface {
	next() ([]value.Value, error)
	close()
}

// open starts the query inside outer, the frame of the query block around it.
func (q *queryPlan) open(outer *frame) (rowReader, error) {
	f := outer.child(q.width)
	c, err := q.body.open(f)
	if err != nil {
		return nil, err
	}
	return &planReader{f: f, c: c, out: q.outputs}, nil
}

type planReader struct {
	f   *frame
	c   cursor
	out slotRange
}

func (r *planReader) next() ([]value.Value, error) {
	ok, err := r.c.next()
	if err != nil || !ok {
		return nil, err
	}
	return r.f.slots[r.out.from:r.out.to], nil
}

func (r *planReader) close() { r.c.close() }

// rows starts the query as a subquery: one that doesn't depend on an outer row is run once a statement, and only as far
// as somebody reads.
func (q *queryPlan) rows(f *frame) (rowReader, error) {
	if q.correlated {
		return q.open(f)
	}
	kept, ok := f.cache[q]
	if !ok {
		in, err := q.open(f)
		if err != nil {
			return nil, err
		}
		kept = &keptRows{in: in}
		if f.cache == nil {
			f.cache = map[*queryPlan]*keptRows{}
		}
		f.cache[q] = kept
	}
	return &keptReader{from: kept}, nil
}

// keptRows are the rows of a subquery that several readers read.
type keptRows struct {
	in   rowReader // nil when read to the end
	rows [][]value.Value
	set  *valueSet // the values of the first column, once somebody asked for them
}

// row gives row i, reading on as far as needed.
func (k *keptRows) row(i int) ([]value.Value, error) {
	for i >= len(k.rows) && k.in != nil {
		row, err := k.in.next()
		if err != nil {
			return nil, err
		}
		if row == nil {
			k.in.close()
			k.in = nil
			break
		}
		k.rows = append(k.rows, append([]value.Value(nil), row...))
	}
	if i < len(k.rows) {
		return k.rows[i], nil
	}
	return nil, nil
}

func (k *keptRows) close() {
	if k.in != nil {
		k.in.close()
		k.in = nil
	}
}

type keptReader struct {
	from *keptRows
	at   int
}

func (r *keptReader) next() ([]value.Value, error) {
	row, err := r.from.row(r.at)
	r.at++
	return row, err
}

func (r *keptReader) close() {}

// valueSet is the set of a one-column query's values, for IN.
type valueSet struct {
	values  map[string]struct{}
	hasNull bool
	buf     []byte
}

func (s *valueSet) empty() bool { return len(s.values) == 0 && !s.hasNull }

func (s *valueSet) has(v value.Value) bool {
	s.buf = appendKey(s.buf[:0], v)
	_, ok := s.values[string(s.buf)]
	return ok
}

// set collects the query's values under a collation; for an uncorrelated query once a statement.
func (q *queryPlan) set(f *frame, fold collator) (*valueSet, error) {
	rows, err := q.rows(f)
	if err != nil {
		return nil, err
	}
	defer rows.close()
	if r, ok := rows.(*keptReader); ok {
		if s := r.from.set; s != nil {
			return s, nil
		}
	}
	s := &valueSet{values: map[string]struct{}{}}
	for {
		row, err := rows.next()
		if err != nil {
			return nil, err
		}
		if row == nil {
			break
		}
		if row[0].IsNull() {
			s.hasNull = true
			continue
		}
		s.buf = appendKey(s.buf[:0], fold(row[0]))
		s.values[string(s.buf)] = struct{}{}
	}
	if r, ok := rows.(*keptReader); ok {
		r.from.set = s
	}
	return s, nil
}
