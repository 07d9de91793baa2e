package sqlrun

import "iris-pgwire/internal/irisdev/value"

// hashJoin keeps the right side in a table by its join keys. NULL keys never match.
type hashJoin struct {
	kind                  joinKind
	left, right           operator
	leftSlots, rightSlots slotRange
	leftKeys, rightKeys   []keyOf
	on                    condition // what the keys do not say; nil when they say it all
}

// keyOf is one join, group or sort key: a value under a collation.
type keyOf struct {
	value   evaluator
	collate collator
}

// joinKey computes the key of the current row; ok is false when a part is NULL.
func joinKey(f *frame, keys []keyOf, buf []byte) (_ []byte, ok bool, err error) {
	buf = buf[:0]
	for _, k := range keys {
		v, err := k.value(f)
		if err != nil {
			return buf, false, err
		}
		if v.IsNull() {
			return buf, false, nil
		}
		buf = appendKey(buf, k.collate(v))
	}
	return buf, true, nil
}

type hashRow struct {
	slots []value.Value
	used  bool
}

func (o *hashJoin) open(f *frame) (cursor, error) {
	c := &hashCursor{o: o, f: f, table: map[string][]*hashRow{}}
	if err := c.build(); err != nil {
		return nil, err
	}
	left, err := o.left.open(f)
	if err != nil {
		return nil, err
	}
	c.left = left
	return c, nil
}

type hashCursor struct {
	o       *hashJoin
	f       *frame
	left    cursor
	table   map[string][]*hashRow
	rows    []*hashRow // all right rows, for FULL
	bucket  []*hashRow
	at      int
	active  bool // a left row is in the slots
	matched bool
	rest    bool
	key     []byte
}

func (c *hashCursor) build() error {
	right, err := c.o.right.open(c.f)
	if err != nil {
		return err
	}
	defer right.close()
	for {
		ok, err := right.next()
		if err != nil || !ok {
			return err
		}
		if err := c.f.check(); err != nil {
			return err
		}
		key, ok, err := joinKey(c.f, c.o.rightKeys, c.key)
		c.key = key
		if err != nil {
			return err
		}
		if !ok && c.o.kind != fullJoin {
			continue
		}
		row := &hashRow{slots: c.o.rightSlots.copyOf(c.f)}
		if ok {
			c.table[string(key)] = append(c.table[string(key)], row)
		}
		if c.o.kind == fullJoin {
			c.rows = append(c.rows, row)
		}
	}
}

func (c *hashCursor) next() (bool, error) {
	for {
		if c.rest {
			return c.unmatched()
		}
		if ok, err := c.pair(); ok || err != nil {
			return ok, err
		}
		if c.active && !c.matched && c.o.kind != innerJoin {
			c.active = false
			c.o.rightSlots.clear(c.f)
			return true, nil
		}
		ok, err := c.left.next()
		if err != nil {
			return false, err
		}
		if !ok {
			c.rest, c.at = true, 0
			continue
		}
		if err := c.probe(); err != nil {
			return false, err
		}
	}
}

// probe looks up the partners of the left row.
func (c *hashCursor) probe() error {
	if err := c.f.check(); err != nil {
		return err
	}
	key, ok, err := joinKey(c.f, c.o.leftKeys, c.key)
	c.key = key
	if err != nil {
		return err
	}
	c.bucket, c.at, c.active, c.matched = nil, 0, true, false
	if ok {
		c.bucket = c.table[string(key)]
	}
	return nil
}

func (c *hashCursor) pair() (bool, error) {
	for c.at < len(c.bucket) {
		row := c.bucket[c.at]
		c.at++
		c.o.rightSlots.restore(c.f, row.slots)
		if c.o.on != nil {
			t, err := c.o.on(c.f)
			if err != nil {
				return false, err
			}
			if t != isTrue {
				continue
			}
		}
		c.matched, row.used = true, true
		return true, nil
	}
	return false, nil
}

func (c *hashCursor) unmatched() (bool, error) {
	for c.at < len(c.rows) {
		row := c.rows[c.at]
		c.at++
		if !row.used {
			c.o.leftSlots.clear(c.f)
			c.o.rightSlots.restore(c.f, row.slots)
			return true, nil
		}
	}
	return false, nil
}

func (c *hashCursor) close() { c.left.close() }
