package superserver

import (
	"context"
	"time"

	"iris-pgwire/internal/irisdev/value"
	"iris-pgwire/internal/irisdev/variant"
)

// failedRow is the count that a batch reports for the set that failed and for those behind it.
const failedRow = -3

// directUpdate answers DU: text, parameter info, key column, time-out, values.
func (c *conn) directUpdate(req request) error {
	return c.sql(req, func() error {
		b := &body{data: req.body}
		text := b.statementText()
		b.markers()
		b.item() // key column: GG gives it always
		limit := b.int()
		sets := b.sets()
		if b.err != nil {
			return b.err
		}
		st, err := c.define(req, text)
		if err != nil {
			return err
		}
		if st.prepared.IsQuery() {
			c.forget(req.id)
			return errIsQuery
		}
		counts, err := c.execute(st, sets, limit)
		if err != nil {
			return err
		}
		c.reply(req, c.changeStatus(st.prepared, counts), func(buf []byte) []byte {
			return appendInts(c.metadata(buf, st.prepared), counts...)
		})
		if !st.prepared.Cached() {
			c.forget(req.id)
		}
		return nil
	})
}

// preparedUpdate answers PU: key column, time-out, values.
func (c *conn) preparedUpdate(req request) error {
	st := c.ready(req.id)
	if st == nil {
		c.reply(req, statusUnknown, nil)
		return nil
	}
	return c.sql(req, func() error {
		b := &body{data: req.body}
		b.item() // key column
		limit := b.int()
		sets := b.sets()
		if b.err != nil {
			return b.err
		}
		if st.prepared.IsQuery() {
			return errIsQuery
		}
		counts, err := c.execute(st, sets, limit)
		if err != nil && (len(sets) < 2 || err == ErrPurged) {
			return err
		}
		status := c.changeStatus(st.prepared, counts)
		if err != nil {
			status = c.keep(err)
			for len(counts) < len(sets) { // the native Python driver reads as many counts as it sent sets
				counts = append(counts, failedRow)
			}
		}
		c.reply(req, status, func(buf []byte) []byte { return appendInts(buf, counts...) })
		return nil
	})
}

// changeStatus is the status of a statement that has changed so many rows for each of its parameter sets.
func (c *conn) changeStatus(p Prepared, counts []int) uint16 {
	if p.Cached() && len(counts) == 1 && counts[0] == 0 && !c.srv.Variant.Likely(variant.NoRowsStatus) {
		return statusEnd
	}
	return statusOK
}

// execute runs a statement for its parameter sets and gives the rows affected by each.
func (c *conn) execute(st *statement, sets [][]value.Value, limit int) ([]int, error) {
	if len(sets) == 0 {
		sets = [][]value.Value{nil}
	}
	for _, set := range sets {
		if err := checkArgs(st.prepared, set); err != nil {
			return nil, err
		}
		if err := c.resolve(st.prepared, set); err != nil {
			return nil, err
		}
	}
	var counts []int64
	err := c.once(st.id, time.Duration(limit)*time.Second, func(ctx context.Context) (err error) {
		counts, err = st.prepared.Exec(ctx, sets)
		return err
	})
	st.identity = c.session.LastIdentity()
	out := make([]int, len(counts), len(counts)+1)
	for i, n := range counts {
		out[i] = int(n)
	}
	return out, err
}

// batch answers EB, a batch of texts: how many (four raw bytes), time-out; for each the text, 1, its values. The reply has
// a count for each, up to the first that fails.
func (c *conn) batch(req request) error {
	return c.sql(req, func() error {
		b := &body{data: req.body}
		n := b.uint32()
		limit := b.int()
		var counts []int
		for range n {
			if !b.more() {
				b.item() // leaves the error
			}
			text := b.statementText()
			sets := b.sets()
			if b.err != nil {
				return b.err
			}
			count, err := c.batchStatement(req, text, sets, limit)
			if err != nil {
				c.reply(req, c.keep(err), func(buf []byte) []byte { return appendInts(buf, append(counts, failedRow)...) })
				return nil
			}
			counts = append(counts, count)
		}
		c.reply(req, statusOK, func(buf []byte) []byte { return appendInts(buf, counts...) })
		return nil
	})
}

func (c *conn) batchStatement(req request, text string, sets [][]value.Value, limit int) (int, error) {
	st, err := c.define(req, text)
	if err != nil {
		return 0, err
	}
	defer c.forget(req.id)
	if st.prepared.IsQuery() {
		return 0, errIsQuery
	}
	counts, err := c.execute(st, sets, limit)
	if err != nil || len(counts) == 0 {
		return 0, err
	}
	return counts[0], nil
}

// generatedKeys answers GG with one column and one row; a statement that generated nothing has an empty reply.
func (c *conn) generatedKeys(req request) error {
	c.reply(req, statusEnd, func(buf []byte) []byte {
		st := c.prepared[req.id]
		if st == nil || st.identity.IsNull() {
			return buf
		}
		key := Column{Name: "ID", Label: "ID", Type: -5, Precision: 19, Flags: ColumnFlags{Identity: true, AutoIncrement: true}}
		return value.AppendItem(c.columns(buf, []Column{key}, false), st.identity)
	})
	return nil
}
