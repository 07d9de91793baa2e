package sqlrun

import (
	"math"

	"iris-pgwire/internal/irisdev/value"
)

// limits are TOP, LIMIT and OFFSET; nil where not given.
type limits struct{ count, offset evaluator }

// bounds gives the first row and the number of rows. A NULL or negative count gives no rows (IRIS docs, "LIMIT").
func (l *limits) bounds(f *frame) (skip, count int, err error) {
	count = math.MaxInt
	if l.count != nil {
		if count, err = rowCount(f, l.count); err != nil {
			return 0, 0, err
		}
	}
	if l.offset != nil {
		skip, err = rowCount(f, l.offset)
	}
	return skip, count, err
}

func rowCount(f *frame, x evaluator) (int, error) {
	v, err := x(f)
	if err != nil || v.IsNull() {
		return 0, err
	}
	return int(max(0, wholeNumber(v))), nil
}

// limited is a row limit without ORDER BY: it stops reading when it has enough.
type limited struct {
	input operator
	cut   *limits
}

func (o *limited) open(f *frame) (cursor, error) {
	skip, count, err := o.cut.bounds(f)
	if err != nil {
		return nil, err
	}
	if count == 0 {
		return &once{done: true}, nil
	}
	in, err := o.input.open(f)
	return &limitCursor{in, skip, count}, err
}

type limitCursor struct {
	in          cursor
	skip, count int
}

func (c *limitCursor) next() (bool, error) {
	for ; c.skip > 0; c.skip-- {
		if ok, err := c.in.next(); err != nil || !ok {
			return false, err
		}
	}
	if c.count == 0 {
		return false, nil
	}
	c.count--
	return c.in.next()
}

func (c *limitCursor) close() { c.in.close() }

// order is ORDER BY with its limit: it keeps the output columns only.
type order struct {
	input operator
	by    []sortKey
	cut   *limits
	out   slotRange
}

func (o *order) open(f *frame) (cursor, error) {
	skip, count, err := o.cut.bounds(f)
	if err != nil {
		return nil, err
	}
	if count == 0 {
		return &once{done: true}, nil
	}
	limit := -1
	if count < math.MaxInt-skip {
		limit = count + skip
	}
	in, err := o.input.open(f)
	if err != nil {
		return nil, err
	}
	defer in.close()
	s := newSorter(o.by, limit)
	save := func() []value.Value { return o.out.copyOf(f) }
	for {
		ok, err := in.next()
		if err != nil {
			return nil, err
		}
		if !ok {
			break
		}
		if err := f.check(); err != nil {
			return nil, err
		}
		keys, err := evalKeys(f, o.by)
		if err != nil {
			return nil, err
		}
		s.add(keys, save)
	}
	rows := s.sorted()
	return &replay{f: f, r: o.out, rows: rows[min(skip, len(rows)):]}, nil
}

// distinct lets the first of equal rows through. NULL counts as one value.
type distinct struct {
	input operator
	keys  []keyOf
}

func (o *distinct) open(f *frame) (cursor, error) {
	in, err := o.input.open(f)
	return &distinctCursor{o: o, f: f, in: in, seen: map[string]struct{}{}}, err
}

type distinctCursor struct {
	o    *distinct
	f    *frame
	in   cursor
	seen map[string]struct{}
	key  []byte
}

func (c *distinctCursor) next() (bool, error) {
	for {
		ok, err := c.in.next()
		if err != nil || !ok {
			return false, err
		}
		if err := c.f.check(); err != nil {
			return false, err
		}
		if c.key, err = groupKey(c.f, c.o.keys, c.key); err != nil {
			return false, err
		}
		if _, dup := c.seen[string(c.key)]; !dup {
			c.seen[string(c.key)] = struct{}{}
			return true, nil
		}
	}
}

func (c *distinctCursor) close() { c.in.close() }

// groupKey is the key of the current row where NULL is a value like others.
func groupKey(f *frame, keys []keyOf, buf []byte) ([]byte, error) {
	buf = buf[:0]
	for _, k := range keys {
		v, err := k.value(f)
		if err != nil {
			return buf, err
		}
		buf = appendKey(buf, k.collate(v))
	}
	return buf, nil
}
