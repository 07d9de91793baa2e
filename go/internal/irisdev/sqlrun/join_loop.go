package sqlrun

import "iris-pgwire/internal/irisdev/value"

// joinKind is the kind of a join after RIGHT joins have been turned round.
type joinKind uint8

const (
	innerJoin joinKind = iota
	leftJoin
	fullJoin
)

// loopJoin opens its right side anew for every left row, so that the right side can be a lookup by the left row's
// values or a lateral subquery.
type loopJoin struct {
	kind        joinKind
	left, right operator
	rightSlots  slotRange
	on          condition // nil: every pair
}

func (o *loopJoin) open(f *frame) (cursor, error) {
	left, err := o.left.open(f)
	if err != nil {
		return nil, err
	}
	return &loopCursor{o: o, f: f, left: left}, nil
}

type loopCursor struct {
	o           *loopJoin
	f           *frame
	left, right cursor
	matched     bool
}

func (c *loopCursor) next() (bool, error) {
	for {
		if c.right == nil {
			ok, err := c.left.next()
			if err != nil || !ok {
				return false, err
			}
			if c.right, err = c.o.right.open(c.f); err != nil {
				return false, err
			}
			c.matched = false
		}
		ok, err := c.pair()
		if ok || err != nil {
			return ok, err
		}
		c.right.close()
		c.right = nil
		if !c.matched && c.o.kind == leftJoin {
			c.o.rightSlots.clear(c.f)
			return true, nil
		}
	}
}

// pair looks for the next right row that fits the current left row.
func (c *loopCursor) pair() (bool, error) {
	for {
		ok, err := c.right.next()
		if err != nil || !ok {
			return false, err
		}
		if err := c.f.check(); err != nil {
			return false, err
		}
		if c.o.on != nil {
			t, err := c.o.on(c.f)
			if err != nil {
				return false, err
			}
			if t != isTrue {
				continue
			}
		}
		c.matched = true
		return true, nil
	}
}

func (c *loopCursor) close() {
	if c.right != nil {
		c.right.close()
	}
	c.left.close()
}

// fullLoop is a FULL JOIN whose condition has no equality to hash by: the right side is kept, every row of it that found
// no partner comes last.
type fullLoop struct {
	left, right           operator
	leftSlots, rightSlots slotRange
	on                    condition
}

func (o *fullLoop) open(f *frame) (cursor, error) {
	rc, err := o.right.open(f)
	if err != nil {
		return nil, err
	}
	rows, err := drain(f, rc, o.rightSlots)
	if err != nil {
		return nil, err
	}
	left, err := o.left.open(f)
	if err != nil {
		return nil, err
	}
	return &fullCursor{o: o, f: f, left: left, rows: rows, used: make([]bool, len(rows)), at: len(rows), matched: true}, nil
}

type fullCursor struct {
	o       *fullLoop
	f       *frame
	left    cursor
	rows    [][]value.Value
	used    []bool
	at      int
	matched bool
	rest    bool
}

func (c *fullCursor) next() (bool, error) {
	for {
		if c.rest {
			return c.unmatched()
		}
		for c.at < len(c.rows) {
			c.o.rightSlots.restore(c.f, c.rows[c.at])
			c.at++
			if err := c.f.check(); err != nil {
				return false, err
			}
			t, err := c.o.on(c.f)
			if err != nil {
				return false, err
			}
			if t == isTrue {
				c.matched, c.used[c.at-1] = true, true
				return true, nil
			}
		}
		if !c.matched {
			c.matched = true
			c.o.rightSlots.clear(c.f)
			return true, nil
		}
		ok, err := c.left.next()
		if err != nil {
			return false, err
		}
		c.matched, c.at = false, 0
		if !ok {
			c.rest = true
		}
	}
}

func (c *fullCursor) unmatched() (bool, error) {
	for c.at < len(c.rows) {
		i := c.at
		c.at++
		if !c.used[i] {
			c.o.leftSlots.clear(c.f)
			c.o.rightSlots.restore(c.f, c.rows[i])
			return true, nil
		}
	}
	return false, nil
}

func (c *fullCursor) close() { c.left.close() }
