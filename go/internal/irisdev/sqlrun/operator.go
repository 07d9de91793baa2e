package sqlrun

import (
	"iris-pgwire/internal/irisdev/value"
)

// frame is the current row of one query block while it runs: a slot a column, aggregate or window value. A correlated
// subquery reads its outer frames.
type frame struct {
	*execution
	slots []value.Value
	outer *frame
}

// child makes the frame of a query block inside f.
func (f *frame) child(width int) *frame {
	return &frame{execution: f.execution, slots: make([]value.Value, width), outer: f}
}

// evaluator computes a scalar from the current row.
type evaluator func(f *frame) (value.Value, error)

// truth is SQL's three-valued logic.
type truth int8

const (
	isFalse truth = iota
	isTrue
	isUnknown
)

// condition computes a truth from the current row.
type condition func(f *frame) (truth, error)

// operator produces the rows of a FROM item, a join, a filter or an aggregation. It is compiled once and opened for
// every execution; it writes its rows into the slots of the frame it was opened on.
type operator interface {
	open(f *frame) (cursor, error)
}

// cursor is an open operator. next puts the next row into the frame's slots; false means that there is none.
type cursor interface {
	next() (bool, error)
	close()
}

// slotRange is a run of neighbouring slots that one operator fills.
type slotRange struct{ from, to int }

// copyOf saves the slots in r.
func (r slotRange) copyOf(f *frame) []value.Value {
	return append([]value.Value(nil), f.slots[r.from:r.to]...)
}

// restore puts saved slots back.
func (r slotRange) restore(f *frame, saved []value.Value) { copy(f.slots[r.from:r.to], saved) }

// clear sets the slots to NULL: the missing side of an outer join.
func (r slotRange) clear(f *frame) {
	for i := r.from; i < r.to; i++ {
		f.slots[i] = value.Value{}
	}
}

// drain reads a cursor to its end and saves the slots of every row.
func drain(f *frame, c cursor, r slotRange) ([][]value.Value, error) {
	defer c.close()
	var rows [][]value.Value
	for {
		ok, err := c.next()
		if err != nil || !ok {
			return rows, err
		}
		if err := f.check(); err != nil {
			return nil, err
		}
		rows = append(rows, r.copyOf(f))
	}
}

// replay gives saved rows back, one a call.
type replay struct {
	f    *frame
	r    slotRange
	rows [][]value.Value
	at   int
}

func (c *replay) next() (bool, error) {
	if c.at >= len(c.rows) {
		return false, nil
	}
	if err := c.f.check(); err != nil {
		return false, err
	}
	c.r.restore(c.f, c.rows[c.at])
	c.at++
	return true, nil
}

func (c *replay) close() {}

// oneRow is the FROM of a SELECT that has none.
type oneRow struct{}

func (oneRow) open(*frame) (cursor, error) { return &once{}, nil }

type once struct{ done bool }

func (c *once) next() (bool, error) {
	ok := !c.done
	c.done = true
	return ok, nil
}

func (c *once) close() {}

// filter keeps the rows for which test is true.
type filter struct {
	input operator
	test  condition
}

func (o filter) open(f *frame) (cursor, error) {
	in, err := o.input.open(f)
	if err != nil {
		return nil, err
	}
	return &filterCursor{f: f, in: in, test: o.test}, nil
}

type filterCursor struct {
	f    *frame
	in   cursor
	test condition
}

func (c *filterCursor) next() (bool, error) {
	for {
		ok, err := c.in.next()
		if err != nil || !ok {
			return false, err
		}
		if err := c.f.check(); err != nil {
			return false, err
		}
		t, err := c.test(c.f)
		if err != nil {
			return false, err
		}
		if t == isTrue {
			return true, nil
		}
	}
}

func (c *filterCursor) close() { c.in.close() }
